//! Extism: an input in, lines or an answer out.

use crate::abi::{FULL, configuration, snare};
use crate::build::generic;
use trailmill_guest::{Configured, Guest};
use trailmill_shim::{Answer, Extism};

/// How many records a batch has.
const BATCH: usize = 1000;

fn corpus_is_the_same(configuration: &[u8]) -> Option<(usize, u64)> {
    let records = trailmill_golden::corpus()?;
    let configured = Configured::new(configuration).expect("a configuration");
    let mut native = Guest::new(&configured, None);
    let mut host = Extism::new(generic(), Some(configuration));
    let mut rows = 0;
    for record in &records {
        let expected = Answer::read(native.process(record.as_bytes())).lines(0, 0);
        let answer = host.call("process", record.as_bytes()).expect("no fault");
        assert!(answer == expected, "{record}");
        rows += usize::from(!answer.is_empty());
    }
    // Nothing larger comes the second time.
    let bytes = host.memory_bytes();
    for record in &records[..2000] {
        host.call("process", record.as_bytes()).expect("no fault");
    }
    assert_eq!(host.memory_bytes(), bytes, "memory");
    let mut native = Guest::new(&configured, None);
    let mut host = Extism::new(generic(), Some(configuration));
    let mut written = 0;
    for batch in records.chunks(BATCH) {
        let batch = batch.join("\n");
        let expected = native.process(batch.as_bytes());
        let answer = host.call("process_all", batch.as_bytes()).expect("no fault");
        assert!(answer == expected, "an answer is another");
        written += Answer::read(expected).counts[1];
    }
    Some((rows, written))
}

#[test]
fn the_corpus_gives_the_rows_of_a_batch() {
    let Some(counts) = corpus_is_the_same(&snare()) else { return };
    assert_eq!(counts, (6175, 6175));
    let full = corpus_is_the_same(&configuration("full.yaml", FULL, &[]));
    assert!(full.is_some_and(|(rows, written)| rows as u64 == written), "{full:?}");
}

#[test]
fn a_call_that_fails_says_why() {
    let mut host = Extism::new(generic(), None);
    let expected = "the module holds no pipeline; call trailmill_configure first";
    for name in ["process", "process_all", "origin"] {
        assert_eq!(host.call(name, b"{}"), Err(expected.to_owned()), "{name}");
    }
    let description = host.call("describe", b"").expect("a description");
    let description: serde_json::Value = serde_json::from_slice(&description).expect("JSON");
    assert_eq!(description["abi"], 1);
    let mut host = Extism::new(generic(), Some(&snare()));
    let large = vec![b' '; (64 << 20) + 1];
    for name in ["process", "process_all"] {
        let error = host.call(name, &large).expect_err("too large");
        assert_eq!(error, "the input has more than 67108864 bytes", "{name}");
    }
    let error = host.call("origin", b"[]").expect_err("no origin");
    assert_eq!(error, "an origin is a JSON object with `source` and `collectedAt`");
    assert_eq!(host.call("origin", br#"{"source":"a"}"#), Ok(Vec::new()));
}

/// Inputs of every length around a word.
#[test]
fn no_byte_is_lost_on_the_way() {
    let mut host = Extism::new(generic(), Some(&snare()));
    for length in 1..40 {
        let text = "x".repeat(length);
        let answer = host.call("process", text.as_bytes()).expect("no fault");
        let answer: serde_json::Value = serde_json::from_slice(&answer).expect("JSON");
        assert_eq!(answer["raw"], text);
    }
}
