//! Every record of the corpus: what called is told, and nothing else is changed.
#![allow(clippy::print_stderr)]

mod support;

use serde_json::Value;
use std::collections::BTreeMap;
use support::enriched;
use trailmill_golden::corpus;

/// What is added to a record, once it is known that nothing else is changed.
fn added(record: &str) -> Value {
    let before: Value = serde_json::from_str(record).unwrap();
    let text = enriched(record, 1).unwrap();
    assert_eq!(enriched(record, 2).unwrap(), text, "a second call changes something");
    let mut after: Value = serde_json::from_str(&text).unwrap();
    let enrichment = after.as_object_mut().unwrap().remove("enrichment");
    assert_eq!(after, before, "something else was changed");
    let agent = enrichment.map_or(Value::Null, |mut enrichment| enrichment["userAgent"].take());
    let is_text = before["userAgent"].as_str().is_some_and(|text| !text.is_empty());
    assert_eq!(agent.is_object(), is_text);
    agent
}

#[derive(Default)]
struct Counts(BTreeMap<String, usize>);

impl Counts {
    fn add(&mut self, name: String) {
        *self.0.entry(name).or_default() += 1;
    }

    fn of(&self, name: &str) -> usize {
        self.0.get(name).copied().unwrap_or(0)
    }
}

#[test]
fn shares() {
    let Some(records) = corpus() else { return };
    let mut counts = Counts::default();
    for record in &records {
        let agent = added(record);
        let Some(members) = agent.as_object() else { continue };
        counts.add("all".to_owned());
        counts.add(format!("kind {}", members["kind"].as_str().unwrap()));
        for (name, value) in members {
            assert!(value.as_str().is_some_and(|text| !text.is_empty()), "{name} in {record}");
            counts.add(format!("with {name}"));
        }
        if members["kind"] == "unknown" {
            let record: Value = serde_json::from_str(record).unwrap();
            counts.add(format!("unknown {}", record["userAgent"]));
        }
    }
    for (name, count) in &counts.0 {
        eprintln!("{name}: {count}");
    }
    let (all, unknown) = (counts.of("all"), counts.of("kind unknown"));
    assert_eq!(all, 6174, "one record has no user agent");
    // What is left over is no user agent of anything: `does-not-matter`, `RANDOM_AGENT_NAME`.
    assert!(unknown * 100 <= all, "{unknown} of {all}");
    assert_eq!(unknown, counts.of("unknown \"does-not-matter\"") + 2);
}

/// Wherever a simulator of attacks has left its mark, it is found, whatever it went through.
#[test]
fn marks_are_found_wherever_they_stand() {
    let Some(records) = corpus() else { return };
    for (mark, tool) in [("stratus-red-team_", "Stratus Red Team"), ("grimoire_", "Grimoire")] {
        let mut seen = 0;
        for record in &records {
            let before: Value = serde_json::from_str(record).unwrap();
            if before["userAgent"].as_str().is_some_and(|text| text.contains(mark)) {
                let agent = added(record);
                assert_eq!((&agent["kind"], &agent["tool"]), (&"offensive".into(), &tool.into()));
                seen += 1;
            }
        }
        assert!(seen > 200, "{seen} records with {mark}");
    }
}
