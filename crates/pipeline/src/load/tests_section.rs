//! `tests:`, the cases that a pipeline file brings along.

use super::{Named, some_of, text_of};
use crate::testing::{TestCase, TestOut};
use crate::tree::{Node, TreeError, Value, check_keys};

/// The options of a test.
pub(crate) const KEYS: [&str; 5] = ["name", "in", "out", "quarantine", "collected_at"];

/// When the input of a test was collected, if the test does not say: a fixed time, so that rows
/// stay the same.
pub(crate) const COLLECTED_AT: &str = "2024-01-01T00:00:00Z";

pub(super) fn tests(node: &Node, outputs: &[&str]) -> Result<Vec<TestCase>, TreeError> {
    let mut tests: Vec<TestCase> = Vec::new();
    for node in some_of(node, "tests")? {
        let test = test(node, outputs)?;
        if tests.iter().any(|other| other.name == test.name) {
            let at = node.get("name").unwrap_or(node);
            return Err(at.error("two tests have the same name"));
        }
        tests.push(test);
    }
    Ok(tests)
}

fn test(node: &Node, outputs: &[&str]) -> Result<TestCase, TreeError> {
    check_keys(node, "a test", &KEYS)?;
    let needed = |key| match node.get(key) {
        Some(node) => text_of(node),
        None => Err(node.error(format!("the test needs the option `{key}`"))),
    };
    let test = TestCase {
        name: needed("name")?,
        input: needed("in")?,
        outs: match node.get("out") {
            Some(node) => outs(node, outputs)?,
            None => Vec::new(),
        },
        quarantine: node.get("quarantine").map(text_of).transpose()?,
        collected_at: match node.get("collected_at") {
            Some(node) => text_of(node)?,
            None => COLLECTED_AT.to_owned(),
        },
    };
    if test.outs.is_empty() && test.quarantine.is_none() {
        return Err(node.error("the test needs the option `out` or `quarantine`"));
    }
    Ok(test)
}

/// A file for the only output, or a map from the names of outputs to files.
fn outs(node: &Node, outputs: &[&str]) -> Result<Vec<TestOut>, TreeError> {
    let Value::Map(entries) = &node.value else {
        let path = text_of(node)?;
        return match outputs {
            [_] => Ok(vec![TestOut { output: 0, path }]),
            _ => {
                let names = outputs.join(", ");
                let message = "expected a map from outputs to files, as there are several outputs";
                Err(node.error(format!("{message} (outputs: {names})")))
            }
        };
    };
    let out = |entry: &crate::tree::Entry| {
        let named = Named { name: &entry.key, at: entry.key_at, options: None };
        match outputs.iter().position(|name| *name == entry.key) {
            Some(output) => Ok(TestOut { output, path: text_of(&entry.value)? }),
            None => Err(named.unknown("output", outputs)),
        }
    };
    entries.iter().map(out).collect()
}
