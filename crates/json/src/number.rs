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

/// What is behind one or more digits.
fn digits(text: &[u8]) -> Option<&[u8]> {
    let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (count > 0).then(|| &text[count..])
}

#[cfg(test)]
mod tests {
    use super::is_number;

    #[test]
    fn knows_numbers() {
        for good in [
            "0",
            "-0",
            "10",
            "1.5",
            "1e400",
            "1E-9",
            "2e+7",
            "0.0",
            "123456789012345678901",
        ] {
            assert!(is_number(good.as_bytes()), "{good}");
        }
        for bad in [
            "", "-", "01", "1.", ".5", "1e", "1e+", "+1", "0x1", "1a", "--1", "1.e1", "00",
        ] {
            assert!(!is_number(bad.as_bytes()), "{bad}");
        }
    }
}
