//! Numbers that Fluent Bit can write and can not read.
//!
//! What it can not read in an answer ends its process; so such a number is handed back as a string
//! of its text.

use trailmill_abi::is_extreme;
use trailmill_event::json::{Index, quote_into};

/// Puts strings in the place of numbers that are too large, in a JSON text; `index` and `copy` are
/// memory to use.
#[cold]
pub(super) fn tame(text: &mut Vec<u8>, index: &mut Index, copy: &mut Vec<u8>) {
    copy.clear();
    if index.parse(text).is_err() {
        return;
    }
    let document = index.document(text);
    let mut copied = 0;
    for token in 0..index.len() {
        let value = document.value(token);
        if !matches!(index.kind(token), b'-' | b'0'..=b'9') || !is_extreme(value.raw()) {
            continue;
        }
        let span = value.span();
        copy.extend_from_slice(&text[copied..span.start]);
        quote_into(&String::from_utf8_lossy(value.raw()), copy);
        copied = span.end;
    }
    if copied > 0 {
        copy.extend_from_slice(&text[copied..]);
        std::mem::swap(text, copy);
    }
}
