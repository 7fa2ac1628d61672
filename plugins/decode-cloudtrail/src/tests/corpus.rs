//! Every file of the corpus ends as its list says.
//!
//! The corpus lies beside the repository, or where `TRAILMILL_CORPUS` says; without it these tests
//! have nothing to show and say so.

#![expect(clippy::disallowed_methods, reason = "stages open no files, but this test does")]

use super::{Outcome, decode};
use std::fs;
use std::path::{Path, PathBuf};

fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let path = std::env::var_os("TRAILMILL_CORPUS").map_or(beside, PathBuf::from);
    if path.is_dir() {
        return Some(path);
    }
    skipped();
    None
}

#[expect(clippy::print_stderr, reason = "a test that shows nothing should say so")]
fn skipped() {
    eprintln!("SKIPPED: no corpus; set TRAILMILL_CORPUS to have this tested");
}

fn decode_file(path: &Path) -> Outcome {
    decode(&fs::read(path).expect("the corpus can be read"))
}

#[test]
fn all_real_records_are_records() {
    let Some(corpus) = corpus() else { return };
    let files = fs::read_dir(corpus.join("records")).expect("a folder");
    let mut count = 0;
    for file in files {
        let outcome = decode_file(&file.expect("an entry").path());
        assert_eq!(outcome.faults(), Vec::<&str>::new());
        assert!(outcome.records.iter().all(|found| found.container == "json"));
        count += outcome.records.len();
    }
    assert_eq!(count, 6175);
}

/// What a careful reader counts in each file of `containers/`: the records, what they travel in,
/// and the faults.
const CONTAINERS: &[(&str, usize, &str, &[&str])] = &[
    // Two log events whose messages are "[ERROR] First test message" and the like.
    ("cwl-lambda-event-generic-rust.json", 0, "", &["not-json", "not-json"]),
    ("cwl-subscription-decoded-otel.json", 1, "cloudwatch-logs", &[]),
    ("cwl-subscription-gz-b64-datadog.json", 4, "cloudwatch-logs", &[]),
    ("digest-otel.json", 0, "", &["not-a-log"]),
    // Records that were taken out of their envelopes.
    ("eventbridge-api-call-assumed-role.json", 1, "json", &[]),
    ("eventbridge-s3-object-created.json", 0, "", &["not-a-log"]),
    ("eventbridge-unknown-user-auth.json", 1, "json", &[]),
    // Both hold "Hello World".
    ("firehose-transform-event.json", 0, "", &["not-json", "not-json"]),
    ("firehose-transform-response.json", 0, "", &["not-a-log"]),
    // `[{"data": {"Records": [one insight]}, ...}]`
    ("insights-streamalert.json", 1, "s3-log-file", &[]),
    // Three log events with the message "some_message".
    ("kinesis-lambda-promtail-cwl.json", 0, "", &["not-json", "not-json", "not-json"]),
    // Six lines, the last without a line feed.
    ("lookup-events-jsonl-plaso.jsonl", 6, "lookup-events", &[]),
    ("lookup-events-sdk.json", 1, "lookup-events", &[]),
    ("s3-notification-urlencoded-key.json", 0, "", &["not-a-log"]),
    ("s3-notification.json", 0, "", &["not-a-log"]),
    ("s3-test-event.json", 0, "", &[]),
    ("sns-s3-notification.json", 0, "", &["not-a-log"]),
    // A notification, "this is not json at all {{{", and another notification.
    ("sqs-batch-partial-garbage.json", 0, "", &["not-a-log", "not-json", "not-a-log"]),
    ("sqs-s3-notification.json", 0, "", &["not-a-log"]),
    ("sqs-sns-s3-notification.json", 0, "", &["not-a-log"]),
    ("trail-logfile-s3.json.gz", 20, "s3-log-file", &[]),
];

#[test]
fn containers_hold_what_a_careful_reader_counts() {
    let Some(corpus) = corpus() else { return };
    for (name, records, container, faults) in CONTAINERS {
        let outcome = decode_file(&corpus.join("containers").join(name));
        assert_eq!(outcome.records.len(), *records, "{name}");
        assert!(outcome.records.iter().all(|found| found.container == *container), "{name}");
        assert_eq!(outcome.faults(), *faults, "{name}");
    }
    let files = fs::read_dir(corpus.join("containers")).expect("a folder").count();
    assert_eq!(files, CONTAINERS.len(), "every file is in the table");
}

#[test]
fn what_is_no_log_is_named() {
    let Some(corpus) = corpus() else { return };
    let names = [
        ("digest-otel.json", "a digest file, not a log file"),
        ("s3-notification.json", "an S3 notification, which names a log file"),
        ("eventbridge-s3-object-created.json", "an EventBridge event that is not from CloudTrail"),
        ("firehose-transform-response.json", "the answer of a Firehose transformation"),
    ];
    for (name, found) in names {
        let outcome = decode_file(&corpus.join("containers").join(name));
        assert_eq!(outcome.refused[0].fault.found, Some(found), "{name}");
    }
    let test_event = decode_file(&corpus.join("containers/s3-test-event.json"));
    assert_eq!(test_event.notes, [("s3-test-event", 1)]);
}

/// What the actions of the list of hostile files mean here.
fn is_as_listed(action: &str, outcome: &Outcome) -> bool {
    let (good, bad) = (!outcome.records.is_empty(), !outcome.faults().is_empty());
    match action {
        "accept" => !bad,
        // Nothing of it is read, and all of it goes to quarantine, by the piece or as a whole.
        "dead" => !good && bad,
        "part" => bad && outcome.dead.is_none(),
        // One documented rule: the record is kept as it is, or refused.
        "flag" => good != bad,
        "cap" => outcome.dead.is_some_and(|fault| fault.limit.is_some()),
        "dead-or-flag" => is_as_listed("dead", outcome),
        "part-or-dead" => is_as_listed("part", outcome),
        other => panic!("an action without a meaning: {other}"),
    }
}

#[test]
fn hostile_files_end_as_listed() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("badinputs");
    let list = fs::read_to_string(folder.join("MANIFEST.tsv")).expect("the list");
    let mut count = 0;
    for line in list.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let (name, action) = (columns[0], columns[4]);
        let outcome = decode_file(&folder.join(name));
        let faults = outcome.faults();
        assert!(is_as_listed(action, &outcome), "{name} should be {action}: {faults:?}");
        count += 1;
    }
    assert!(count >= 61, "{count} files");
}

/// The files whose list leaves room, or where more can be said than the list does.
const HOSTILE: &[(&str, usize, &[&str])] = &[
    // Nothing of a file with something behind its first member is read.
    ("gz_multi_member.json.gz", 0, &["bytes-behind-end"]),
    ("gz_trailing_garbage.json.gz", 0, &["bytes-behind-end"]),
    ("gz_trailing_zeros.json.gz", 2, &[]),
    ("zlib_not_gzip.json.gz", 0, &["unknown-compression"]),
    ("zstd_magic.json.gz", 0, &["damaged-compression"]),
    ("bomb_1GB_one_string.json.gz", 0, &["inflated-too-large"]),
    ("bomb_256MB_many_records.json.gz", 0, &["inflated-too-large"]),
    ("json_deep_100k.json", 0, &["too-deep"]),
    ("json_deep_array_200k.json", 0, &["too-deep"]),
    // Duplicate members are grammatical; whoever reads one takes the last.
    ("json_dup_keys.json", 1, &[]),
    ("json_trailing_comma.json", 0, &["unknown-shape", "not-json"]),
    ("json_utf16.json", 0, &["unknown-compression"]),
    ("json_records_not_array.json", 0, &["unknown-shape"]),
    ("json_records_null.json", 0, &[]),
    // The record before the cut is good.
    ("json_cut_mid_record.json", 1, &["cut-short"]),
    ("ndjson_cut_last.json", 2, &["cut-short"]),
    ("json_empty_obj.json", 0, &["not-a-record"]),
    ("text_invalid_utf8.json", 0, &["not-utf8", "not-utf8"]),
    // Lone surrogates are grammatical and stay as they are.
    ("text_lone_surrogate.json", 2, &[]),
    ("text_nul_raw.json", 0, &["not-json", "not-json"]),
    ("cwl_message_not_json.bin", 1, &["not-json", "empty-package"]),
    ("firehose_bad_base64.json", 1, &["not-base64", "empty-package"]),
    ("event_1MB.json", 1, &[]),
    ("inject_csv.json", 9, &[]),
];

#[test]
fn hostile_files_are_told_apart() {
    let Some(corpus) = corpus() else { return };
    for (name, records, faults) in HOSTILE {
        let outcome = decode_file(&corpus.join("badinputs").join(name));
        assert_eq!((outcome.records.len(), &outcome.faults()[..]), (*records, *faults), "{name}");
    }
}

#[test]
fn limits_are_named_with_their_values() {
    let Some(corpus) = corpus() else { return };
    let bomb = decode_file(&corpus.join("badinputs/bomb_256MB_many_records.json.gz"));
    let message = bomb.dead.expect("it is dead").to_string();
    assert!(message.contains("(ratio_max is 250)"), "{message}");
}
