//! Records as they should not be: members of another kind, twice there, escaped, or too long.

mod support;

use support::mill::Mill;
use support::{oracle, sample, text};

/// What may stand where something else belongs.
const VALUES: &[&str] = &[
    "null",
    "true",
    "false",
    "12",
    "1.50",
    "-0",
    "\"\"",
    "\"text\"",
    "{}",
    "[]",
    "{\"a\":1.0,\"b\":null}",
    "[null,{\"type\":\"x\"}]",
    "\"HIDDEN_DUE_TO_SECURITY_REASONS\"",
    // A text that ends like one that was cut, but is shorter.
    "\"of its own...[cut]\"",
    // Strings that look like JSON text, and nearly do.
    "\"{\\\"a\\\":1}\"",
    "\"123\"",
    "\"null\"",
    "\" {}\"",
    "\"[1.0 ]\\n\"",
    "\"\\\"\"",
    "\"\\\"x\\\"\"",
    "\"{\\\"a\\\":\"",
    "\"tru\"",
    "\"-\"",
    "\"1e400\"",
    "\"\\u007b}\"",
];

/// What may stand there twice.
const DUPLICATES: &[&str] = &[
    "null",
    "7",
    "\"again\"",
    "\"again...[cut]\"",
    "{}",
    "{\"type\":\"again\",\"arn\":null,\"extra\":[]}",
];

type Members<'a> = Vec<(String, String)>;

fn members(object: &str) -> Members<'_> {
    let members = text::members(object).into_iter();
    members.map(|(key, value)| (key.to_owned(), text::compact(value))).collect()
}

/// Checks an object inside a record, or the record itself, with each member in each odd shape.
fn check(mill: &mut Mill, object: &str, whole: &dyn Fn(String) -> String) {
    let members = members(object);
    for position in 0..members.len() {
        for value in VALUES {
            let mut odd = members.clone();
            odd[position].1 = (*value).to_owned();
            let record = whole(text::object(&odd));
            let made = mill.round(&record);
            oracle::check(&record, &made.row);
        }
        let mut escaped = members.clone();
        let name: String = serde_json::from_str(&escaped[position].0).unwrap();
        escaped[position].0 = text::escaped(&name);
        let record = whole(text::object(&escaped));
        let made = mill.round(&record);
        oracle::check(&record, &made.row);
        for value in DUPLICATES {
            for to in [0, position, members.len()] {
                for key in [&members[position].0, &escaped[position].0] {
                    let mut twice = members.clone();
                    twice.insert(to, (key.clone(), (*value).to_owned()));
                    let record = whole(text::object(&twice));
                    let made = mill.round(&record);
                    oracle::check_shape(&made.row);
                    check_last(&record, &made.row);
                }
            }
        }
    }
}

/// Checks that of several members of one name the last is in the columns.
fn check_last(record: &str, row: &str) {
    let record: serde_json::Value = serde_json::from_str(record).unwrap();
    let row: serde_json::Value = serde_json::from_str(row).unwrap();
    for (column, value) in [
        ("EVENTNAME", &record["eventName"]),
        ("USERAGENT", &record["userAgent"]),
        ("DATETIME", &record["eventTime"]),
        ("USERTYPE", &record["userIdentity"]["type"]),
        ("USERARN", &record["userIdentity"]["arn"]),
    ] {
        assert_eq!(row[column].as_str(), value.as_str(), "{column} of {record}");
    }
}

fn check_all(records: &[String]) {
    let mut mill = Mill::snare();
    for record in records {
        let record = text::compact(record);
        check(&mut mill, &record, &|record| record);
        let members = members(&record);
        let identity = members.iter().position(|(key, _)| key == "\"userIdentity\"");
        let Some(position) = identity.filter(|&at| members[at].1.starts_with('{')) else {
            continue;
        };
        check(&mut mill, &members[position].1, &|identity| {
            let mut members = members.clone();
            members[position].1 = identity;
            text::object(&members)
        });
    }
}

#[test]
fn odd_members_come_back() {
    // A record of which some members are there twice has no oracle.
    let once = |record: &String| !record.contains("Second");
    check_all(&sample::records().into_iter().filter(once).collect::<Vec<_>>());
}

#[test]
fn odd_members_of_real_records_come_back() {
    let Some(records) = trailmill_golden::corpus() else { return };
    check_all(&records.into_iter().step_by(1237).collect::<Vec<_>>());
}

#[test]
fn duplicates_of_the_identity_in_all_orders() {
    let identities = [
        "null",
        "5",
        "\"masked\"",
        "{}",
        "{\"type\":\"Root\"}",
        "{\"type\":\"IAMUser\",\"type\":null}",
        "{\"type\":1,\"arn\":\"a\",\"x\":{}}",
        "{\"arn\":\"b\",\"arn\":\"c\"}",
    ];
    let mut mill = Mill::snare();
    for one in identities {
        for two in identities {
            for three in identities {
                let record = format!(
                    "{{\"userIdentity\":{one},\"userIdentity\":{two},\"eventName\":\"N\",\
                     \"userIdentity\":{three}}}"
                );
                let made = mill.round(&record);
                check_last(&record, &made.row);
            }
        }
    }
}

#[test]
#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
fn a_flood_of_duplicates_comes_back() {
    let flood = |one: &str| format!("{{{}\"eventName\":\"N\"}}", one.repeat(200_000));
    let started = std::time::Instant::now();
    let mut mill = Mill::snare();
    mill.round(&flood("\"userIdentity\":{},"));
    mill.round(&flood("\"eventName\":\"x\","));
    // Work for each pair of them would take minutes.
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn keys_that_only_look_like_ours_stay_in_the_rest() {
    let mut mill = Mill::snare();
    for key in ["EventName", "eventname", "eventName ", "eventNam", "eventNamee", "", "\\ud800"] {
        let record = format!("{{\"{key}\":\"x\",\"\\ud801\":1,\"\\ud800y\":2}}");
        let made = mill.round(&record);
        assert!(made.row.contains("\"EVENTNAME\":null,"), "{}", made.row);
        let rest = format!("\"SNAREDATAMAP\":{record}}}");
        assert!(made.row.ends_with(&rest), "{}", made.row);
    }
}

#[test]
fn nesting_as_deep_as_a_row_can_hold() {
    let mut mill = Mill::snare();
    // As deep as a record may be: its own bracket is the 127th.
    for (name, levels) in [("other", 126), ("requestParameters", 126)] {
        let record = format!("{{\"{name}\":{}{}}}", "[".repeat(levels), "]".repeat(levels));
        mill.round(&record);
    }
}

#[test]
fn times_of_all_kinds() {
    let mill = Mill::snare();
    for (time, utc) in [
        ("2024-02-29T23:59:59Z", Some(("2024-02-29", "23:59:59"))),
        ("2024-02-29T23:59:59.123456789Z", Some(("2024-02-29", "23:59:59"))),
        ("2024-02-29t23:59:59z", Some(("2024-02-29", "23:59:59"))),
        ("2024-03-01 00:00:00+00:30", Some(("2024-02-29", "23:30:00"))),
        ("2024-12-31T23:59:59-00:01", Some(("2025-01-01", "00:00:59"))),
        ("2024-12-31T23:59:59-00:00", Some(("2024-12-31", "23:59:59"))),
        ("2016-12-31T23:59:60Z", Some(("2016-12-31", "23:59:60"))),
        ("0000-01-01T00:00:00Z", Some(("0000-01-01", "00:00:00"))),
        // Some writers of JSON escape what they need not.
        ("2024\\u002d02-29T23:59:59\\u002b00:00", Some(("2024-02-29", "23:59:59"))),
        ("2024-02-29T23:59:59\\u002b01:00", Some(("2024-02-29", "22:59:59"))),
        ("2023-02-29T00:00:00Z", None),
        ("1970-01-01", None),
        ("0", None),
        ("", None),
        ("\\ud800", None),
        ("2024-02-29T23:59:59", None),
        ("20240229T235959Z", None),
    ] {
        let made = mill.row(&format!("{{\"eventTime\":\"{time}\"}}"));
        let start = match utc {
            Some((date, time)) => format!("{{\"DATE\":\"{date}\",\"TIME\":\"{time}\","),
            None => "{\"DATE\":null,\"TIME\":null,".to_owned(),
        };
        assert!(made.row.starts_with(&start), "{time}: {}", made.row);
        assert!(made.row.contains(&format!("\"DATETIME\":\"{time}\",")), "{}", made.row);
        assert_eq!(made.notes.len(), usize::from(utc.is_none()), "{time}: {:?}", made.notes);
    }
    // What is no text is no time that could not be parsed.
    for time in ["null", "1709251199", "{}"] {
        let made = mill.row(&format!("{{\"eventTime\":{time}}}"));
        assert!(made.row.starts_with("{\"DATE\":null,\"TIME\":null,"), "{}", made.row);
        assert_eq!(made.notes, [""; 0]);
    }
}
