//! The layout of a log bucket.

use std::collections::BTreeSet;

use serde_json::Value;
use trailmill_generate::{Generator, S3File, S3Files};

fn records(file: &S3File) -> Vec<Value> {
    let mut document: Value = serde_json::from_slice(&file.text).expect("a log file is JSON");
    let Value::Array(records) = document["Records"].take() else { panic!("no Records") };
    assert_eq!(document.as_object().map(|members| members.len()), Some(1));
    records
}

#[test]
fn files_hold_exactly_the_records_asked_for() {
    for (events, per_file) in [(0, 10), (1, 10), (999, 100), (2_000, 1), (2_500, 100_000), (7, 0)] {
        let files: Vec<S3File> = S3Files::new(Generator::new(3), events, per_file).collect();
        let counts: Vec<usize> = files.iter().map(|file| records(file).len()).collect();
        assert_eq!(counts.iter().sum::<usize>() as u64, events);
        assert!(counts.iter().all(|count| (1..=per_file.max(1)).contains(count)));
        let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths.len(), files.len(), "a path twice");
    }
}

#[test]
fn files_hold_the_records_of_the_generator() {
    let mut generator = Generator::new(5);
    let mut expected: Vec<String> = (0..1_500)
        .map(|_| {
            let mut text = Vec::new();
            generator.record(&mut text);
            let value: Value = serde_json::from_slice(&text).expect("JSON");
            value.to_string()
        })
        .collect();
    let files = S3Files::new(Generator::new(5), 1_500, 64);
    let mut found: Vec<String> =
        files.flat_map(|file| records(&file)).map(|record| record.to_string()).collect();
    expected.sort();
    found.sort();
    assert!(expected == found, "the files hold other records than the generator makes");
}

#[test]
fn paths_say_what_is_inside() {
    let mut folders = BTreeSet::new();
    for file in S3Files::new(Generator::new(4), 20_000, 500) {
        let parts: Vec<&str> = file.path.split('/').collect();
        let [root, account, folder, region, year, month, day, name] = parts[..] else {
            panic!("not the parts of a key: {}", file.path)
        };
        assert_eq!(root, "AWSLogs");
        assert!(account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit()));
        let stem = name.strip_suffix(".json.gz").expect("the name's end");
        let [of, kind, place, time, unique] = stem.split('_').collect::<Vec<_>>()[..] else {
            panic!("not the parts of a name: {name}")
        };
        assert_eq!((of, kind, place), (account, folder, region));
        let (date, clock) = time.split_once('T').expect("date and time");
        assert_eq!(date, [year, month, day].concat());
        assert!(clock.len() == 5 && (clock.ends_with("0Z") || clock.ends_with("5Z")));
        assert!(unique.len() == 16 && unique.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        for record in records(&file) {
            check_place(&record, account, folder, region);
        }
        folders.insert(folder.to_owned());
    }
    assert_eq!(folders.len(), 4, "{folders:?}");
}

/// A record lies where its account, its region and its category put it.
fn check_place(record: &Value, account: &str, folder: &str, region: &str) {
    let owner = record.get("recipientAccountId").or(record.get("accountId"));
    assert_eq!(owner.and_then(Value::as_str), Some(account), "{record}");
    assert_eq!(record["awsRegion"], region, "{record}");
    let expected = match record["eventCategory"].as_str() {
        Some("Insight") => "CloudTrail-Insight",
        Some("NetworkActivity") => "CloudTrail-NetworkActivity",
        Some("Aggregated") => "CloudTrail-Aggregated",
        _ => "CloudTrail",
    };
    assert_eq!(folder, expected, "{record}");
}

#[test]
fn records_of_a_file_are_in_the_order_of_their_time() {
    for file in S3Files::new(Generator::new(6), 5_000, 400) {
        let records = records(&file);
        let times: Vec<&str> =
            records.iter().filter_map(|record| record["eventTime"].as_str()).collect();
        assert!(times.is_sorted(), "{}", file.path);
    }
}
