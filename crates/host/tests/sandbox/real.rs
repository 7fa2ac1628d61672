//! The guest of this project as a stage: the cases of `flatten` come out as they do without it.

use crate::build::module;
use crate::support::{apply, build};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use trailmill_event::json::compact_into;

/// The folders of cases of one record that becomes one row.
fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins/flatten/tests");
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    cases.retain(|case| case.join("in.json").exists() && case.join("out.json").exists());
    cases.sort();
    cases
}

fn compact(path: &Path) -> String {
    let mut out = Vec::new();
    compact_into(&fs::read(path).expect("a file"), &mut out);
    String::from_utf8(out).expect("text")
}

#[test]
fn the_whole_pipeline_is_a_guest() {
    let cases = cases();
    assert!(cases.len() >= 5, "cases are looked for in the wrong place");
    let mut stages = Vec::<(String, Box<dyn trailmill_stage::Stage>)>::new();
    for case in &cases {
        let settings = fs::read_to_string(case.join("settings.json")).unwrap_or("{}".to_owned());
        if !stages.iter().any(|(known, _)| *known == settings) {
            let flatten: Value = serde_json::from_str(&settings).expect("settings");
            let pipeline = json!({"stages": ["decode-cloudtrail", {"flatten": flatten}]});
            // What is compiled for tests is slow.
            let more = json!({"settings": pipeline, "deadline_ms": 10_000});
            let stage = build(module().to_vec(), more);
            stages.push((settings.clone(), stage.unwrap_or_else(|error| panic!("{error}"))));
        }
        let stage = stages.iter().find(|(known, _)| *known == settings).expect("a stage");
        let row = apply(&*stage.1, &compact(&case.join("in.json")));
        assert_eq!(row, Ok(Some(compact(&case.join("out.json")))), "{}", case.display());
    }
    println!("{} cases of flatten, the same rows", cases.len());
}
