//! The grammar of numbers (RFC 8259, section 6).

/// Whether `text` is one number, from its first byte to its last.
pub(crate) fn is_number(text: &[u8]) -> bool {
    let rest = text.strip_prefix(b"-").unwrap_or(text);
    let rest = match rest {
        [b'0', rest @ ..] => rest,
        _ => match digits(rest) {
            Some(rest) => rest,
            None => return false,
        },
    };
    let rest = match rest {
        [b'.', fraction @ ..] => match digits(fraction) {
            Some(rest) => rest,
            None => return false,
        },
        _ => rest,
    };
    match rest {
        [b'e' | b'E', b'+' | b'-', exponent @ ..] | [b'e' | b'E', exponent @ ..] => {
            digits(exponent).is_some_and(<[u8]>::is_empty)
        }
        _ => rest.is_empty(),
    }
}

/// Whether `text` is no number, but would be one with one more digit.
pub(crate) fn is_cut(text: &[u8]) -> bool {
    match text {
        [.., b'-' | b'+' | b'.' | b'e' | b'E'] => is_number(&[text, b"0"].concat()),
        _ => false,
    }
}

/// Whether a number may have a magnitude of 1e308 or more, so that it has to be looked at closely:
/// it has an exponent, or as many digits.
pub(crate) fn may_be_extreme(number: &[u8]) -> bool {
    number.len() > 308 || number.iter().any(|byte| matches!(byte, b'e' | b'E'))
}

/// Whether the magnitude of a number is 1e308 or more: about where the doubles end
/// (1.797e308), and where programs that print and read them disagree.
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

/// What is behind one or more digits.
fn digits(text: &[u8]) -> Option<&[u8]> {
    let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (count > 0).then(|| &text[count..])
}

#[cfg(test)]
mod tests {
    use super::{is_cut, is_extreme, is_number, may_be_extreme};

    #[test]
    fn knows_extreme_numbers() {
        let long = format!("1{}", "0".repeat(308));
        let fraction = format!("-{long}.5e0");
        for extreme in [
            "1e308",
            "1.797693134862316e+308",
            "-9E999999999999999999999",
            "0.001e311",
            "100e306",
            "1e400",
            &long,
            &fraction,
        ] {
            assert!(is_extreme(extreme.as_bytes()), "{extreme}");
            assert!(may_be_extreme(extreme.as_bytes()), "{extreme}");
        }
        let shorter = &long[1..];
        for usual in [
            "0",
            "-0.0",
            "0e999",
            "1e307",
            "9.9e307",
            "1e-400",
            "0.01e309",
            "123456789",
            "1.5",
            "1E-9223372036854775808",
            shorter,
        ] {
            assert!(!is_extreme(usual.as_bytes()), "{usual}");
        }
        assert!(!may_be_extreme(b"12345678901234567890.5"));
    }

    #[test]
    fn knows_numbers() {
        for good in
            ["0", "-0", "10", "1.5", "1e400", "1E-9", "2e+7", "0.0", "123456789012345678901"]
        {
            assert!(is_number(good.as_bytes()), "{good}");
        }
        for bad in [
            "", "-", "01", "1.", ".5", "1e", "1e+", "+1", "0x1", "1a", "--1", "1.e1", "00", "1e5x",
            "1e5.5", "1.5.5", "1 ",
        ] {
            assert!(!is_number(bad.as_bytes()), "{bad}");
        }
    }

    #[test]
    fn knows_cut_numbers() {
        for cut in ["-", "1.", "-0.", "1e", "1E", "2.5e+", "1e-"] {
            assert!(is_cut(cut.as_bytes()), "{cut}");
        }
        for other in ["", "0", "1.5", "1e9", "+", "01.", "1.e", "--", "1-", "e", "1ee"] {
            assert!(!is_cut(other.as_bytes()), "{other}");
        }
    }
}
