//! `outputs:`, each with its target, and with stages of its own if it likes.

use super::stages::Loader;
use super::when::{WHEN, when};
use super::{some_of, target, text_of};
use crate::pipeline::{Output, Route};
use crate::target::Target;
use crate::tree::{Node, TreeError, check_keys};

/// The options of an output.
pub(crate) const KEYS: [&str; 5] = ["name", "when", "else", "stages", "to"];

/// What there is if the file names no outputs.
pub(super) fn default() -> Output {
    Output { name: "1".to_owned(), route: Route::Everything, to: Target::Stdout, steps: Vec::new() }
}

pub(super) fn outputs(node: &Node, stages: &Loader<'_>) -> Result<Vec<Output>, TreeError> {
    let mut outputs: Vec<Output> = Vec::new();
    for (position, node) in some_of(node, "outputs")?.iter().enumerate() {
        let output = output(node, position, stages)?;
        if outputs.iter().any(|other| other.name == output.name) {
            let at = node.get("name").unwrap_or(node);
            return Err(at.error(format!("two outputs have the name `{}`", output.name)));
        }
        outputs.push(output);
    }
    Ok(outputs)
}

fn output(node: &Node, position: usize, stages: &Loader<'_>) -> Result<Output, TreeError> {
    check_keys(node, "an output", &KEYS)?;
    let to = node.get("to").ok_or_else(|| node.error("the output needs the option `to`"))?;
    let name = match node.get("name") {
        Some(name) => text_of(name)?,
        None => (position + 1).to_string(),
    };
    Ok(Output {
        route: route(node, &name)?,
        name,
        to: target::target(to, true)?,
        steps: match node.get("stages") {
            Some(list) => stages.steps(list.as_list()?)?,
            None => Vec::new(),
        },
    })
}

fn route(node: &Node, name: &str) -> Result<Route, TreeError> {
    let rest = node.get("else").map(Node::as_bool).transpose()?.unwrap_or_default();
    match (node.get(WHEN), rest) {
        (None, false) => Ok(Route::Everything),
        (None, true) => Ok(Route::Rest),
        (Some(condition), false) => Ok(Route::When(when(condition, &format!("output `{name}`"))?)),
        (Some(condition), true) => Err(condition.error(
            "an output with `else` takes what no other took; it can not have a `when` as well",
        )),
    }
}
