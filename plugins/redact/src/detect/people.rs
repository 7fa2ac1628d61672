//! How to reach people.

use super::run;
use std::ops::Range;

/// A mailbox and a domain with a top-level name, as people write them (RFC 5321 allows more).
pub(super) fn email(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let is_local =
        |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte) || *byte >= 128;
    let is_domain = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte) || byte >= 128;
    memchr::memchr_iter(b'@', bytes.get(from..)?).map(|at| at + from).find_map(|at| {
        let before = &bytes[from..at];
        let local = before.iter().rposition(|byte| !is_local(byte)).map_or(0, |place| place + 1);
        let mut end = at + 1 + run(bytes, at + 1, is_domain);
        while end > at + 1 && b".-".contains(&bytes[end - 1]) {
            end -= 1;
        }
        let (_, top) = text[at + 1..end].rsplit_once('.')?;
        let is_top = top.len() >= 2 && !top.bytes().all(|byte| byte.is_ascii_digit());
        (from + local < at && is_top).then_some(from + local..end)
    })
}

/// A number in international form (E.164): `+` and 8 to 15 digits, perhaps with blanks, dots,
/// hyphens and brackets, and nothing else around it.
pub(super) fn phone(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'+', bytes.get(from..)?).map(|at| at + from).find_map(|at| {
        let is_free = |byte: Option<&u8>| {
            byte.is_none_or(|byte| byte.is_ascii_whitespace() || b"\"'(),;:<>[]=".contains(byte))
        };
        let mut end =
            at + 1 + run(bytes, at + 1, |byte| byte.is_ascii_digit() || b" .-()".contains(&byte));
        while b" .-(".contains(&bytes[end - 1]) {
            end -= 1;
        }
        let digits = bytes[at..end].iter().filter(|byte| byte.is_ascii_digit()).count();
        let is_before = is_free(at.checked_sub(1).and_then(|before| bytes.get(before)));
        let is_behind = is_free(bytes.get(end)) || bytes.get(end) == Some(&b'.');
        ((8..=15).contains(&digits) && is_before && is_behind).then_some(at..end)
    })
}

#[cfg(test)]
mod tests {
    use crate::detect::Detector::*;
    use crate::detect::tests::found;

    #[test]
    fn people_are_found() {
        let text = "role/x/jane.doe+a@example.com, <b@c.example.org>. d@e x@1.2.3.4 @f.gh ü@ö.de";
        let people = ["jane.doe+a@example.com", "b@c.example.org", "ü@ö.de"];
        assert_eq!(found(Email, text), people);
        let text =
            "call +49 30 1234567, tel:+15551234567. +abc +1234567 a+15551234567 +155512345678x";
        assert_eq!(found(Phone, text), ["+49 30 1234567", "+15551234567"]);
    }
}
