//! Checks across the parts of a pipeline file.

use crate::pipeline::Output;
use crate::target::Target;
use crate::tree::{Node, Step, TreeError, locate};

/// No two targets may write to the same place: their lines would mix, or the later file would
/// take the place of the earlier one.
pub(super) fn targets(
    root: &Node,
    outputs: &[Output],
    quarantine: Option<&Target>,
) -> Result<(), TreeError> {
    for (position, output) in outputs.iter().enumerate() {
        let same = outputs[..position].iter().find(|other| clash(&other.to, &output.to));
        if let Some(other) = same {
            let steps = [Step::Key("outputs"), Step::Index(position), Step::Key("to")];
            let who = format!("outputs `{}` and `{}`", other.name, output.name);
            return Err(TreeError::new(
                locate(root, &steps),
                format!("{who} have the same target"),
            ));
        }
    }
    let same = quarantine.and_then(|to| outputs.iter().find(|output| clash(&output.to, to)));
    match same {
        None => Ok(()),
        Some(output) => {
            let who = format!("output `{}` and the quarantine", output.name);
            let place = locate(root, &[Step::Key("quarantine")]);
            Err(TreeError::new(place, format!("{who} have the same target")))
        }
    }
}

fn clash(a: &Target, b: &Target) -> bool {
    match (a, b) {
        (Target::Stdout, Target::Stdout) => true,
        (Target::File { path: a, .. }, Target::File { path: b, .. }) => a.text() == b.text(),
        _ => false,
    }
}
