//! Redpanda Data Transforms: records of a topic in and out, with the memory and the stack of a
//! broker.

use crate::abi::{configuration, snare};
use crate::build::generic;
use trailmill_guest::{Configured, Guest};
use trailmill_shim::{Answer, Record, Transform};

const RECORD: &str = r#"{"eventVersion":"1.08","eventTime":"2024-03-08T09:41:07Z","eventSource":"s3.amazonaws.com","eventName":"PutObject","requestParameters":VALUE}"#;

fn record(value: impl Into<Vec<u8>>) -> Record {
    Record {
        key: Some(b"a key".to_vec()),
        value: Some(value.into()),
        headers: vec![(b"a".to_vec(), Some(b"b".to_vec())), (b"none".to_vec(), None)],
        time: 0,
    }
}

/// A record of about so many bytes, whose value repeats a text.
fn of_size(bytes: usize, open: &str, part: &str, close: &str) -> Record {
    let parts = bytes.saturating_sub(RECORD.len()) / part.len();
    let value = format!("{open}{}{close}", part.repeat(parts));
    record(RECORD.replace("VALUE", &value))
}

#[test]
fn the_corpus_gives_the_rows_of_a_batch() {
    let Some(records) = trailmill_golden::corpus() else { return };
    let configured = Configured::new(&snare()).expect("a configuration");
    let mut native = Guest::new(&configured, None);
    let transform = Transform::new(generic(), Some(&snare()));
    // The second time there is nothing larger to come.
    let twice = || records.iter().chain(&records);
    let all: Vec<Record> = twice().map(|text| record(text.as_bytes())).collect();
    let out = transform.run(all.chunks(100).map(<[Record]>::to_vec).collect()).expect("no trap");
    assert_eq!(out.records.len(), 2 * 6175);
    for (text, row) in twice().zip(&out.records) {
        let mut expected = Answer::read(native.process(text.as_bytes())).lines(0, 0);
        expected.pop();
        assert!(*row == record(expected), "{text}");
    }
    let bytes = &out.memory_bytes;
    assert_eq!(bytes[bytes.len() / 2 + 1], bytes[bytes.len() - 1], "memory");
}

#[test]
fn records_are_dropped_multiplied_and_kept() {
    let pipeline = "stages: [decode-cloudtrail, { filter: { drop: 'eventName == \"Get\"' } }]";
    let transform = Transform::new(generic(), Some(&configuration("p.yaml", pipeline, &[])));
    let text = RECORD.replace("VALUE", "null");
    let unwanted = text.replace("PutObject", "Get");
    let both = format!("{{\"Records\":[{text},{unwanted},{text}]}}");
    let gone = Record { value: None, ..record("") };
    let batch = vec![record(&*text), record(unwanted), record(both), gone.clone()];
    let out = transform.run(vec![batch, vec![]]).expect("no trap");
    assert_eq!(out.records, [record(&*text), record(&*text), record(&*text), gone]);
}

#[test]
fn trouble_passes_with_a_fault_and_a_header() {
    let transform = Transform::new(generic(), Some(&snare()));
    let out = transform.run(vec![vec![record("{\"log\":1}"), record("")]]).expect("no trap");
    let kinds: Vec<_> = out.records.iter().map(|record| record.headers.last().cloned()).collect();
    let header = |kind: &str| Some((b"trailmill-fault".to_vec(), Some(kind.as_bytes().to_vec())));
    assert_eq!(kinds, [header("unknown-shape"), header("no-record")]);
    let value = out.records[0].value.clone().expect("a value");
    assert!(value.starts_with(b"{\"log\":1,\"trailmillFault\":{"));
}

/// Records of every size and kind, in the memory of a broker: never a trap, and each comes out.
#[test]
fn large_records_do_not_end_the_transform() {
    let transform = Transform::new(generic(), Some(&snare()));
    let deep = "{\"a\":".repeat(100) + "1" + &"}".repeat(100);
    let escapes = "\\u0000\\\"";
    let kinds = [
        ("\"", "text ", "\""),
        ("[", "1,", "1]"),
        ("[", "[],", "1]"),
        ("[", "{\"a\":\"b\"},", "1]"),
        ("\"", escapes, "\""),
        ("\"", "\\\\", "\""),
        ("[", &format!("{deep},"), "1]"),
        ("\"", "\u{e4}", "\""),
    ];
    let mut batches = Vec::new();
    for (open, part, close) in kinds {
        for size in [1000, 8 << 10, 30_000, 64 << 10, 100_000, 150_000, 256 << 10, 400_000, 700_000]
        {
            batches.push(vec![of_size(size, open, part, close), of_size(1000, open, part, close)]);
        }
    }
    let spoiled =
        |size: usize| record("{\"eventVersion\":\"".to_owned() + &"\\\"".repeat(size / 2));
    batches.extend([1000, 100_000, 256 << 10, 700_000].map(|size| vec![spoiled(size)]));
    let count: usize = batches.iter().map(Vec::len).sum();
    let out = transform.run(batches.clone()).expect("no trap");
    assert_eq!(out.records.len(), count);
    let is_refused = |record: &Record| {
        record
            .headers
            .last()
            .is_some_and(|(_, kind)| kind.as_deref() == Some(b"host-record-too-large".as_slice()))
    };
    for (before, after) in batches.iter().flatten().zip(&out.records) {
        if is_refused(after) {
            assert_eq!(before.value, after.value);
        }
        let bytes = before.value.as_ref().map_or(0, Vec::len);
        assert!(bytes > (16 << 10) || !is_refused(after), "{bytes} bytes are too many");
    }
    // Each of them alone, in a fresh instance.
    for batch in batches {
        transform.run(vec![batch]).expect("no trap");
    }
}
