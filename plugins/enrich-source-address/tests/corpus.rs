//! Every record of the corpus: its source address is classified, and nothing else is changed.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::print_stderr)]

mod support;

use flate2::read::GzDecoder;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use support::{enriched, stage};

/// The records of the corpus, or nothing where that is not at hand.
///
/// It is looked for in the folder that `TRAILMILL_CORPUS` names, or in `../shared/corpus` beside
/// the workspace.
fn records() -> Option<Vec<String>> {
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

#[test]
fn shares() {
    let Some(records) = records() else { return };
    let stage = stage();
    let mut counts = BTreeMap::<String, usize>::new();
    let mut invalid = Vec::new();
    for record in &records {
        let before: Value = serde_json::from_str(record).unwrap();
        let text = enriched(&stage, record, 1).unwrap();
        assert_eq!(enriched(&stage, record, 2).unwrap(), text, "a second call changes something");
        let mut after: Value = serde_json::from_str(&text).unwrap();
        let added = after.as_object_mut().unwrap().remove("enrichment").unwrap_or_default();
        assert_eq!(after, before, "something else was changed");
        let added = &added["sourceAddress"];
        assert_eq!(added.is_object(), before["sourceIPAddress"].is_string());
        for name in ["kind", "family", "block", "service"] {
            if let Some(word) = added[name].as_str() {
                *counts.entry(format!("{name} {word}")).or_default() += 1;
            }
        }
        if added["kind"] == "invalid" {
            invalid.push(before["sourceIPAddress"].to_string());
        }
    }
    for (name, count) in &counts {
        eprintln!("{name}: {count}");
    }
    // The one text that is nothing: an address that somebody has blanked out in part.
    assert_eq!(invalid, ["\"30.*.0.210\""]);
}
