//! Records that come by themselves.

use super::{Outcome, decode, decoder};
use crate::run::Tuning;
use serde_json::{Value, json};
use trailmill_stage::Decoder;
use trailmill_stage::event::{Batch, Source};

const RECORD: &str = r#"{"eventVersion":"1.08","eventTime":"2024-03-08T09:41:07Z","eventName":"A","a":[1,true,"\u00e9"]}"#;

/// Whether the quick way is taken; that it leads to the same is shown by `decode`.
fn is_quick(options: Value, input: &str) -> bool {
    let decoder = decoder(options, Tuning::default());
    let (mut outcome, mut batch) = (Outcome::default(), Batch::new());
    let source = Source::default();
    decoder.decode_record(input.as_bytes(), &source, &mut batch, &mut outcome)
}

#[test]
fn a_record_by_itself_takes_the_quick_way() {
    let spaced = RECORD.replace(',', ", ");
    for input in [RECORD, &spaced, &format!("{RECORD}\n"), &format!("{RECORD}\n \n")] {
        assert!(is_quick(Value::Null, input), "{input}");
        assert_eq!(decode(input.as_bytes()).records.len(), 1);
    }
}

#[test]
fn anything_else_does_not() {
    let twice = format!("{RECORD}{RECORD}");
    for input in ["", "{", "{}", &RECORD[1..], &RECORD[..40], &format!(" {RECORD}"), &twice] {
        assert!(!is_quick(Value::Null, input), "{input}");
    }
    assert!(!is_quick(json!({ "record_bytes_max": 64 }), RECORD));
}

/// Every byte replaced by each of those that mean something, taken out, or doubled.
#[test]
fn spoiled_records_end_as_they_would() {
    for at in 0..RECORD.len() {
        for byte in *b"{}[]\",:\\\0 \n\xff1a" {
            let mut input = RECORD.as_bytes().to_vec();
            input[at] = byte;
            decode(&input);
        }
        let (before, behind) = (&RECORD.as_bytes()[..at], &RECORD.as_bytes()[at..]);
        decode(&[before, &behind[1..]].concat());
        decode(&[before, &behind[..1], behind].concat());
        decode(before);
    }
}
