//! The twin that reads with sonic-rs: an iterator over the members, each checked and left as text.
//!
//! What does not come out byte for byte: the escapes of keys are written anew, and of several
//! members of one name the last is in the column and the others are nowhere.

use sonic_rs::{JsonValueTrait, LazyValue, to_object_iter};
use std::borrow::Cow;
use std::error::Error;
use trailmill_benches::twins::columns::IDENTITY;
use trailmill_benches::twins::spans::{Manner, Spans};

/// Appends the row of one record, without a line feed.
///
/// # Errors
/// If `line` is no JSON object.
pub fn row(line: &str, out: &mut Vec<u8>) -> Result<(), Box<dyn Error>> {
    let mut spans = Spans::default();
    for member in to_object_iter(line) {
        let (key, value) = member?;
        if key == IDENTITY && value.is_object() {
            spans.identity();
            for member in value.into_object_iter().into_iter().flatten() {
                let (key, value) = member?;
                spans.identity_member(key, text(&value)?);
            }
        } else {
            spans.member(key, text(&value)?);
        }
    }
    spans.write(Manner { quotes_keys: true, quote }, out);
    Ok(())
}

/// The text of a value, as a span of the record.
fn text<'a>(value: &LazyValue<'a>) -> Result<&'a str, Box<dyn Error>> {
    match value.as_raw_cow() {
        Cow::Borrowed(text) => Ok(text),
        Cow::Owned(_) => Err("a value that is no span of the record".into()),
    }
}

/// Appends a text as a JSON string, many bytes at a time.
fn quote(text: &str, out: &mut Vec<u8>) {
    sonic_rs::to_writer(out, text).expect("writing to memory does not fail");
}
