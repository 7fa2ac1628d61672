//! What serde_json says about a text, less the rules in which it is known to differ.

use serde::de::IgnoredAny;
use trailmill_json::{DEPTH_MAX, Kind, Value};

/// Whether the text is one JSON document of no more than [`DEPTH_MAX`] levels.
///
/// `IgnoredAny` asks for grammar alone: no range of numbers, no pairs of surrogates, no depth. It
/// does not ask for UTF-8 either, so that is asked first.
pub(crate) fn accepts(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok_and(|text| serde_json::from_str::<IgnoredAny>(text).is_ok())
        && depth(text) <= DEPTH_MAX
}

/// How many brackets are open at once in a valid document.
pub(crate) fn depth(text: &[u8]) -> usize {
    let (mut open, mut most) = (0, 0);
    outside_strings(text, |byte| match byte {
        b'{' | b'[' => {
            open += 1;
            most = most.max(open);
        }
        b'}' | b']' => open -= 1,
        _ => {}
    });
    most
}

/// Calls `f` with each byte of valid JSON that is outside strings, one after the other.
pub(crate) fn outside_strings(text: &[u8], mut f: impl FnMut(u8)) {
    let (mut in_string, mut escaped) = (false, false);
    for &byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => in_string = !in_string,
            _ if !in_string => f(byte),
            _ => {}
        }
    }
}

/// The text without blanks outside strings, made the slow way.
pub(crate) fn compact(text: &[u8]) -> Vec<u8> {
    let (mut in_string, mut escaped) = (false, false);
    let mut out = Vec::new();
    for &byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => in_string = !in_string,
            _ => {}
        }
        if in_string || !b" \t\r\n".contains(&byte) {
            out.push(byte);
        }
    }
    out
}

/// The same value as serde_json has it, built from nothing but what the lazy value says.
///
/// # Panics
/// If a number is none that serde_json can hold.
pub(crate) fn rebuild(value: Value<'_>) -> serde_json::Value {
    match value.kind() {
        Kind::Null => serde_json::Value::Null,
        Kind::Bool => serde_json::Value::Bool(value.as_bool().unwrap()),
        Kind::Number => serde_json::Value::Number(serde_json::from_slice(value.raw()).unwrap()),
        Kind::String => value.as_string().unwrap().decode().into_owned().into(),
        Kind::Array => value.elements().map(rebuild).collect(),
        Kind::Object => {
            let members = value.members();
            let pairs = members.map(|m| (m.key().decode().into_owned(), rebuild(m.value())));
            serde_json::Value::Object(pairs.collect())
        }
    }
}
