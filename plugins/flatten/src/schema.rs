//! Schemas: tables that say which column comes from where.

use crate::cell::CUT_MARK;
use std::fmt;
use std::str::FromStr;
use trailmill_stage::event::{Path, Segment};

/// A table of columns, in the order in which they are written.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Its name, as in `flatten: { schema: snare }`.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
}

/// One row of the table.
#[derive(Clone, Debug)]
pub struct Column {
    /// The name of the column.
    pub name: String,
    /// How the cell is made.
    pub rule: Rule,
    /// What the column means, in a few words.
    pub help: String,
}

/// How a cell is made. A column has one type whatever the record holds: text, but for the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The date, `YYYY-MM-DD` in UTC, of the time at a path.
    Date(Path),
    /// The time of day, `HH:MM:SS` in UTC, of the time at a path.
    TimeOfDay(Path),
    /// The time at a path, as it stands.
    Time(Path),
    /// The string at a path, as it stands, and at most so many bytes of it. A value of another
    /// kind stays in the rest.
    Text(Path, Option<usize>),
    /// The JSON text of the value at a path, at most so many bytes of it; a string that is not
    /// itself JSON text as it stands.
    Json(Path, Option<usize>),
    /// Always this text.
    Constant(String),
    /// When the record was collected.
    CollectedAt,
    /// When CloudWatch Logs took the record.
    LogsTime,
    /// An object: every member that no column claims, with its nesting.
    Rest,
}

impl Rule {
    /// The path that the rule reads.
    pub fn from(&self) -> Option<&Path> {
        match self {
            Rule::Date(path) | Rule::TimeOfDay(path) | Rule::Time(path) => Some(path),
            Rule::Text(path, _) | Rule::Json(path, _) => Some(path),
            Rule::Constant(_) | Rule::CollectedAt | Rule::LogsTime | Rule::Rest => None,
        }
    }

    /// Whether the cell takes the value out of the rest, and gives it back in `unflatten`.
    pub(crate) fn claims(&self) -> bool {
        matches!(self, Rule::Time(_) | Rule::Text(..) | Rule::Json(..))
    }

    /// The name of the rule in a table.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Rule::Date(_) => "date",
            Rule::TimeOfDay(_) => "time-of-day",
            Rule::Time(_) => "time",
            Rule::Text(..) => "text",
            Rule::Json(..) => "json",
            Rule::Constant(_) => "constant",
            Rule::CollectedAt => "collected-at",
            Rule::LogsTime => "logs-time",
            Rule::Rest => "rest",
        }
    }
}

/// Makes the table of a schema.
pub type MakeSchema = fn() -> Schema;

/// The schemas that come with the plugin.
pub const SCHEMAS: &[(&str, MakeSchema)] = &[("snare", crate::snare)];

/// The names of the rules.
const RULES: &[&str] = &[
    "date",
    "time-of-day",
    "time",
    "text",
    "json",
    "constant",
    "collected-at",
    "logs-time",
    "rest",
];

/// The longest name of a column, in bytes.
const NAME_BYTES_MAX: usize = 55;

impl FromStr for Schema {
    type Err = SchemaError;

    /// Reads a table: a line for each column, of words with blanks between them: the name, the
    /// rule, its argument (a path or a constant), and the most bytes that the cell may have.
    /// Empty lines and what follows `#` at the start of a line are passed over.
    fn from_str(text: &str) -> Result<Self, SchemaError> {
        let mut columns: Vec<Column> = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let words: Vec<&str> = line.split_whitespace().collect();
            if words.first().is_none_or(|word| word.starts_with('#')) {
                continue;
            }
            let fail = |message: String| SchemaError { line: number + 1, message };
            let column = column(&words).map_err(fail)?;
            if columns.iter().any(|known| known.name == column.name) {
                return Err(fail(format!("column `{}` is there already", column.name)));
            }
            columns.push(column);
        }
        let schema = Schema { name: "custom".to_owned(), columns };
        schema.check().map_err(|message| SchemaError { line: 0, message })?;
        Ok(schema)
    }
}

impl Schema {
    /// Whether the columns go together.
    fn check(&self) -> Result<(), String> {
        if self.columns.is_empty() {
            return Err("the table has no columns".to_owned());
        }
        if self.columns.iter().filter(|column| column.rule == Rule::Rest).count() > 1 {
            return Err("only one column can take the rest".to_owned());
        }
        for (number, one) in self.columns.iter().enumerate() {
            if let Some(other) = self.columns[..number].iter().find(|other| one.is_at_odds(other)) {
                return Err(format!(
                    "columns `{}` and `{}` claim the same value, or one lies in the other",
                    other.name, one.name
                ));
            }
        }
        Ok(())
    }
}

impl Column {
    /// Whether both take the same value out of the rest, or one reads inside what the other reads.
    fn is_at_odds(&self, other: &Column) -> bool {
        match (self.rule.from(), other.rule.from()) {
            (Some(one), Some(two)) if one == two => self.rule.claims() && other.rule.claims(),
            (Some(one), Some(two)) => {
                let (one, two) = (one.segments(), two.segments());
                one.starts_with(two) || two.starts_with(one)
            }
            _ => false,
        }
    }
}

fn column(words: &[&str]) -> Result<Column, String> {
    let [name, rule, arguments @ ..] = words else {
        return Err("a column is a name, a rule and what the rule wants".to_owned());
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || "_.@-:".contains(c);
    if name.len() > NAME_BYTES_MAX || !name.chars().all(plain) {
        return Err(format!(
            "a column's name is made of letters, digits and `_.@-:`, at most {NAME_BYTES_MAX}"
        ));
    }
    Ok(Column { name: (*name).to_owned(), rule: self::rule(rule, arguments)?, help: String::new() })
}

fn rule(name: &str, arguments: &[&str]) -> Result<Rule, String> {
    let path = || match arguments {
        [path, ..] => member_path(path),
        [] => Err(format!("rule `{name}` wants a path")),
    };
    let most = match (name, arguments) {
        ("text" | "json", [_, bytes]) => match bytes.parse() {
            Ok(bytes) if bytes >= CUT_MARK.len() => Some(bytes),
            _ => {
                return Err(format!(
                    "the most bytes of a cell are a whole number, at least {}",
                    CUT_MARK.len()
                ));
            }
        },
        ("text" | "json" | "date" | "time-of-day" | "time" | "constant", [_] | []) => None,
        (_, []) => None,
        _ if RULES.contains(&name) => {
            return Err(format!("rule `{name}` does not want so many words"));
        }
        _ => None,
    };
    match name {
        "date" => Ok(Rule::Date(path()?)),
        "time-of-day" => Ok(Rule::TimeOfDay(path()?)),
        "time" => Ok(Rule::Time(path()?)),
        "text" => Ok(Rule::Text(path()?, most)),
        "json" => Ok(Rule::Json(path()?, most)),
        "constant" => match arguments {
            [text] => Ok(Rule::Constant((*text).to_owned())),
            _ => Err("rule `constant` wants a word".to_owned()),
        },
        "collected-at" => Ok(Rule::CollectedAt),
        "logs-time" => Ok(Rule::LogsTime),
        "rest" => Ok(Rule::Rest),
        _ => Err(format!("no rule `{name}`; there are {}", RULES.join(", "))),
    }
}

/// A path of member names only: an element has no name under which it could be given back.
fn member_path(text: &str) -> Result<Path, String> {
    let path: Path = text.parse().map_err(|error| format!("`{text}` is {error}"))?;
    match path.segments().iter().all(|segment| matches!(segment, Segment::Member(_))) {
        true => Ok(path),
        false => Err(format!("`{text}` leads into an array, which no column can claim")),
    }
}

/// What is wrong with a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaError {
    /// The line, from 1; 0 for the table as a whole.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.message),
            line => write!(f, "line {line}: {}", self.message),
        }
    }
}

impl std::error::Error for SchemaError {}
