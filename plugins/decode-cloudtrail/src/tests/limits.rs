//! Every limit holds, is named with its value, and costs no more than what is above it.

use super::make::*;
use super::{decode_every_way, decode_with, decoder};
use crate::run::Tuning;
use crate::settings::{OPTIONS, Options};
use serde_json::{Value, json};
use trailmill_stage::Settings;

/// The name and value of the limit that the first fault names.
fn limit(options: &Value, input: &[u8]) -> (usize, &'static str, u64) {
    let outcome = decode_every_way(options, input);
    let first = outcome.refused.first().map(|refused| refused.fault).or(outcome.dead);
    let limit = first.and_then(|fault| fault.limit).expect("a limit was met");
    (outcome.records.len(), limit.option, limit.value)
}

#[test]
fn a_record_above_the_limit_costs_that_record() {
    let options = json!({"record_bytes_max": 300});
    let large = record(2).replace("Root", &"R".repeat(400));
    for large in [large.clone(), large.replace("\"eventVersion\":\"1.08\",", "")] {
        let lines = [record(1), large, record(3)];
        assert_eq!(limit(&options, lines.join("\n").as_bytes()), (2, "record_bytes_max", 300));
        let file = log_file("", &lines, "");
        assert_eq!(limit(&options, file.as_bytes()), (2, "record_bytes_max", 300));
    }
}

#[test]
fn a_piece_above_the_limit_goes_to_quarantine_bit_by_bit() {
    let options = json!({"record_bytes_max": 300});
    let large = record(2).replace("Root", &"R".repeat(1000));
    let input = [record(1), large.clone(), record(3)].join("\n");
    let outcome = decode_every_way(&options, input.as_bytes());
    let pieces: Vec<usize> = outcome.refused.iter().map(|refused| refused.raw.len()).collect();
    assert_eq!(pieces, [300, 300, 300, large.len() - 900]);
    let joined: Vec<u8> = outcome.refused.iter().flat_map(|r| r.raw.clone()).collect();
    assert_eq!(joined, large.as_bytes());
}

#[test]
fn a_message_above_the_limit_costs_that_message() {
    let options = json!({"record_bytes_max": 300, "document_bytes_max": 400});
    let message = logs_message(&[record(1), record(2)]);
    let input = format!("{message}\n{}", record(3));
    assert_eq!(limit(&options, input.as_bytes()), (1, "document_bytes_max", 400));
    let options = json!({"record_bytes_max": 300, "document_bytes_max": 900});
    let blob = base64(&gzip(vec![record(1); 9].join("\n").as_bytes()));
    let input = format!("{blob}\n{}", record(3));
    assert_eq!(limit(&options, input.as_bytes()), (1, "document_bytes_max", 900));
}

#[test]
fn a_log_file_and_an_array_may_be_larger_than_any_limit_of_size() {
    let options = json!({"record_bytes_max": 300, "document_bytes_max": 300});
    let records: Vec<String> = (0..50).map(record).collect();
    for input in [log_file("", &records, ""), format!("[{}]", records.join(", "))] {
        let outcome = decode_every_way(&options, input.as_bytes());
        assert_eq!((outcome.records.len(), outcome.faults().len()), (50, 0));
    }
}

#[test]
fn a_container_holds_no_more_records_than_it_may() {
    let options = json!({"records_max": 3});
    let records: Vec<String> = (0..5).map(record).collect();
    let log_file = log_file("", &records, "");
    assert_eq!(limit(&options, log_file.as_bytes()), (3, "records_max", 3));
    assert_eq!(limit(&options, logs_message(&records).as_bytes()), (3, "records_max", 3));
    let lines = decode_every_way(&options, records.join("\n").as_bytes());
    assert_eq!((lines.records.len(), lines.faults().len()), (5, 0), "lines are no container");
    let none = decode_every_way(&json!({"records_max": 0}), log_file.as_bytes());
    assert_eq!(none.records.len(), 5);
    let just = decode_every_way(&json!({"records_max": 5}), log_file.as_bytes());
    assert_eq!((just.records.len(), just.faults().len()), (5, 0));
}

#[test]
fn inflated_bytes_are_limited_for_the_input_and_over_all_its_packages() {
    let options = json!({"inflated_bytes_max": 1000});
    let packed = gzip(vec![record(1); 9].join("\n").as_bytes());
    let expected = (0, "inflated_bytes_max", 1000);
    let outcome = decode_with(&decoder(options.clone(), Tuning::default()), &packed);
    let limit_met = outcome.dead.and_then(|fault| fault.limit).expect("a limit was met");
    assert_eq!((outcome.records.len(), limit_met.option, limit_met.value), expected);
    let package = json!({"Data": base64(&gzip(vec![record(1); 3].join("\n").as_bytes())), "PartitionKey": "p"});
    let input = json!({"Records": [package, package, package]}).to_string();
    assert_eq!(limit(&options, input.as_bytes()), (3, "inflated_bytes_max", 1000));
}

/// A host that hands over text hands over text; what is compressed is told, as input and inside.
#[test]
fn nothing_compressed_is_opened_where_all_is_text() {
    let tuning = Tuning { unpack: &crate::unpack::TextOnly, ..Tuning::default() };
    let decoder = super::decoder(serde_json::Value::Null, tuning);
    assert_eq!(decode_with(&decoder, record(1).as_bytes()).records.len(), 1);
    let packed = gzip(record(1).as_bytes());
    let dead = decode_with(&decoder, &packed).dead.expect("it is dead");
    let told = "neither text nor gzip nor zstd: compressed input, where the host is to hand over \
                text at byte 0";
    assert_eq!(dead.to_string(), told);
    let package = json!({"Data": base64(&packed), "PartitionKey": "p"});
    let outcome = decode_with(&decoder, json!({"Records": [package]}).to_string().as_bytes());
    assert_eq!((outcome.records.len(), outcome.faults()), (0, vec!["unknown-compression"]));
}

#[test]
fn a_ratio_that_no_log_has_is_refused() {
    let text = format!("{{\"Records\":[{}", " ".repeat(4 << 20));
    let packed = zstd::encode_all(text.as_bytes(), 9).expect("memory");
    let outcome = super::decode(&packed);
    let fault = outcome.dead.expect("it is dead");
    assert_eq!(fault.limit.map(|limit| limit.option), Some("ratio_max"));
}

#[test]
fn compression_over_compression_has_an_end() {
    let thrice = gzip(&gzip(&gzip(record(1).as_bytes())));
    let outcome = decode_every_way(&Value::Null, &thrice);
    assert_eq!((outcome.records.len(), outcome.faults()), (0, vec!["compressed-twice"]));
    let package = json!({"recordId": "1", "data": base64(&thrice)}).to_string();
    let outcome = decode_every_way(&Value::Null, package.as_bytes());
    assert_eq!((outcome.records.len(), outcome.faults()), (0, vec!["compressed-twice"]));
}

#[test]
fn packages_in_packages_have_an_end() {
    let mut text = record(1);
    for depth in 1..=10 {
        text = json!({"MessageId": "m", "Body": text}).to_string();
        let outcome = decode_every_way(&Value::Null, text.as_bytes());
        let faults: &[&str] = if depth <= 8 { &[] } else { &["nested-too-deep"] };
        assert_eq!(outcome.faults(), faults, "{depth} deep");
    }
    let mut text = record(1);
    for _ in 0..60 {
        text = format!(r#"{{"x":1,"Records":[{text}]}}"#);
    }
    assert_eq!(decode_every_way(&Value::Null, text.as_bytes()).faults(), ["nested-too-deep"]);
}

#[test]
fn records_as_deep_as_the_index_allows_pass() {
    let nested = |levels: usize| {
        let inner = format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
        record(1).replace("\"Root\"", &inner)
    };
    // The record and userIdentity are two levels themselves.
    assert_eq!(decode_every_way(&Value::Null, nested(125).as_bytes()).records.len(), 1);
    assert_eq!(decode_every_way(&Value::Null, nested(126).as_bytes()).faults(), ["too-deep"]);
}

#[test]
fn bytes_behind_the_end_are_refused_unless_that_is_written_down() {
    let two = [gzip(record(1).as_bytes()), gzip(record(2).as_bytes())].concat();
    assert_eq!(decode_every_way(&Value::Null, &two).faults(), ["bytes-behind-end"]);
    let accept = decode_every_way(&json!({"trailing": "accept"}), &two);
    assert_eq!((accept.records.len(), accept.faults().len()), (2, 0));
}

#[test]
fn options_are_strict() {
    let read = |options: Value| Options::read(&Settings::new(options)).map_err(|e| e.to_string());
    assert!(read(json!({})).is_ok());
    for wrong in [
        json!({"record_bytes": 1}),
        json!({"record_bytes_max": 0}),
        json!({"record_bytes_max": "1 MB"}),
        json!({"record_bytes_max": 3_000_000_000_u64}),
        json!({"record_bytes_max": 1000, "document_bytes_max": 999}),
        json!({"ratio_max": 0}),
        json!({"trailing": "ignore"}),
    ] {
        assert!(read(wrong.clone()).is_err(), "{wrong}");
    }
}

#[test]
fn the_documented_defaults_are_the_defaults() {
    let documented = OPTIONS.iter().map(|option| match option.default.parse::<u64>() {
        Ok(number) => (option.name.to_owned(), json!(number)),
        Err(_) => (option.name.to_owned(), json!(option.default)),
    });
    let written = Options::read(&Settings::new(Value::Object(documented.collect())));
    let left_out = Options::default();
    assert_eq!(format!("{:?}", written.expect("they are right")), format!("{left_out:?}"));
}
