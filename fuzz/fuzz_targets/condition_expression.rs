//! Any text as an expression, read, written, read again, and asked of any record.
#![no_main]

use libfuzzer_sys::fuzz_target;
use trailmill_event::{Batch, Source};
use trailmill_condition::Expression;

/// Asked where the input brings no record of its own.
const RECORD: &str = r#"{"a":["x",{"b":1.50}],"not":true,"eventName":"ConsoleLogin",
    "sourceIPAddress":"10.0.0.1","readOnly":"true","responseElements":null}"#;

fuzz_target!(|input: (&str, &str)| {
    let (text, record) = input;
    let expression: Expression = match text.parse() {
        Ok(expression) => expression,
        Err(error) => {
            assert!(text.is_char_boundary(error.offset()));
            assert!(error.to_string().ends_with('^'));
            return;
        }
    };
    let written = expression.to_string();
    let again: Expression = written.parse().unwrap();
    assert_eq!(again, expression);
    assert_eq!(again.to_string(), written);
    ask([&expression, &again], RECORD);
    ask([&expression, &again], record);
});

fn ask([one, two]: [&Expression; 2], records: &str) {
    let mut batch = Batch::new();
    if batch.load_lines(records.as_bytes(), Source::default()).is_err() {
        return;
    }
    for number in 0..batch.len() {
        let event = batch.event(number);
        assert_eq!(one.matches(&event), two.matches(&event));
        let not: Expression = format!("not ({one})").parse().unwrap_or_else(|_| one.clone());
        assert!(not == *one || not.matches(&event) != one.matches(&event));
    }
}
