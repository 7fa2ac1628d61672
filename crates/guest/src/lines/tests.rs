//! Rows, what is in trouble, and what is neither.

use super::*;
use crate::configuration::Configured;
use trailmill_abi::{PIPELINE, entry};

const RECORD: &str = r#"{"eventVersion":"1.08","eventTime":"2024-03-08T09:41:07Z","eventSource":"s3.amazonaws.com","eventName":"PutObject"}"#;

/// How an input ends, the lines, and the kind of fault of each.
fn ended(pipeline: &str, input: &str) -> (End, Vec<String>, Vec<Option<String>>) {
    let mut configuration = Vec::new();
    entry(PIPELINE, "pipeline.yaml", pipeline.as_bytes(), &mut configuration);
    let configured = Configured::new(&configuration).expect("a configuration");
    let mut guest = Guest::new(&configured, None);
    let mut lines = Lines::default();
    // Nothing is left of the input before.
    guest.lines(b"{}\n{}\nx", &mut lines);
    let end = guest.lines(input.as_bytes(), &mut lines);
    let text = |line: &[u8]| String::from_utf8(line.to_vec()).expect("text");
    let kind = |fault: Option<&Fault>| fault.map(|fault| fault.kind.clone());
    let (lines, kinds) = lines.each().map(|(line, fault)| (text(line), kind(fault))).unzip();
    (end, lines, kinds)
}

#[test]
fn rows_come_first_and_trouble_behind_them() {
    let input = format!("{RECORD}\n{{\"a\":1}}\n{RECORD}\n");
    let (end, lines, kinds) = ended("stages: [decode-cloudtrail]", &input);
    assert_eq!(end, End::Lines);
    assert_eq!(lines[..2], [RECORD, RECORD]);
    assert!(lines[2].starts_with(r#"{"a":1,"trailmillFault":{"stage":"decode-cloudtrail","#));
    assert_eq!(kinds, [None, None, Some("unknown-shape".to_owned())]);
}

/// A record that is written over several lines is one line.
#[test]
fn trouble_is_one_line() {
    let (_, lines, kinds) = ended("stages: [decode-cloudtrail]", "{\n  \"a\":\r\n \"b\\n\"\n}");
    assert_eq!(kinds.len(), 1);
    assert!(lines[0].starts_with("{   \"a\":   \"b\\n\",\"trailmillFault\""), "{}", lines[0]);
}

#[test]
fn what_is_not_wanted_leaves_no_line() {
    let pipeline =
        "stages: [decode-cloudtrail, { filter: { drop: 'eventName == \"PutObject\"' } }]";
    assert_eq!(ended(pipeline, RECORD), (End::Unwanted, vec![], vec![]));
    let dropped = "stages: [ { decode-cloudtrail: { on_fault: drop } } ]";
    assert_eq!(ended(dropped, "{\"a\":1}").0, End::Unwanted);
}

#[test]
fn an_input_without_a_record_is_in_trouble() {
    let (end, lines, kinds) = ended("stages: [decode-cloudtrail]", "{\"Records\":[]}");
    assert_eq!((end, kinds), (End::Lines, vec![Some("no-record".to_owned())]));
    assert!(lines[0].starts_with("{\"Records\":[],\"trailmillFault\""));
}

#[test]
fn of_a_guarded_pipeline_only_what_is_safe_is_told() {
    let pipeline = "stages: [decode-cloudtrail, { redact: { preset: secrets } }]";
    let (_, lines, _) = ended(pipeline, "{\"password\":\"hunter2\"}\n{\"password\":");
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(|line| line.starts_with("{\"trailmillFault\"")), "{lines:?}");
    let mut lines = Lines::default();
    assert_eq!(lines.refuse(&INPUT_TOO_LARGE, true), End::Lines);
    assert!(lines.text().starts_with(b"{\"trailmillFault\""));
    assert_eq!(lines.refuse(&INPUT_TOO_LARGE, false), End::Untouched);
    assert_eq!(lines.fault().map(|fault| &*fault.kind), Some("input-too-large"));
}

/// Bytes that are no text come back whole.
#[test]
fn bytes_are_kept() {
    let mut lines = Lines::default();
    let mut line = Vec::new();
    line.extend_from_slice(br#"{"fault":"k","message":"m","stage":"s","rawBase64":"/3s="}"#);
    assert!(lines.quarantine(&line).is_continue());
    assert_eq!(lines.end(), End::Lines);
    assert!(lines.text().starts_with(b"{\"rawBase64\":\"/3s=\",\"trailmillFault\""));
}
