//! The guest of this project as a stage: the cases of `flatten` come out as they do without it.

use crate::support::{apply, build};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use trailmill_event::json::compact_into;
use trailmill_shim::guest;
use trailmill_stage::Stage;

/// The folders of cases of one whole record, as the decoder wants it, that becomes one row.
fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins/flatten/tests");
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    cases.retain(|case| {
        let record = fs::read_to_string(case.join("in.json")).unwrap_or_default();
        record.contains("\"eventID\"") && case.join("out.json").exists()
    });
    cases.sort();
    cases
}

fn compact(path: &Path) -> String {
    let mut out = Vec::new();
    compact_into(&fs::read(path).expect("a file"), &mut out);
    String::from_utf8(out).expect("text")
}

/// The stage with the guest, configured with a decoder and `flatten`.
fn stage(settings: &str) -> Box<dyn Stage> {
    let flatten: Value = serde_json::from_str(settings).expect("settings");
    let pipeline = json!({"stages": ["decode-cloudtrail", {"flatten": flatten}]});
    let more = json!({"settings": pipeline, "deadline_ms": 10_000});
    build(guest(env!("CARGO_TARGET_TMPDIR")).to_vec(), more)
        .unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_whole_pipeline_is_a_guest() {
    let cases = cases();
    assert!(cases.len() >= 10, "cases are looked for in the wrong place");
    // To start a guest of this size takes its time, and most cases share their settings.
    let mut stages = Vec::new();
    for case in &cases {
        let settings = fs::read_to_string(case.join("settings.json")).unwrap_or("{}".to_owned());
        let known = stages.iter().position(|(known, _)| *known == settings);
        let at = known.unwrap_or_else(|| {
            stages.push((settings.clone(), stage(&settings)));
            stages.len() - 1
        });
        let row = apply(&*stages[at].1, &compact(&case.join("in.json")));
        assert_eq!(row, Ok(Some(compact(&case.join("out.json")))), "{}", case.display());
    }
    println!("{} cases of flatten in {} guests: the same rows", cases.len(), stages.len());
}
