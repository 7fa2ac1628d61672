//! The second pass: the grammar, checked once over the index, and brackets linked to each other.

use crate::error::{Error, ErrorKind};
use crate::index::Index;
use crate::number;
use std::ops::Range;

/// How many brackets may be open at once in one document: 128, where serde_json allows 127.
pub const DEPTH_MAX: usize = 128;

/// Checks the value at `token` and links its brackets; gives the token behind it.
pub(crate) fn validate(index: &mut Index, text: &[u8], token: usize) -> Result<usize, Error> {
    if token >= index.len() {
        return Err(incomplete(index, text, token));
    }
    let tokens = &index.tokens;
    let readable = tokens.count + 4;
    assert!(readable <= tokens.kinds.len() && readable <= tokens.positions.len());
    assert!(readable <= index.links.len(), "a link for each token");
    assert_eq!(tokens.kinds[tokens.count], 0, "tokens that are sealed");
    let walk = Walk {
        text,
        kinds: &tokens.kinds,
        positions: &tokens.positions,
        links: &mut index.links,
        open: &mut index.open[..index.depth_max],
        extremes: &mut index.extremes,
        count: tokens.count,
    };
    walk.value(token).map_err(|at| refuse(index, text, at))
}

/// What went wrong in the walk, before it is turned into an [`Error`].
enum Bad {
    /// The grammar does not allow this token here.
    Token(usize),
    /// The bare word of this token is malformed.
    Word(usize),
    /// This bracket is one too deep.
    Deep(usize),
}

fn refuse(index: &Index, text: &[u8], bad: Bad) -> Error {
    let at = |token| index.position(token);
    match bad {
        Bad::Token(token) if index.kind(token) == 0 => incomplete(index, text, token),
        Bad::Word(token) if is_cut(index, text, token) => incomplete(index, text, token + 1),
        Bad::Token(token) => Error::new(ErrorKind::Syntax, at(token)),
        Bad::Word(token) => Error::new(ErrorKind::Scalar, at(token)),
        Bad::Deep(token) => Error::new(ErrorKind::Depth, at(token)),
    }
}

/// The tokens ran out at `token`: either the text did, or the scan stopped at something worse.
fn incomplete(index: &Index, text: &[u8], token: usize) -> Error {
    if token < index.len() {
        return Error::new(ErrorKind::Incomplete, index.position(token));
    }
    index.stop().unwrap_or(Error::new(ErrorKind::Incomplete, text.len()))
}

/// Whether the malformed word of this token is the first part of a good one, and the text ends
/// there.
fn is_cut(index: &Index, text: &[u8], token: usize) -> bool {
    let start = index.position(token);
    let end = index.tokens.positions[token + 1] as usize;
    let word = text.get(start..end).unwrap_or_default();
    let names: [&[u8]; 3] = [b"null", b"true", b"false"];
    index.kind(token + 1) == 0
        && (number::is_cut(word) || names.iter().any(|name| name.starts_with(word)))
}

struct Walk<'a> {
    text: &'a [u8],
    kinds: &'a [u8],
    positions: &'a [u32],
    links: &'a mut [u32],
    /// The tokens of the brackets that are open.
    open: &'a mut [u32],
    /// Becomes true when a number may be too large for a double.
    extremes: &'a mut bool,
    count: usize,
}

/// A member whose value is a string, up to the comma behind it: nearly half of CloudTrail.
const STRING_MEMBER: u32 = u32::from_ne_bytes(*b"\":\",");

/// The words that are no numbers, by two bits of their first bytes: each as a number of eight
/// bytes, shifted by as many as it lacks. The last is none that any word could be.
const LITERALS: [u64; 4] = [literal(b"false"), literal(b"null"), literal(b"true"), 1];

const fn literal(name: &[u8]) -> u64 {
    let (mut word, mut at) = (0, 0);
    while at < name.len() {
        word |= (name[at] as u64) << (8 * at);
        at += 1;
    }
    shifted(word, name.len())
}

/// The first bytes of eight, whatever follows, moved up until nothing stands above them.
const fn shifted(eight: u64, first: usize) -> u64 {
    eight.wrapping_shl(64_u32.wrapping_sub(8 * first as u32))
}

impl Walk<'_> {
    /// The walk proper.
    ///
    /// `kinds` ends with zeros, which no rule accepts: no step leads beyond the first of them, so
    /// that `token` is at most `count`, whatever the text.
    fn value(mut self, first: usize) -> Result<usize, Bad> {
        let mut depth = 0;
        // What ends the innermost open bracket.
        let mut closer = 0;
        let mut token = first;
        'value: loop {
            let kind = self.kind(token);
            if kind == b'"' {
                token += 1;
            } else if kind == b'{' || kind == b'[' {
                let Some(open) = self.open.get_mut(depth) else { return Err(Bad::Deep(token)) };
                *open = token as u32;
                depth += 1;
                // `]` and `}` lie two behind `[` and `{`.
                closer = kind + 2;
                token += 1;
                if self.kind(token) != closer {
                    if kind == b'{' {
                        token = self.key(token)?;
                    }
                    continue 'value;
                }
            } else {
                self.word(token)?;
                token += 1;
            }
            // Behind a value.
            while depth > 0 {
                let kind = self.kind(token);
                if kind == b',' {
                    token += 1;
                    if closer == b'}' {
                        token = self.key(token)?;
                    }
                    continue 'value;
                }
                if kind != closer {
                    return Err(Bad::Token(token));
                }
                depth -= 1;
                self.links[self.open[depth] as usize] = token as u32;
                token += 1;
                if depth > 0 {
                    closer = self.kind(self.open[depth - 1] as usize) + 2;
                }
            }
            return Ok(token);
        }
    }

    /// Goes over a key and its colon, and over any members before it whose values are strings.
    #[inline(always)]
    fn key(&self, mut token: usize) -> Result<usize, Bad> {
        while self.four(token) == STRING_MEMBER {
            token += 4;
        }
        if self.kind(token) != b'"' {
            return Err(Bad::Token(token));
        }
        if self.kind(token + 1) != b':' {
            return Err(Bad::Token(token + 1));
        }
        Ok(token + 2)
    }

    #[inline(always)]
    fn kind(&self, token: usize) -> u8 {
        debug_assert!(token <= self.count + 1);
        // SAFETY: `token` is at most one beyond `count` (see `value`), and `validate` has made sure
        // that there are four more, and a zero at `count`.
        unsafe { *self.kinds.get_unchecked(token) }
    }

    /// The kinds of four tokens.
    #[inline(always)]
    fn four(&self, token: usize) -> u32 {
        debug_assert!(token <= self.count);
        // SAFETY: as for `kind`; a load of four bytes ends at `count + 4`.
        unsafe { self.kinds.as_ptr().add(token).cast::<u32>().read_unaligned() }
    }

    /// Checks a bare word: a number, `true`, `false` or `null`, and only blanks behind it.
    #[inline(always)]
    fn word(&mut self, token: usize) -> Result<(), Bad> {
        let start = self.positions[token] as usize;
        let end = self.positions[token + 1] as usize;
        if let Some(eight) = self.text.get(start..).and_then(<[u8]>::first_chunk) {
            let length = end.wrapping_sub(start);
            let word = shifted(u64::from_le_bytes(*eight), length);
            // Which of the three it is can not be foretold, so nobody jumps for that.
            if (word == LITERALS[usize::from(self.kind(token) >> 3 & 3)]) & (length <= 8) {
                return Ok(());
            }
        }
        self.other_word(token, start..end)
    }

    /// Checks a bare word that is a number, has blanks behind it, or stands at the end of the text.
    #[inline(never)]
    fn other_word(&mut self, token: usize, place: Range<usize>) -> Result<(), Bad> {
        let word = self.text.get(place).unwrap_or_default();
        match self.kind(token) {
            b'n' if is_literal(word, b"null") => Ok(()),
            b't' if is_literal(word, b"true") => Ok(()),
            b'f' if is_literal(word, b"false") => Ok(()),
            b'-' | b'0'..=b'9' if number::is_number(trim(word)) => {
                *self.extremes |= number::may_be_extreme(word);
                Ok(())
            }
            b'n' | b't' | b'f' | b'-' | b'0'..=b'9' => Err(Bad::Word(token)),
            b'{' | b'}' | b'[' | b']' | b':' | b',' | 0 => Err(Bad::Token(token)),
            _ => Err(Bad::Word(token)),
        }
    }
}

fn is_literal(word: &[u8], name: &[u8]) -> bool {
    word.starts_with(name) && (word.len() == name.len() || trim(word).len() == name.len())
}

/// Cuts blanks off the end.
pub(crate) fn trim(mut text: &[u8]) -> &[u8] {
    while let [rest @ .., b' ' | b'\t' | b'\n' | b'\r'] = text {
        text = rest;
    }
    text
}
