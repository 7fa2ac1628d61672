//! The tokens of one value, flat: for passes that look at every key or string, however deep.

use crate::string::Str;
use crate::value::{Document, Value};
use crate::words;
use std::ops::Range;

/// The tokens of one value in the order of the text, numbered from 0.
///
/// There is a token for each bracket, comma, colon, string and bare word. A string whose next
/// token is a colon is the key of a member.
#[derive(Clone, Copy)]
pub struct Tokens<'a> {
    document: Document<'a>,
    first: usize,
    kinds: &'a [u8],
    /// One more than there are kinds.
    positions: &'a [u32],
    links: &'a [u32],
}

/// A string among the tokens.
#[derive(Clone, Copy, Debug)]
pub struct StringToken<'a> {
    /// Its number.
    pub token: usize,
    /// The string with its quotes, and the blanks between it and the next token.
    pub text: &'a [u8],
    /// Whether it is the key of a member.
    pub is_key: bool,
}

impl<'a> Value<'a> {
    /// Its tokens.
    pub fn tokens(self) -> Tokens<'a> {
        let (first, behind) = (self.token(), self.token_behind());
        let tokens = &self.document.index.tokens;
        let kinds = tokens.kinds.get(first..behind).unwrap_or_default();
        let positions = tokens.positions.get(first..behind + 1).unwrap_or_default();
        let links = self.document.index.links.get(first..behind).unwrap_or_default();
        match positions.len() == kinds.len() + 1 && links.len() == kinds.len() {
            true => Tokens { document: self.document, first, kinds, positions, links },
            false => {
                Tokens { document: self.document, first, kinds: &[], positions: &[], links: &[] }
            }
        }
    }
}

impl<'a> Tokens<'a> {
    /// The first byte of each token: `"` for a string, the first digit for a number.
    #[inline(always)]
    pub fn kinds(self) -> &'a [u8] {
        self.kinds
    }

    /// Calls `see` with each token that begins with a byte, in order.
    #[inline(always)]
    pub fn each(self, kind: u8, mut see: impl FnMut(usize)) {
        // One place that calls, so that what is called stands there.
        for base in (0..self.kinds.len()).step_by(8) {
            let mut found = words::all_equal(word_at(self.kinds, base), kind);
            while found != 0 {
                see(base + (found.trailing_zeros() / 8) as usize);
                found &= found - 1;
            }
        }
    }

    /// Calls `see` with each string, key or value, in order.
    #[inline(always)]
    pub fn each_string(self, mut see: impl FnMut(StringToken<'a>)) {
        let (kinds, positions) = (self.kinds, self.positions);
        if positions.len() <= kinds.len() {
            return;
        }
        self.each(b'"', |token| {
            // SAFETY: `token` is one of the kinds, and there are more positions than kinds.
            let (start, next) =
                unsafe { (*positions.get_unchecked(token), *positions.get_unchecked(token + 1)) };
            let text = self.document.text.get(start as usize..next as usize).unwrap_or_default();
            let is_key = kinds.get(token + 1) == Some(&b':');
            see(StringToken { token, text, is_key });
        });
    }

    /// Where each token begins in the text; behind them where the token behind the value does.
    #[inline(always)]
    pub fn positions(self) -> &'a [u32] {
        self.positions
    }

    /// The text of the whole document, in which the positions are.
    #[inline(always)]
    pub fn text(self) -> &'a [u8] {
        self.document.text
    }

    /// The document that they are of.
    #[inline(always)]
    pub fn document(self) -> Document<'a> {
        self.document
    }

    /// The bytes that the whole value takes up.
    pub fn span(self) -> Range<usize> {
        self.value(0).span()
    }

    /// The value that begins at a token.
    #[inline(always)]
    pub fn value(self, token: usize) -> Value<'a> {
        self.document.value(self.first + token)
    }

    /// The string at a token, be it key or value.
    #[inline(always)]
    pub fn string(self, token: usize) -> Str<'a> {
        self.document.string_at(self.first + token)
    }

    /// The token behind the value that begins at `token`; always a later one.
    #[inline(always)]
    pub fn behind(self, token: usize) -> usize {
        match self.kinds.get(token) {
            // `[` is `{` without the bit of the lower case.
            Some(kind) if kind | 0x20 == b'{' => {
                let link = self.links.get(token).map_or(0, |&link| link as usize);
                link.saturating_sub(self.first).max(token) + 1
            }
            _ => token + 1,
        }
    }

    /// The token that a byte of the text belongs to: the last one that begins at or before it.
    pub fn at(self, offset: usize) -> usize {
        let behind = self.positions.partition_point(|&position| position as usize <= offset);
        behind.saturating_sub(1).min(self.kinds.len().saturating_sub(1))
    }
}

/// Eight bytes from `at` on; behind the last one there are zeros.
#[inline(always)]
fn word_at(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.first_chunk() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

impl std::fmt::Debug for Tokens<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tokens({} at {:?})", self.kinds.len(), self.span())
    }
}

#[cfg(test)]
mod tests {
    use crate::Index;

    #[test]
    fn tokens_of_an_inner_value() {
        let text = br#"{"a": {"b": [1, "x\"y"]}, "c": 2}"#;
        let mut index = Index::new();
        let root = index.parse(text).unwrap();
        let tokens = root.get("a").unwrap().tokens();
        assert_eq!(tokens.kinds(), br#"{":[1,"]}"#);
        assert_eq!(tokens.positions().len(), tokens.kinds().len() + 1);
        assert_eq!(&text[tokens.span()], br#"{"b": [1, "x\"y"]}"#);
        assert_eq!(tokens.string(1).raw(), b"b");
        assert_eq!(tokens.string(6).decode(), "x\"y");
        assert_eq!(tokens.behind(0), tokens.kinds().len());
        assert_eq!((tokens.behind(3), tokens.behind(1)), (8, 2));
        assert_eq!(tokens.value(3).raw(), br#"[1, "x\"y"]"#);
        for (offset, token) in [(6, 0), (7, 1), (8, 1), (16, 6), (19, 6), (0, 0), (32, 8)] {
            assert_eq!(tokens.at(offset), token, "{offset}");
        }
    }

    #[test]
    fn tokens_of_a_kind_are_found_in_order() {
        let text = br#"{"a":"b","c":{":":"","d":[1,":"]},"\u003a":null}"#;
        let mut index = Index::new();
        let tokens = index.parse(text).unwrap().tokens();
        for kind in *b"{}[]:,\"1n!" {
            let (mut found, kinds) = (Vec::new(), tokens.kinds().iter().enumerate());
            tokens.each(kind, |token| found.push(token));
            let expected = kinds.filter(|(_, own)| **own == kind).map(|(token, _)| token);
            assert_eq!(found, expected.collect::<Vec<_>>(), "{}", char::from(kind));
        }
    }

    #[test]
    fn tokens_of_a_bare_word() {
        let mut index = Index::new();
        let tokens = index.parse(b"\"x\"").unwrap().tokens();
        assert_eq!((tokens.kinds(), tokens.behind(0), tokens.at(2)), (&b"\""[..], 1, 0));
    }
}
