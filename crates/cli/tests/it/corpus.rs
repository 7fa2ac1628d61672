//! Hostile files, where the corpus is at hand: each ends as its manifest says, read or piped.

use crate::scene::{Ended, Scene};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Tests run on a busy machine, without optimization; the program itself stays far below.
const TIME_MAX: Duration = Duration::from_secs(20);

fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let path = std::env::var_os("TRAILMILL_CORPUS").map_or(beside, PathBuf::from);
    if !path.is_dir() {
        eprintln!("skipped: there is no corpus; TRAILMILL_CORPUS can name it");
        return None;
    }
    Some(path)
}

/// What became of a file: the summary, the rows and the quarantine.
fn outcome(scene: &Scene, run: impl FnOnce(&[&str]) -> Ended, input: &str) -> (Value, String) {
    let started = Instant::now();
    let args = ["run", "p.yaml", input, "--summary", "json", "--collected-at"];
    let ended = run(&[&args[..], &["2024-01-01T00:00:00Z"]].concat());
    assert!(started.elapsed() < TIME_MAX, "{input} took {:?}", started.elapsed());
    let summary = ended.good().summary();
    (summary, scene.read("out/rows.ndjson"))
}

fn check(file: &str, action: &str, summary: &Value) {
    let figure = |name: &str| summary[name].as_u64().expect(name);
    let faulty = figure("quarantined") + figure("deadInputs");
    let context = format!("{file} ({action}): {summary}");
    match action {
        "accept" => assert_eq!(faulty, 0, "{context}"),
        "dead" | "cap" => assert!(faulty > 0 && figure("written") == 0, "{context}"),
        "dead-or-flag" | "part-or-dead" | "part" => assert!(faulty > 0, "{context}"),
        "flag" => assert!(faulty > 0 || figure("written") > 0, "{context}"),
        other => panic!("{file}: nobody knows what {other} means"),
    }
    let kept = summary["quarantine"].as_str();
    assert_eq!(kept.is_some(), faulty > 0, "{context}");
}

#[test]
fn hostile_files_end_as_they_should() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("badinputs");
    let manifest = std::fs::read_to_string(folder.join("MANIFEST.tsv")).expect("the manifest");
    let mut files = 0;
    for line in manifest.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let (file, action) = (fields[0], fields[4]);
        let scene = Scene::new();
        let path = folder.join(file);
        let name = path.to_string_lossy();
        let (summary, rows) = outcome(&scene, |args| scene.run(args), &name);
        check(file, action, &summary);
        let bytes = std::fs::read(&path).expect("can be read");
        let (piped, piped_rows) = outcome(&scene, |args| scene.feed(args, &bytes), "-");
        assert!(rows == piped_rows, "{file}: other rows when it is piped");
        for figure in ["read", "written", "quarantined", "deadInputs"] {
            assert_eq!(summary[figure], piped[figure], "{file}: {figure}, when it is piped");
        }
        files += 1;
    }
    assert!(files > 50, "only {files} files");
}

#[test]
fn every_real_record_gives_a_row() {
    let Some(corpus) = corpus() else { return };
    let scene = Scene::new();
    let name = corpus.join("records").to_string_lossy().into_owned();
    let (summary, rows) = outcome(&scene, |args| scene.run(args), &name);
    assert_eq!(summary["read"], 6175);
    assert_eq!(summary["written"], 6175);
    assert_eq!(summary["deadInputs"], 0);
    assert_eq!(rows.lines().count(), 6175);
}
