//! Comparing text without regard to case.

/// A text to compare others with, without regard to case.
///
/// Characters are compared by their lower case, one by one and for every script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Folded {
    lower: Box<str>,
}

impl Folded {
    /// Makes ready to compare with `text`.
    pub(crate) fn new(text: &str) -> Self {
        Folded { lower: lower(text).collect::<String>().into() }
    }

    /// The text in lower case.
    pub(crate) fn as_str(&self) -> &str {
        &self.lower
    }

    /// Whether `text` is the same but for case.
    pub(crate) fn equals(&self, text: &str) -> bool {
        if text.is_ascii() {
            return text.eq_ignore_ascii_case(&self.lower);
        }
        lower(text).eq(self.lower.chars())
    }

    /// Whether `text` begins with it but for case.
    pub(crate) fn starts(&self, text: &str) -> bool {
        let mut letters = lower(text);
        self.lower.chars().all(|wanted| letters.next() == Some(wanted))
    }

    /// Whether `text` ends with it but for case.
    pub(crate) fn ends(&self, text: &str) -> bool {
        let mut letters = text.chars().rev().flat_map(|c| c.to_lowercase().rev());
        self.lower.chars().rev().all(|wanted| letters.next() == Some(wanted))
    }
}

fn lower(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::Folded;

    #[test]
    fn disregards_case_and_nothing_else() {
        let folded = Folded::new("ConsoleLOGIN");
        for same in ["consolelogin", "CONSOLELOGIN", "ConsoleLogin"] {
            assert!(folded.equals(same) && folded.starts(same) && folded.ends(same), "{same}");
        }
        for other in ["", "consolelogi", "consolelogin ", "c\u{f6}nsolelogin"] {
            assert!(!folded.equals(other), "{other}");
        }
        assert!(folded.starts("CONSOLEloginS") && !folded.ends("CONSOLEloginS"));
        assert!(folded.ends("aConsoleLogin") && !folded.starts("aConsoleLogin"));
    }

    #[test]
    fn knows_every_script() {
        assert!(Folded::new("\u{c4}RGER").equals("\u{e4}rger"));
        assert!(Folded::new("\u{c4}RGER").starts("\u{e4}rgerlich"));
        assert!(Folded::new("GR\u{dc}N").ends("hellgr\u{fc}n"));
        // The Kelvin sign is a k, and the dotted capital I has a lower case of two characters.
        assert!(Folded::new("\u{212a}").equals("k"));
        assert!(Folded::new("x\u{130}").ends("X\u{130}"));
        // A sigma is one wherever it stands in the word.
        assert!(Folded::new("\u{3a3}").equals("\u{3c3}"));
        assert!(Folded::new("\u{3bf}\u{3a3}").equals("\u{39f}\u{3c3}"));
    }
}
