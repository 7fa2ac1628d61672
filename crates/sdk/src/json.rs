//! As much JSON as a small stage needs: members, strings, and one member more.
//!
//! ```
//! use trailmill_sdk::json;
//!
//! let record = r#"{"userIdentity":{"userName":"bob\u0021"},"awsRegion":"eu-west-1"}"#;
//! let identity = json::member(record, "userIdentity").unwrap();
//! let name = json::member(identity, "userName").and_then(json::string).unwrap();
//! assert_eq!(name, "bob!");
//! let mut out = String::new();
//! json::with_member(record, "isHome", "true", &mut out);
//! assert!(out.ends_with(r#""awsRegion":"eu-west-1","isHome":true}"#));
//! ```
//!
//! Nothing here builds a tree, and nothing recurses. Stages that change much inside of records are
//! better off with a JSON library; `serde_json` works, and costs an interpreting host like Fluent
//! Bit several times as much for each record.

mod number;
mod walk;

use std::borrow::Cow;
use walk::Walk;

pub(crate) use number::tame;
pub use walk::DEPTH_MAX;
pub(crate) use walk::Span;

/// What a host can read, and what was seen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Checks {
    /// How many brackets may be open at once, [`DEPTH_MAX`] at most.
    pub(crate) depth_max: usize,
    /// Whether there may be numbers of a magnitude of 1e308 or more.
    pub(crate) saw_odd_number: bool,
}

impl Checks {
    pub(crate) fn new(depth_max: usize) -> Self {
        Checks { depth_max, saw_odd_number: false }
    }

    /// Whether a text is one JSON object that the host can read.
    pub(crate) fn is_object(&mut self, text: &str) -> bool {
        let mut walk = Walk::new(text, self.depth_max);
        let opens = text.trim_start_matches(BLANKS).starts_with('{');
        let is_object = opens && walk.value(0).is_some() && walk.is_at_end();
        self.saw_odd_number |= walk.saw_odd_number;
        is_object
    }
}

/// What may stand between tokens.
pub(crate) const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

/// Whether a text is one JSON object, with nothing but blanks around it, by RFC 8259, at most
/// [`DEPTH_MAX`] deep. Duplicate members, numbers of any size and lone surrogates are grammatical.
pub fn is_object(text: &str) -> bool {
    Checks::new(DEPTH_MAX).is_object(text)
}

/// Whether a text is one JSON object, if `known` is one. Most stages add members at the end of a
/// record: what stands before them is then only compared, which interpreters do five times as fast.
pub(crate) fn is_object_like(known: &str, text: &str, checks: &mut Checks) -> bool {
    let known = known.as_bytes();
    let inside = known.strip_suffix(b"}").unwrap_or_default();
    // Behind the members of an object that has some.
    let has_members = !matches!(inside.trim_ascii(), b"" | b"{");
    match has_members && begins_with(text.as_bytes(), inside) {
        true => {
            let mut walk = Walk::from(text, inside.len(), checks.depth_max);
            let is_object = walk.rest_of_object().is_some() && walk.is_at_end();
            checks.saw_odd_number |= walk.saw_odd_number;
            is_object
        }
        false => checks.is_object(text),
    }
}

/// Whether a text begins with another, eight bytes at a time.
fn begins_with(text: &[u8], with: &[u8]) -> bool {
    let Some(text) = text.get(..with.len()) else { return false };
    let word = |bytes: &[u8]| bytes.first_chunk().map(|bytes| u64::from_le_bytes(*bytes));
    let (texts, withs) = (text.chunks_exact(8), with.chunks_exact(8));
    let rest = texts.remainder() == withs.remainder();
    rest && texts.zip(withs).all(|(text, with)| word(text) == word(with))
}

/// The value of a member of an object, as it stands there; the last one counts if there are
/// several. None if there is none. The object has to be one, as records and what stands in them
/// are; of what is no JSON object, anything can come.
pub fn member<'o>(object: &'o str, name: &str) -> Option<&'o str> {
    members(object)
        .filter(|(key, _)| is_name(key, name, key.contains('\\')))
        .last()
        .map(|(_, value)| value)
}

/// The members of an object, each with its key between its quotes, up to the first that is wrong.
pub(crate) fn members(object: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut walk = Walk::new(object, DEPTH_MAX);
    let is_object = walk.open_object().is_some();
    std::iter::from_fn(move || if is_object { walk.member() } else { None })
}

/// Whether a key, between its quotes, is this name.
fn is_name(key: &str, name: &str, is_escaped: bool) -> bool {
    if is_escaped { decode(key) == name } else { key == name }
}

/// Notes the members of a record; gives the record without the blanks around it, or none if it is
/// no JSON object.
pub(crate) fn spans<'r>(
    text: &'r str,
    members: &mut Vec<Span>,
    checks: &mut Checks,
) -> Option<&'r str> {
    members.clear();
    let text = text.trim_matches(BLANKS);
    // What is longer has no place in a module.
    u32::try_from(text.len()).ok()?;
    let mut walk = Walk::new(text, checks.depth_max);
    let is_object = walk.object(members).is_some() && walk.is_at_end();
    checks.saw_odd_number |= walk.saw_odd_number;
    is_object.then_some(text)
}

/// The text of a JSON string, its escapes undone; none if the value is no string. A lone surrogate
/// becomes U+FFFD.
pub fn string(value: &str) -> Option<Cow<'_, str>> {
    let body = value.strip_prefix('"')?.strip_suffix('"')?;
    Some(match body.contains('\\') {
        false => Cow::Borrowed(body),
        true => Cow::Owned(decode(body)),
    })
}

fn decode(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some((before, behind)) = rest.split_once('\\') {
        out.push_str(before);
        let (letter, length) = escaped(behind);
        out.push(letter);
        rest = behind.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// What stands behind a backslash, and how many bytes it takes.
fn escaped(behind: &str) -> (char, usize) {
    let Some(first) = behind.chars().next() else { return (char::REPLACEMENT_CHARACTER, 0) };
    let letter = match first {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return unicode(behind),
        other => other,
    };
    (letter, first.len_utf8())
}

/// The character of `uXXXX`, or of `uXXXX\uXXXX`.
fn unicode(behind: &str) -> (char, usize) {
    let unit = |at: usize| u32::from_str_radix(behind.get(at..at + 4)?, 16).ok();
    let high = unit(1).unwrap_or(0xfffd);
    if (0xd800..0xdc00).contains(&high)
        && behind.get(5..7) == Some("\\u")
        && let Some(low) = unit(7).filter(|low| (0xdc00..0xe000).contains(low))
    {
        let code = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
        return (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 11);
    }
    (char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER), 5)
}

/// Appends a text as a JSON string, quotes and all.
pub fn quote(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|b| b < b' ' || b == b'"' || b == b'\\') {
        out.push_str(&rest[..at]);
        // These bytes are characters of their own.
        match rest.as_bytes()[at] {
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            byte if byte < b' ' => {
                let digit = |nibble: u8| char::from(b"0123456789abcdef"[usize::from(nibble & 15)]);
                out.extend(['\\', 'u', '0', '0', digit(byte >> 4), digit(byte)]);
            }
            byte => out.extend(['\\', char::from(byte)]),
        }
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out.push('"');
}

/// Appends an object with one member more at its end, which counts if there was one of that name
/// before. `value` is JSON text; what is no object is taken for an empty one.
pub fn with_member(object: &str, name: &str, value: &str, out: &mut String) {
    open(object, out);
    quote(name, out);
    out.push(':');
    out.push_str(value);
    out.push('}');
}

/// Appends an object up to its closing bracket, and a comma if it has members.
pub(crate) fn open(object: &str, out: &mut String) {
    let inside =
        object.trim_matches(BLANKS).strip_suffix('}').map(|text| text.trim_end_matches(BLANKS));
    let inside = inside.filter(|text| text.starts_with('{')).unwrap_or("{");
    out.push_str(inside);
    if inside != "{" {
        out.push(',');
    }
}

#[cfg(test)]
mod tests;
