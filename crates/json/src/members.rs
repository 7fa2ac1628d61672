//! Going over the members of objects and the elements of arrays.

use crate::string::Str;
use crate::value::{Document, Kind, Value, kind_of};
use std::fmt;
use std::ops::Range;

impl<'a> Value<'a> {
    /// The members of an object, in the order of the text; none for anything else.
    #[inline(always)]
    pub fn members(self) -> Members<'a> {
        let (next, end) = self.inside(b'{');
        Members { document: self.document, next, end }
    }

    /// Calls `see` for each of the members that [`members`](Value::members) gives, with all that
    /// there is to know of them: for loops in which every nanosecond counts.
    ///
    /// `DENSE` says that there are no blanks between the tokens; if it says so wrongly, spans and
    /// keys have blanks at their ends.
    #[inline(always)]
    pub fn each_member<const DENSE: bool>(self, mut see: impl FnMut(MemberSpans<'a>)) {
        let (mut token, end) = self.inside(b'{');
        let Document { text, index } = self.document;
        let (positions, kinds, links) = (
            index.tokens.positions.as_slice(),
            index.tokens.kinds.as_slice(),
            index.links.as_slice(),
        );
        let limit = positions.len().min(kinds.len()).min(links.len());
        // SAFETY: it is given tokens below `limit` only.
        let position = |token: usize| unsafe { *positions.get_unchecked(token) as usize };
        let trimmed = |next: usize| {
            let mut end = position(next);
            while !DENSE && text.get(end.wrapping_sub(1)).is_some_and(|&byte| byte <= b' ') {
                end -= 1;
            }
            end
        };
        while token < end && token + 2 < limit {
            // SAFETY: the token of the value is below `limit`.
            let kind = unsafe { *kinds.get_unchecked(token + 2) };
            // `[` is `{` without the bit of the lower case.
            let close = match kind | 0x20 == b'{' {
                // SAFETY: as above.
                true => (unsafe { *links.get_unchecked(token + 2) } as usize).max(token + 2),
                false => token + 2,
            };
            let next = close + 1;
            if next >= limit {
                return;
            }
            see(MemberSpans {
                text,
                kind: kind_of(kind),
                value_token: token + 2,
                last_token: close,
                key_start: position(token),
                key_end: trimmed(token + 1),
                value_start: position(token + 2),
                end: trimmed(next),
            });
            token = next + 1;
        }
    }

    /// Calls `see` with the key of each member of an object and its token, and nothing more: the
    /// quickest way through an object. The value begins two tokens further.
    #[inline(always)]
    pub fn each_key(self, mut see: impl FnMut(Str<'a>, usize)) {
        let (mut token, end) = self.inside(b'{');
        let Document { text, index } = self.document;
        // One length for all, so that one comparison a member is enough.
        let (Some(positions), Some(kinds), Some(links)) = (
            index.tokens.positions.get(..end),
            index.tokens.kinds.get(..end),
            index.links.get(..end),
        ) else {
            return;
        };
        while let Some(&kind) = kinds.get(token + 2) {
            let start = positions[token] as usize;
            let mut end = positions[token + 1] as usize;
            // Over the blanks behind the quote that nobody has to write.
            while text.get(end.wrapping_sub(1)).is_some_and(|&byte| byte <= b' ') {
                end -= 1;
            }
            see(Str::quoted(text, start, end), token);
            // `[` is `{` without the bit of the lower case.
            let close = if kind | 0x20 == b'{' { links[token + 2] as usize } else { 0 };
            // Over the comma.
            token = close.max(token + 2) + 2;
        }
    }

    /// The members of an object where there are no blanks between tokens, for the loops in which
    /// every instruction counts; none of anything else. Where there are blanks, `end` is behind
    /// those that follow the value, and all else is right.
    #[inline(always)]
    pub fn dense_members(self) -> DenseMembers<'a> {
        let (next, end) = self.inside(b'{');
        let index = self.document.index;
        let end = if next > end { 0 } else { end + 1 };
        let slices = (
            index.tokens.positions.get(..end),
            index.tokens.kinds.get(..end),
            index.links.get(..end),
        );
        let (Some(positions), Some(kinds), Some(links)) = slices else {
            return DenseMembers { next, positions: &[], kinds: &[], links: &[] };
        };
        DenseMembers { next, positions, kinds, links }
    }

    /// The elements of an array; none for anything else.
    #[inline(always)]
    pub fn elements(self) -> Elements<'a> {
        let (next, end) = self.inside(b'[');
        Elements { document: self.document, next, end }
    }

    /// The value of the last member of that name, if this is an object that has one.
    #[inline(always)]
    pub fn get(self, name: &str) -> Option<Value<'a>> {
        let found = self.members().filter(|member| member.key().is(name)).last();
        found.map(Member::value)
    }

    /// The element at `position`, if this is an array that long.
    #[inline(always)]
    pub fn element(self, position: usize) -> Option<Value<'a>> {
        self.elements().nth(position)
    }

    /// The first token inside the brackets and the closing one, if the bracket is `kind`.
    #[inline(always)]
    fn inside(self, kind: u8) -> (usize, usize) {
        let token = self.token();
        if self.document.kind(token) != kind {
            return (token, token);
        }
        (token + 1, self.document.close(token))
    }
}

/// The members of an object where there are no blanks between tokens.
#[derive(Clone, Debug)]
pub struct DenseMembers<'a> {
    next: usize,
    // All of one length: up to the bracket that closes the object.
    positions: &'a [u32],
    kinds: &'a [u8],
    links: &'a [u32],
}

/// A member of an object where there are no blanks between tokens.
#[derive(Clone, Copy, Debug)]
pub struct DenseMember {
    /// The token of the value.
    pub token: usize,
    /// The last token of the value: its closing bracket, or the same.
    pub last_token: usize,
    /// What the value is.
    pub kind: Kind,
    /// Where the key begins, with its quote.
    pub key_start: u32,
    /// Where the value begins.
    pub start: u32,
    /// Where the value ends.
    pub end: u32,
}

impl Iterator for DenseMembers<'_> {
    type Item = DenseMember;

    #[inline(always)]
    fn next(&mut self) -> Option<DenseMember> {
        let token = self.next + 2;
        let &[key_start, _, start, behind] = self.positions.get(self.next..)?.first_chunk()?;
        // SAFETY: there are as many kinds as positions, and more than `token`.
        let kind = unsafe { *self.kinds.get_unchecked(token) };
        let (mut last_token, mut end) = (token, behind);
        // `[` is `{` without the bit of the lower case.
        if kind | 0x20 == b'{' {
            last_token = (*self.links.get(token)? as usize).max(token);
            end = *self.positions.get(last_token + 1)?;
        }
        // Over the comma.
        self.next = last_token + 2;
        Some(DenseMember { token, last_token, kind: kind_of(kind), key_start, start, end })
    }
}

/// All that there is to know of a member without looking into its value.
#[derive(Clone, Copy)]
pub struct MemberSpans<'a> {
    text: &'a [u8],
    /// What the value is.
    pub kind: Kind,
    /// The token of the value.
    pub value_token: usize,
    /// The last token of the value: its closing bracket, or the same.
    pub last_token: usize,
    /// Where the key begins, with its quote.
    pub key_start: usize,
    /// Where the key ends, with its quote.
    pub key_end: usize,
    /// Where the value begins.
    pub value_start: usize,
    /// Where the value ends.
    pub end: usize,
}

impl<'a> MemberSpans<'a> {
    /// The key.
    #[inline(always)]
    pub fn key(&self) -> Str<'a> {
        Str::quoted(self.text, self.key_start, self.key_end)
    }
}

impl fmt::Debug for MemberSpans<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("MemberSpans");
        debug.field("key", &self.key()).field("kind", &self.kind);
        debug.field("tokens", &(self.value_token..=self.last_token));
        debug.field("key_end", &self.key_end).field("value_start", &self.value_start);
        debug.field("span", &(self.key_start..self.end)).finish()
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
    #[inline(always)]
    pub fn key(self) -> Str<'a> {
        self.document.string_at(self.token)
    }

    /// The value.
    #[inline(always)]
    pub fn value(self) -> Value<'a> {
        self.document.value(self.token + 2)
    }

    /// The token of the key.
    #[inline(always)]
    pub fn token(self) -> usize {
        self.token
    }

    /// The bytes of key and value in the text, from the opening quote on.
    #[inline(always)]
    pub fn span(self) -> Range<usize> {
        let start = self.document.position(self.token);
        self.document.within(start..self.value().bounds().end)
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

    #[inline(always)]
    fn next(&mut self) -> Option<Member<'a>> {
        if self.next >= self.end {
            return None;
        }
        let member = Member { document: self.document, token: self.next };
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

    #[inline(always)]
    fn next(&mut self) -> Option<Value<'a>> {
        if self.next >= self.end {
            return None;
        }
        let value = self.document.value(self.next);
        self.next = self.document.behind(self.next) + 1;
        Some(value)
    }
}
