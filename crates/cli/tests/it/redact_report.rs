//! `redact-report`: what would be hidden, and nothing of it.

use crate::scene::Scene;
use serde_json::{Value, json};

const PIPELINE: &str = "\
stages:
  - decode-cloudtrail
  - redact: { preset: secrets, key: { file: key.txt } }
";

const RECORDS: &str = concat!(
    r#"{"eventVersion":"1.08","eventTime":"2024-01-01T00:00:00Z","eventName":"CreateUser","#,
    r#""requestParameters":{"tags":[{"password":"hunter2"}]}}"#,
    "\n",
    r#"{"eventVersion":"1.08","eventTime":"2024-01-01T00:00:00Z","eventName":"CreateUser","#,
    r#""requestParameters":{"tags":[{"password":"hunter3"},"#,
    r#"{"password":"****"}]},"errorMessage":"a://b:hunter4@c"}"#,
    "\n",
);

#[test]
fn findings_are_counted_and_not_shown() {
    let scene = Scene::new();
    scene.write("r.yaml", PIPELINE);
    scene.write("key.txt", "0123456789abcdef");
    scene.write("in.ndjson", RECORDS);
    let ended = scene.run(&["redact-report", "r.yaml", "in.ndjson"]).good();
    let expected = "     count  rule                        path\n         1  \
        secrets: connection-string  errorMessage\n         2  \
        secrets: password           requestParameters.tags[].password\n\
        2 events read, 0 quarantined\n";
    assert_eq!(ended.out, expected);
    let ended = scene.run(&["redact-report", "r.yaml", "in.ndjson", "--json"]).good();
    let found: Value = serde_json::from_str(&ended.out).expect("JSON");
    let row =
        |rule: &str, path: &str, count: u64| json!({ "rule": rule, "path": path, "count": count });
    let findings = [
        row("secrets: connection-string", "errorMessage", 1),
        row("secrets: password", "requestParameters.tags[].password", 2),
    ];
    assert_eq!(found, json!({ "read": 2, "quarantined": 0, "findings": findings }));
    assert!(!format!("{}{}", ended.out, ended.err).contains("hunter"));
}

#[test]
fn a_short_key_is_told_and_not_shown() {
    let scene = Scene::new();
    scene.write("r.yaml", PIPELINE);
    scene.write("key.txt", "too short");
    let ended = scene.run(&["redact-report", "r.yaml", "in.ndjson"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.contains("the key has 9 bytes and needs 16 or more"), "{}", ended.err);
    assert!(!ended.err.contains("too short"));
}
