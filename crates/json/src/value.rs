//! Lazy values: positions in an index, read without looking at the text again.

use crate::dispatch::{Work, dispatch};
use crate::escape::escape_with;
use crate::index::Index;
use crate::string::Str;
use std::fmt;
use std::ops::Range;

/// A text together with its index.
#[derive(Clone, Copy)]
pub struct Document<'a> {
    pub(crate) text: &'a [u8],
    pub(crate) index: &'a Index,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number, kept as text.
    Number,
    /// A string.
    String,
    /// `[...]`
    Array,
    /// `{...}`
    Object,
}

impl Kind {
    /// All there are.
    pub const ALL: [Kind; 6] =
        [Kind::Null, Kind::Bool, Kind::Number, Kind::String, Kind::Array, Kind::Object];
}

impl<'a> Document<'a> {
    #[inline(always)]
    pub(crate) fn new(text: &'a [u8], index: &'a Index) -> Self {
        Document { text, index }
    }

    /// The whole text.
    #[inline(always)]
    pub fn text(self) -> &'a [u8] {
        self.text
    }

    /// Does what [`escape_into`](crate::escape_into) does, with the instructions of the index.
    #[inline]
    pub fn escape_into(self, text: &[u8], out: &mut Vec<u8>) {
        // SAFETY: an index uses none that the machine lacks (`Index::with_isa`).
        unsafe { escape_with(self.index.isa(), text, out) }
    }

    /// Does work that is compiled for the instructions of the index.
    #[inline(always)]
    pub fn dispatch<W: Work>(self, work: W) -> W::Output {
        // SAFETY: an index uses none that the machine lacks (`Index::with_isa`).
        unsafe { dispatch(self.index.isa(), work) }
    }

    /// The value that begins at `token`, which [`Index::validate`] has accepted.
    ///
    /// For any other token the answers are harmless, but mean nothing.
    #[inline(always)]
    pub fn value(self, token: usize) -> Value<'a> {
        Value { document: self, token: token as u32 }
    }

    #[inline(always)]
    pub(crate) fn kind(self, token: usize) -> u8 {
        match self.index.tokens.kinds.get(token) {
            Some(&kind) => kind,
            None => strange(0),
        }
    }

    /// The byte offset of `token`; the length of the text if there never was such a token.
    #[inline(always)]
    pub fn position(self, token: usize) -> usize {
        match self.index.tokens.positions.get(token) {
            Some(&position) => position as usize,
            None => strange(self.text.len()),
        }
    }

    /// The end of the value or key whose next token is `next`: that token's place, less blanks.
    #[inline(always)]
    fn end_before(self, next: usize) -> usize {
        let mut end = self.position(next).min(self.text.len());
        while end > 0 && self.text[end - 1] <= b' ' {
            end -= 1;
        }
        end
    }

    /// The range if it is one of the text, else an empty one.
    #[inline(always)]
    pub(crate) fn within(self, range: Range<usize>) -> Range<usize> {
        if range.start <= range.end && range.end <= self.text.len() { range } else { strange(0..0) }
    }

    #[inline(always)]
    pub(crate) fn slice(self, range: Range<usize>) -> &'a [u8] {
        self.text.get(range).unwrap_or_default()
    }

    /// The token behind the value that begins at `token`: a later one whatever stands there, so
    /// that iterations end.
    #[inline(always)]
    pub(crate) fn behind(self, token: usize) -> usize {
        match self.kind(token) {
            b'{' | b'[' => match self.close(token) {
                close if close > token => close + 1,
                _ => strange(token + 1),
            },
            _ => token + 1,
        }
    }

    /// The token that closes the bracket at `token`, once that is validated.
    #[inline(always)]
    pub(crate) fn close(self, token: usize) -> usize {
        match self.index.links.get(token) {
            Some(&close) => close as usize,
            None => strange(0),
        }
    }

    /// The string, be it key or value, whose opening quote is `token`.
    #[inline(always)]
    pub fn string_at(self, token: usize) -> Str<'a> {
        let start = self.position(token) + 1;
        let end = self.end_before(token + 1).saturating_sub(1);
        Str::new(self.slice(start..end))
    }
}

/// The answer for a token that was never validated: out of the way, so that the right answers
/// wait for no comparison.
#[cold]
#[inline(never)]
fn strange<T>(answer: T) -> T {
    answer
}

impl fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document({} bytes, {} tokens)", self.text.len(), self.index.len())
    }
}

/// One value of a document.
#[derive(Clone, Copy)]
pub struct Value<'a> {
    pub(crate) document: Document<'a>,
    token: u32,
}

impl<'a> Value<'a> {
    /// What it is.
    #[inline(always)]
    pub fn kind(self) -> Kind {
        kind_of(self.document.kind(self.token()))
    }

    /// The token at which it begins.
    #[inline(always)]
    pub fn token(self) -> usize {
        self.token as usize
    }

    /// The token behind it.
    #[inline(always)]
    pub fn token_behind(self) -> usize {
        self.document.behind(self.token())
    }

    /// Where it begins in the text.
    #[inline(always)]
    pub fn start(self) -> usize {
        self.document.position(self.token())
    }

    /// The bytes that it takes up in the text.
    #[inline(always)]
    pub fn span(self) -> Range<usize> {
        self.document.within(self.bounds())
    }

    /// The same, but nothing that was not validated is kept within the text.
    #[inline(always)]
    pub(crate) fn bounds(self) -> Range<usize> {
        let start = self.document.position(self.token());
        match self.document.kind(self.token()) {
            b'{' | b'[' => {
                let close = self.document.close(self.token());
                start..self.document.position(close) + 1
            }
            _ => start..self.document.end_before(self.token() + 1),
        }
    }

    /// The text of the document that it is in.
    #[inline(always)]
    pub fn text(self) -> &'a [u8] {
        self.document.text
    }

    /// Its text, as it stands: with quotes, escapes and inner white space.
    #[inline(always)]
    pub fn raw(self) -> &'a [u8] {
        self.document.slice(self.bounds())
    }

    /// The string, if it is one.
    #[inline(always)]
    pub fn as_string(self) -> Option<Str<'a>> {
        (self.kind() == Kind::String).then(|| self.document.string_at(self.token()))
    }

    /// The truth value, if it is one.
    #[inline(always)]
    pub fn as_bool(self) -> Option<bool> {
        match self.document.kind(self.token()) {
            b't' => Some(true),
            b'f' => Some(false),
            _ => None,
        }
    }

    /// The number as an integer, if it is written as one and fits.
    #[inline(always)]
    pub fn as_i64(self) -> Option<i64> {
        match self.kind() {
            Kind::Number => std::str::from_utf8(self.raw()).ok()?.parse().ok(),
            _ => None,
        }
    }
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A value may be a secret; a debug print is not the place for it.
        write!(f, "Value({:?} at {:?})", self.kind(), self.span())
    }
}

/// What begins with a byte.
#[inline(always)]
pub(crate) fn kind_of(first: u8) -> Kind {
    const KINDS: [Kind; 256] = {
        let mut kinds = [Kind::Number; 256];
        kinds[b'"' as usize] = Kind::String;
        kinds[b'{' as usize] = Kind::Object;
        kinds[b'[' as usize] = Kind::Array;
        kinds[b'n' as usize] = Kind::Null;
        kinds[b't' as usize] = Kind::Bool;
        kinds[b'f' as usize] = Kind::Bool;
        kinds
    };
    KINDS[first as usize]
}
