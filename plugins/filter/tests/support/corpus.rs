//! Real records, which are no part of the project.
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

use flate2::read::GzDecoder;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The records of the corpus, or nothing where that is not at hand.
///
/// It is looked for in the folder that `TRAILMILL_CORPUS` names, or in `../shared/corpus` beside
/// the workspace.
pub(crate) fn records() -> Option<Vec<String>> {
    let folder = match std::env::var_os("TRAILMILL_CORPUS") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"),
    };
    let Ok(entries) = fs::read_dir(folder.join("records")) else {
        eprintln!("SKIPPED: no records below {}", folder.display());
        return None;
    };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut records = Vec::new();
    for file in files {
        let mut text = String::new();
        GzDecoder::new(File::open(file).unwrap()).read_to_string(&mut text).unwrap();
        records.extend(text.lines().map(str::to_owned));
    }
    assert_eq!(records.len(), 6175, "the records of the corpus");
    Some(records)
}
