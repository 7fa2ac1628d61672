//! Runs one example of a SPEC.

use crate::diff;
use crate::outcome::Outcome;
use crate::run::run;
use std::fs;
use std::path::{Path, PathBuf};
use trailmill_stage::{After, Example, Resources, StageSpec};

/// The files that examples of a plugin name: those beside its tests, in `plugins/NAME/tests`.
/// The stage `wasm` is no plugin; its files are those of `crates/host`.
#[derive(Debug)]
pub struct ExampleFiles(PathBuf);

impl ExampleFiles {
    /// Those of a plugin.
    pub fn of(spec: &StageSpec) -> Self {
        ExampleFiles(folder_of(spec.name).join("tests"))
    }
}

/// The folder of the package that a stage is in.
pub fn folder_of(stage: &str) -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    match stage {
        "wasm" => workspace.join("crates/host"),
        plugin => workspace.join("plugins").join(plugin),
    }
}

impl Resources for ExampleFiles {
    fn file(&self, path: &str) -> Result<Vec<u8>, String> {
        fs::read(self.0.join(path)).map_err(|error| format!("cannot read {path}: {error}"))
    }
}

/// Runs one example.
///
/// # Errors
/// What does not hold.
pub(crate) fn check(spec: &StageSpec, example: &Example) -> Result<(), String> {
    let input = example.before.as_bytes();
    let outcomes = run(spec, example.settings, &ExampleFiles::of(spec), input);
    compare(example.after, &outcomes.map_err(|error| error.to_string())?)
}

fn compare(after: After, outcomes: &[Outcome]) -> Result<(), String> {
    let events: Vec<&str> = outcomes.iter().filter_map(Outcome::event).collect();
    let all_good = events.len() == outcomes.len();
    let no_fault = outcomes.iter().all(|outcome| outcome.fault().is_none());
    match after {
        After::Event(expected) if all_good => diff::json(&[expected], &events),
        After::Events(expected) if no_fault => diff::json(expected, &events),
        After::Filtered if outcomes == [Outcome::Filtered] => Ok(()),
        After::Fault(kind) if only_fault(outcomes) == Some(kind) => Ok(()),
        _ => Err(format!("expected {after:?}, got {outcomes:?}")),
    }
}

/// The kind of the fault, if one fault is all that came.
fn only_fault(outcomes: &[Outcome]) -> Option<&'static str> {
    match outcomes {
        [one] => one.fault().map(|fault| fault.kind.name),
        _ => None,
    }
}
