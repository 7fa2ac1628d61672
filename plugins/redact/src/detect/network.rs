//! Addresses of machines.

use super::{is_word, run};
use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

/// Four numbers, no more and no less; `0.0.0.0` names nobody.
pub(super) fn ipv4(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(dot) = memchr::memchr(b'.', bytes.get(at..)?).map(|dot| dot + at) {
        let is_part = |byte: &u8| byte.is_ascii_digit() || *byte == b'.';
        let start = bytes[..dot].iter().rposition(|byte| !is_part(byte)).map_or(0, |at| at + 1);
        let mut end = dot + run(bytes, dot, |byte| is_part(&byte));
        if bytes.get(end - 1) == Some(&b'.') {
            // The end of a sentence.
            end -= 1;
        }
        let is_joined = |at: Option<usize>| at.is_some_and(|at| is_joined(bytes, at));
        let is_alone = !is_joined(start.checked_sub(1)) && !is_joined(Some(end));
        let address = text.get(start.max(from)..end).and_then(|text| text.parse::<Ipv4Addr>().ok());
        if is_alone && start >= from && address.is_some_and(|address| !address.is_unspecified()) {
            return Some(start..end);
        }
        at = end.max(dot + 1);
    }
    None
}

/// Whether the character at a byte makes a version or a name of what stands beside it.
fn is_joined(text: &[u8], at: usize) -> bool {
    let Some(&byte) = text.get(at) else { return false };
    let is_in_version = byte == b'/' && at > 0 && text[at - 1].is_ascii_alphabetic();
    is_word(byte) || is_in_version || byte == b'-'
}

/// As RFC 4291 writes them, with two colons at least; `::` names nobody, `::1` the machine itself.
pub(super) fn ipv6(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(colon) = memchr::memchr(b':', bytes.get(at..)?).map(|colon| colon + at) {
        let is_part = |byte: &u8| byte.is_ascii_hexdigit() || b":.".contains(byte);
        let start = bytes[..colon].iter().rposition(|byte| !is_part(byte)).map_or(0, |at| at + 1);
        let end = colon + run(bytes, colon, |byte| is_part(&byte));
        let joined = |at: Option<usize>| {
            at.and_then(|at| bytes.get(at)).is_some_and(|&byte| is_word(byte) || byte == b'-')
        };
        let is_alone = !joined(start.checked_sub(1)) && !joined(Some(end));
        let address = text.get(start.max(from)..end).and_then(|text| text.parse::<Ipv6Addr>().ok());
        let is_somebody =
            address.is_some_and(|it| !it.is_unspecified() && !it.is_loopback() && end - start > 4);
        if is_alone && start >= from && is_somebody {
            return Some(start..end);
        }
        at = end.max(colon + 1);
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::detect::Detector::*;
    use crate::detect::tests::found;

    #[test]
    fn addresses_are_no_versions() {
        let text = "from 192.0.2.7, 10.0.0.0/8 to 0.0.0.0/0; v1.2.3.4 x/1.2.3.4 1.2.3.4.5 \
                    256.1.1.1 192.0.2.8.";
        assert_eq!(found(Ipv4, text), ["192.0.2.7", "10.0.0.0", "192.0.2.8"]);
        let text =
            "2001:db8::1/64 [fe80::aaaa] ::ffff:192.0.2.1 12:30:00 ::1 a::b:c arn:aws:iam::1";
        assert_eq!(found(Ipv6, text), ["2001:db8::1", "fe80::aaaa", "::ffff:192.0.2.1", "a::b:c"]);
    }
}
