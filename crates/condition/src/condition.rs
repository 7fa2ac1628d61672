//! A condition on events, in any of the three languages.

use crate::{Expression, ExpressionError, Pattern, Selectors};
use serde_json::Value;
use std::fmt;
use trailmill_event::Event;

/// A condition on events, ready to be asked.
#[derive(Clone, Debug)]
pub struct Condition {
    language: Language,
}

#[derive(Clone, Debug)]
enum Language {
    Expression(Expression),
    Pattern(Pattern),
    Selectors(Selectors),
}

/// Why settings are no condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionError {
    /// Where, as a path from the condition: `pattern.eventName[0]`; empty for the whole.
    pub option: String,
    /// What is wrong there, and what would be right.
    pub message: String,
}

impl Condition {
    /// Reads an [`Expression`].
    ///
    /// # Errors
    /// Where the text stops being an expression.
    pub fn parse(expression: &str) -> Result<Self, ExpressionError> {
        Ok(Condition { language: Language::Expression(expression.parse()?) })
    }

    /// Reads a condition as settings write it: a text is an [`Expression`], a map has either a
    /// [`Pattern`] as its `pattern` or [`Selectors`] as its `selectors`.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn read(written: &Value) -> Result<Self, ConditionError> {
        const FORMS: &str = "expected an expression, or a map with either `pattern` or `selectors`";
        let language = match written {
            Value::String(text) => match text.parse() {
                Ok(expression) => Language::Expression(expression),
                Err(error) => return Err(ConditionError::new("", error.to_string())),
            },
            Value::Object(map) => match map.iter().next() {
                Some((name, pattern)) if map.len() == 1 && name == "pattern" => {
                    refuse_envelope(pattern)?;
                    Language::Pattern(Pattern::new(pattern).map_err(|e| e.inside(name))?)
                }
                Some((name, selectors)) if map.len() == 1 && name == "selectors" => {
                    Language::Selectors(Selectors::new(selectors).map_err(|e| e.inside(name))?)
                }
                _ => return Err(ConditionError::new("", FORMS)),
            },
            _ => return Err(ConditionError::new("", FORMS)),
        };
        Ok(Condition { language })
    }

    /// Whether the event is one of those that the condition describes.
    pub fn matches(&self, event: &Event<'_>) -> bool {
        match &self.language {
            Language::Expression(expression) => expression.matches(event),
            Language::Pattern(pattern) => pattern.matches(event),
            Language::Selectors(selectors) => selectors.matches(event),
        }
    }
}

/// A pattern that was written for EventBridge has its conditions on the record under `detail`,
/// where no record has anything: it would never match, and say nothing.
fn refuse_envelope(pattern: &Value) -> Result<(), ConditionError> {
    match pattern.get("detail") {
        Some(Value::Object(_)) => Err(ConditionError::new(
            "pattern.detail",
            "EventBridge puts the record under `detail`, but here the pattern is matched against \
             the record itself: write what is under `detail`",
        )),
        _ => Ok(()),
    }
}

impl ConditionError {
    /// An error at a place of the condition.
    pub(crate) fn new(option: &str, message: impl Into<String>) -> Self {
        ConditionError { option: option.to_owned(), message: message.into() }
    }

    /// The same error, seen from a map that has the condition under `name`.
    #[must_use]
    pub fn inside(self, name: &str) -> Self {
        let option = match self.option.chars().next() {
            None => name.to_owned(),
            Some('[') => format!("{name}{}", self.option),
            Some(_) => format!("{name}.{}", self.option),
        };
        ConditionError { option, ..self }
    }
}

impl fmt::Display for ConditionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.option {
            "" => f.write_str(&self.message),
            option => write!(f, "`{option}`: {}", self.message),
        }
    }
}

impl std::error::Error for ConditionError {}
