//! Records of every kind through the modules: whatever comes, hosts get valid answers.

use crate::build::{mark_denied, office_hours};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};
use std::cell::RefCell;
use trailmill_shim::{Answer, Compiled, Host, Interpreted, Machine, is_one_object};

/// The modules, and the member that each adds.
fn modules() -> Vec<(&'static [u8], &'static str)> {
    let rust = (office_hours(), "officeHours");
    let c = mark_denied().map(|module| (module, "isDenied"));
    [Some(rust), c].into_iter().flatten().collect()
}

fn record(parameters: &str) -> String {
    format!(
        r#"{{"eventTime":"2024-03-08T09:41:07Z","errorCode":"AccessDenied","eventName":"PutObject","requestParameters":{parameters}}}"#
    )
}

fn object(text: &[u8]) -> Map<String, Value> {
    serde_json::from_slice(text).unwrap_or_else(|error| panic!("{error}: {text:?}"))
}

/// Takes all records through a module both ways. The answers are the same, and they are the
/// records with at most one member more; gives how many have it.
fn through<M: Machine>(module: &'static [u8], member: &str, records: &[String]) -> usize {
    let mut host = Host::<M>::of(module);
    let mut marked = 0;
    for batch in records.chunks(1000) {
        let answer = Answer::read(&host.process(batch.join("\n").as_bytes()));
        assert_eq!((answer.status, answer.counts[4]), (0, 0), "{}", M::NAME);
        let (read, written) = (answer.counts[0], answer.counts[1]);
        assert_eq!((read as usize, written as usize), (batch.len(), batch.len()));
        let rows = String::from_utf8(answer.lines(0, 0)).expect("text");
        assert_eq!(rows.lines().count(), batch.len());
        for (row, record) in rows.lines().zip(batch) {
            assert!(host.filter(record.as_bytes()) == row.as_bytes(), "{}: {record}", M::NAME);
            let rest = row.strip_prefix(&record[..record.len() - 1]).expect("the record");
            let is_marked = rest.starts_with(&format!(",\"{member}\":"));
            assert!(is_marked || rest == "}", "{rest}");
            assert!(is_one_object(row.as_bytes()));
            marked += usize::from(is_marked);
        }
    }
    marked
}

#[test]
fn the_corpus_goes_through_both_ways() {
    let Some(records) = trailmill_golden::corpus() else { return };
    for (module, member) in modules() {
        let marked = through::<Compiled>(module, member, &records);
        assert_eq!(through::<Interpreted>(module, member, &records), marked);
        let expected = records.iter().filter(|record| match member {
            "officeHours" => true,
            _ => is_denied(record),
        });
        assert_eq!(marked, expected.count(), "{member}");
        assert!(marked > 50, "{marked} records have `{member}`");
    }
}

/// What the example in C says, by another way.
fn is_denied(record: &str) -> bool {
    let words =
        ["AccessDenied", "Unauthorized", "NotAuthorized", "AuthFailure", "Forbidden"].into_iter();
    let code = object(record.as_bytes()).remove("errorCode").unwrap_or_default();
    let code = code.as_str().unwrap_or_default();
    words.into_iter().any(|word| code.contains(word))
}

#[test]
fn sizes_do_not_matter_and_memory_stays_flat() {
    let around = |size: usize| size - 3..size + 3;
    let mut sizes: Vec<usize> = (1..40).chain(around(1 << 13)).chain(around(1 << 16)).collect();
    sizes.extend([100_000, 1 << 18, 1 << 20]);
    let frame = record(r#"{"key":""}"#).len();
    let text = |size: usize| match size < frame {
        true => "1".repeat(size),
        false => record(&format!(r#"{{"key":"{}"}}"#, "k".repeat(size - frame))),
    };
    for (module, member) in modules() {
        let mut host = Host::<Compiled>::of(module);
        let call = |host: &mut Host<Compiled>, size: usize| {
            let text = text(size);
            assert_eq!(text.len(), size);
            let answer = object(&host.filter(text.as_bytes()));
            assert_eq!(answer.contains_key("trailmillFault"), size < frame);
            assert_eq!(answer.contains_key(member), size >= frame);
            host.pages()
        };
        let pages = sizes.iter().map(|&size| call(&mut host, size)).last();
        let small = sizes.iter().filter(|size| **size < 10_000).map(|size| text(*size));
        let small: Vec<String> = small.collect();
        for round in 0..100_000 {
            let answer = host.filter(small[round % small.len()].as_bytes());
            assert!(answer.starts_with(b"{") && answer.ends_with(b"}"));
        }
        let after = Some(host.pages());
        assert_eq!(after, pages, "pages of memory");
        assert_eq!(
            sizes.iter().map(|&size| call(&mut host, size)).last(),
            pages,
            "pages of memory"
        );
    }
}

/// How many brackets are open at once, if there are none in strings.
fn brackets(text: &str) -> i32 {
    let depths = text.bytes().scan(0, |depth, byte| {
        *depth += i32::from(b"{[".contains(&byte)) - i32::from(b"}]".contains(&byte));
        Some(*depth)
    });
    depths.max().unwrap_or_default()
}

#[test]
fn odd_records_have_valid_answers() {
    let nested = |depth: usize| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    let long = format!(r#"{{"a":"{}"}}"#, "\\u0000".repeat(1 << 17));
    for (module, member) in modules() {
        let mut host = Host::<Interpreted>::of(module);
        for parameters in [
            "1e400",
            "-1E-40",
            "[-12.5e+99,1e09]",
            "12345678901234567890123456789.0",
            r#""a\u0000b""#,
            r#"{"\u0000":"\u0000"}"#,
            r#"{"a":1,"a":2}"#,
            r#""\ud800""#,
            "\"\u{2028}\u{10ffff}\"",
            "[ 1 , [ ] , { } ]",
            &nested(62),
            &nested(100),
            &nested(126),
            &long,
        ] {
            let record = record(parameters);
            let open = &record.as_bytes()[..record.len() - 1];
            let marked = [open, b",\"", member.as_bytes(), b"\":"].concat();
            let answer = Answer::read(&host.process(record.as_bytes()));
            assert!(answer.lines(0, 0).starts_with(&marked), "{parameters}");
            let answer = host.filter(record.as_bytes());
            assert!(is_one_object(&answer) && !answer.contains(&0), "{parameters}");
            // What Fluent Bit can not read comes as text.
            let text = String::from_utf8(answer.clone()).expect("text");
            let text = text.split("\"raw\":").next().unwrap_or_default();
            let is_odd =
                parameters.contains("e400") || parameters.len() > 500 && parameters.len() < 1000;
            assert_eq!(answer.starts_with(&marked), !is_odd, "{parameters}");
            assert!(!text.contains(":1e400") && brackets(text) <= 63, "{parameters}");
        }
        let open = record("1");
        let answer = host.filter(format!(" \n\t{open}\r\n ").as_bytes());
        assert!(answer.starts_with(b"{\"eventTime\"") && answer.ends_with(b"}"));
        let twice = record("1")
            .replace("\"eventName\"", "\"eventTime\":\"2024-03-09T09:41:07Z\",\"eventName\"");
        let answer = object(&host.filter(twice.as_bytes()));
        assert!(member != "officeHours" || answer[member]["day"] == "saturday");
    }
}

/// What is no record comes as a member of an object, and in batches it is quarantined, whole.
#[test]
fn what_is_no_record_is_not_lost() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let nested = record(&format!("{}1{}", "[".repeat(127), "]".repeat(127)));
    for (module, _) in modules() {
        let mut host = Host::<Compiled>::of(module);
        for text in
            ["x", "[]", "null", "{\"a\":", "{}}", "{}{}", "{\"a\":\"\u{1}\"}", "é", &deep, &nested]
        {
            let mut answer = object(&host.filter(text.as_bytes()));
            let fault = answer.remove("trailmillFault").expect("a fault");
            assert_eq!((&fault["stage"], &fault["kind"]), (&json!("guest"), &json!("no-record")));
            assert_eq!(Value::Object(answer), json!({ "raw": text }));
            let answer = Answer::read(&host.process(text.as_bytes()));
            assert_eq!(answer.counts, [1, 0, 0, 0, 1, 1, 0]);
            let case = object(&answer.lines(1, 0));
            assert_eq!((&case["fault"], &case["raw"]), (&json!("no-record"), &json!(text)));
        }
        for (bytes, expected) in [
            (&b"\xff{"[..], "/3s="),
            (b"\xe0\x80\x80", "4ICA"),
            (b"{\"\xed\xa0\x80\":1}", "eyLtoIAiOjF9"),
            (b"\xc1", "wQ=="),
        ] {
            let answer = object(&host.filter(bytes));
            assert_eq!(answer["rawBase64"], expected);
            let case = object(&Answer::read(&host.process(bytes)).lines(1, 0));
            assert_eq!(case["rawBase64"], expected);
        }
        // An empty text and a zero byte are for Fluent Bit only: lines have none.
        for text in ["", "\0", " "] {
            let answer = object(&host.filter(text.as_bytes()));
            assert_eq!(answer["raw"], text);
        }
    }
}

/// Records with bytes removed, doubled or replaced have valid answers, and the good ones between
/// them come out of a batch.
#[test]
fn spoiled_records_have_valid_answers() {
    let good = record(r#"{"bucketName":"b","list":[1,true,null,{"a":"\u00e9é"}]}"#).into_bytes();
    let byte = prop_oneof![any::<u8>(), prop::sample::select(b"{}[]\",:\\\0 e1".to_vec())];
    let spoils = prop::collection::vec((0..good.len(), byte, 0..3usize), 1..5);
    for (module, _) in modules() {
        let host = RefCell::new(Host::<Compiled>::of(module));
        let config = Config { cases: 5000, failure_persistence: None, ..Config::default() };
        let outcome = TestRunner::new(config).run(&spoils, |spoils| {
            let mut text = good.clone();
            for (place, byte, way) in spoils {
                let place = place.min(text.len() - 1);
                text.splice(place..place + usize::from(way != 1), (way != 2).then_some(byte));
            }
            let mut host = host.borrow_mut();
            prop_assert!(is_one_object(&host.filter(&text)));
            let batch = [&good[..], &text, &good].join(&b'\n');
            let answer = Answer::read(&host.process(&batch));
            let rows = answer.lines(0, 0);
            let [read, written, _, _, quarantined, lines, _] = answer.counts;
            prop_assert_eq!((answer.status, read, lines), (0, written + quarantined, quarantined));
            prop_assert_eq!(rows.iter().filter(|byte| **byte == b'\n').count() as u64, written);
            prop_assert!(
                rows.split(|byte| *byte == b'\n').all(|row| row.is_empty() || is_one_object(row))
            );
            prop_assert!(written >= 2);
            let cases = answer.lines(1, 0);
            prop_assert!(
                cases
                    .split(|byte| *byte == b'\n')
                    .all(|case| case.is_empty() || is_one_object(case))
            );
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("{error}"));
    }
}
