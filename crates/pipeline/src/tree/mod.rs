//! Settings as a tree in which every value knows its line and column.
//!
//! YAML, TOML and JSON all become the same [`Node`], so that whoever reads settings can say
//! `pipeline.yaml:7:5: unknown option` without knowing the format. The three readers share these
//! rules:
//!
//! - A key stands once in its map; a second one is an error that names both lines.
//! - Integers are those of an `i64` and floats are finite. A number outside is refused, because
//!   rounding it would hand over something that nobody wrote. A float is the `f64` that is
//!   nearest to its text.
//! - Lists and maps nest at most [`NESTING_MAX`] deep.
//! - A byte order mark at the start is skipped.

mod access;
mod core_schema;
mod json;
mod names;
mod number;
mod place;
#[cfg(test)]
mod tests;
mod toml;
mod yaml;

pub use access::{Step, locate};
pub use names::{check_keys, nearest};
pub use place::Place;

use std::collections::HashMap;
use std::fmt;
use std::path::Path;

/// How many lists and maps may stand inside each other.
pub const NESTING_MAX: usize = 64;

/// A value and where it begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What was written.
    pub value: Value,
    /// Where the value begins; a value left empty stands where its key does.
    pub at: Place,
}

/// What a settings file can hold, whatever its format.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`, `~` or nothing at all. TOML has none.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number written without point and exponent.
    Integer(i64),
    /// Any other number; always finite.
    Float(f64),
    /// Text. TOML's dates and times are text too, as RFC 3339 writes them.
    String(String),
    /// Values in their order.
    List(Vec<Node>),
    /// Keys and values in the order of the file; no key stands twice.
    Map(Vec<Entry>),
}

/// One key of a map with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key, unescaped. YAML keys are taken as text even where they look like numbers.
    pub key: String,
    /// Where the key begins.
    pub key_at: Place,
    /// What the key is set to.
    pub value: Node,
}

/// What is wrong with a settings file, and where.
///
/// It displays as `line:column: message`, so that `{file}:{error}` is what editors can jump to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeError {
    /// Where to look.
    pub place: Place,
    /// What is wrong, in a sentence without final stop. It may name keys, and no values.
    pub message: String,
}

impl TreeError {
    /// An error at `place`.
    pub fn new(place: Place, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { place, message }
    }

    fn too_deep(place: Place) -> Self {
        Self::new(place, format!("lists and maps may nest at most {NESTING_MAX} deep"))
    }
}

impl fmt::Display for TreeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl std::error::Error for TreeError {}

/// The formats in which settings can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// YAML 1.2, one document, core schema, without anchors, aliases, tags and merge keys.
    Yaml,
    /// TOML 1.1.
    Toml,
    /// JSON as RFC 8259 has it, without comments and trailing commas.
    Json,
}

impl Format {
    /// Tells the format by the extension, in any case; a file with another one is taken as YAML.
    pub fn of_path(path: &Path) -> Self {
        let extension = path.extension().map(|name| name.to_ascii_lowercase());
        match extension.as_deref().and_then(|name| name.to_str()) {
            Some("toml") => Self::Toml,
            Some("json") => Self::Json,
            _ => Self::Yaml,
        }
    }
}

/// Reads settings. An empty YAML file is [`Value::Null`], an empty TOML file an empty map.
///
/// # Errors
/// The first violation of the format or of the rules of this module, with its place.
pub fn parse(text: &str, format: Format) -> Result<Node, TreeError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match format {
        Format::Yaml => yaml::parse(text),
        Format::Toml => toml::parse(text),
        Format::Json => json::parse(text),
    }
}

/// Makes a map of entries, of which no two may share a key.
fn map_of(entries: Vec<Entry>) -> Result<Value, TreeError> {
    let mut seen = HashMap::with_capacity(entries.len());
    for Entry { key, key_at, .. } in &entries {
        if let Some(first) = seen.insert(key.as_str(), *key_at) {
            return Err(duplicate(key, first, *key_at));
        }
    }
    Ok(Value::Map(entries))
}

fn duplicate(key: &str, first: Place, second: Place) -> TreeError {
    let lines = match (first.line, second.line) {
        (one, two) if one == two => format!("in line {one}"),
        (one, two) => format!("in line {one} and in line {two}"),
    };
    TreeError::new(second, format!("`{}` is set twice, {lines}", names::shown(key)))
}
