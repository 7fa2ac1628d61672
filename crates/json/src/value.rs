//! Lazy values: positions in an index, read without looking at the text again.

use crate::index::Index;
use crate::string::Str;
use std::fmt;
use std::ops::Range;

/// A text together with its index.
#[derive(Clone, Copy)]
pub struct Document<'a> {
    text: &'a [u8],
    index: &'a Index,
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

impl<'a> Document<'a> {
    pub(crate) fn new(text: &'a [u8], index: &'a Index) -> Self {
        Document { text, index }
    }

    /// The whole text.
    pub fn text(self) -> &'a [u8] {
        self.text
    }

    /// The value that begins at `token`, which [`Index::validate`] has accepted.
    ///
    /// For any other token the answers are harmless, but mean nothing.
    pub fn value(self, token: usize) -> Value<'a> {
        Value {
            document: self,
            token: token as u32,
        }
    }

    fn kind(self, token: usize) -> u8 {
        self.index.tokens.kinds[token]
    }

    /// The byte offset of `token`.
    ///
    /// # Panics
    /// If there was never a token of that number.
    pub fn position(self, token: usize) -> usize {
        self.index.tokens.positions[token] as usize
    }

    /// The end of the value or key whose next token is `next`: that token's place, less blanks.
    fn end_before(self, next: usize) -> usize {
        let mut end = self.position(next).min(self.text.len());
        while end > 0 && self.text[end - 1] <= b' ' {
            end -= 1;
        }
        end
    }

    fn slice(self, range: Range<usize>) -> &'a [u8] {
        self.text.get(range).unwrap_or_default()
    }

    /// The token behind the value that begins at `token`.
    fn behind(self, token: usize) -> usize {
        match self.kind(token) {
            b'{' | b'[' => self.index.links[token] as usize + 1,
            _ => token + 1,
        }
    }

    /// The string, be it key or value, whose opening quote is `token`.
    pub fn string_at(self, token: usize) -> Str<'a> {
        let start = self.position(token) + 1;
        let end = self.end_before(token + 1).saturating_sub(1);
        Str::new(self.slice(start..end))
    }
}

impl fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Document({} bytes, {} tokens)",
            self.text.len(),
            self.index.len()
        )
    }
}

/// One value of a document.
#[derive(Clone, Copy)]
pub struct Value<'a> {
    document: Document<'a>,
    token: u32,
}

impl<'a> Value<'a> {
    /// What it is.
    pub fn kind(self) -> Kind {
        match self.document.kind(self.token()) {
            b'"' => Kind::String,
            b'{' => Kind::Object,
            b'[' => Kind::Array,
            b'n' => Kind::Null,
            b't' | b'f' => Kind::Bool,
            _ => Kind::Number,
        }
    }

    /// The token at which it begins.
    pub fn token(self) -> usize {
        self.token as usize
    }

    /// The token behind it.
    pub fn token_behind(self) -> usize {
        self.document.behind(self.token())
    }

    /// The bytes that it takes up in the text.
    pub fn span(self) -> Range<usize> {
        let start = self.document.position(self.token());
        match self.document.kind(self.token()) {
            b'{' | b'[' => {
                let close = self.document.index.links[self.token()] as usize;
                start..self.document.position(close) + 1
            }
            _ => start..self.document.end_before(self.token() + 1),
        }
    }

    /// Its text, as it stands: with quotes, escapes and inner white space.
    pub fn raw(self) -> &'a [u8] {
        self.document.slice(self.span())
    }

    /// The string, if it is one.
    pub fn as_string(self) -> Option<Str<'a>> {
        (self.kind() == Kind::String).then(|| self.document.string_at(self.token()))
    }

    /// The truth value, if it is one.
    pub fn as_bool(self) -> Option<bool> {
        match self.document.kind(self.token()) {
            b't' => Some(true),
            b'f' => Some(false),
            _ => None,
        }
    }

    /// The number as an integer, if it is written as one and fits.
    pub fn as_i64(self) -> Option<i64> {
        match self.kind() {
            Kind::Number => std::str::from_utf8(self.raw()).ok()?.parse().ok(),
            _ => None,
        }
    }

    /// The members of an object, in the order of the text; none for anything else.
    pub fn members(self) -> Members<'a> {
        let (next, end) = self.inside(b'{');
        Members {
            document: self.document,
            next,
            end,
        }
    }

    /// The elements of an array; none for anything else.
    pub fn elements(self) -> Elements<'a> {
        let (next, end) = self.inside(b'[');
        Elements {
            document: self.document,
            next,
            end,
        }
    }

    /// The value of the last member of that name, if this is an object that has one.
    pub fn get(self, name: &str) -> Option<Value<'a>> {
        let found = self.members().filter(|member| member.key().is(name)).last();
        found.map(Member::value)
    }

    /// The element at `position`, if this is an array that long.
    pub fn element(self, position: usize) -> Option<Value<'a>> {
        self.elements().nth(position)
    }

    /// The first token inside the brackets and the closing one, if the bracket is `kind`.
    fn inside(self, kind: u8) -> (usize, usize) {
        let token = self.token();
        if self.document.kind(token) != kind {
            return (token, token);
        }
        (token + 1, self.document.index.links[token] as usize)
    }
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A value may be a secret; a debug print is not the place for it.
        write!(f, "Value({:?} at {:?})", self.kind(), self.span())
    }
}

/// A member of an object: a key and a value.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    document: Document<'a>,
    token: usize,
}

impl<'a> Member<'a> {
    /// The key.
    pub fn key(self) -> Str<'a> {
        self.document.string_at(self.token)
    }

    /// The value.
    pub fn value(self) -> Value<'a> {
        self.document.value(self.token + 2)
    }

    /// The token of the key.
    pub fn token(self) -> usize {
        self.token
    }

    /// The bytes of key and value in the text, from the opening quote on.
    pub fn span(self) -> Range<usize> {
        self.document.position(self.token)..self.value().span().end
    }
}

/// Iterates over the members of an object.
#[derive(Clone, Debug)]
pub struct Members<'a> {
    document: Document<'a>,
    next: usize,
    end: usize,
}

impl<'a> Iterator for Members<'a> {
    type Item = Member<'a>;

    fn next(&mut self) -> Option<Member<'a>> {
        if self.next >= self.end {
            return None;
        }
        let member = Member {
            document: self.document,
            token: self.next,
        };
        // Over the comma.
        self.next = self.document.behind(self.next + 2) + 1;
        Some(member)
    }
}

/// Iterates over the elements of an array.
#[derive(Clone, Debug)]
pub struct Elements<'a> {
    document: Document<'a>,
    next: usize,
    end: usize,
}

impl<'a> Iterator for Elements<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Value<'a>> {
        if self.next >= self.end {
            return None;
        }
        let value = self.document.value(self.next);
        self.next = self.document.behind(self.next) + 1;
        Some(value)
    }
}
