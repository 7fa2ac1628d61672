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

/// What is behind one or more digits.
fn digits(text: &[u8]) -> Option<&[u8]> {
    let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (count > 0).then(|| &text[count..])
}

#[cfg(test)]
mod tests {
    use super::{is_cut, is_number, may_be_extreme};

    #[test]
    fn knows_numbers_to_be_looked_at() {
        let long = format!("1{}", "0".repeat(308));
        for odd in ["1e308", "-9E9", "0e1", &long] {
            assert!(may_be_extreme(odd.as_bytes()), "{odd}");
        }
        for usual in ["0", "-1.5", "12345678901234567890.5", &long[1..]] {
            assert!(!may_be_extreme(usual.as_bytes()), "{usual}");
        }
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
