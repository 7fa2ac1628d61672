//! Numbers, compared exactly where they are whole.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// A number as conditions compare it.
///
/// Whole numbers that are written as such are compared to the last digit, all others as 64-bit
/// floating point: `576` equals `576.0`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Number {
    /// Written without fraction and exponent.
    Whole(i128),
    /// Written in any other way, or too large.
    Float(f64),
}

impl Number {
    /// How it compares to another.
    pub(crate) fn compare(self, other: Number) -> Ordering {
        match (self, other) {
            (Number::Whole(one), Number::Whole(two)) => one.cmp(&two),
            // No number of JSON is NaN.
            _ => self.float().partial_cmp(&other.float()).unwrap_or(Ordering::Equal),
        }
    }

    /// Whether it is in the range of floating point.
    pub(crate) fn is_finite(self) -> bool {
        self.float().is_finite()
    }

    fn float(self) -> f64 {
        match self {
            Number::Whole(number) => number as f64,
            Number::Float(number) => number,
        }
    }
}

impl FromStr for Number {
    type Err = std::num::ParseFloatError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.parse() {
            Ok(number) => Ok(Number::Whole(number)),
            Err(_) => text.parse().map(Number::Float),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Number::Whole(number) => write!(f, "{number}"),
            // This way of writing always has a fraction or an exponent.
            Number::Float(number) => write!(f, "{number:?}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Number;
    use std::cmp::Ordering::{Equal, Greater, Less};

    #[test]
    fn compares() {
        for (one, two, order) in [
            ("1", "2", Less),
            ("576", "576.0", Equal),
            ("300", "3.0e2", Equal),
            ("-0", "0.0", Equal),
            ("9007199254740993", "9007199254740992", Greater),
            ("9007199254740993", "9007199254740992.0", Equal),
            ("1e400", "340282366920938463463374607431768211457", Greater),
            ("-1.5", "-1", Less),
        ] {
            let [one, two]: [Number; 2] = [one, two].map(|text| text.parse().unwrap());
            assert_eq!(one.compare(two), order, "{one} {two}");
            assert_eq!(two.compare(one), order.reverse(), "{two} {one}");
        }
    }

    #[test]
    fn is_written_as_it_is_read() {
        for text in ["0", "-12", "1.5", "1e300", "-2.5e-7", "0.1", "1.0"] {
            let number: Number = text.parse().unwrap();
            assert_eq!(number.to_string(), text);
        }
    }
}
