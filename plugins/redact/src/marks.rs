//! Marks that stand where something was hidden, by AWS or by this stage: they are kept.

/// What this stage puts in the place of what it masks.
pub(crate) const MARK: &str = "<redacted>";

/// What AWS puts in the place of what it hides, as seen in records and in its documentation.
const AWS_MARKS: &[&str] = &[
    "HIDDEN_DUE_TO_SECURITY_REASONS",
    "HIDDEN_FOR_SECURITY_REASONS",
    "Value hidden due to security reasons.",
    "<sensitiveDataRemoved>",
    "***OMITTED***",
];

/// Whether a text says that what stood there is hidden.
pub(crate) fn is_mark(text: &str) -> bool {
    let is_stars = text.len() >= 3 && text.bytes().all(|byte| byte == b'*');
    is_stars || text == MARK || AWS_MARKS.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::is_mark;

    #[test]
    fn marks_are_told_from_texts() {
        for mark in ["***", "********", "<redacted>", "<sensitiveDataRemoved>", "***OMITTED***"] {
            assert!(is_mark(mark), "{mark}");
        }
        for text in ["", "*", "**", "***x", "<redacted>x", "hidden"] {
            assert!(!is_mark(text), "{text}");
        }
    }
}
