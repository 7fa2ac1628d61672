//! Records one by one without a runtime around them.

use super::*;
use crate::configuration::Configured;
use trailmill_abi::{PIPELINE, entry};
use trailmill_event::json::Isa;

fn answers(pipeline: &str, records: &[&str]) -> Vec<String> {
    let mut configuration = Vec::new();
    entry(PIPELINE, "pipeline.yaml", pipeline.as_bytes(), &mut configuration);
    let configured = Configured::new(&configuration).expect("a configuration");
    let mut guest = Guest::new(&configured, Some(Isa::Scalar));
    let answers = records.iter().map(|record| {
        let answer = guest.filter(b"tag", (0, 0), Some(record.as_bytes())).to_vec();
        String::from_utf8(answer).expect("text")
    });
    answers.collect()
}

const RECORD: &str = r#"{"eventVersion":"1.08","eventTime":"2024-03-08T09:41:07Z","eventSource":"s3.amazonaws.com","eventName":"PutObject"}"#;

#[test]
fn a_record_becomes_one_row_or_none() {
    let pipeline = "stages: [decode-cloudtrail, { filter: { drop: 'eventName == \"Get\"' } }]";
    let unwanted = RECORD.replace("PutObject", "Get");
    let both = format!(r#"{{"Records":[{unwanted},{RECORD}]}}"#);
    let answers = answers(pipeline, &[RECORD, &unwanted, &both, RECORD]);
    let row = format!("{RECORD}\0");
    assert_eq!(answers, [&row, "\0", &row, &row]);
}

#[test]
fn inputs_that_are_dropped_on_purpose_are_empty() {
    let pipeline = "stages: [ { decode-cloudtrail: { on_fault: drop } } ]";
    assert_eq!(answers(pipeline, &["{}", "\u{1f}\u{8b}\u{0}", "{"]), ["\0"; 3]);
}

/// The stage of the second output has no row for it, and that of the first has.
#[test]
fn a_record_for_two_outputs_passes_as_it_is() {
    let pipeline = "{ stages: [decode-cloudtrail], outputs: [ { to: stdout }, \
                    { to: { file: { path: out } } } ] }";
    let [answer] = &answers(pipeline, &[RECORD])[..] else { panic!("one answer") };
    let open = RECORD.strip_suffix('}').expect("an object");
    let fault = r#""trailmillFault":{"stage":"guest","kind":"several-rows","message":"it becomes several rows, and the host takes one for a record"}"#;
    assert_eq!(*answer, format!("{open},{fault}}}\0"));
}

/// Fluent Bit ends with an answer that holds a number beyond the doubles.
#[test]
fn numbers_that_are_too_large_become_text() {
    let pipeline = "stages: [decode-cloudtrail]";
    let open = RECORD.strip_suffix('}').expect("an object");
    let record = format!(r#"{open},"a":[1.797693134862316e+308,-1E999,1e5],"b":"1e400"}}"#);
    let tamed = format!(r#"{open},"a":["1.797693134862316e+308","-1E999",1e5],"b":"1e400"}}"#);
    let flat = "stages: [decode-cloudtrail, { flatten: { schema: snare } }]";
    assert_eq!(answers(pipeline, &[&record, RECORD]), [tamed + "\0", format!("{RECORD}\0")]);
    assert!(
        answers(flat, &[&record])[0].contains(r#""a":["1.797693134862316e+308","-1E999",1e5]"#)
    );
    let trouble = answers(pipeline, &[r#"{"a":2e308}"#]).remove(0);
    assert!(trouble.starts_with(r#"{"a":"2e308","trailmillFault":{"#), "{trouble}");
}

/// Fluent Bit loses a record in which more brackets are open, and all behind it in its chunk.
#[test]
fn answers_are_no_deeper_than_fluent_bit_can_read() {
    let open = RECORD.strip_suffix('}').expect("an object");
    let nested = |depth: usize| {
        let (left, right) = ("[".repeat(depth - 1), "]".repeat(depth - 1));
        format!("{open},\"a\":{left}{right}}}")
    };
    let flat = "stages: [decode-cloudtrail, { flatten: { schema: snare } }]";
    let answers = answers(flat, &[&nested(62), &nested(63), &nested(64)]);
    let deepest = |text: &str| {
        let brackets = text.bytes().scan(0, |depth, byte| {
            *depth += i32::from(b"{[".contains(&byte)) - i32::from(b"}]".contains(&byte));
            Some(*depth)
        });
        brackets.max()
    };
    assert_eq!(deepest(&answers[0]), Some(63));
    assert!(answers[0].contains(r#""EVENTNAME":"PutObject""#), "{}", answers[0]);
    assert_eq!(deepest(&answers[1]), Some(63));
    assert!(answers[1].contains(r#""kind":"too-deep""#), "{}", answers[1]);
    assert!(answers[2].starts_with(r#"{"raw":"{"#), "{}", answers[2]);
}
