//! The reference pass: one byte after the other but in strings, no vector instructions, no unsafe.

use super::{State, Stop, Tokens};
use crate::error::{Error, ErrorKind};

const OTHER: u8 = 0;
const BLANK: u8 = 1;
const OPERATOR: u8 = 2;
const QUOTE: u8 = 3;
const BACKSLASH: u8 = 4;
const CONTROL: u8 = 5;

/// The class of each byte.
static CLASS: [u8; 256] = {
    let mut class = [OTHER; 256];
    let mut byte = 0;
    while byte < 0x20 {
        class[byte] = CONTROL;
        byte += 1;
    }
    class[b' ' as usize] = BLANK;
    class[b'\t' as usize] = BLANK;
    class[b'\n' as usize] = BLANK;
    class[b'\r' as usize] = BLANK;
    class[b'{' as usize] = OPERATOR;
    class[b'}' as usize] = OPERATOR;
    class[b'[' as usize] = OPERATOR;
    class[b']' as usize] = OPERATOR;
    class[b':' as usize] = OPERATOR;
    class[b',' as usize] = OPERATOR;
    class[b'"' as usize] = QUOTE;
    class[b'\\' as usize] = BACKSLASH;
    class
};

/// Scans `text[from..to]`; `tokens` has room for one token a byte.
// Every path calls it, each from within a loop that is compiled better without it.
#[inline(never)]
pub(super) fn stride(
    text: &[u8],
    from: usize,
    to: usize,
    tokens: &mut Tokens,
    state: &mut State,
) -> Option<Stop> {
    let mut at = from;
    while at < to {
        if state.in_string != 0 {
            match string(text, at, to, state) {
                Ok(next) => at = next,
                Err(error) => return Some((error, true)),
            }
            continue;
        }
        let byte = text[at];
        match CLASS[byte as usize] {
            BLANK => blank(byte, state),
            OPERATOR => token(at, byte, tokens, state),
            QUOTE => {
                // A quote directly behind a bare word is part of that malformed word.
                if state.in_word == 0 {
                    token(at, byte, tokens, state);
                }
                state.in_word = 0;
                state.in_string = !0;
            }
            BACKSLASH => return Some((Error::new(ErrorKind::Escape, at), false)),
            CONTROL => return Some((Error::new(ErrorKind::Control, at), false)),
            _ => word(text, at, tokens, state),
        }
        at += 1;
    }
    None
}

fn blank(byte: u8, state: &mut State) {
    state.in_word = 0;
    state.newlines += u64::from(byte == b'\n');
    state.blanks |= byte != b'\n';
}

fn token(at: usize, byte: u8, tokens: &mut Tokens, state: &mut State) {
    tokens.positions[tokens.count] = at as u32;
    tokens.kinds[tokens.count] = byte;
    tokens.count += 1;
    state.in_word = 0;
}

fn word(text: &[u8], at: usize, tokens: &mut Tokens, state: &mut State) {
    note_non_ascii(text[at], at, state);
    if state.in_word == 0 {
        token(at, text[at], tokens, state);
    }
    state.in_word = 1;
}

fn note_non_ascii(byte: u8, at: usize, state: &mut State) {
    if byte >= 0x80 {
        state.non_ascii.get_or_insert(at);
    }
}

/// Goes through the inside of a string from `at`; gives the offset behind what it has read.
fn string(text: &[u8], mut at: usize, to: usize, state: &mut State) -> Result<usize, Error> {
    while at < to {
        if state.escaped == 0 {
            at = behind_plain(text, at, to);
        }
        if at == to {
            break;
        }
        let byte = text[at];
        if state.escaped != 0 {
            state.escaped = 0;
            check_escape(text, at)?;
        } else {
            match CLASS[byte as usize] {
                QUOTE => {
                    state.in_string = 0;
                    return Ok(at + 1);
                }
                BACKSLASH => state.escaped = 1,
                CONTROL => return Err(Error::new(ErrorKind::Control, at)),
                BLANK if byte != b' ' => return Err(Error::new(ErrorKind::Control, at)),
                _ => {}
            }
        }
        note_non_ascii(byte, at, state);
        at += 1;
    }
    Ok(at)
}

/// The offset of the first byte from `at` that is more than plain text of a string, or of one of
/// the last seven before `to`.
///
/// It looks at eight bytes at once, as one number: a byte that is zero, or less than 0x20, has its
/// highest bit set once as much as that is taken from it. A byte above the one found can be flagged
/// in vain, by the borrow, but none below. The strings of CloudTrail are most of its text, and this
/// halves the whole pipeline where there are no vector instructions, as in WebAssembly.
fn behind_plain(text: &[u8], mut at: usize, to: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    while let Some(chunk) = text[at..to].first_chunk::<8>() {
        let word = u64::from_le_bytes(*chunk);
        let quote = word ^ (b'"' as u64 * ONES);
        let backslash = word ^ (b'\\' as u64 * ONES);
        let found = quote.wrapping_sub(ONES) & !quote
            | backslash.wrapping_sub(ONES) & !backslash
            | word.wrapping_sub(0x20 * ONES)
            | word;
        let found = found & HIGH;
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at
}

/// Checks the escaped byte at `at`, whose backslash stands before it.
#[inline(never)]
pub(super) fn check_escape(text: &[u8], at: usize) -> Result<(), Error> {
    is_escape(text, at).then_some(()).ok_or(Error::new(ErrorKind::Escape, at - 1))
}

/// Whether JSON knows the escape of which the byte at `at` stands behind the backslash.
#[inline(always)]
pub(super) fn is_escape(text: &[u8], at: usize) -> bool {
    match text[at] {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => true,
        b'u' => hex_digits(text, at + 1),
        _ => false,
    }
}

/// Whether the four bytes from `at`, as far as there is text, are hexadecimal digits.
///
/// Where the text ends among them the string is open, which is an error of its own.
#[inline(always)]
fn hex_digits(text: &[u8], at: usize) -> bool {
    let end = text.len().min(at + 4);
    text[at.min(end)..end].iter().all(u8::is_ascii_hexdigit)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a byte in a string needs a closer look.
    fn is_plain(byte: u8) -> bool {
        (0x20..0x80).contains(&byte) && !matches!(byte, b'"' | b'\\')
    }

    /// Every pair of bytes, at every place: also where the borrow of one could hide the other.
    #[test]
    fn plain_bytes_and_no_others_are_passed_over() {
        for first in 0..=u8::MAX {
            for second in 0..=u8::MAX {
                let mut text = [b'a'; 19];
                let place = usize::from(first ^ second) % 18;
                (text[place], text[place + 1]) = (first, second);
                let expected = text.iter().position(|byte| !is_plain(*byte));
                // The last bytes that make no eight are left to the caller.
                let expected = expected.unwrap_or(16).min(16);
                assert_eq!(behind_plain(&text, 0, 19), expected, "{text:?}");
            }
        }
        assert_eq!(behind_plain(b"aaaaaaaa", 0, 7), 0);
        assert_eq!(behind_plain(b"aaaaaaaa", 0, 8), 8);
    }
}
