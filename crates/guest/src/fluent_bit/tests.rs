//! Times, and records one by one without a runtime around them.

use super::*;
use crate::configuration::Configured;
use trailmill_abi::{PIPELINE, entry};
use trailmill_event::json::Isa;

fn time(seconds: u32, nanoseconds: u32) -> String {
    let mut out = String::new();
    write_time(seconds, nanoseconds, &mut out);
    out
}

#[test]
fn times_are_written_with_the_digits_they_need() {
    for (seconds, nanoseconds, expected) in [
        (0, 0, "1970-01-01T00:00:00Z"),
        (951_782_399, 0, "2000-02-28T23:59:59Z"),
        (951_782_400, 120_000_000, "2000-02-29T00:00:00.12Z"),
        (951_868_800, 1, "2000-03-01T00:00:00.000000001Z"),
        (1_709_889_330, 500_000_000, "2024-03-08T09:15:30.5Z"),
        (1_735_689_599, 999_999_999, "2024-12-31T23:59:59.999999999Z"),
        (1_735_689_600, 0, "2025-01-01T00:00:00Z"),
        (u32::MAX, u32::MAX, "2106-02-07T06:28:15.294967295Z"),
    ] {
        assert_eq!(time(seconds, nanoseconds), expected);
    }
}

/// Every day from 1970 to 2106 has the date that follows the one before.
#[test]
fn days_follow_one_another() {
    let (mut year, mut month, mut day) = (1970, 1, 1);
    for number in 0..u32::MAX / 86_400 {
        assert_eq!(time(number * 86_400, 0), format!("{year}-{month:02}-{day:02}T00:00:00Z"));
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 => 28 + u32::from(is_leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        day += 1;
        if day > days {
            (month, day) = (month + 1, 1);
        }
        if month > 12 {
            (year, month) = (year + 1, 1);
        }
    }
}

fn answers(pipeline: &str, records: &[&str]) -> Vec<String> {
    let mut configuration = Vec::new();
    entry(PIPELINE, "pipeline.yaml", pipeline.as_bytes(), &mut configuration);
    let configured = Configured::new(&configuration).expect("a configuration");
    let mut guest = Guest::new(&configured, Some(Isa::Scalar));
    let answers = records.iter().map(|record| {
        let answer = guest.filter(b"tag", (0, 0), Some(record.as_bytes())).to_vec();
        String::from_utf8(answer).expect("text")
    });
    answers.collect()
}

const RECORD: &str = r#"{"eventVersion":"1.08","eventTime":"2024-03-08T09:41:07Z","eventSource":"s3.amazonaws.com","eventName":"PutObject"}"#;

#[test]
fn a_record_becomes_one_row_or_none() {
    let pipeline = "stages: [decode-cloudtrail, { filter: { drop: 'eventName == \"Get\"' } }]";
    let unwanted = RECORD.replace("PutObject", "Get");
    let both = format!(r#"{{"Records":[{unwanted},{RECORD}]}}"#);
    let answers = answers(pipeline, &[RECORD, &unwanted, &both, RECORD]);
    let row = format!("{RECORD}\0");
    assert_eq!(answers, [&row, "\0", &row, &row]);
}

#[test]
fn inputs_that_are_dropped_on_purpose_are_empty() {
    let pipeline = "stages: [ { decode-cloudtrail: { on_fault: drop } } ]";
    assert_eq!(answers(pipeline, &["{}", "\u{1f}\u{8b}\u{0}", "{"]), ["\0"; 3]);
}

/// The stage of the second output has no row for it, and that of the first has.
#[test]
fn a_record_for_two_outputs_passes_as_it_is() {
    let pipeline = "{ stages: [decode-cloudtrail], outputs: [ { to: stdout }, \
                    { to: { file: { path: out } } } ] }";
    let [answer] = &answers(pipeline, &[RECORD])[..] else { panic!("one answer") };
    let open = RECORD.strip_suffix('}').expect("an object");
    let fault = r#""trailmillFault":{"stage":"guest","kind":"several-rows","message":"it becomes several rows, and the host takes one for a record"}"#;
    assert_eq!(*answer, format!("{open},{fault}}}\0"));
}
