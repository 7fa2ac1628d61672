//! Numbers from their text, by one rule for all formats.

use super::Value;

/// A whole number that fits an `i64`. `digits` may have a sign.
///
/// # Errors
/// A message for the reader of the settings when it does not fit.
pub(super) fn integer(digits: &str, radix: u32) -> Result<Value, &'static str> {
    match i64::from_str_radix(digits, radix) {
        Ok(number) => Ok(Value::Integer(number)),
        Err(_) => Err("this whole number does not fit 64 bits; quote it if it is text"),
    }
}

/// The `f64` nearest to the text, which must be finite.
///
/// # Errors
/// A message for the reader of the settings when it is infinite or no number.
pub(super) fn float(text: &str) -> Result<Value, &'static str> {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(Value::Float(number)),
        _ => Err("this number is not finite; quote it if it is text"),
    }
}
