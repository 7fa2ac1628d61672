//! From the text of a pipeline file to a pipeline, strictly.
//!
//! One module for each part of the file: what it may say, and what it becomes. Nothing is
//! guessed: an unknown name is an error with its line and column, the nearest valid name, and the
//! list of valid ones.

mod checks;
pub(crate) mod outputs;
mod source;
pub(crate) mod stages;
pub(crate) mod target;
pub(crate) mod tests_section;
pub(crate) mod when;

use crate::pipeline::{Parts, Pipeline};
use crate::tree::{self, Format, Node, TreeError, Value};
use std::fmt;
use trailmill_stage::{Resources, StageSpec};

/// The keys of a pipeline file, in the order in which they are best written.
pub(crate) const KEYS: [&str; 7] =
    ["name", "description", "source", "stages", "outputs", "quarantine", "tests"];

/// What is wrong with a pipeline file, and where.
///
/// It displays as `7:5: message`, so that a file name and a colon before it make what editors can
/// jump to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
}

/// Builds the pipeline that `text` describes.
pub(crate) fn load(
    text: &str,
    format: Format,
    specs: &[&'static StageSpec],
    resources: &dyn Resources,
) -> Result<Pipeline, LoadError> {
    let root = tree::parse(text, format)?;
    tree::check_keys(&root, "the pipeline", &KEYS)?;
    let stages = stages::Loader { specs, resources };
    let listed = root.get("stages").ok_or_else(|| root.error("the pipeline has no `stages`"))?;
    let (decoder, shared) = stages.chain(listed)?;
    let outputs = match root.get("outputs") {
        Some(node) => outputs::outputs(node, &stages)?,
        None => vec![outputs::default()],
    };
    let names: Vec<&str> = outputs.iter().map(|output| output.name.as_str()).collect();
    let tests = match root.get("tests") {
        Some(node) => tests_section::tests(node, &names)?,
        None => Vec::new(),
    };
    let quarantine = root.get("quarantine").map(|node| target::target(node, false)).transpose()?;
    checks::memories(&root, &shared, &outputs)?;
    checks::routes(&root, &outputs)?;
    checks::targets(&root, &outputs, quarantine.as_ref())?;
    Ok(Pipeline::new(Parts {
        name: root.get("name").map(text_of).transpose()?,
        description: root.get("description").map(text_of).transpose()?,
        source: root.get("source").map(source::source).transpose()?,
        decoder,
        shared,
        outputs,
        quarantine,
        tests,
    }))
}

/// The text of a string that is not empty.
fn text_of(node: &Node) -> Result<String, TreeError> {
    match node.as_str()? {
        "" => Err(node.error("expected some text")),
        text => Ok(text.to_owned()),
    }
}

/// The elements of a list that is not empty.
fn some_of<'n>(node: &'n Node, what: &str) -> Result<&'n [Node], TreeError> {
    match node.as_list()? {
        [] => Err(node.error(format!("`{what}` is empty"))),
        items => Ok(items),
    }
}

/// A name, alone or with options: `stdout`, `{ file: { ... } }`.
struct Named<'n> {
    name: &'n str,
    /// The name as a node of its own, for errors.
    at: tree::Place,
    options: Option<&'n Node>,
}

impl<'n> Named<'n> {
    /// Reads one; `what` is what has the name.
    fn read(node: &'n Node, what: &str) -> Result<Self, TreeError> {
        if let Value::String(name) = &node.value {
            return Ok(Named { name, at: node.at, options: None });
        }
        let Value::Map(entries) = &node.value else {
            let found = node.value.kind();
            let message = format!("expected a {what}: its name, or a map of name and options");
            return Err(node.error(format!("{message}; found {found}")));
        };
        match &entries[..] {
            [] => Err(node.error(format!("expected a {what}, found an empty map"))),
            [entry] => {
                let options = (entry.value.value != Value::Null).then_some(&entry.value);
                Ok(Named { name: &entry.key, at: entry.key_at, options })
            }
            [first, second, ..] => {
                let message = format!(
                    "`{}` stands beside the {what} `{}`; indent it if it is an option of it",
                    second.key, first.key
                );
                Err(TreeError::new(second.key_at, message))
            }
        }
    }

    fn error(&self, message: impl Into<String>) -> TreeError {
        TreeError::new(self.at, message)
    }

    /// The error that there is no such name among these.
    fn unknown(&self, what: &str, valid: &[&str]) -> TreeError {
        let hint = match tree::nearest(self.name, valid.iter().copied()) {
            Some(name) => format!("; did you mean `{name}`?"),
            None => String::new(),
        };
        let valid = valid.join(", ");
        self.error(format!("unknown {what} `{}`{hint} ({what}s: {valid})", self.name))
    }
}

impl From<TreeError> for LoadError {
    fn from(error: TreeError) -> Self {
        LoadError { line: error.place.line, column: error.place.column, message: error.message }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for LoadError {}
