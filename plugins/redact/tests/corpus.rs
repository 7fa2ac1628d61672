//! Every record of the corpus: what must stay stays, and a second pass changes nothing.
#![allow(clippy::print_stderr, reason = "figures, for people")]

mod support;

use serde_json::Value;
use std::collections::BTreeMap;
use support::{preset, redacted};
use trailmill_redact::Redactor;
use trailmill_stage::event::{Batch, Source};

/// What no preset may change.
const KEPT: &[&str] =
    &["eventID", "requestID", "eventName", "eventSource", "eventTime", "awsRegion"];

fn check(stage: &Redactor, record: &str) -> bool {
    let before: Value = serde_json::from_str(record).unwrap();
    let text = redacted(stage, record).unwrap();
    assert_eq!(redacted(stage, &text).unwrap(), text, "a second pass changes something");
    let after: Value = serde_json::from_str(&text).unwrap();
    for name in KEPT {
        // Some records of Secrets Manager have an ARN in their `requestID`.
        let is_arn = before[name].as_str().is_some_and(|text| text.contains(":arn:"));
        assert!(is_arn || after[name] == before[name], "{name}: {}", after[name]);
    }
    after != before
}

fn run(names: &[&str], has_key: bool) -> usize {
    let Some(records) = trailmill_golden::corpus() else { return 0 };
    let stage = preset(names, has_key);
    let changed = records.iter().filter(|record| check(&stage, record)).count();
    eprintln!("{names:?}, key {has_key}: {changed} of {} records changed", records.len());
    changed
}

#[test]
fn secrets() {
    run(&["secrets"], false);
}

#[test]
fn secrets_with_key() {
    run(&["secrets"], true);
}

#[test]
fn pii() {
    run(&["pii"], false);
}

#[test]
fn share() {
    run(&["share"], true);
}

/// `:secret:` ARNs are those of secrets, and no secrets.
#[test]
fn arns_of_secrets_stay() {
    let Some(records) = trailmill_golden::corpus() else { return };
    for has_key in [false, true] {
        let stage = preset(&["secrets"], has_key);
        let mut seen = 0;
        for record in records.iter().filter(|record| record.contains(":secret:")) {
            let text = redacted(&stage, record).unwrap();
            let count = |text: &str| text.matches(":secret:").count();
            assert_eq!(count(&text), count(record), "{text}");
            seen += 1;
        }
        eprintln!("{seen} records with ARNs of secrets");
    }
}

/// What is found where, for people to judge.
#[test]
fn findings() {
    let Some(records) = trailmill_golden::corpus() else { return };
    for names in [&["secrets"][..], &["secrets", "pii"]] {
        let stage = preset(names, true);
        let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
        for record in &records {
            let mut batch = Batch::new();
            batch.load_lines(record.as_bytes(), Source::default()).unwrap();
            for finding in stage.findings(&batch.event(0)) {
                *counts.entry((finding.rule, finding.path)).or_default() += 1;
            }
        }
        for ((rule, path), count) in &counts {
            eprintln!("{names:?}\t{count}\t{rule}\t{path}");
        }
    }
}
