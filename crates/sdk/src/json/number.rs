//! Numbers beyond the doubles, which some hosts can not read.

use super::quote;
use trailmill_abi::is_extreme;

/// Whether a number may have a magnitude of 1e308 or more: it has an exponent, or as many digits.
pub(super) fn may_be_extreme(number: &[u8]) -> bool {
    number.len() > 308 || number.iter().any(|byte| matches!(byte, b'e' | b'E'))
}

/// The same JSON with strings in the place of numbers of a magnitude of 1e308 or more.
pub(crate) fn tame(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len() + 64);
    let (mut at, mut copied) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        let rest = &bytes[at..];
        match byte {
            b'"' => at += string_length(rest),
            b'-' | b'0'..=b'9' => {
                let of_number = |byte: &u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
                let length = rest.iter().position(|byte| !of_number(byte)).unwrap_or(rest.len());
                let number = text.get(at..at + length).unwrap_or_default();
                if is_extreme(number.as_bytes()) {
                    out.push_str(text.get(copied..at).unwrap_or_default());
                    quote(number, &mut out);
                    copied = at + length;
                }
                at += length;
            }
            _ => at += 1,
        }
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out
}

/// How many bytes a string has that begins here, quotes and all.
fn string_length(text: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{is_extreme, may_be_extreme, tame};

    #[test]
    fn numbers_beyond_the_doubles_are_known() {
        let long = format!("1{}", "0".repeat(308));
        let extreme = ["1e308", "1.797e+308", "-9E99999999999999999999", "0.001e311", "1e400"];
        for number in extreme.into_iter().chain([long.as_str()]) {
            assert!(is_extreme(number.as_bytes()) && may_be_extreme(number.as_bytes()), "{number}");
        }
        let usual = ["0", "-0.0", "0e999", "1e307", "9.9e307", "1e-99999999999999999999", "12.5"];
        for number in usual.into_iter().chain([&long[1..], &long[..308]]) {
            assert!(!is_extreme(number.as_bytes()), "{number}");
        }
        assert!(!may_be_extreme(b"12345678901234567890.5"));
    }

    #[test]
    fn they_become_strings() {
        let text = r#"{"a\"1e400":[1e400,-2E+308,1e5, 1e999 ],"b":"1e400\\","c":1e309}"#;
        let tamed = r#"{"a\"1e400":["1e400","-2E+308",1e5, "1e999" ],"b":"1e400\\","c":"1e309"}"#;
        assert_eq!(tame(text), tamed);
        assert_eq!(tame(""), "");
    }
}
