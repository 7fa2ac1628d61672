//! Domain names in the form in which they are compared.

/// The longest domain name (RFC 1035, section 2.3.4), without a dot at its end.
pub(crate) const NAME_MAX: usize = 253;

/// The longest label of one.
const LABEL_MAX: usize = 63;

/// A domain name in small letters and without a dot at its end.
#[derive(Debug)]
pub(crate) struct Name {
    bytes: [u8; NAME_MAX],
    length: usize,
}

impl Name {
    /// The domain name that a text is, if it is one: labels of letters, digits, `-` and `_`.
    pub(crate) fn parse(text: &str) -> Option<Name> {
        let text = text.strip_suffix('.').unwrap_or(text);
        let mut name = Name { bytes: [0; NAME_MAX], length: text.len() };
        let room = name.bytes.get_mut(..text.len())?;
        let mut label = 0;
        for (to, byte) in room.iter_mut().zip(text.bytes()) {
            label = match byte {
                b'.' if label > 0 => 0,
                b'-' | b'_' => label + 1,
                _ if byte.is_ascii_alphanumeric() => label + 1,
                _ => return None,
            };
            if label > LABEL_MAX {
                return None;
            }
            *to = byte.to_ascii_lowercase();
        }
        (label > 0).then_some(name)
    }

    /// The name.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    /// The name, then the domain that it is in, and so on up to the last with two labels.
    pub(crate) fn suffixes(&self) -> impl Iterator<Item = &[u8]> {
        let mut rest = Some(self.as_bytes()).filter(|name| name.contains(&b'.'));
        std::iter::from_fn(move || {
            let now = rest?;
            let dot = now.iter().position(|&byte| byte == b'.')?;
            rest = now.get(dot + 1..).filter(|behind| behind.contains(&b'.'));
            Some(now)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Name;

    fn suffixes(text: &str) -> Option<Vec<String>> {
        let name = Name::parse(text)?;
        Some(name.suffixes().map(|part| String::from_utf8(part.to_vec()).unwrap()).collect())
    }

    #[test]
    fn names_have_suffixes() {
        let of = |text| suffixes(text).unwrap();
        assert_eq!(
            of("A.b_c.Evil.example."),
            ["a.b_c.evil.example", "b_c.evil.example", "evil.example"]
        );
        assert_eq!(of("evil.example"), ["evil.example"]);
        assert!(of("localhost").is_empty());
        let longest = ["a".repeat(63), "b".repeat(63), "c".repeat(63), "d".repeat(61)].join(".");
        assert_eq!(of(&longest).len(), 3);
    }

    #[test]
    fn other_texts_are_no_names() {
        for text in ["", ".", "a..b", ".a.b", "a b.c", "ü.example", "a.b..", "a/b.c", "a:b"] {
            assert_eq!(suffixes(text), None, "{text}");
        }
        assert_eq!(suffixes(&"a.".repeat(127)).unwrap().len(), 126);
        assert_eq!(suffixes(&"a.".repeat(128)), None);
        assert_eq!(suffixes(&("a".repeat(64) + ".example")), None);
    }
}
