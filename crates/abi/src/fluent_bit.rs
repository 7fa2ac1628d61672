//! What Fluent Bit can not read, so that a guest does not hand it out.

/// How many brackets may be open at once in what Fluent Bit hands over and takes: a record with
/// more is lost there, and the rest of its chunk with it.
pub const FLUENT_BIT_DEPTH_MAX: usize = 63;

/// Whether the magnitude of a number, well-formed JSON, is 1e308 or more.
///
/// That is about where the doubles end (1.797e308). Fluent Bit keeps a number as a double, prints
/// the largest of them rounded up, out of their range, and ends when it is to read that again.
pub fn is_extreme(number: &[u8]) -> bool {
    let number = number.strip_prefix(b"-").unwrap_or(number);
    let end = number.iter().position(|byte| matches!(byte, b'e' | b'E')).unwrap_or(number.len());
    let (mantissa, exponent) = number.split_at(end);
    let point = mantissa.iter().position(|&byte| byte == b'.').unwrap_or(mantissa.len());
    let digits = || mantissa.iter().filter(|byte| byte.is_ascii_digit());
    let Some(zeros) = digits().position(|&digit| digit != b'0') else {
        // Zero stays zero.
        return false;
    };
    let (is_negative, exponent) = match exponent.get(1..).unwrap_or_default() {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] | digits => (false, digits),
    };
    let exponent = exponent.iter().fold(0i64, |value, digit| {
        value.saturating_mul(10).saturating_add(i64::from(digit - b'0'))
    });
    let exponent = if is_negative { -exponent } else { exponent };
    // The first digit that is not zero stands for so many powers of ten.
    exponent.saturating_add(point as i64 - 1 - zeros as i64) >= 308
}

#[cfg(test)]
mod tests;
