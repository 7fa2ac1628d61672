//! What the README of a ready pipeline shows is what its tests hold.

use std::fs;
use std::path::{Path, PathBuf};

/// The texts of the fenced blocks of a language.
fn blocks<'t>(text: &'t str, language: &str) -> Vec<&'t str> {
    let fence = format!("```{language}\n");
    let behind = text.split(&fence).skip(1);
    behind.map(|text| text.split("```").next().unwrap_or_default()).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    entries.map(|entry| entry.expect("an entry").path()).collect()
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path:?}: {error}"))
}

#[test]
fn json_in_readmes_is_that_of_a_test() {
    let pipelines = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pipelines");
    let mut shown = 0;
    for pipeline in files(&pipelines) {
        let tests: Vec<String> = files(&pipeline.join("tests")).iter().map(|f| text(f)).collect();
        for block in blocks(&text(&pipeline.join("README.md")), "json") {
            assert!(tests.iter().any(|test| test == block), "in no test of {pipeline:?}:\n{block}");
            shown += 1;
        }
    }
    assert!(shown >= 3, "nothing was looked at");
}

/// A file that nobody names tests nothing.
#[test]
fn every_file_is_named_by_its_pipeline() {
    let pipelines = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pipelines");
    for pipeline in files(&pipelines) {
        let settings = text(&pipeline.join("pipeline.yaml"));
        for file in files(&pipeline.join("tests")) {
            let name = file.file_name().expect("a name").to_string_lossy().into_owned();
            assert!(settings.contains(&format!("tests/{name}\n")), "{file:?}");
        }
    }
}
