//! Cuts a user agent into words and comments.

/// A piece of a user agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    /// A word, and the text from there to the end.
    Word(&'t str, &'t str),
    /// What stands in parentheses.
    Comment(&'t str),
}

/// Iterates over the pieces of a user agent.
#[derive(Debug)]
pub(crate) struct Words<'t> {
    rest: &'t str,
}

impl<'t> Words<'t> {
    /// The pieces of a text.
    ///
    /// S3 and some others put user agents in brackets; a long one is cut and has lost the second.
    pub(crate) fn new(text: &'t str) -> Self {
        let text = text.strip_prefix('[').unwrap_or(text);
        Words { rest: text.strip_suffix(']').unwrap_or(text) }
    }

    /// Goes on behind the first so many bytes of a text that stood in a word.
    pub(crate) fn go_on_behind(&mut self, text: &'t str, length: usize) {
        let rest = text.get(length..).unwrap_or_default();
        if rest.len() < self.rest.len() {
            self.rest = rest;
        }
    }

    /// All that is left.
    pub(crate) fn rest(&self) -> &'t str {
        self.rest
    }
}

impl<'t> Iterator for Words<'t> {
    type Item = Piece<'t>;

    #[inline]
    fn next(&mut self) -> Option<Piece<'t>> {
        let is_between = |byte: &u8| matches!(byte, b' ' | b',' | b')');
        let between = self.rest.bytes().take_while(is_between).count();
        let text = &self.rest[between..];
        if text.is_empty() {
            return None;
        }
        let is_comment = text.starts_with('(');
        let end = memchr::memchr(if is_comment { b')' } else { b' ' }, text.as_bytes());
        let (piece, rest) = text.split_at(end.unwrap_or(text.len()));
        self.rest = rest;
        Some(match is_comment {
            true => Piece::Comment(&piece[1..]),
            false => Piece::Word(piece.trim_end_matches(','), text),
        })
    }
}

/// The text up to the first of some ASCII characters.
#[inline]
pub(crate) fn until(text: &str, is_end: impl Fn(u8) -> bool) -> &str {
    let end = text.bytes().position(is_end);
    &text[..end.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<String> {
        let show = |piece| match piece {
            Piece::Word(word, _) => word.to_owned(),
            Piece::Comment(comment) => format!("({comment})"),
        };
        Words::new(text).map(show).collect()
    }

    #[test]
    fn texts_are_cut() {
        assert_eq!(pieces("a/1 (b; c) d"), ["a/1", "(b; c)", "d"]);
        assert_eq!(
            pieces("[S3Console/0.4, aws-internal/3  x]"),
            ["S3Console/0.4", "aws-internal/3", "x"]
        );
        assert_eq!(pieces("[a (b"), ["a", "(b)"]);
        assert_eq!(pieces("m/a,b (x)y)) z"), ["m/a,b", "(x)", "y))", "z"]);
        for nothing in ["", " ", "[]", ",", "[ , ]", ")"] {
            assert!(pieces(nothing).is_empty(), "{nothing}");
        }
        assert_eq!(pieces("("), ["()"]);
        assert_eq!(pieces("é ü(ö"), ["é", "ü(ö"]);
    }

    #[test]
    fn goes_on_behind_several_words() {
        let mut words = Words::new("AWS Internal x");
        let Some(Piece::Word("AWS", text)) = words.next() else { panic!("a word") };
        assert_eq!(words.rest(), " Internal x");
        words.go_on_behind(text, "AWS Internal".len());
        assert_eq!(words.next(), Some(Piece::Word("x", "x")));
        // Never back.
        words.go_on_behind(text, 1);
        assert_eq!(words.next(), None);
    }
}
