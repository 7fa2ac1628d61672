//! Keys, certificates, tokens and passwords in texts.

use super::{Needle, anything, places, run};
use crate::marks::is_mark;
use std::ops::Range;

pub(super) const PEM_NEEDLES: &[Needle] = &[("-BEGIN ", anything)];

/// A block in PEM (RFC 7468) whose label ends with `kind`; one that is cut reaches to the end.
pub(super) fn pem(text: &str, from: usize, kind: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    places(bytes, b"-----BEGIN ", from).find_map(|at| {
        let label_at = at + "-----BEGIN ".len();
        let label = &text[label_at..label_at + run(bytes, label_at, |byte| byte != b'-')];
        if label.len() > 64 || !label.contains(kind) {
            return None;
        }
        let ending = format!("-----END {label}-----");
        let end = text[label_at..].find(&ending).map(|end| label_at + end + ending.len());
        Some(at..end.unwrap_or(text.len()))
    })
}

pub(super) const JWT_NEEDLES: &[Needle] = &[("eyJ", anything)];

/// Header, payload and signature, each in base64url (RFC 7519); or the five parts of one that is
/// encrypted.
pub(super) fn jwt(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
    places(bytes, b"eyJ", from).find_map(|at| {
        let is_inside = at.checked_sub(1).is_some_and(|before| is_part(bytes[before]));
        let header = run(bytes, at, is_part);
        let dot = at + header;
        if is_inside || header < 10 || bytes.get(dot) != Some(&b'.') {
            return None;
        }
        let end = dot + run(bytes, dot, |byte| is_part(byte) || byte == b'.');
        let dots = bytes[dot..end].iter().filter(|&&byte| byte == b'.').count();
        (dots >= 2 && end - dot > 12).then_some(at..end)
    })
}

/// The fewest characters of a token behind `Bearer`.
const BEARER_LENGTH: usize = 16;

pub(super) const BEARER_NEEDLES: &[Needle] = &[("earer ", anything)];

/// The token behind `Bearer` (RFC 6750).
pub(super) fn bearer(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'b', b'B', bytes.get(from..)?).map(|at| at + from).find_map(|at| {
        let word = bytes.get(at..at + 7)?;
        if !word.eq_ignore_ascii_case(b"bearer ") {
            return None;
        }
        let start = at + 7 + run(bytes, at + 7, |byte| byte == b' ');
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
        let length = run(bytes, start, is_part);
        let token = &bytes[start..start + length];
        let is_token = length >= BEARER_LENGTH && token.iter().any(u8::is_ascii_digit);
        is_token.then_some(start..start + length)
    })
}

/// What passwords in connection strings stand behind; where one of these is not followed by `=`
/// or `:`, it is none.
const ASSIGNMENTS: &[&str] = &[
    "assword",
    "ASSWORD",
    "asswd",
    "ASSWD",
    "pwd",
    "Pwd",
    "PWD",
    "ecret_access_key",
    "ECRET_ACCESS_KEY",
    "ecretAccessKey",
];

/// URLs are found by `://`.
pub(super) const PASSWORD_NEEDLES: &[Needle] = &[
    ("ssw", is_password),
    ("pwd", is_assigned),
    ("ss_key", is_assigned),
    ("etAccessKey", is_assigned),
];

/// Whether it goes on with `ord` or `d`, and something is assigned to that.
fn is_password(rest: &[u8]) -> bool {
    let word = rest.get(..3).is_some_and(|word| word.eq_ignore_ascii_case(b"ord"));
    let rest = if word { &rest[3..] } else { rest.get(1..).unwrap_or_default() };
    is_assigned(rest)
}

/// Whether `=` or `:` can follow; a quote inside a string is escaped.
fn is_assigned(rest: &[u8]) -> bool {
    rest.first().is_some_and(|byte| b"=: '\\\"".contains(byte))
}

pub(super) fn connection_string(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let urls = places(bytes, b"://", 0).filter_map(|at| url_password(bytes, at + 3));
    let words = ASSIGNMENTS.iter();
    let assigned = words.flat_map(|word| {
        places(bytes, word.as_bytes(), 0).filter_map(|at| assigned(text, at + word.len()))
    });
    let found = urls.chain(assigned).filter(|range| range.start >= from);
    found.filter(|range| !is_mark(&text[range.clone()])).min_by_key(|range| range.start)
}

/// The password in `user:password@host`.
fn url_password(text: &[u8], start: usize) -> Option<Range<usize>> {
    let is_part = |byte: u8| byte > b' ' && !b"/?#\"'<>\\".contains(&byte);
    let length = run(text, start, is_part);
    let authority = text.get(start..start + length)?;
    let at = memchr::memrchr(b'@', authority)?;
    let colon = memchr::memchr(b':', &authority[..at])?;
    (at > colon + 1).then_some(start + colon + 1..start + at)
}

/// What is assigned behind a word that ends at `end`: `=`, or `:` and then quoted or not.
fn assigned(text: &str, end: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let quote = run(bytes, end, |byte| b"\"'".contains(&byte));
    let mut at = end + quote.min(1);
    at += run(bytes, at, |byte| byte == b' ');
    let is_colon = bytes.get(at) == Some(&b':');
    if bytes.get(at) != Some(&b'=') && !(is_colon && bytes.get(at + 1) != Some(&b':')) {
        return None;
    }
    at += 1;
    at += run(bytes, at, |byte| byte == b' ');
    let start = match bytes.get(at) {
        Some(quote @ (b'"' | b'\'')) => {
            let length = run(bytes, at + 1, |byte| byte != *quote);
            return (length > 0).then_some(at + 1..at + 1 + length);
        }
        _ => at,
    };
    let length = run(bytes, start, |byte| byte > b' ' && !b"\"';,&)}".contains(&byte));
    let value = &text[start..start + length];
    // `pwd=/srv/x` is a folder, `$PASSWORD` and `{{password}}` are no values.
    let is_value = length >= 3 && !value.starts_with(['/', '$', '{', '%', '<']);
    // In prose a word follows: `password: too short`.
    let is_prose = is_colon && value.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'.');
    (is_value && !is_prose).then_some(start..start + length)
}

#[cfg(test)]
mod tests {
    use crate::detect::Detector::*;
    use crate::detect::tests::found;

    #[test]
    fn pem_blocks_are_whole() {
        let key = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----";
        let certificate = "-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----";
        let text = format!("a {key} b {certificate} -----BEGIN EC PRIVATE KEY-----\ncut");
        assert_eq!(found(PrivateKey, &text), [key, "-----BEGIN EC PRIVATE KEY-----\ncut"]);
        assert_eq!(found(Certificate, &text), [certificate]);
        assert_eq!(found(PrivateKey, "-----BEGIN PUBLIC KEY-----").len(), 0);
    }

    #[test]
    fn tokens_have_parts() {
        let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P";
        assert_eq!(found(Jwt, &format!("token={jwt}, and eyJhbGciOiJIUzI1NiJ9.x")), [jwt]);
        let text = "Authorization: Bearer mF_9.B5f-4.1JqM1234 and bearer bonds are redeemable";
        assert_eq!(found(Bearer, text), ["mF_9.B5f-4.1JqM1234"]);
    }

    #[test]
    fn passwords_are_found_and_the_rest_is_kept() {
        let cases: &[(&str, &[&str])] = &[
            ("postgres://app:s3cr3t!@db:5432/x", &["s3cr3t!"]),
            ("https://user@host/a:b@c", &[]),
            ("Server=x;User Id=y;Password=p4ss word;", &["p4ss"]),
            ("export DB_PASSWORD='a b c' AWS_SECRET_ACCESS_KEY=abcd/efg", &["a b c", "abcd/efg"]),
            ("pwd=/srv/x PASSWORD=$1 password: too short", &[]),
            ("{\"password\": \"hunter2\"", &["hunter2"]),
            ("password=<redacted>; a://b:<redacted>@c", &[]),
        ];
        for (text, passwords) in cases {
            assert_eq!(found(ConnectionString, text), *passwords, "{text}");
        }
    }
}
