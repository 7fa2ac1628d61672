//! Real records, which are no part of the project.
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

use flate2::read::GzDecoder;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// How many records the corpus has: a part of it would prove less than it seems to.
const RECORDS: usize = 6175;

/// The records of the corpus in the order of its files, one JSON text each; or nothing, and a line
/// on the error output that says so, where the corpus is not at hand.
///
/// It is looked for in the folder that `TRAILMILL_CORPUS` names, or in `../shared/corpus` beside
/// the workspace, as `records/*.jsonl.gz`.
///
/// # Panics
/// If it is there, but can not be read or is not whole.
pub fn corpus() -> Option<Vec<String>> {
    let folder = match std::env::var_os("TRAILMILL_CORPUS") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"),
    };
    let Ok(entries) = fs::read_dir(folder.join("records")) else {
        eprintln!("SKIPPED: no records below {}", folder.display());
        return None;
    };
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    let mut records = Vec::new();
    for path in files {
        let file = File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut text = String::new();
        let read = GzDecoder::new(file).read_to_string(&mut text);
        read.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        records.extend(text.lines().map(str::to_owned));
    }
    assert_eq!(records.len(), RECORDS, "the records of the corpus");
    Some(records)
}
