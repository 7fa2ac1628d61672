//! The examples of the descriptor, and the cases in the folders beside this file.
#![allow(clippy::disallowed_methods, reason = "the databases of the cases are files")]

mod support;

use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use support::{build, sample};
use trailmill_enrich_geoip::SPEC;
use trailmill_golden::applied;

#[test]
fn examples() {
    trailmill_golden::examples(&SPEC);
}

#[test]
fn cases() {
    // The databases beside the cases are those that are made here.
    let update = std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1");
    for (name, bytes) in sample::files() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name);
        if update {
            fs::write(&path, &bytes).unwrap();
        }
        assert!(fs::read(&path).is_ok_and(|file| file == bytes), "{name} is not what is made");
    }
    trailmill_golden::cases(&SPEC, "tests");
}

/// The details show what comes out.
#[test]
fn the_answer_in_the_details_is_a_true_one() {
    let (city, asn) = (sample::city(), sample::asn());
    let files = [("city.mmdb", &*city), ("asn.mmdb", &*asn)];
    let stage = build(json!({"databases": ["city.mmdb", "asn.mmdb"]}), &files).unwrap();
    let text = applied(&*stage, r#"{"sourceIPAddress":"89.160.20.112"}"#, 1).unwrap();
    let after: Value = serde_json::from_str(&text).unwrap();
    let shown = SPEC.details.split("```json").nth(1).unwrap().split("```").next().unwrap();
    let shown: Value = serde_json::from_str(shown).unwrap();
    assert_eq!(after["enrichment"]["geo"].to_string(), shown.to_string());
}
