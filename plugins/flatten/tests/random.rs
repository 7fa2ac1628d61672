//! Random records: whatever they hold, the row has its shape and gives the record back.

mod support;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::Config;
use support::mill::Mill;
use support::{oracle, text};

/// Members that CloudTrail knows.
const KEYS: &[&str] = &[
    "eventVersion",
    "eventTime",
    "eventSource",
    "eventName",
    "awsRegion",
    "eventCategory",
    "eventID",
    "eventType",
    "recipientAccountId",
    "requestID",
    "requestParameters",
    "responseElements",
    "sourceIPAddress",
    "userAgent",
    "userIdentity",
    "errorCode",
    "resources",
    "additionalEventData",
];

const IDENTITY_KEYS: &[&str] = &[
    "type",
    "arn",
    "userName",
    "accountId",
    "accessKeyId",
    "principalId",
    "sessionContext",
    "invokedBy",
];

/// A string with its quotes.
fn strings() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z0-9 .:/-]{0,12}".prop_map(|text| format!("\"{text}\"")),
        1 => any::<String>().prop_map(quoted),
        1 => "[a-z]{0,3}".prop_map(|text| text::escaped(&text)),
        1 => "[\\[{\"]?[a-z0-9\": ,]{0,4}[\\]}\"]?".prop_map(quoted),
        1 => select(&["\"\\ud800\"", "\"{\\\"a\\\":\\\"\\ud800\\\"}\"", "\"\\/\"", "\"...[cut]\""]),
        1 => "2024-0[0-9]-[0-3][0-9]T0[0-9]:[0-6][0-9]:00(Z|[+]01:00)".prop_map(quoted),
    ]
}

fn quoted(text: String) -> String {
    serde_json::to_string(&text).unwrap()
}

fn select(texts: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::sample::select(texts).prop_map(str::to_owned)
}

fn leaves() -> impl Strategy<Value = String> {
    let numbers = &["0", "-0", "1.50", "1e400", "-1E+2", "123456789012345678901234567890"];
    prop_oneof![
        4 => strings(),
        1 => select(&["null", "true", "false"]),
        1 => select(numbers),
    ]
}

fn values() -> impl Strategy<Value = String> {
    leaves().prop_recursive(4, 24, 4, |inner| {
        let members = vec((keys(&[]), inner.clone()), 0..4);
        prop_oneof![
            vec(inner, 0..4).prop_map(|elements| format!("[{}]", elements.join(","))),
            members.prop_map(|members| text::object(&members)),
        ]
    })
}

/// A key with its quotes: one of those known, now and then escaped, or any other.
fn keys(known: &'static [&'static str]) -> impl Strategy<Value = String> {
    let known = if known.is_empty() { &["a", "b"][..] } else { known };
    let known = proptest::sample::select(known);
    prop_oneof![
        12 => known.clone().prop_map(|key| format!("\"{key}\"")),
        1 => known.prop_map(text::escaped),
        2 => strings(),
    ]
}

fn identities() -> impl Strategy<Value = String> {
    let members = vec((keys(IDENTITY_KEYS), values()), 0..6);
    prop_oneof![4 => members.prop_map(|members| text::object(&members)), 1 => values()]
}

/// A record in which members may be there twice.
fn records() -> impl Strategy<Value = String> {
    let member = prop_oneof![
        5 => (keys(KEYS), values()),
        1 => (Just("\"userIdentity\"".to_owned()), identities()),
    ];
    vec(member, 0..20).prop_map(|members| text::object(&members))
}

/// Whether no object in it that matters has two members of one name.
fn is_unambiguous(record: &str) -> bool {
    let unique = |object: &str| {
        let mut keys: Vec<Option<String>> =
            text::members(object).iter().map(|(key, _)| serde_json::from_str(key).ok()).collect();
        let count = keys.len();
        keys.sort();
        keys.dedup();
        keys.len() == count
    };
    let identity = |(_, value): &(&str, &str)| !value.starts_with('{') || unique(value);
    unique(record) && text::members(record).iter().all(identity)
}

proptest! {
    // A failing record belongs into another test, so proptest keeps no files of its own.
    #![proptest_config(Config {
        cases: Config::default().cases * 8,
        failure_persistence: None,
        ..Config::default()
    })]

    /// What a stage has learned of the order of members makes no difference.
    #[test]
    fn rows_are_the_same_whatever_came_before(records in vec(records(), 2..8)) {
        let busy = Mill::snare();
        for record in records.iter().chain(&records) {
            prop_assert_eq!(busy.row(record), Mill::snare().row(record));
        }
    }

    #[test]
    fn rows_keep_their_shape_and_records_come_back(record in records()) {
        let made = Mill::snare().round(&record);
        // The other parser refuses numbers and halves of surrogate pairs that ours keeps.
        let is_readable = serde_json::from_str::<serde_json::Value>(&record).is_ok();
        if is_readable {
            oracle::check_shape(&made.row);
        }
        if is_readable && is_unambiguous(&record) {
            oracle::check(&record, &made.row);
        }
    }
}

/// Several threads have one stage, and what one learns the others use.
#[test]
// The runner has the threads; here they are what is tested.
#[allow(clippy::disallowed_methods)]
fn threads_may_learn_at_once() {
    let member = |key: &&str| (format!("\"{key}\""), format!("\"{}\"", key.to_lowercase()));
    let record = |from: usize, step: usize| {
        let keys = KEYS.iter().cycle().skip(from).step_by(step).take(KEYS.len() / step);
        text::object(&keys.map(member).collect::<Vec<_>>())
    };
    let records: Vec<String> =
        (0..KEYS.len() * 3).map(|number| record(number / 3, number % 3 + 1)).collect();
    let expected: Vec<_> = records.iter().map(|record| Mill::snare().row(record)).collect();
    let busy = Mill::snare();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let (busy, records, expected) = (&busy, &records, &expected);
            scope.spawn(move || {
                for turn in 0..100 {
                    let number = (turn * 7 + thread * 13) % records.len();
                    assert_eq!(busy.row(&records[number]), expected[number]);
                }
            });
        }
    });
}
