//! Errors in blocks: whether there is one, and which comes first.

use super::super::{State, Stop};
use crate::error::{Error, ErrorKind};

/// The first error in the block at `at` of a text, by the state before it.
pub(super) fn first_error(text: &[u8], at: usize, state: &State) -> Option<Stop> {
    let block = text.get(at..).unwrap_or_default();
    let (mut in_string, mut escaped) = (state.in_string != 0, state.escaped != 0);
    for (place, &byte) in (at..).zip(block.iter().take(64)) {
        let stop = |kind, offset| Some((Error::new(kind, offset), in_string));
        match byte {
            _ if escaped && !is_escape(text, place) => return stop(ErrorKind::Escape, place - 1),
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'\\' => return stop(ErrorKind::Escape, place),
            b'"' => in_string = !in_string,
            b'\t' | b'\n' | b'\r' if !in_string => {}
            0..0x20 => return stop(ErrorKind::Control, place),
            _ => {}
        }
    }
    None
}

/// Whether JSON knows the escape of which the byte at `at` stands behind the backslash, as far as
/// there is text.
#[inline(always)]
pub(super) fn is_escape(text: &[u8], at: usize) -> bool {
    let is_digit = |at: usize| text.get(at).is_none_or(u8::is_ascii_hexdigit);
    match text.get(at) {
        None | Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => true,
        Some(b'u') => is_digit(at + 1) & is_digit(at + 2) & is_digit(at + 3) & is_digit(at + 4),
        Some(_) => false,
    }
}
