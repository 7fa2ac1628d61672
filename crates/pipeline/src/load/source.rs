//! `source:`, where input comes from.

use super::{Named, some_of, text_of};
use crate::pipeline::SourceSettings;
use crate::tree::{Node, TreeError, Value, check_keys};

/// Reads `stdin` or `{ files: [...] }`; a single pattern may stand without its list.
pub(super) fn source(node: &Node) -> Result<SourceSettings, TreeError> {
    let named = Named::read(node, "source")?;
    match (named.name, named.options) {
        ("stdin", None) => Ok(SourceSettings::Stdin),
        ("stdin", Some(options)) => {
            check_keys(options, "source `stdin`", &[])?;
            Ok(SourceSettings::Stdin)
        }
        ("files", Some(patterns)) => Ok(SourceSettings::Files { patterns: texts(patterns)? }),
        ("files", None) => Err(named.error("`files` wants a list of files, folders and globs")),
        _ => Err(named.unknown("source", &["files", "stdin"])),
    }
}

fn texts(node: &Node) -> Result<Vec<String>, TreeError> {
    match node.value {
        Value::String(_) => Ok(vec![text_of(node)?]),
        _ => some_of(node, "files")?.iter().map(text_of).collect(),
    }
}
