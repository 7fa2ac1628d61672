//! Where a text stops being an expression, and what was expected there.

use std::fmt;

/// Why a text is no expression: what was expected, and where.
///
/// It is shown with the line of the text and a caret below the character. The text comes from the
/// settings and not from an event, so that it may be repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpressionError {
    text: String,
    offset: usize,
    message: &'static str,
}

impl ExpressionError {
    /// An error at a byte of the text.
    pub(super) fn new(text: &str, offset: usize, message: &'static str) -> Self {
        ExpressionError { text: text.to_owned(), offset, message }
    }

    /// The byte of the text at which it stops being an expression.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// What was expected there: `expected a path`.
    pub fn message(&self) -> &'static str {
        self.message
    }
}

impl fmt::Display for ExpressionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let before = &self.text[..self.offset];
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = self.text[start..].lines().next().unwrap_or_default();
        write!(f, "{} at character {}", self.message, before.chars().count() + 1)?;
        // Tabs are kept, so that the caret stands below the character however wide they are.
        let indent: String =
            before[start..].chars().map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
        write!(f, "\n  {line}\n  {indent}^")
    }
}

impl std::error::Error for ExpressionError {}
