//! The twin that reads with typed serde: no tree, but spans of the record as `&RawValue`.
//!
//! What does not come out byte for byte: of several members of one name the last is in the column
//! and the others are nowhere; a member that is claimed, but whose key is escaped, stays in the
//! rest.

use super::columns::IDENTITY;
use super::spans::{Manner, Spans, unquoted};
use serde::Deserializer;
use serde::de::{DeserializeSeed, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// Appends the row of one record, without a line feed.
///
/// # Errors
/// If `line` is no JSON object.
pub fn row(line: &str, out: &mut Vec<u8>) -> serde_json::Result<()> {
    // Typed means that a type is expected: in the odd record whose `userIdentity` is no object,
    // that fails, and all of it is read again without looking inside.
    let spans = match read(line, true) {
        Ok(spans) => spans,
        Err(_) => read(line, false)?,
    };
    spans.write(Manner { quotes_keys: false, quote }, out);
    Ok(())
}

/// Appends a text as a JSON string.
fn quote(text: &str, out: &mut Vec<u8>) {
    serde_json::to_writer(out, text).expect("writing to memory does not fail");
}

fn read(line: &str, looks_inside: bool) -> serde_json::Result<Spans<'_>> {
    let mut spans = Spans::default();
    let mut parser = serde_json::Deserializer::from_str(line);
    parser.deserialize_map(Record { spans: &mut spans, looks_inside })?;
    parser.end()?;
    Ok(spans)
}

/// Reads a record.
struct Record<'s, 'a> {
    spans: &'s mut Spans<'a>,
    /// Whether `userIdentity` is read as an object.
    looks_inside: bool,
}

/// Reads `userIdentity`.
struct Identity<'s, 'a> {
    spans: &'s mut Spans<'a>,
}

impl<'a> Visitor<'a> for Record<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<M: MapAccess<'a>>(self, mut map: M) -> Result<(), M::Error> {
        // Keys are spans too, so that their escapes stay as they are.
        while let Some(key) = map.next_key::<&'a RawValue>()? {
            if self.looks_inside && unquoted(key.get()) == IDENTITY {
                map.next_value_seed(Identity { spans: &mut *self.spans })?;
                continue;
            }
            let value: &'a RawValue = map.next_value()?;
            self.spans.member(Cow::Borrowed(unquoted(key.get())), value.get());
        }
        Ok(())
    }
}

impl<'a> DeserializeSeed<'a> for Identity<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, parser: D) -> Result<(), D::Error> {
        parser.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for Identity<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the identity of whoever asked")
    }

    fn visit_map<M: MapAccess<'a>>(self, mut map: M) -> Result<(), M::Error> {
        self.spans.identity();
        while let Some(key) = map.next_key::<&'a RawValue>()? {
            let value: &'a RawValue = map.next_value()?;
            self.spans.identity_member(Cow::Borrowed(unquoted(key.get())), value.get());
        }
        Ok(())
    }
}
