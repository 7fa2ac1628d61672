//! Strings as they stand in the text, unescaped on demand.

use crate::words;
use std::borrow::Cow;
use std::cmp::Ordering;

/// A string value or a key: the text between its quotes, escapes and all.
#[derive(Clone, Copy, Debug)]
pub struct Str<'a> {
    raw: &'a [u8],
}

impl<'a> Str<'a> {
    /// Takes the text between two quotes; it must come from a validated document.
    #[inline]
    pub(crate) fn new(raw: &'a [u8]) -> Self {
        Str { raw }
    }

    /// The string that begins at `start` of a validated text and ends before `end`, quotes and all;
    /// an empty one where there can be none.
    #[inline(always)]
    pub fn quoted(text: &'a [u8], start: usize, end: usize) -> Self {
        Str { raw: text.get(start + 1..end.wrapping_sub(1)).unwrap_or_default() }
    }

    /// The text between the quotes, escapes as they stand.
    #[inline]
    pub fn raw(self) -> &'a [u8] {
        self.raw
    }

    /// The decoded text. Borrowed where nothing is escaped; a lone surrogate becomes U+FFFD.
    #[inline]
    pub fn decode(self) -> Cow<'a, str> {
        match plain(self.raw) {
            Some(text) => Cow::Borrowed(text),
            None => self.decode_odd(),
        }
    }

    /// Text that holds escapes, or more than ASCII.
    #[cold]
    fn decode_odd(self) -> Cow<'a, str> {
        match std::str::from_utf8(self.raw) {
            Ok(text) => match backslash(text) {
                Some(first) => Cow::Owned(unescape(text, first)),
                None => Cow::Borrowed(text),
            },
            Err(_) => String::from_utf8_lossy(self.raw),
        }
    }

    /// Whether an escape may be in it; `false` says that there surely is none.
    #[inline(always)]
    pub fn may_be_escaped(self) -> bool {
        words::any(self.raw, |word| words::equal(word, b'\\'))
    }

    /// Whether the decoded text is `other`.
    #[inline]
    pub fn is(self, other: &str) -> bool {
        // Decoding shortens every escape and changes nothing before the first.
        match self.raw.len().cmp(&other.len()) {
            Ordering::Less => false,
            Ordering::Equal => self.raw == other.as_bytes() && !self.raw.contains(&b'\\'),
            Ordering::Greater => {
                let mut pairs = self.raw.iter().zip(other.as_bytes());
                let differ = pairs.find(|&(raw, other)| raw != other || *raw == b'\\');
                matches!(differ, Some((b'\\', _))) && self.decode() == other
            }
        }
    }
}

/// The text, if it is ASCII without a backslash: what nearly every string is.
#[inline]
fn plain(text: &[u8]) -> Option<&str> {
    let odd = words::any(text, |word| word & words::HIGH | words::equal(word, b'\\'));
    // SAFETY: bytes below 0x80 are UTF-8.
    (!odd).then(|| unsafe { std::str::from_utf8_unchecked(text) })
}

/// Writes a text over another one, if both have the same length; says whether they have.
pub fn overwrite(text: &mut str, with: &str) -> bool {
    let is_as_long = text.len() == with.len();
    if is_as_long {
        // SAFETY: all of one text takes the place of all of the other.
        unsafe { text.as_bytes_mut() }.copy_from_slice(with.as_bytes());
    }
    is_as_long
}

/// Undoes the escapes of a valid string body, of which the first is at `first`.
fn unescape(text: &str, first: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut next) = (text, Some(first));
    while let Some(at) = next {
        out.push_str(&rest[..at]);
        let (character, length) = escape(&rest[at..]);
        out.push(character);
        rest = &rest[at + length..];
        next = backslash(rest);
    }
    out.push_str(rest);
    out
}

/// Where the first backslash is.
fn backslash(text: &str) -> Option<usize> {
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    for (number, word) in words.iter().enumerate() {
        let found = words::equal(u64::from_le_bytes(*word), b'\\');
        if found != 0 {
            return Some(number * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let at = rest.iter().position(|byte| *byte == b'\\')?;
    Some(words.len() * 8 + at)
}

/// The character that the escape at the start of `text` stands for, and the length of the escape.
fn escape(text: &str) -> (char, usize) {
    let simple = match text.as_bytes().get(1) {
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode(text),
        Some(&other) if other.is_ascii() => other as char,
        _ => return (char::REPLACEMENT_CHARACTER, 1),
    };
    (simple, 2)
}

/// The same for `\uXXXX`, alone or as the first half of a surrogate pair.
fn unicode(text: &str) -> (char, usize) {
    let Some(first) = code_unit(text) else {
        return (char::REPLACEMENT_CHARACTER, 2);
    };
    if let Some(character) = char::from_u32(first) {
        return (character, 6);
    }
    let second = text.get(6..).and_then(code_unit);
    match (first, second) {
        (0xd800..=0xdbff, Some(second @ 0xdc00..=0xdfff)) => {
            let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
            (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 12)
        }
        _ => (char::REPLACEMENT_CHARACTER, 6),
    }
}

/// The number in the `\uXXXX` at the start of `text`.
fn code_unit(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u32::from_str_radix(digits, 16).ok()
}
