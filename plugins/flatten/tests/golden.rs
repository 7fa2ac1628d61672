//! The examples of the descriptor, and the cases in the folders beside this file.

mod support;

use std::collections::BTreeSet;
use std::sync::Arc;
use support::mill::Mill;
use support::{oracle, sample};
use trailmill_flatten::{Flatten, SPEC, snare};
use trailmill_stage::Stage;
use trailmill_stage::event::{Batch, Source};

#[test]
fn examples() {
    trailmill_golden::examples(&SPEC);
}

#[test]
fn cases() {
    trailmill_golden::cases(&SPEC, "tests");
}

#[test]
fn every_column_is_in_use() {
    let mut unused: BTreeSet<&str> = oracle::columns().collect();
    let mill = Mill::snare();
    for record in sample::records() {
        let row: serde_json::Value = serde_json::from_str(&mill.row(&record).row).unwrap();
        unused.retain(|column| row[column].is_null());
    }
    assert_eq!(Vec::from_iter(unused), [""; 0]);
}

/// Cases have no collector, so the two columns that it fills are looked at here.
#[test]
fn columns_of_the_collector() {
    let row = |collected_at: &str, logs_time_ms| {
        let mut batch = Batch::new();
        let source = Source { collected_at: Arc::from(collected_at), ..Source::default() };
        batch.load(b"{\"eventName\":\"GetUser\"}".to_vec().into(), 0, source);
        batch.validate(0).unwrap();
        batch.push(0, logs_time_ms);
        let mut event = batch.event(0);
        Flatten::new(snare()).apply(&mut event).unwrap();
        let mut row = Vec::new();
        event.write_into(&mut row);
        let row: serde_json::Value = serde_json::from_slice(&row).unwrap();
        (row["COLLECTIONDATETIME"].clone(), row["CWLDATETIME"].clone())
    };
    let text = |text: &str| serde_json::Value::from(text);
    let null = || serde_json::Value::Null;
    let collected = "2024-05-06T07:08:09.123456789+02:00";
    assert_eq!(row(collected, None), (text(collected), null()));
    assert_eq!(row("", Some(0)), (null(), text("1970-01-01T00:00:00Z")));
    assert_eq!(row("", Some(1_700_000_000_120)), (null(), text("2023-11-14T22:13:20.12Z")));
    assert_eq!(row("", Some(-1)), (null(), text("1969-12-31T23:59:59.999Z")));
    // What is no time is none, and not some other time.
    assert_eq!(row("", Some(i64::MAX)), (null(), null()));
}
