//! Fluent Bit's way to call: text that ends in a zero byte, one record at a time, in memory that
//! it asks for and gives back.

use crate::abi::{Answer, FULL, Host, configuration, snare};
use crate::hosts::{Compiled, Interpreted, Machine};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use std::cell::RefCell;
use trailmill_guest::{Configured, FAULTS, Guest};
use trailmill_shim::{NANOSECONDS, SECONDS, is_one_object};

const ORIGIN: &[u8] = br#"{"source":"aws.trail","collectedAt":"2024-03-08T09:15:30.5Z"}"#;

/// The member that says what was the matter, and the answer without it.
fn fault(answer: &[u8]) -> (String, Value) {
    let mut answer: Value = serde_json::from_slice(answer).expect("an object");
    let fault = answer.as_object_mut().expect("an object").remove("trailmillFault");
    let fault = fault.expect("a fault");
    let kind = fault["kind"].as_str().expect("a kind").to_owned();
    assert_ne!(fault["stage"], "");
    assert_ne!(fault["message"], "");
    (kind, answer)
}

fn record(parameters: &str) -> String {
    format!(
        r#"{{"eventVersion":"1.08","eventTime":"2024-03-08T09:41:07Z","eventSource":"s3.amazonaws.com","eventName":"PutObject","awsRegion":"us-east-1","requestParameters":{parameters},"eventID":"11111111-2222-3333-4444-555555555555"}}"#
    )
}

/// The rows that a batch of the same records gives are the answers one by one.
fn corpus_is_the_same<M: Machine>(configuration: &[u8]) -> Option<usize> {
    let records = trailmill_golden::corpus()?;
    let configured = Configured::new(configuration).expect("a configuration");
    let mut native = Guest::new(&configured, None);
    native.origin(ORIGIN).expect("an origin");
    let mut host = Host::<M>::configured(configuration);
    let mut rows = 0;
    for record in &records {
        let answer = host.filter(record.as_bytes());
        let expected = Answer::read(native.process(record.as_bytes()));
        assert_eq!(expected.counts[4], 0, "nothing is at fault");
        let expected = expected.lines(0, 0);
        let line = expected.strip_suffix(b"\n").unwrap_or_default();
        assert!(answer == line, "{}: {record}", M::NAME);
        rows += usize::from(!answer.is_empty());
    }
    Some(rows)
}

#[test]
fn the_corpus_gives_the_rows_of_a_batch() {
    let Some(rows) = corpus_is_the_same::<Compiled>(&snare()) else { return };
    assert_eq!(rows, 6175);
    assert_eq!(corpus_is_the_same::<Interpreted>(&snare()), Some(6175));
    let full = configuration("full.yaml", FULL, &[]);
    let rows = corpus_is_the_same::<Compiled>(&full);
    assert!(rows.is_some_and(|rows| (4000..6175).contains(&rows)), "{rows:?}");
}

#[test]
fn a_record_that_is_not_wanted_is_an_empty_text() {
    let pipeline =
        "stages: [decode-cloudtrail, { filter: { drop: 'eventName == \"PutObject\"' } }]";
    let configuration = configuration("p.yaml", pipeline, &[]);
    let mut host = Host::<Interpreted>::configured(&configuration);
    assert_eq!(host.filter(record("null").as_bytes()), b"");
    let other = record("null").replace("PutObject", "GetObject");
    assert_eq!(host.filter(other.as_bytes()), other.as_bytes());
}

/// What can not become a row passes as it is, with the reason.
#[test]
fn a_record_in_trouble_passes_with_a_fault() {
    let mut host = Host::<Compiled>::configured(&snare());
    let two = format!(r#"{{"Records":[{0},{0}]}}"#, record("null"));
    for (text, kind) in [
        (r#"{"log":"something else"}"#, "unknown-shape"),
        (r#"{}"#, "not-a-record"),
        (r#"  { "a" : 1 }  "#, "unknown-shape"),
        (r#"{"Records":[]}"#, "no-record"),
        (&two, "several-rows"),
    ] {
        let answer = host.filter(text.as_bytes());
        assert!(is_one_object(&answer), "{text}");
        let (found, rest) = fault(&answer);
        assert_eq!(rest, serde_json::from_str::<Value>(text).unwrap());
        assert_eq!(found, kind, "{text}");
    }
}

/// What is no object becomes a member of one, so that it can be read again.
#[test]
fn a_text_that_is_no_object_passes_as_a_member() {
    let mut host = Host::<Compiled>::configured(&snare());
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for text in ["", " ", "x", "[]", "null", "\"a\"", "{\"a\":", "{\"a\":1}}", "\u{0}\u{1}", &deep]
    {
        let answer = host.filter(text.as_bytes());
        assert!(is_one_object(&answer), "{text}");
        assert_eq!(fault(&answer).1, json!({ "raw": text }));
    }
    let (_, rest) = fault(&host.filter(b"\xff{"));
    assert_eq!(rest, json!({"rawBase64": "/3s="}));
}

#[test]
fn nothing_is_passed_on_without_a_configuration() {
    let mut host = Host::<Compiled>::new();
    let answer = host.filter(record("null").as_bytes());
    let (kind, rest) = fault(&answer);
    assert_eq!((kind.as_str(), rest), ("not-configured", json!({})));
}

/// Fluent Bit calls with pointer 0 if it got no memory.
#[test]
fn a_record_that_is_not_there_is_a_fault() {
    let mut host = Host::<Compiled>::configured(&snare());
    let end = host.machine.memory().len() as u32;
    for pointer in [0, end, u32::MAX] {
        let arguments = [0, 9, SECONDS, NANOSECONDS, pointer, 100];
        let pointer = host.machine.call("trailmill_fluent_bit", &arguments).unwrap();
        let (kind, rest) = fault(&host.text(pointer));
        assert_eq!((kind.as_str(), rest), ("no-input", json!({})));
    }
}

/// Records of every size, around the 8 KiB at which hosts without `malloc` end.
#[test]
fn sizes_do_not_matter_and_memory_stays_flat() {
    let mut host = Host::<Compiled>::configured(&snare());
    let around = |size: usize| size - 3..size + 3;
    let mut sizes: Vec<usize> = (1..40).chain(around(1 << 13)).chain(around(1 << 16)).collect();
    sizes.extend([100_000, 1 << 18, (1 << 20) + 7]);
    let frame = record(r#"{"key":""}"#).len();
    let call = |host: &mut Host<Compiled>, size: usize| {
        let value = "k".repeat(size.saturating_sub(frame));
        let text = match size < frame {
            true => "1".repeat(size),
            false => record(&format!(r#"{{"key":"{value}"}}"#)),
        };
        assert_eq!(text.len(), size);
        let answer = host.filter(text.as_bytes());
        assert!(is_one_object(&answer), "{size} bytes");
        assert_eq!(size < frame, answer.windows(14).any(|part| part == b"trailmillFault"));
    };
    sizes.iter().for_each(|&size| call(&mut host, size));
    let pages = host.pages();
    for round in 0..5000 {
        call(&mut host, sizes[round * 7 % (sizes.len() - 3)]);
    }
    sizes.iter().for_each(|&size| call(&mut host, size));
    assert_eq!(host.pages(), pages, "pages of memory");
}

/// The largest record that is taken, made of as many tokens as there can be, fits in the memory.
#[test]
fn the_largest_record_fits() {
    let mut host = Host::<Compiled>::configured(&snare());
    let frame = record("[1]").len();
    let numbers = "1,".repeat(((8 << 20) - frame) / 2);
    let text = record(&format!("[{numbers}1]"));
    assert!(text.len() > (8 << 20) - 8);
    assert!(is_one_object(&host.filter(text.as_bytes())));
    let quotes = "\\\"".repeat(((8 << 20) - frame - 8) / 2);
    let text = record(&format!("{{\"a\":\"{quotes}\"}}"));
    assert!(is_one_object(&host.filter(text.as_bytes())));
    let (kind, _) = fault(&host.filter(&vec![b'['; (8 << 20) + 1]));
    assert_eq!(kind, "host-record-too-large");
    assert!(host.pages() < 8192, "{} pages", host.pages());
}

#[test]
fn odd_records_have_valid_answers() {
    let mut host = Host::<Compiled>::configured(&snare());
    let nested = |depth: usize| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    let long = format!(r#"{{"a":"{}"}}"#, "\\u0000".repeat(1 << 18));
    for parameters in [
        "1e400",
        "-1E-400",
        "12345678901234567890123456789.0",
        r#""a\u0000b""#,
        r#"{"\u0000":"\u0000"}"#,
        r#"{"a":1,"a":2}"#,
        r#""\ud800""#,
        "\"\u{2028}\u{10ffff}\"",
        "\"\u{0}\"",
        "NaN",
        &nested(100),
        &nested(127),
        &nested(5000),
        &long,
    ] {
        for text in [record(parameters), format!("[{}]", record(parameters))] {
            let answer = host.filter(text.as_bytes());
            assert!(is_one_object(&answer), "{}", String::from_utf8_lossy(&answer));
        }
    }
    let twice = record("1").replace("\"awsRegion\"", "\"eventName\"");
    assert!(is_one_object(&host.filter(twice.as_bytes())));
}

/// Records with bytes removed, doubled or replaced.
#[test]
fn spoiled_records_have_valid_answers() {
    let full = configuration("full.yaml", FULL, &[]);
    let host = RefCell::new(Host::<Compiled>::configured(&full));
    let configured = Configured::new(&full).expect("a configuration");
    let native = RefCell::new(Guest::new(&configured, None));
    let good = record(r#"{"bucketName":"b","list":[1,true,null,{"a":"\u00e9"}]}"#).into_bytes();
    let place = 0..good.len();
    let byte = prop_oneof![any::<u8>(), prop::sample::select(b"{}[]\",:\\\0 e1".to_vec())];
    let spoils = prop::collection::vec((place, byte, 0..3usize), 1..5);
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&spoils, |spoils| {
        let mut text = good.clone();
        for (place, byte, way) in spoils {
            let place = place.min(text.len() - 1);
            text.splice(place..place + usize::from(way != 1), (way != 2).then_some(byte));
        }
        let answer = host.borrow_mut().filter(&text);
        prop_assert!(answer.is_empty() || is_one_object(&answer));
        let mut native = native.borrow_mut();
        let expected = native.filter(b"aws.trail", (SECONDS, NANOSECONDS), Some(&text));
        prop_assert_eq!(expected.strip_suffix(b"\0"), Some(&answer[..]));
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn kinds_of_fault_are_told_apart_from_those_of_stages() {
    for kind in FAULTS {
        assert!(trailmill_golden::is_kebab_case(kind.name), "{}", kind.name);
        assert!(!kind.message.ends_with('.'), "{}", kind.message);
    }
}
