//! The second pass: the grammar, checked once over the index, and brackets linked to each other.

use crate::error::{Error, ErrorKind};
use crate::index::Index;
use crate::number;

/// How many brackets may be open at once in one document: as serde_json's limit, 128.
pub const DEPTH_MAX: usize = 128;

/// Checks the value at `token` and links its brackets; gives the token behind it.
pub(crate) fn validate(index: &mut Index, text: &[u8], token: usize) -> Result<usize, Error> {
    if token >= index.len() {
        return Err(incomplete(index, text));
    }
    let links = &mut index.links[..];
    let count = index.tokens.count;
    let walk = Walk {
        text,
        kinds: &index.tokens.kinds,
        positions: &index.tokens.positions,
        links,
    };
    debug_assert!(walk.kinds.len() >= count + 4 && walk.links.len() >= count);
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
        Bad::Token(token) | Bad::Word(token) if token >= index.len() => incomplete(index, text),
        Bad::Token(token) if index.kind(token) == 0 => incomplete(index, text),
        Bad::Token(token) => Error::new(ErrorKind::Syntax, at(token)),
        Bad::Word(token) => Error::new(ErrorKind::Scalar, at(token)),
        Bad::Deep(token) => Error::new(ErrorKind::Depth, at(token)),
    }
}

/// The tokens ran out: either the text did, or the scan stopped at something worse.
fn incomplete(index: &Index, text: &[u8]) -> Error {
    index
        .stop()
        .unwrap_or(Error::new(ErrorKind::Incomplete, text.len()))
}

struct Walk<'a> {
    text: &'a [u8],
    kinds: &'a [u8],
    positions: &'a [u32],
    links: &'a mut [u32],
}

/// What comes next in the walk.
enum Next {
    /// A key, or the end of an object that has no member yet.
    Key,
    /// A value.
    Value,
    /// A comma, a closing bracket, or the end.
    Behind,
}

/// A member whose value is a string, up to the comma behind it: nearly half of CloudTrail.
const STRING_MEMBER: u32 = u32::from_ne_bytes(*b"\":\",");

impl Walk<'_> {
    /// The walk proper. `kinds` ends with zeros, which no rule accepts, so it stops there at last.
    fn value(self, first: usize) -> Result<usize, Bad> {
        let mut open = [0u32; DEPTH_MAX];
        let mut depth = 0;
        let mut in_object = false;
        let mut token = first;
        let mut next = Next::Value;
        loop {
            match next {
                Next::Key => {
                    while self.four(token) == STRING_MEMBER {
                        token += 4;
                    }
                    if self.kind(token) != b'"' {
                        return Err(Bad::Token(token));
                    }
                    if self.kind(token + 1) != b':' {
                        return Err(Bad::Token(token + 1));
                    }
                    token += 2;
                    next = Next::Value;
                }
                Next::Value => {
                    let kind = self.kind(token);
                    next = Next::Behind;
                    if kind == b'"' {
                        token += 1;
                    } else if kind == b'{' || kind == b'[' {
                        if depth == DEPTH_MAX {
                            return Err(Bad::Deep(token));
                        }
                        open[depth] = token as u32;
                        depth += 1;
                        in_object = kind == b'{';
                        token += 1;
                        // `]` and `}` lie two behind `[` and `{`.
                        if self.kind(token) != kind + 2 {
                            next = if in_object { Next::Key } else { Next::Value };
                        }
                    } else {
                        self.word(token)?;
                        token += 1;
                    }
                }
                Next::Behind => {
                    if depth == 0 {
                        return Ok(token);
                    }
                    let kind = self.kind(token);
                    if kind == b',' {
                        token += 1;
                        next = if in_object { Next::Key } else { Next::Value };
                    } else if kind == if in_object { b'}' } else { b']' } {
                        depth -= 1;
                        self.links[open[depth] as usize] = token as u32;
                        token += 1;
                        in_object = depth > 0 && self.kind(open[depth - 1] as usize) == b'{';
                    } else {
                        return Err(Bad::Token(token));
                    }
                }
            }
        }
    }

    fn kind(&self, token: usize) -> u8 {
        self.kinds[token]
    }

    /// The kinds of four tokens.
    fn four(&self, token: usize) -> u32 {
        match self.kinds[token..].first_chunk::<4>() {
            Some(four) => u32::from_ne_bytes(*four),
            None => 0,
        }
    }

    /// Checks a bare word: a number, `true`, `false` or `null`, and only blanks behind it.
    fn word(&self, token: usize) -> Result<(), Bad> {
        let start = self.positions[token] as usize;
        let end = self.positions[token + 1] as usize;
        let word = self.text.get(start..end).unwrap_or_default();
        match self.kind(token) {
            b'n' if literal(word, b"null") => Ok(()),
            b't' if literal(word, b"true") => Ok(()),
            b'f' if literal(word, b"false") => Ok(()),
            b'-' | b'0'..=b'9' if number::is_number(trim(word)) => Ok(()),
            b'n' | b't' | b'f' | b'-' | b'0'..=b'9' => Err(Bad::Word(token)),
            b'{' | b'}' | b'[' | b']' | b':' | b',' | 0 => Err(Bad::Token(token)),
            _ => Err(Bad::Word(token)),
        }
    }
}

fn literal(word: &[u8], name: &[u8]) -> bool {
    word.starts_with(name) && (word.len() == name.len() || trim(word).len() == name.len())
}

/// Cuts blanks off the end.
pub(crate) fn trim(mut text: &[u8]) -> &[u8] {
    while let [rest @ .., b' ' | b'\t' | b'\n' | b'\r'] = text {
        text = rest;
    }
    text
}
