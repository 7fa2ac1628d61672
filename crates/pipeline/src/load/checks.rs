//! Checks across the parts of a pipeline file.

use crate::pipeline::{Output, Route};
use crate::step::{Action, Step as Stage};
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

/// A stage that remembers stands where its memory sees each event once and in order, and where the
/// event still is a record; see [`trailmill_stage::Remember`].
pub(super) fn memories(root: &Node, shared: &[Stage], outputs: &[Output]) -> Result<(), TreeError> {
    let remembers = |stage: &Stage| matches!(stage.action, Action::Remember(_));
    for (number, output) in outputs.iter().enumerate() {
        if let Some(position) = output.steps.iter().position(remembers) {
            let steps = [Step::Key("outputs"), Step::Index(number), Step::Key("stages")];
            let place = locate(root, &[&steps[..], &[Step::Index(position)]].concat());
            let name = output.steps[position].name;
            let message = format!(
                "`{name}` remembers events, so it must stand among the stages that all outputs share"
            );
            return Err(TreeError::new(place, message));
        }
    }
    let mut before: Option<(&str, &str)> = None;
    for (position, stage) in shared.iter().enumerate() {
        if remembers(stage) {
            if let Some((name, why)) = before {
                // The decoder stands before the first of these.
                let steps = [Step::Key("stages"), Step::Index(position + 1)];
                let message = format!("`{}` can not stand behind `{name}`, {why}", stage.name);
                return Err(TreeError::new(locate(root, &steps), message));
            }
            before = Some((stage.name, "as only one stage of a pipeline can remember events"));
        } else if stage.columns().is_some() {
            before = before.or(Some((stage.name, "which makes rows of the events")));
        }
    }
    Ok(())
}

/// An output with `else` is the last, and behind one with `when`: else it would take nothing, or
/// everything, and its name says neither.
pub(super) fn routes(root: &Node, outputs: &[Output]) -> Result<(), TreeError> {
    let Some(rest) = outputs.iter().position(|output| matches!(output.route, Route::Rest)) else {
        return Ok(());
    };
    let at =
        |position| locate(root, &[Step::Key("outputs"), Step::Index(position), Step::Key("else")]);
    let name = &outputs[rest].name;
    if rest + 1 < outputs.len() {
        let message = format!("output `{name}` has `else` and must be the last of the outputs");
        return Err(TreeError::new(at(rest), message));
    }
    if !outputs.iter().any(|output| matches!(output.route, Route::When(_))) {
        let message = "no output before this one has a `when`, so there is no `else`";
        return Err(TreeError::new(at(rest), message));
    }
    Ok(())
}

fn clash(a: &Target, b: &Target) -> bool {
    match (a, b) {
        (Target::Stdout, Target::Stdout) => true,
        (Target::File { path: a, .. }, Target::File { path: b, .. }) => a.text() == b.text(),
        _ => false,
    }
}
