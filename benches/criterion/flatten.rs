//! Records to rows, and rows back to records.

use crate::cpu::CpuTime;
use crate::{RECORDS, SEED, group};
use criterion::Criterion;
use std::hint::black_box;
use trailmill_benches::{input, parts};
use trailmill_flatten::{Unflatten, snare};
use trailmill_stage::event::{Batch, Source};
use trailmill_stage::{Stage, Verdict};

pub(crate) fn benches(criterion: &mut Criterion<CpuTime>) {
    let text = input::records(SEED, RECORDS);
    let mut batch = Batch::new();
    batch.load_lines(&text, Source::default()).expect("records are JSON");
    // As the decoder says of compact text.
    batch.set_dense(true);
    let stage = parts::flatten();
    let rows = flatten(&*stage, &mut batch).to_vec();
    let mut twins = Vec::new();
    for line in text.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
        let line = std::str::from_utf8(line).expect("records are UTF-8");
        trailmill_benches::twins::typed::row(line, &mut twins).expect("records are JSON");
        twins.push(b'\n');
    }
    assert!(rows == twins, "the rows are not those of the twin");

    let mut group = group(criterion, "flatten", text.len());
    group.bench_function("flatten", |bencher| {
        bencher.iter(|| flatten(&*stage, black_box(&mut batch)).len());
    });
    let mut back = Unflatten::new(snare());
    let mut records = Vec::new();
    unflatten(&mut back, &rows, &mut records);
    assert_eq!(trees(&records), trees(&text), "the records do not come back");
    group.bench_function("unflatten", |bencher| {
        bencher.iter(|| unflatten(&mut back, black_box(&rows), &mut records));
    });
    group.finish();
}

/// The rows of all records of a batch.
fn flatten<'b>(stage: &dyn Stage, batch: &'b mut Batch) -> &'b [u8] {
    batch.rows_mut().clear();
    for number in 0..batch.len() {
        let mut event = batch.event(number);
        let verdict = stage.apply(&mut event);
        assert!(verdict == Ok(Verdict::Keep), "a record without a row");
        event.finish();
    }
    batch.rows_mut()
}

fn unflatten(back: &mut Unflatten, rows: &[u8], records: &mut Vec<u8>) {
    records.clear();
    for row in rows.trim_ascii_end().split(|&byte| byte == b'\n') {
        back.record(row, records).expect("a row of this schema");
        records.push(b'\n');
    }
}

/// Records as trees, without members that are null: a row does not tell those from absent ones.
fn trees(lines: &[u8]) -> Vec<serde_json::Value> {
    let lines = lines.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
    let records = lines.map(|line| serde_json::from_slice(line).expect("records are JSON"));
    records.map(without_null).collect()
}

fn without_null(mut record: serde_json::Value) -> serde_json::Value {
    if let Some(members) = record.as_object_mut() {
        members.retain(|_, value| !value.is_null());
        if let Some(identity) = members.get_mut("userIdentity") {
            *identity = without_null(identity.take());
        }
    }
    record
}
