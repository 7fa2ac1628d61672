//! Reads lists in the formats in which they are handed around.

mod csv;
mod lines;
mod pattern;
mod stix;

use crate::entry::IndicatorType;
use crate::indicators::IndicatorsBuilder;
use serde::Deserialize;
use std::fmt;

pub(crate) use stix::Unsupported;

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Format {
    /// An entry a line.
    Lines,
    /// Comma-separated values (RFC 4180) with a header.
    Csv,
    /// A bundle of STIX 2.0 or 2.1.
    Stix,
}

/// What is wrong with the content of a list.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The line, from one on, where it is of one line.
    pub(crate) line: Option<usize>,
    /// What is wrong, and what to do about it.
    pub(crate) message: String,
}

impl Problem {
    pub(crate) fn at(line: usize, message: impl Into<String>) -> Self {
        Problem { line: Some(line), message: message.into() }
    }

    pub(crate) fn of_all(message: impl Into<String>) -> Self {
        Problem { line: None, message: message.into() }
    }
}

impl fmt::Display for Problem {
    /// Writes what goes right behind the name of the file.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, ", line {line}: {}", self.message),
            None => write!(f, ": {}", self.message),
        }
    }
}

/// How the content of a list is to be read.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reading<'r> {
    /// Every line is an entry of that type.
    Lines(IndicatorType),
    /// A column holds entries of that type, another perhaps what is said of them.
    Csv {
        /// The type.
        of: IndicatorType,
        /// The name of the column with the entries.
        column: &'r str,
        /// The name of the column with the labels.
        label_column: Option<&'r str>,
    },
    /// The patterns of the indicators in a bundle tell what to look for.
    Stix(Unsupported),
}

/// Adds the entries in `content` to the list that was begun last.
///
/// # Errors
/// What is wrong with the content.
pub(crate) fn read(
    content: &[u8],
    how: Reading<'_>,
    to: &mut IndicatorsBuilder,
) -> Result<(), Problem> {
    let mut count = 0;
    let text = text(content)?;
    let mut add = |of, entry: &str, label: Option<&str>| {
        count += 1;
        to.add(of, entry, label)
    };
    match how {
        Reading::Lines(of) => lines::read(text, of, &mut |entry, label| add(of, entry, label))?,
        Reading::Csv { of, column, label_column } => {
            csv::read(text, column, label_column, &mut |entry, label| add(of, entry, label))?;
        }
        Reading::Stix(unsupported) => stix::read(text, unsupported, &mut add)?,
    }
    match count {
        0 => Err(Problem::of_all(EMPTY)),
        _ => Ok(()),
    }
}

/// What is said of a list that finds nothing.
pub(crate) const EMPTY: &str = "there are no entries in it, so it can find nothing; fill it, or \
                                take it out of `lists`";

/// Takes an entry and its label; says what is wrong with the entry.
type Add<'a> = dyn FnMut(&str, Option<&str>) -> Result<(), String> + 'a;

fn text(content: &[u8]) -> Result<&str, Problem> {
    let text = std::str::from_utf8(content).map_err(|error| {
        let before = content.get(..error.valid_up_to()).unwrap_or_default();
        let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
        Problem::at(line, "the text is not UTF-8; save the file as UTF-8")
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}
