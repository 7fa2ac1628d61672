//! What the stage does with guests that behave.

use crate::guest::{answer, answering, guest, making, process, processing};
use crate::support::{apply, apply_from, stage};
use trailmill_abi::Counts;
use trailmill_event::Source;

#[test]
fn an_event_goes_through_a_guest() {
    let stage = stage(guest(&[]));
    for record in [r#"{"a":1.10,"b":["\u00e9","é"]}"#, "{}", r#"{"a":{"a":{}}}"#] {
        assert_eq!(apply(&*stage, record), Ok(Some(record.to_owned())));
    }
    let large = format!(r#"{{"a":"{}"}}"#, "x".repeat(1 << 20));
    assert_eq!(apply(&*stage, &large), Ok(Some(large.clone())));
    assert_eq!(apply(&*stage, "{}"), Ok(Some("{}".to_owned())));
}

/// The guest gets compact JSON and one line feed: with the length of it, and its last byte as a
/// digit, in the places of two digits.
#[test]
fn an_event_is_one_line() {
    let body = "(i32.store8 offset=5 (local.get $at)
            (i32.add (i32.const 48) (local.get $length)))
        (i32.store8 offset=6 (local.get $at) (i32.add (i32.const 39) (i32.load8_u
            (i32.sub (i32.add (local.get $at) (local.get $length)) (i32.const 1)))))
        (call $answer (local.get $at) (local.get $length))";
    let stage = stage(processing(body));
    assert_eq!(apply(&*stage, r#"{ "a" : 22 }"#), Ok(Some(r#"{"a":91}"#.to_owned())));
}

#[test]
fn what_a_guest_filters_or_drops_is_filtered() {
    for counts in [
        Counts { read: 1, filtered: 1, ..Counts::default() },
        Counts { read: 1, dropped: 1, ..Counts::default() },
    ] {
        assert_eq!(apply(&*stage(answering(&answer(&[], counts))), r#"{"a":1}"#), Ok(None));
    }
}

/// Rows with blanks are made compact; what is in them stays as it is.
#[test]
fn rows_are_made_compact() {
    let stage = stage(making(b" { \"a\" :\t[ 1.0 , \" x \\n\" ] }\r\n"));
    let expected = r#"{"a":[1.0," x \n"]}"#;
    assert_eq!(apply(&*stage, "{}"), Ok(Some(expected.to_owned())));
}

/// Outputs and paths are the guest's own business: the stage takes the one row there is.
#[test]
fn the_row_may_be_of_any_output() {
    let mut writer = trailmill_abi::AnswerWriter::default();
    writer.start();
    writer.add(trailmill_abi::Kind::Rows, 7, Some("x/y"), b"{\"a\":1}\n").expect("room");
    let bytes = writer.done(crate::guest::WRITTEN).to_vec();
    assert_eq!(apply(&*stage(answering(&bytes)), "{}"), Ok(Some(r#"{"a":1}"#.to_owned())));
}

const ORIGIN: &str = r#"
(global $told (mut i32) (i32.const 0))
(func (export "trailmill_origin") (param $at i32) (param $length i32) (result i64)
  (global.set $told (i32.add (global.get $told) (i32.const 1)))
  (memory.copy (i32.const 2048) (local.get $at) (local.get $length))
  (i32.store8 (i32.add (i32.const 2048) (local.get $length)) (i32.const 10))
  (i32.store (i32.const 2044) (i32.add (local.get $length) (i32.const 1)))
  (i64.const 0))"#;

/// A guest is told of a source once, before its first event.
#[test]
fn a_guest_is_told_where_events_come_from() {
    let told = process("(call $answer (i32.const 2048) (i32.load (i32.const 2044)))");
    let origin = stage(guest(&[("origin", ORIGIN), ("process", &told)]));
    let source = |name: &str, at: &str| Source {
        name: name.into(),
        collected_at: at.into(),
        ..Source::default()
    };
    let first = source("a \"b\"", "2026-01-01T00:00:00Z");
    let expected = r#"{"source":"a \"b\"","collectedAt":"2026-01-01T00:00:00Z"}"#;
    for _ in 0..2 {
        assert_eq!(apply_from(&*origin, "{}", &first), Ok(Some(expected.to_owned())));
    }
    let second = apply_from(&*origin, "{}", &source("c", ""));
    assert_eq!(second, Ok(Some(r#"{"source":"c","collectedAt":""}"#.to_owned())));

    // `{"a":N}`, where N says how often it was told.
    let count = process(
        "(i32.store8 offset=5 (local.get $at) (i32.add (i32.const 48) (global.get $told)))
         (call $answer (local.get $at) (local.get $length))",
    );
    let counting = stage(guest(&[("origin", ORIGIN), ("process", &count)]));
    let of = |source: &Source| apply_from(&*counting, r#"{"a":0}"#, source).unwrap().unwrap();
    assert_eq!([of(&first), of(&first)], [r#"{"a":1}"#, r#"{"a":1}"#]);
    assert_eq!(of(&source("c", "")), r#"{"a":2}"#);
}

/// A guest that does not take the origin has not processed the event.
#[test]
fn a_refused_origin_is_a_fault() {
    let origin = r#"(data (i32.const 3000) "no") (func (export "trailmill_origin")
        (param i32 i32) (result i64) (i64.const 0xbb8_0000_0002))"#;
    let stage = stage(guest(&[("origin", origin)]));
    let source = Source { name: "x".into(), ..Source::default() };
    let fault = apply_from(&*stage, "{}", &source).expect_err("refused");
    assert_eq!(fault.kind.name, "guest-refused");
    assert_eq!(apply(&*stage, "{}"), Ok(Some("{}".to_owned())));
}
