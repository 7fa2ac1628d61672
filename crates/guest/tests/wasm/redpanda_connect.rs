//! Redpanda Connect: one message in, the lines that it becomes out.

use crate::abi::{FULL, configuration, snare};
use crate::build::generic;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use trailmill_guest::{Configured, End, Guest, Lines};
use trailmill_shim::{Answer, Connect, Message};

const RECORD: &str = r#"{"eventVersion":"1.08","eventTime":"2024-03-08T09:41:07Z","eventSource":"s3.amazonaws.com","eventName":"PutObject"}"#;

fn message(bytes: impl Into<Vec<u8>>) -> Message {
    Message { bytes: bytes.into(), ..Message::default() }
}

/// What the native guest gives for it in a batch: rows without the last line feed.
fn rows(native: &mut Guest<'_>, input: &[u8]) -> Vec<u8> {
    let answer = Answer::read(native.process(input));
    assert_eq!(answer.counts[4], 0, "nothing is at fault");
    let mut rows = answer.lines(0, 0);
    rows.pop();
    rows
}

fn corpus_is_the_same(configuration: &[u8]) -> Option<usize> {
    let records = trailmill_golden::corpus()?;
    let configured = Configured::new(configuration).expect("a configuration");
    let mut native = Guest::new(&configured, None);
    let mut host = Connect::new(generic(), Some(configuration));
    let mut written = 0;
    for record in &records {
        let expected = rows(&mut native, record.as_bytes());
        let answer = host.process(message(record.as_bytes())).expect("no trap");
        assert!(answer.bytes == expected, "{record}");
        let is_filtered = answer.meta.get("trailmill_filtered").is_some();
        assert_eq!(answer.meta.len(), usize::from(is_filtered));
        assert_eq!(is_filtered, expected.is_empty());
        written += usize::from(!is_filtered);
    }
    // Nothing larger comes the second time.
    let bytes = host.memory_bytes();
    for record in &records[..2000] {
        host.process(message(record.as_bytes())).expect("no trap");
    }
    assert_eq!(host.memory_bytes(), bytes, "memory");
    let batch = records[..500].join("\n");
    let answer = host.process(message(batch.as_bytes())).expect("no trap");
    let mut fresh = Guest::new(&configured, None);
    // What remembers has seen them.
    if configuration == snare() {
        assert_eq!(answer.bytes, rows(&mut fresh, batch.as_bytes()));
    }
    Some(written)
}

#[test]
fn the_corpus_gives_the_rows_of_a_batch() {
    let Some(rows) = corpus_is_the_same(&snare()) else { return };
    assert_eq!(rows, 6175);
    let full = corpus_is_the_same(&configuration("full.yaml", FULL, &[]));
    assert!(full.is_some_and(|rows| (4000..6175).contains(&rows)), "{full:?}");
}

/// Rows come first, then each record in trouble with its fault, and nothing else.
#[test]
fn trouble_passes_with_a_fault_and_metadata_that_says_so() {
    let mut host = Connect::new(generic(), Some(&snare()));
    let container = format!("{RECORD}\n{{\"a\" : 1}}\n{RECORD}");
    for (text, rows, kind) in [
        ("{\"log\":\"something else\"}", 0, "unknown-shape"),
        ("{\"Records\":[]}", 0, "no-record"),
        ("", 0, "no-record"),
        ("x", 0, "not-json"),
        (&container, 2, "unknown-shape"),
    ] {
        let answer = host.process(message(text)).expect("no trap");
        let lines: Vec<Value> = answer
            .bytes
            .split(|byte| *byte == b'\n')
            .map(|line| serde_json::from_slice(line).expect("a line of JSON"))
            .collect();
        let is_row = |line: &&Value| line.get("trailmillFault").is_none();
        assert_eq!(lines.iter().take_while(is_row).count(), rows, "{text}");
        assert!(lines.len() > rows && !lines[rows..].iter().any(|line| is_row(&line)));
        assert_eq!(lines[rows]["trailmillFault"]["kind"], answer.meta["trailmill_fault"]);
        assert_eq!(lines[rows]["trailmillFault"]["stage"], answer.meta["trailmill_fault_stage"]);
        assert_eq!(answer.meta["trailmill_fault"], kind);
    }
}

#[test]
fn nothing_is_passed_on_without_a_configuration() {
    let mut host = Connect::new(generic(), None);
    let answer = host.process(message(RECORD)).expect("no trap");
    let fault = json!({"stage": "guest", "kind": "not-configured",
        "message": "the module holds no pipeline"});
    let expected = json!({ "trailmillFault": fault });
    assert_eq!(serde_json::from_slice::<Value>(&answer.bytes).unwrap(), expected);
    assert_eq!(answer.meta["trailmill_fault"], "not-configured");
}

/// The host would write over the stack if it got address 0 for a block.
#[test]
fn a_message_that_finds_no_memory_is_flagged_and_stays() {
    let mut host = Connect::new(generic(), Some(&snare()));
    let large = vec![b' '; 600 << 20];
    let answer = host.process(message(large)).expect("no trap");
    assert_eq!(answer.bytes.len(), 600 << 20);
    assert!(answer.error.is_some_and(|error| error.contains("allocating")));
    let answer = host.process(message(RECORD)).expect("no trap");
    assert_eq!(answer.error, None);
    assert!(answer.bytes.starts_with(b"{") && answer.meta.is_empty());
}

/// Of what is too large to be taken the message stays, and metadata says why.
#[test]
fn a_message_that_is_too_large_stays() {
    let mut host = Connect::new(generic(), Some(&snare()));
    let large = vec![b' '; (64 << 20) + 1];
    let answer = host.process(message(large)).expect("no trap");
    assert_eq!(answer.bytes.len(), (64 << 20) + 1);
    assert_eq!(answer.meta["trailmill_fault"], "input-too-large");
}

/// The origin comes from metadata.
#[test]
fn metadata_says_where_a_message_comes_from() {
    let schema = "stages: [decode-cloudtrail, { flatten: { schema: snare } }]";
    let configuration = configuration("p.yaml", schema, &[]);
    let configured = Configured::new(&configuration).expect("a configuration");
    let mut native = Guest::new(&configured, None);
    let mut lines = Lines::default();
    native.comes_from(b"topic", b"2024-03-08T10:00:00Z");
    assert_eq!(native.lines(RECORD.as_bytes(), &mut lines), End::Lines);
    let meta = [("trailmill_source", "topic"), ("trailmill_collected_at", "2024-03-08T10:00:00Z")];
    let meta: BTreeMap<String, String> =
        meta.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    let mut host = Connect::new(generic(), Some(&configuration));
    let answer = host.process(Message { meta, ..message(RECORD) }).expect("no trap");
    assert_eq!([&answer.bytes[..], b"\n"].concat(), lines.text());
}
