//! Copies JSON text without the white space between its tokens.

/// Appends `text` to `out` without the blanks outside strings; everything else stays as it is.
///
/// `text` is valid JSON, or a piece of it that begins and ends outside strings.
pub fn compact_into(text: &[u8], out: &mut Vec<u8>) {
    let mut rest = text;
    while let Some(at) = rest.iter().position(|&b| b == b'"' || b <= b' ') {
        out.extend_from_slice(&rest[..at]);
        if rest[at] == b'"' {
            let end = string_end(&rest[at..]);
            out.extend_from_slice(&rest[at..at + end]);
            rest = &rest[at + end..];
        } else {
            rest = &rest[at + 1..];
        }
    }
    out.extend_from_slice(rest);
}

/// The length of the string at the start of `text`, with its quotes.
fn string_end(text: &[u8]) -> usize {
    let mut at = 1;
    while at < text.len() {
        match text[at] {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::compact_into;

    #[test]
    fn drops_blanks_outside_strings_only() {
        let mut out = Vec::new();
        compact_into(b" { \"a b\" :\t[ 1 ,\r\n \"c \\\" d\" ] } \n", &mut out);
        assert_eq!(out, br#"{"a b":[1,"c \" d"]}"#);
    }
}
