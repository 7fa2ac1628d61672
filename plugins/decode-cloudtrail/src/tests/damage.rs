//! A bad record costs that record, and all of it goes to quarantine.

use super::make::*;
use super::{Outcome, decode_every_way};
use serde_json::{Value, json};

fn outcome(input: impl AsRef<[u8]>) -> Outcome {
    decode_every_way(&Value::Null, input.as_ref())
}

/// Checks which records come out, by identifier, and what goes to quarantine.
#[track_caller]
fn ends_in(outcome: &Outcome, ids: &[u32], refused: &[(&str, &str)]) {
    let expected: Vec<String> = ids.iter().map(|id| record(*id)).collect();
    assert_eq!(outcome.raw(), expected.iter().map(String::as_bytes).collect::<Vec<_>>());
    let found = |refused: &super::Refused| {
        (refused.fault.kind.name, String::from_utf8_lossy(&refused.raw).into_owned())
    };
    let found: Vec<_> = outcome.refused.iter().map(found).collect();
    let found: Vec<_> = found.iter().map(|(kind, raw)| (*kind, &raw[..])).collect();
    assert_eq!(found, refused);
    assert_eq!(outcome.dead, None);
}

#[test]
fn a_bad_line_costs_that_line() {
    let bad = [
        (r#"{"a":NaN}"#, "not-json"),
        (r#"{"a":"no end"#, "not-json"),
        (r#"{"a":"\x"}"#, "not-json"),
        (r#"{"a":1}}"#, "unknown-shape"),
        (r#"{"a":[}"#, "not-json"),
        ("not json at all", "not-json"),
        ("\"a string\"", "not-json"),
        ("{}", "not-a-record"),
        ("[1,2,3]", "not-a-record"),
        (r#"{"a":"b"}"#, "unknown-shape"),
        ("{\"a\":\"\u{1}\"}", "not-json"),
    ];
    for (line, kind) in bad {
        let input = format!("{}\n{line}\n{}\n", record(1), record(2));
        let outcome = outcome(&input);
        assert_eq!(outcome.raw().len(), 2, "{line}");
        assert_eq!(outcome.refused[0].fault.kind.name, kind, "{line}");
        let raw: Vec<u8> = outcome.refused.iter().flat_map(|r| r.raw.clone()).collect();
        assert_eq!(raw, line.as_bytes());
        let at = record(1).len() as u64 + 1;
        assert_eq!(outcome.refused[0].offset, at, "{line}");
    }
}

#[test]
fn a_torn_line_does_not_take_the_next_with_it() {
    for torn in [r#"{"a":"#, r#"{"a":["#, r#"{"a":{"b":1"#, r#"{"a":[1,"#, "{"] {
        let input = format!("{}\n{torn}\n{}\n{}", record(1), record(2), record(3));
        let outcome = outcome(&input);
        let kind = outcome.refused[0].fault.kind.name;
        ends_in(&outcome, &[1, 2, 3], &[(kind, torn)]);
    }
}

#[test]
fn lines_of_invalid_utf8_are_refused_as_they_are() {
    let mut input = format!("{}\n{{\"a\":\"", record(1)).into_bytes();
    input.extend_from_slice(b"\xff\xfe\xc3(\"}\n");
    input.extend_from_slice(record(2).as_bytes());
    let outcome = outcome(&input);
    assert_eq!((outcome.records.len(), outcome.faults()), (2, vec!["not-utf8"]));
    assert_eq!(outcome.refused[0].raw, b"{\"a\":\"\xff\xfe\xc3(\"}");
}

#[test]
fn a_hundred_bad_lines_cost_a_hundred_lines() {
    let line =
        |id: u32| if id.is_multiple_of(2) { record(id) } else { format!("{{\"bad\":\"{id}") };
    let lines: Vec<String> = (0..200).map(line).collect();
    let outcome = outcome(lines.join("\n"));
    assert_eq!((outcome.records.len(), outcome.refused.len()), (100, 100));
}

#[test]
fn a_bad_document_over_several_lines_is_one_piece() {
    let input = format!("{{\n  \"a\": [\n    {{ }},\n    oops\n  ]\n}}\n{}", record(1));
    let piece = "{\n  \"a\": [\n    { },\n    oops\n  ]\n}";
    ends_in(&outcome(&input), &[1], &[("not-json", piece)]);
}

#[test]
fn a_bad_element_costs_that_element() {
    let bad = [
        (r#"{"a":NaN}"#, "not-json"),
        (r#"{"a":"\x"}"#, "not-json"),
        ("{\"a\":\"\u{1}]},{\"}", "not-json"),
        ("nope", "not-json"),
        ("12", "not-a-record"),
        ("\"]\"", "not-a-record"),
        ("null", "not-a-record"),
        ("[]", "not-a-record"),
        ("{}", "not-a-record"),
        (r#"{"a":"x"y"}"#, "not-json"),
        (r#"{"a":1"#, "not-json"),
        (r#"{"a":]"#, "not-json"),
    ];
    for (element, kind) in bad {
        let elements = [record(1), element.to_owned(), record(2)];
        ends_in(&outcome(log_file("", &elements, "")), &[1, 2], &[(kind, element)]);
        let pretty = format!("[\n {} ,\n {}\n ,\n {}\n]\n", elements[0], elements[1], elements[2]);
        ends_in(&outcome(pretty), &[1, 2], &[(kind, element)]);
    }
}

#[test]
fn a_cut_log_file_gives_what_is_whole_and_is_not_taken_for_complete() {
    let whole = log_file("", &[record(1), record(2)], "");
    for cut in 1..whole.len() {
        let outcome = outcome(&whole[..cut]);
        assert_eq!(outcome.faults(), ["cut-short"], "cut at {cut}");
        let whole_records =
            [record(1), record(2)].iter().filter(|r| whole[..cut].contains(*r)).count();
        assert_eq!(outcome.records.len(), whole_records, "cut at {cut}");
        let refused = &outcome.refused[0];
        assert_eq!(refused.offset as usize + refused.raw.len(), cut, "cut at {cut}");
    }
}

#[test]
fn brackets_that_do_not_fit_end_a_log_file() {
    let record = record(1);
    for (rest, faults) in [
        (",]}", 1),
        ("}", 1),
        ("x]}", 1),
        (":1]}", 1),
        ("]]", 1),
        ("]:", 1),
        ("],]", 1),
        ("],1:2}", 1),
        (r#"],"a" 1}"#, 1),
        (r#"],"a":NaN}"#, 1),
        ("]},", 0),
        ("] \\ }", 1),
    ] {
        let outcome = outcome(format!("{{\"Records\":[{record}{rest}"));
        assert_eq!(outcome.records.len(), 1, "{rest}");
        assert_eq!(outcome.dead.is_some(), faults == 1, "{rest}");
        assert!(outcome.faults().contains(&"not-json"), "{rest}");
    }
}

#[test]
fn a_bad_package_costs_that_package() {
    let good = base64(record(1).as_bytes());
    let (data, other) = (|data: &str| json!({"data": data}), json!({"other": 1}));
    let records = json!([data("%%"), data(&good), data(""), other, data("aGk="), {"data": 5}]);
    let input = json!({"requestId": "r", "timestamp": 1, "records": records}).to_string();
    ends_in(
        &outcome(&input),
        &[1],
        &[
            ("not-base64", "\"%%\""),
            ("empty-package", "\"\""),
            ("not-a-record", "{\"other\":1}"),
            ("not-json", "hi"),
            ("not-a-record", "5"),
        ],
    );
}

#[test]
fn a_list_that_is_none_is_refused() {
    for input in [
        json!({"messageType": "DATA_MESSAGE", "logEvents": "x"}),
        json!({"QueryResultRows": {"eventJson": 1}}),
        json!({"Records": "x"}),
    ] {
        let raw = input.to_string();
        ends_in(&outcome(&raw), &[], &[("unknown-shape", &raw)]);
    }
}

#[test]
fn damaged_compression_in_a_package_costs_that_package() {
    let mut damaged = gzip(record(1).as_bytes());
    let at = damaged.len() - 6;
    damaged[at] ^= 1;
    let packages = [base64(&damaged), base64(&gzip(record(2).as_bytes()))];
    let records: Vec<Value> =
        packages.iter().map(|data| json!({"Data": data, "PartitionKey": "p"})).collect();
    let input = json!({"Records": records}).to_string();
    let raw = format!("\"{}\"", packages[0]);
    ends_in(&outcome(&input), &[2], &[("damaged-compression", &raw)]);
}

#[test]
fn a_log_file_that_goes_bad_inside_a_package_is_refused_with_the_package() {
    let text = format!("{{\"Records\":[{},]}}", record(1));
    let input = format!("{}\n{}", json!({"MessageId": "m", "Body": text}), record(2));
    let raw = Value::from(text).to_string();
    ends_in(&outcome(&input), &[1, 2], &[("not-json", &raw)]);
}

#[test]
fn a_failing_reader_makes_the_input_dead() {
    struct Failing<'a>(&'a [u8]);
    impl std::io::Read for Failing<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            match self.0.read(into)? {
                0 => Err(std::io::ErrorKind::ConnectionReset.into()),
                read => Ok(read),
            }
        }
    }
    use trailmill_stage::Decoder;
    let lines = format!("{}\n{}\n", record(1), record(2));
    for bytes in [lines.clone().into_bytes(), gzip(lines.as_bytes())] {
        let mut outcome = Outcome::default();
        let mut reader = Failing(&bytes);
        let source = trailmill_stage::event::Source::default();
        let mut input = trailmill_stage::Input::whole(&mut reader, source);
        let decoder = super::decoder(Value::Null, crate::run::Tuning::default());
        let mut batch = trailmill_stage::event::Batch::new();
        let error = decoder.decode(&mut input, &mut batch, &mut outcome).expect_err("it failed");
        assert_eq!(error.kind.name, "read-failed");
    }
}

#[test]
fn a_sink_that_has_enough_is_asked_no_more() {
    use super::Enough;
    use trailmill_stage::event::{Batch, Source};
    use trailmill_stage::{Decoder, Input};
    let tuning = super::tunings().next().expect("there are some");
    let decoder = super::decoder(Value::Null, tuning);
    for input in
        [vec![record(1); 9].join("\n"), ["bad"; 9].join("\n{\n"), logs_message(&vec![record(1); 9])]
    {
        let mut sink = Enough::default();
        let mut reader = input.as_bytes();
        let mut input = Input::whole(&mut reader, Source::default());
        assert_eq!(decoder.decode(&mut input, &mut Batch::new(), &mut sink), Ok(()));
        assert_eq!(sink.0, 1);
    }
}
