//! Every record of the corpus: what it did is known, and nothing else is changed.
#![allow(clippy::print_stderr)]

mod support;

use serde_json::Value;
use std::collections::BTreeMap;
use support::enriched;

/// The record with its action, once it is known to be well formed.
fn checked(record: &str) -> Value {
    let before: Value = serde_json::from_str(record).unwrap();
    let text = enriched(record, 1).unwrap();
    assert_eq!(enriched(record, 2).unwrap(), text, "a second call changes something");
    let after: Value = serde_json::from_str(&text).unwrap();
    let mut rest = after.clone();
    rest.as_object_mut().unwrap().remove("enrichment");
    assert_eq!(rest, before, "something else was changed");
    assert_eq!(after["enrichment"]["action"].is_object(), before["eventName"].is_string());
    after
}

#[derive(Default)]
struct Counts(BTreeMap<String, usize>);

impl Counts {
    fn add(&mut self, name: &str, word: &Value) {
        if let Some(word) = word.as_str() {
            *self.0.entry(format!("{name} {word}")).or_default() += 1;
            *self.0.entry(name.to_owned()).or_default() += 1;
        }
    }

    fn of(&self, name: &str) -> usize {
        self.0.get(name).copied().unwrap_or(0)
    }
}

#[test]
fn shares() {
    let Some(records) = trailmill_golden::corpus() else { return };
    let mut counts = Counts::default();
    for record in &records {
        let after = checked(record);
        let action = &after["enrichment"]["action"];
        for name in ["access", "accessBasis", "outcome", "error", "category", "notable"] {
            counts.add(name, &action[name]);
        }
        counts.add("technique", &action["technique"]["id"]);
        let failed = !after["errorCode"].is_null() || !after["errorMessage"].is_null();
        assert_eq!(action["outcome"] == "failure", failed, "{record}");
        assert_eq!(action["error"].is_string(), failed, "{record}");
        if action["error"] == "other" {
            counts.add("no class for", &after["errorCode"]);
        }
        if action["category"].is_null() {
            counts.add("no category for", &after["eventSource"]);
        }
        if action["access"].is_null() {
            counts.add("no access for", &after["eventName"]);
        }
    }
    for (name, count) in &counts.0 {
        eprintln!("{name}: {count}");
    }
    assert_eq!(counts.of("outcome"), records.len());
    assert!(counts.of("access") * 1000 >= records.len() * 999, "{}", counts.of("access"));
    assert!(counts.of("category") * 1000 >= records.len() * 999, "{}", counts.of("category"));
    assert!(counts.of("error other") * 50 <= counts.of("error"), "{}", counts.of("error other"));
}

/// Where CloudTrail says `readOnly`, the verb would have told the same.
#[test]
fn verbs_agree_with_cloudtrail() {
    let Some(records) = trailmill_golden::corpus() else { return };
    let (mut said, mut known, mut wrong) = (0, 0, BTreeMap::<String, usize>::new());
    for record in &records {
        let mut event: Value = serde_json::from_str(record).unwrap();
        let Some(is_read) = event["readOnly"].as_bool() else { continue };
        event.as_object_mut().unwrap().remove("readOnly");
        let after: Value = serde_json::from_str(&enriched(&event.to_string(), 1).unwrap()).unwrap();
        said += 1;
        let Some(access) = after["enrichment"]["action"]["access"].as_str() else { continue };
        known += 1;
        if (access == "read") != is_read {
            let call = format!("{} {} is {access}", event["eventSource"], event["eventName"]);
            *wrong.entry(call).or_default() += 1;
        }
    }
    let differ: usize = wrong.values().sum();
    eprintln!("of {said} records with readOnly the verb tells {known}, {differ} otherwise");
    eprintln!("{wrong:#?}");
    assert!(known * 1000 >= said * 999, "{known} of {said}");
    assert!(differ * 200 <= said, "{differ} of {said}");
}
