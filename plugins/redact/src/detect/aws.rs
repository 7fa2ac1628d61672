//! What AWS itself gives out: key ids, session tokens, ARNs, account ids.

use super::{Needle, anything, is_word, places, run, stands_alone};
use std::ops::Range;

/// How ids begin that name a key or a principal (IAM User Guide, "IAM identifiers", "Unique
/// identifiers"); those that name a key come first.
const ID_PREFIXES: &[&str] = &[
    "AKIA", "ASIA", "ABIA", "ACCA", "AROA", "AIDA", "AGPA", "AIPA", "ANPA", "ANVA", "APKA", "ASCA",
];
const KEY_PREFIXES: usize = 4;
pub(super) const KEY_NEEDLES: &[Needle] =
    &[("AKIA", is_id_rest), ("ASIA", is_id_rest), ("ABIA", is_id_rest), ("ACCA", is_id_rest)];

fn is_id_rest(rest: &[u8]) -> bool {
    rest.get(..KEY_ID_REST).is_some_and(|rest| rest.iter().all(|&byte| is_base32(byte)))
}

/// How many characters follow the prefix of a key id, and at most that of another id.
const KEY_ID_REST: usize = 16;
const ID_REST_MAX: usize = 17;

fn is_base32(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

/// The prefix of the id that the whole text is.
pub(crate) fn id_prefix(text: &str) -> Option<&'static str> {
    let prefix = ID_PREFIXES.iter().find(|prefix| text.starts_with(**prefix))?;
    let rest = &text.as_bytes()[prefix.len()..];
    let is_id = (KEY_ID_REST..=ID_REST_MAX).contains(&rest.len());
    (is_id && rest.iter().all(|&byte| is_base32(byte))).then_some(*prefix)
}

pub(super) fn access_key_id(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'A', bytes.get(from..)?).map(|at| at + from).find_map(|at| {
        let range = at..at + 4 + KEY_ID_REST;
        let id = bytes.get(range.clone())?;
        let known = ID_PREFIXES[..KEY_PREFIXES].iter();
        let is_id = known.map(|prefix| prefix.as_bytes()).any(|prefix| id.starts_with(prefix))
            && id.iter().all(|&byte| is_base32(byte))
            && stands_alone(bytes, &range);
        is_id.then_some(range)
    })
}

/// How session tokens of STS begin: what base64 makes of their version.
const SESSION_TOKENS: &[&str] = &["FwoG", "IQoJ", "FQoG", "AQoD", "AgoJ"];

pub(super) const TOKEN_NEEDLES: &[Needle] = &[
    ("FwoG", anything),
    ("IQoJ", anything),
    ("FQoG", anything),
    ("AQoD", anything),
    ("AgoJ", anything),
];

/// The fewest characters that a session token has; those that were met have over 300.
const SESSION_TOKEN_LENGTH: usize = 100;

pub(super) fn session_token(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    // In a URL, `+`, `/` and `=` are written with `%`.
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=%_-".contains(&byte);
    let starts = SESSION_TOKENS.iter().flat_map(|start| places(bytes, start.as_bytes(), from));
    let tokens = starts.filter_map(|at| {
        let is_inside = at.checked_sub(1).is_some_and(|before| is_word(bytes[before]));
        let length = run(bytes, at, is_part);
        (!is_inside && length >= SESSION_TOKEN_LENGTH).then_some(at..at + length)
    });
    tokens.min_by_key(|range| range.start)
}

/// What stands before the message in the text of an error (STS API Reference,
/// "DecodeAuthorizationMessage").
const ENCODED: &[u8] = b"failure message: ";
pub(super) const MESSAGE_NEEDLES: &[Needle] = &[("age: ", anything)];

pub(super) fn authorization_message(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    places(bytes, ENCODED, from).find_map(|at| {
        let start = at + ENCODED.len();
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=_-".contains(&byte);
        let length = run(bytes, start, is_part);
        (length >= 32).then_some(start..start + length)
    })
}

/// What stands before the names of people (IAM User Guide, "IAM identifiers"; the principal of a
/// role is its id and the name of the session).
const PRINCIPALS: &[&str] = &[":assumed-role/", ":user/", ":federated-user/", "AROA"];

pub(super) const PRINCIPAL_NEEDLES: &[Needle] = &[
    (":assumed-role/", anything),
    (":user/", anything),
    (":federated-user/", anything),
    ("AROA", is_id_rest),
];

pub(super) fn principal(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let is_part = |byte: u8| byte > b' ' && !b"\"'`;()<>[]|^*".contains(&byte);
    let name = |start: usize| {
        let end = start + run(bytes, start, is_part);
        (start >= from && start < end).then_some(start..end)
    };
    let found = PRINCIPALS.iter().flat_map(|mark| {
        places(bytes, mark.as_bytes(), 0).filter_map({
            move |at| {
                let behind = at + mark.len();
                match *mark {
                    "AROA" => (bytes.get(at + 21) == Some(&b':')).then_some(at + 22),
                    // Behind the name of the role.
                    ":assumed-role/" => {
                        let role = run(bytes, behind, |byte| is_part(byte) && byte != b'/');
                        (bytes.get(behind + role) == Some(&b'/')).then_some(behind + role + 1)
                    }
                    _ => Some(behind),
                }
            }
        })
    });
    found.filter_map(name).min_by_key(|range| range.start)
}

pub(super) const ARN_NEEDLES: &[Needle] = &[("arn:", anything)];

pub(super) fn arn(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    places(bytes, b"arn:", from).find_map(|at| {
        let is_inside = at.checked_sub(1).is_some_and(|before| is_word(bytes[before]));
        let is_part = |byte: u8| byte > b' ' && !b"\"'`,;()<>[]\\|^".contains(&byte);
        let mut end = at + run(bytes, at, is_part);
        while end > at && b".:?!".contains(&bytes[end - 1]) {
            end -= 1;
        }
        let colons = bytes[at..end].iter().filter(|&&byte| byte == b':').count();
        (!is_inside && colons >= 5).then_some(at..end)
    })
}

/// How many digits an account id has.
const ACCOUNT_DIGITS: usize = 12;

pub(super) fn account_id(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        let length = run(bytes, at, |byte| byte.is_ascii_digit());
        let range = at..at + length;
        // No part of a longer word, such as a digest; but of names that are joined by `-` or `_`.
        let is_letter = |at: Option<usize>| {
            at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric)
        };
        let is_inside = is_letter(at.checked_sub(1)) || is_letter(Some(range.end));
        if length == ACCOUNT_DIGITS && !is_inside && !is_number(bytes, &range) {
            return Some(range);
        }
        at += length.max(1);
    }
    None
}

/// Whether the digits are part of a number with a point, or of a GUID.
fn is_number(text: &[u8], range: &Range<usize>) -> bool {
    let digit =
        |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(u8::is_ascii_hexdigit);
    let before = range.start.checked_sub(1).and_then(|at| text.get(at));
    match before {
        Some(b'.') => digit(range.start.checked_sub(2)),
        // The last part of a GUID is behind one of four characters.
        Some(b'-') => is_guid(text, range.end),
        _ => text.get(range.end) == Some(&b'.') && digit(Some(range.end + 1)),
    }
}

/// Whether a GUID ends at a byte.
fn is_guid(text: &[u8], end: usize) -> bool {
    let Some(guid) = end.checked_sub(36).and_then(|start| text.get(start..end)) else {
        return false;
    };
    guid.iter().enumerate().all(|(at, byte)| match at {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    })
}

#[cfg(test)]
mod tests {
    use crate::detect::Detector::*;
    use crate::detect::tests::found;

    #[test]
    fn key_ids_stand_alone() {
        let text = "x AKIAIOSFODNN7EXAMPLE,ASIAIOSFODNN7EXAMPLE. AKIAIOSFODNN7EXAMPLEX xAKIA AROA";
        assert_eq!(found(AccessKeyId, text), ["AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE"]);
    }

    #[test]
    fn session_tokens_are_long() {
        let token = format!("IQoJb3JpZ2luX2Vj{}%2F%3D", "a".repeat(100));
        let text = format!("?X-Amz-Security-Token={token}&x=IQoJshort");
        assert_eq!(found(SessionToken, &text), [token]);
    }

    #[test]
    fn messages_lose_what_is_encoded() {
        let code = "Ab1_".repeat(20);
        let text = format!("Encoded authorization failure message: {code} Bye");
        assert_eq!(found(AuthorizationMessage, &text), [code]);
    }

    #[test]
    fn arns_end_where_the_sentence_goes_on() {
        let text =
            "User: arn:aws:sts::123456789012:assumed-role/a/b@c.de is (arn:aws:s3:::x/y). arn:";
        let arns = ["arn:aws:sts::123456789012:assumed-role/a/b@c.de", "arn:aws:s3:::x/y"];
        assert_eq!(found(Arn, text), arns);
    }

    #[test]
    fn people_are_named_in_arns_and_ids() {
        let text = "arn:aws:sts::123456789012:assumed-role/a/b@c.de, AROAIOSFODNN7EXAMPLEX:me \
                    arn:aws:iam::123456789012:user/x/jane arn:aws:sts::1:assumed-role/a/ AROAX:y";
        assert_eq!(found(Principal, text), ["b@c.de,", "me", "x/jane"]);
    }

    #[test]
    fn account_ids_have_twelve_digits() {
        let text = "123456789012 logs-123456789013-eu 1234567890123 x123456789012 0.123456789012 \
                    d290f1ee-6c54-4b01-90e6-123456789012 _123456789014_";
        let ids = ["123456789012", "123456789013", "123456789014"];
        assert_eq!(found(AccountId, text), ids);
    }
}
