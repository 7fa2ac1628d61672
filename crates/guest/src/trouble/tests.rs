//! What is passed on of records in trouble.

use super::*;

static KIND: FaultKind = FaultKind { name: "a-kind", message: "a message" };

const FAULT: &str = r#""trailmillFault":{"stage":"s","kind":"k","message":"m"}"#;

fn passed(trouble: &Trouble, record: &str) -> String {
    let mut out = Vec::new();
    trouble.write(record.as_bytes(), &mut Index::new(), &mut out);
    String::from_utf8(out).expect("text")
}

/// What is passed on of a record whose quarantine line ends in `evidence`.
fn passed_by(evidence: &str, record: &str) -> String {
    let line = format!(r#"{{"fault":"k","message":"m","stage":"s",{evidence}}}"#);
    passed(&Trouble::of_line(line.as_bytes()).expect("a line"), record)
}

#[test]
fn a_record_keeps_its_text() {
    for (record, expected) in [
        (r#"{"a":1e400}"#, r#"{"a":1e400,"#),
        (" {\n} ", "{"),
        (r#"{ "}" : "}" }"#, r#"{ "}" : "}","#),
        ("[1]", r#"{"raw":"[1]","#),
        ("", r#"{"raw":"","#),
        ("{\u{0}}", r#"{"raw":"{\u0000}","#),
    ] {
        assert_eq!(passed_by(r#""raw":"""#, record), format!("{expected}{FAULT}}}"));
    }
}

/// A guard has passed the event, so that it may be shown as it is then.
#[test]
fn of_a_redacted_record_what_guards_have_passed_is_told() {
    let evidence = r#""redacted":true,"event":"{\"a\":\"***\"}""#;
    assert_eq!(passed_by(evidence, r#"{"a":"secret"}"#), format!(r#"{{"a":"***",{FAULT}}}"#));
    let evidence = r#""redacted":true,"event":"secret""#;
    assert_eq!(passed_by(evidence, r#"{"a":"secret"}"#), format!("{{{FAULT}}}"));
}

#[test]
fn of_a_withheld_record_only_what_is_safe_is_told() {
    let evidence = r#""eventID":"1-2","eventName":"PutObject","awsRegion":"r","withheld":true"#;
    let expected = format!(r#"{{"eventID":"1-2","eventName":"PutObject",{FAULT}}}"#);
    assert_eq!(passed_by(evidence, r#"{"a":"secret"}"#), expected);
    assert_eq!(passed_by(r#""withheld":true"#, r#"{"a":"secret"}"#), format!("{{{FAULT}}}"));
}

#[test]
fn trouble_of_no_stage_is_told_as_well() {
    let fault = r#""trailmillFault":{"stage":"guest","kind":"a-kind","message":"a message"}"#;
    let open = Trouble::new(&KIND, false);
    assert_eq!(passed(&open, r#"{"a":"b"}"#), format!(r#"{{"a":"b",{fault}}}"#));
    let guarded = Trouble::new(&KIND, true);
    assert_eq!(passed(&guarded, r#"{"a":"secret"}"#), format!("{{{fault}}}"));
    assert!(Trouble::of_line(b"{}").is_none());
    assert!(Trouble::of_line(b"").is_none());
}
