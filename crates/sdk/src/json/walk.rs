//! A walk over JSON text that checks its grammar and keeps no more than which brackets are open.

use super::number::may_be_extreme;
use std::ops::Range;

/// How many brackets may be open at once: what hosts take, and `serde_json` as well.
pub const DEPTH_MAX: usize = 127;

/// A place in a text. Once a step has failed, the text is no JSON, and the place means nothing.
pub(super) struct Walk<'t> {
    text: &'t str,
    at: usize,
    /// How many brackets may be open.
    depth_max: usize,
    /// Whether there was a number that is to be looked at closely: see `may_be_extreme`.
    pub(super) saw_odd_number: bool,
}

/// Which brackets are open, a bit for each: set for those of objects.
struct Open {
    bits: u128,
    depth: usize,
    /// How many there may be.
    most: usize,
}

/// Where in a record a member stands, in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    /// The key, between its quotes.
    key: (u32, u32),
    value: (u32, u32),
    /// Whether there are escapes in the key.
    is_escaped: bool,
}

impl Span {
    pub(crate) fn value(&self) -> Range<usize> {
        self.value.0 as usize..self.value.1 as usize
    }

    /// Whether this is the name of the member, in the text that it stands in.
    pub(crate) fn is_named(&self, name: &str, text: &str) -> bool {
        let key = self.key.0 as usize..self.key.1 as usize;
        if !self.is_escaped && key.len() != name.len() {
            return false;
        }
        text.get(key).is_some_and(|key| super::is_name(key, name, self.is_escaped))
    }
}

impl Open {
    fn push(&mut self, is_object: bool) -> Option<()> {
        if self.depth == self.most {
            return None;
        }
        self.bits = self.bits << 1 | u128::from(is_object);
        self.depth += 1;
        Some(())
    }

    fn pop(&mut self) {
        self.bits >>= 1;
        self.depth -= 1;
    }

    fn is_object(&self) -> bool {
        self.bits & 1 == 1
    }
}

impl<'t> Walk<'t> {
    pub(super) fn new(text: &'t str, depth_max: usize) -> Self {
        Walk { text, at: 0, depth_max, saw_odd_number: false }
    }

    /// The same, from a byte on.
    pub(super) fn from(text: &'t str, at: usize, depth_max: usize) -> Self {
        Walk { at, ..Walk::new(text, depth_max) }
    }

    /// No bracket is open yet, inside of so many others.
    fn inside(&self, outer: usize) -> Open {
        Open { bits: 0, depth: 0, most: self.depth_max - outer }
    }

    /// Goes over an object, blanks before it too, and notes its members.
    pub(super) fn object(&mut self, members: &mut Vec<Span>) -> Option<()> {
        self.open_object()?;
        self.blanks();
        if self.peek()? == b'}' {
            self.at += 1;
            return Some(());
        }
        loop {
            self.blanks();
            let key_at = self.at + 1;
            let is_escaped = self.string()?;
            let key = (key_at as u32, self.at as u32 - 1);
            self.blanks();
            (self.next()? == b':').then_some(())?;
            self.blanks();
            let value_at = self.at as u32;
            self.value(1)?;
            members.push(Span { key, value: (value_at, self.at as u32), is_escaped });
            self.blanks();
            match self.next()? {
                b',' => {}
                b'}' => return Some(()),
                _ => return None,
            }
        }
    }

    /// Goes over one value inside of so many brackets, blanks before it too.
    pub(super) fn value(&mut self, outer: usize) -> Option<()> {
        let mut open = self.inside(outer);
        loop {
            self.begin(&mut open)?;
            if !self.end(&mut open)? {
                return Some(());
            }
        }
    }

    /// Goes over the rest of an object, from behind one of its values.
    pub(super) fn rest_of_object(&mut self) -> Option<()> {
        let mut open = self.inside(0);
        open.push(true)?;
        while self.end(&mut open)? {
            self.begin(&mut open)?;
        }
        Some(())
    }

    /// Goes over a value of a text that is known to be JSON, without another look at its grammar.
    fn known_value(&mut self) -> Option<()> {
        let mut depth = 0;
        loop {
            match self.peek()? {
                b'"' => _ = self.string()?,
                b'{' | b'[' => (self.at, depth) = (self.at + 1, depth + 1),
                b'}' | b']' if depth > 0 => (self.at, depth) = (self.at + 1, depth - 1),
                b'}' | b']' | b',' if depth == 0 => return None,
                _ if depth == 0 => self.scalar(),
                _ => self.at += 1,
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// Goes over what is no string and no bracket.
    fn scalar(&mut self) {
        while !matches!(self.peek(), None | Some(b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t'))
        {
            self.at += 1;
        }
    }

    /// Goes over scalars and empty brackets whole, and else over the opening brackets with which a
    /// value begins, up to a scalar or an empty bracket.
    fn begin(&mut self, open: &mut Open) -> Option<()> {
        loop {
            self.blanks();
            match self.peek()? {
                b'"' => return self.string().map(|_| ()),
                b'-' | b'0'..=b'9' => return self.number(),
                bracket @ (b'{' | b'[') => {
                    self.at += 1;
                    open.push(bracket == b'{')?;
                    self.blanks();
                    // The closing brackets stand two behind the opening ones in ASCII.
                    if self.peek()? == bracket + 2 {
                        return Some(());
                    }
                    if bracket == b'{' {
                        self.key()?;
                    }
                }
                _ => return self.word(),
            }
        }
    }

    /// Goes over what stands behind a value; says whether another value follows.
    fn end(&mut self, open: &mut Open) -> Option<bool> {
        while open.depth > 0 {
            self.blanks();
            match (self.next()?, open.is_object()) {
                (b',', true) => {
                    self.blanks();
                    self.key()?;
                    return Some(true);
                }
                (b',', false) => return Some(true),
                (b'}', true) | (b']', false) => open.pop(),
                _ => return None,
            }
        }
        Some(false)
    }

    /// Goes over the bracket that opens an object.
    pub(super) fn open_object(&mut self) -> Option<()> {
        self.blanks();
        (self.next()? == b'{').then_some(())
    }

    /// Goes over a member of an object that is known to be JSON, and the comma behind it; gives its
    /// key, between the quotes, and its value.
    pub(super) fn member(&mut self) -> Option<(&'t str, &'t str)> {
        self.blanks();
        let key_at = self.at;
        self.string()?;
        let key = self.text.get(key_at + 1..self.at - 1)?;
        self.blanks();
        (self.next()? == b':').then_some(())?;
        self.blanks();
        let value_at = self.at;
        self.known_value()?;
        let value = self.text.get(value_at..self.at)?;
        self.blanks();
        if self.peek() == Some(b',') {
            self.at += 1;
        }
        Some((key, value))
    }

    pub(super) fn is_at_end(&mut self) -> bool {
        self.blanks();
        self.at == self.text.len()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn blanks(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    fn key(&mut self) -> Option<()> {
        self.string()?;
        self.blanks();
        (self.next()? == b':').then_some(())
    }

    /// Goes over a string; says whether there are escapes in it.
    fn string(&mut self) -> Option<bool> {
        (self.next()? == b'"').then_some(())?;
        let mut is_escaped = false;
        loop {
            self.at += plain(self.text.as_bytes().get(self.at..)?);
            match self.next()? {
                b'"' => return Some(is_escaped),
                b'\\' => self.escape()?,
                _ => return None,
            }
            is_escaped = true;
        }
    }

    fn escape(&mut self) -> Option<()> {
        match self.next()? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(()),
            b'u' => {
                let digits = self.text.as_bytes().get(self.at..self.at + 4)?;
                self.at += 4;
                digits.iter().all(u8::is_ascii_hexdigit).then_some(())
            }
            _ => None,
        }
    }

    fn number(&mut self) -> Option<()> {
        let from = self.at;
        self.number_text()?;
        let text = self.text.as_bytes().get(from..self.at)?;
        self.saw_odd_number |= may_be_extreme(text);
        Some(())
    }

    fn number_text(&mut self) -> Option<()> {
        self.skip(b"-");
        match self.next()? {
            b'0' => {}
            b'1'..=b'9' => _ = self.digits(),
            _ => return None,
        }
        if self.skip(b".") && self.digits() == 0 {
            return None;
        }
        if self.skip(b"eE") {
            self.skip(b"+-");
            return (self.digits() > 0).then_some(());
        }
        Some(())
    }

    /// Goes over one of these bytes, if it is there.
    fn skip(&mut self, bytes: &[u8]) -> bool {
        let is_there = self.peek().is_some_and(|byte| bytes.contains(&byte));
        self.at += usize::from(is_there);
        is_there
    }

    /// Goes over digits; says how many.
    fn digits(&mut self) -> usize {
        let from = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - from
    }

    fn word(&mut self) -> Option<()> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let mut words = [&b"true"[..], b"false", b"null"].into_iter();
        self.at += words.find(|word| rest.starts_with(word))?.len();
        Some(())
    }
}

const ONES: u64 = 0x0101_0101_0101_0101;

/// How many bytes from the start can stand in a string as they are, eight looked at in one go:
/// interpreters pay for every step.
fn plain(text: &[u8]) -> usize {
    let mut at = 0;
    while let Some(word) = text.get(at..).and_then(<[u8]>::first_chunk) {
        let word = u64::from_le_bytes(*word);
        // The high bit of a byte that is below another, or zero. What is borrowed from bytes
        // behind can only wrong those behind a right one, and the first is what counts.
        let below = |word: u64, byte: u8| word.wrapping_sub(ONES * u64::from(byte)) & !word;
        let quote = below(word ^ (ONES * u64::from(b'"')), 1);
        let backslash = below(word ^ (ONES * u64::from(b'\\')), 1);
        let found = (below(word, b' ') | quote | backslash) & (ONES << 7);
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = text.get(at..).unwrap_or_default();
    let is_special = |byte: &u8| *byte < b' ' || *byte == b'"' || *byte == b'\\';
    at + rest.iter().position(is_special).unwrap_or(rest.len())
}
