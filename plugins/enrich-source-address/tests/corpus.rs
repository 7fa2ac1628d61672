//! Every record of the corpus: its source address is classified, and nothing else is changed.
#![allow(clippy::print_stderr)]

mod support;

use serde_json::Value;
use std::collections::BTreeMap;
use support::stage;
use trailmill_golden::applied;

#[test]
fn shares() {
    let Some(records) = trailmill_golden::corpus() else { return };
    let stage = stage();
    let mut counts = BTreeMap::<String, usize>::new();
    let mut invalid = Vec::new();
    for record in &records {
        let before: Value = serde_json::from_str(record).unwrap();
        let text = applied(&stage, record, 1).unwrap();
        assert_eq!(applied(&stage, record, 2).unwrap(), text, "a second call changes something");
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
