//! Records of the project's own making: those of the golden cases.

use std::fs;
use std::path::{Path, PathBuf};

/// The records of the golden cases, in the order of their names.
pub(crate) fn records() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path().join("in.json")).collect();
    files.sort();
    let records: Vec<String> =
        files.iter().filter_map(|file| fs::read_to_string(file).ok()).collect();
    assert!(records.len() >= 14, "the golden cases");
    records
}
