//! Texts with `*` in them, which stands for any characters.

/// A text in which `*` stands for any characters, also none.
///
/// `\*` and `\\` are an asterisk and a backslash, as in EventBridge's `wildcard`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wildcard {
    /// What stands between the asterisks; one more than there are of those.
    pieces: Box<[Box<str>]>,
}

/// Why a text is no wildcard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WildcardError {
    /// `**`, which says no more than `*`.
    TwoAsterisks,
    /// A backslash before something else than an asterisk or a backslash.
    Escape,
}

impl WildcardError {
    /// What is wrong, and what would be right.
    pub(crate) fn message(self) -> &'static str {
        match self {
            WildcardError::TwoAsterisks => "two `*` in a row; one is enough",
            WildcardError::Escape => "behind a `\\` only `*` or `\\` can stand",
        }
    }
}

impl Wildcard {
    /// Reads a wildcard.
    pub(crate) fn new(text: &str) -> Result<Self, WildcardError> {
        let mut pieces = vec![String::new()];
        let mut after_asterisk = false;
        let mut letters = text.chars();
        while let Some(letter) = letters.next() {
            let literal = match (letter, after_asterisk) {
                ('*', true) => return Err(WildcardError::TwoAsterisks),
                ('*', false) => None,
                ('\\', _) => match letters.next() {
                    Some(escaped @ ('*' | '\\')) => Some(escaped),
                    _ => return Err(WildcardError::Escape),
                },
                _ => Some(letter),
            };
            after_asterisk = literal.is_none();
            match (literal, pieces.last_mut()) {
                (Some(literal), Some(piece)) => piece.push(literal),
                _ => pieces.push(String::new()),
            }
        }
        Ok(Wildcard { pieces: pieces.into_iter().map(String::into_boxed_str).collect() })
    }

    /// Whether it matches the whole of `text`.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let [first, middle @ .., last] = &*self.pieces else {
            return self.pieces.iter().all(|piece| **piece == *text);
        };
        let Some(mut rest) = text.strip_prefix(&**first) else { return false };
        for piece in middle {
            // The leftmost place is as good as any other: it leaves the most for the others.
            match rest.find(&**piece) {
                Some(at) => rest = &rest[at + piece.len()..],
                None => return false,
            }
        }
        rest.ends_with(&**last)
    }

    /// The text that it was read from.
    pub(crate) fn source(&self) -> String {
        let escaped = |piece: &str| piece.replace('\\', "\\\\").replace('*', "\\*");
        let pieces: Vec<String> = self.pieces.iter().map(|piece| escaped(piece)).collect();
        pieces.join("*")
    }
}

#[cfg(test)]
mod tests {
    use super::{Wildcard, WildcardError};

    #[test]
    fn matches_whole_texts() {
        for (wildcard, good, bad) in [
            ("", &[""][..], &["a"][..]),
            ("abc", &["abc"], &["", "ab", "abcd", "ABC"]),
            ("*", &["", "a", "a*b", "\n"], &[]),
            ("a*", &["a", "ab", "aa"], &["", "ba"]),
            ("*a", &["a", "ba", "aa"], &["", "ab"]),
            ("a*a", &["aa", "aba", "aaa"], &["a", "ab"]),
            ("*ab*ab*", &["abab", "xabyabz", "aabab"], &["ab", "aba", "abxa"]),
            ("*/bin/*.jar", &["/bin/.jar", "a/bin/b/bin/c.jar"], &["bin/a.jar", "/bin/jar"]),
            (r"a\*b\\*", &[r"a*b\", r"a*b\c"], &["axb", r"a*b", r"axb\"]),
            ("\u{e4}*\u{f6}", &["\u{e4}\u{f6}", "\u{e4}x\u{f6}"], &["\u{e4}"]),
        ] {
            let made = Wildcard::new(wildcard).unwrap();
            assert_eq!(made.source(), wildcard);
            good.iter().for_each(|text| assert!(made.matches(text), "{wildcard} {text}"));
            bad.iter().for_each(|text| assert!(!made.matches(text), "{wildcard} {text}"));
        }
    }

    #[test]
    fn refuses_what_is_none() {
        assert_eq!(Wildcard::new("a**b"), Err(WildcardError::TwoAsterisks));
        assert!(Wildcard::new(r"a*\*b").is_ok() && Wildcard::new(r"a\**b").is_ok());
        for text in ["\\", "a\\", r"\a", r"*\n"] {
            assert_eq!(Wildcard::new(text), Err(WildcardError::Escape), "{text}");
        }
    }
}
