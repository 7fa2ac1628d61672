//! Tests over the list of plugins and over the manifests of the workspace.

mod arrows;
mod faults;
mod list;
mod options;

use std::fs;
use std::path::{Path, PathBuf};
use trailmill_catalog::STAGES;
use trailmill_stage::StageSpec;

/// Every stage that a pipeline may name: the plugins, and `wasm`, which is held to the same rules.
fn stages() -> Vec<&'static StageSpec> {
    trailmill_host::stages(STAGES)
}

/// A path in the workspace.
fn workspace(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// The names of the folders in a folder of the workspace, sorted.
fn folders(path: &str) -> Vec<String> {
    let entries = fs::read_dir(workspace(path)).unwrap();
    let folders = entries.map(|entry| entry.unwrap()).filter(|e| e.path().is_dir());
    let mut names: Vec<String> =
        folders.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
