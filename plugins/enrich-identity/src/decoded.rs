//! The few texts that are written with escapes, decoded and kept while the others are borrowed.

use std::borrow::Cow;
use std::cell::OnceCell;
use trailmill_stage::event::json::Str;

/// Texts that had to be decoded: a list, as there are hardly ever any.
#[derive(Debug, Default)]
pub(crate) struct Decoded {
    first: OnceCell<(String, Box<Decoded>)>,
}

impl Decoded {
    /// The decoded text of a string; kept here if it is not the text of the record itself.
    #[inline]
    pub(crate) fn text<'e>(&'e self, string: Str<'e>) -> &'e str {
        match string.decode() {
            Cow::Borrowed(text) => text,
            Cow::Owned(text) => self.keep(text),
        }
    }

    /// Whether every text stands in the record as it is, so that none needs an escape.
    pub(crate) fn is_empty(&self) -> bool {
        self.first.get().is_none()
    }

    #[cold]
    fn keep(&self, text: String) -> &str {
        let mut list = self;
        while let Some((_, rest)) = list.first.get() {
            list = rest;
        }
        &list.first.get_or_init(|| (text, Box::default())).0
    }
}

#[cfg(test)]
mod tests {
    use super::Decoded;
    use trailmill_stage::event::json::Index;

    #[test]
    fn texts_are_kept_only_where_they_are_escaped() {
        let decoded = Decoded::default();
        let mut index = Index::new();
        let text = r#"["plain","é","a\u0042c","d\ne",""]"#;
        let root = index.parse(text.as_bytes()).unwrap();
        let strings: Vec<_> = root.elements().filter_map(|value| value.as_string()).collect();
        assert_eq!((decoded.text(strings[0]), decoded.text(strings[1])), ("plain", "é"));
        assert!(decoded.is_empty());
        let texts: Vec<&str> = strings.into_iter().map(|string| decoded.text(string)).collect();
        assert_eq!(texts, ["plain", "é", "aBc", "d\ne", ""]);
        assert!(!decoded.is_empty());
    }
}
