//! Whatever records in whatever wrapping come back, and no garbage costs more than itself.

use super::make::*;
use super::{
    Outcome, assert_same, decode, decode_every_way, decode_with, decoder, streaming, tunings,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

/// Any JSON value that is not too large.
fn any_value() -> impl Strategy<Value = Value> {
    let text = prop_oneof!["[a-z{}\\[\\]:,\"\\\\ ]{0,12}", any::<String>()];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((text.clone(), inner), 0..4).prop_map(|members| members.into_iter().collect()),
        ]
    })
}

/// A record in any layout, its members in CloudTrail's order or another.
fn any_record() -> impl Strategy<Value = String> {
    (any::<u32>(), any_value(), 0..4u8, any::<bool>()).prop_map(|(id, value, layout, usual)| {
        let (version, rest) = (json!("1.08"), json!({"type": "Root", "x": value}));
        let record = if usual {
            json!({"eventVersion": version, "userIdentity": rest, "eventID": id})
        } else {
            json!({"awsRegion": "r", "eventID": id, "userIdentity": rest, "eventTime": "t"})
        };
        match layout {
            0 | 1 => record.to_string(),
            2 => serde_json::to_string_pretty(&record).expect("a value"),
            _ => spaced(&record),
        }
    })
}

/// With a space behind commas and colons, as other writers leave.
fn spaced(value: &Value) -> String {
    let Value::Object(members) = value else { return value.to_string() };
    let member = |(key, value): (&String, &Value)| {
        format!("{}: {}", Value::from(key.as_str()), spaced(value))
    };
    format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(", "))
}

/// A way to put records into a text.
type Wrapping = fn(&[String]) -> String;

const WRAPPINGS: &[Wrapping] = &[
    |records| records.join("\n"),
    |records| records.join("\r\n") + "\r\n",
    |records| records.concat(),
    |records| format!("[{}]", records.join(",")),
    |records| format!(" [ {} ] ", records.join("\n,\n")),
    |records| log_file("", records, ""),
    |records| log_file("", records, r#","x":[1,{"y":2}],"z":12"#),
    |records| log_file(r#""a":1,"#, records, r#","z":null"#),
    |records| logs_message(records),
    |records| lambda_of_logs(&logs_message(records)).to_string(),
    |records| base64(&gzip(records.join("\n").as_bytes())),
    |records| records.iter().map(|record| event_bridge(record)).collect::<Vec<_>>().join("\n"),
    |records| {
        let event = |record: &String| json!({"EventId": "1", "CloudTrailEvent": record});
        json!({"Events": records.iter().map(event).collect::<Vec<_>>()}).to_string()
    },
    |records| {
        let row = |record: &String| json!([{"eventID": "1"}, {"eventJson": record}]);
        json!({"QueryResultRows": records.iter().map(row).collect::<Vec<_>>()}).to_string()
    },
    |records| {
        let row = |record: &String| json!({"eventJson": record}).to_string();
        records.iter().map(row).collect::<Vec<_>>().join("\n")
    },
];

/// Records in some wrapping, and the wrapping perhaps in others.
fn any_input() -> impl Strategy<Value = (Vec<String>, String)> {
    let wrapping = select(WRAPPINGS);
    let carriers = vec((select(CARRIERS), any::<bool>()), 0..3);
    let parts = (vec(any_record(), 1..5), wrapping, carriers);
    parts.prop_map(|(records, wrapping, carriers)| {
        let mut text = wrapping(&records);
        for ((_, carrier), compress) in carriers {
            let data = if compress { gzip(text.as_bytes()) } else { text.into_bytes() };
            text = carrier(&data).to_string();
        }
        (records, text)
    })
}

/// One of the things that happen to files.
#[derive(Clone, Debug)]
enum Damage {
    Replace(Index, u8),
    Insert(Index, u8),
    Remove(Index),
    Cut(Index),
    Repeat(Index, Index),
}

fn any_damage() -> impl Strategy<Value = Damage> {
    let repeat = (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Damage::Repeat(from, to));
    prop_oneof![4 => byte_damage(), 1 => repeat]
}

fn byte_damage() -> impl Strategy<Value = Damage> {
    let byte = || prop_oneof![select(&b"{}[]:,\"\\\n 0nH\xff\x00"[..]), any::<u8>()];
    prop_oneof![
        (any::<Index>(), byte()).prop_map(|(at, byte)| Damage::Replace(at, byte)),
        (any::<Index>(), byte()).prop_map(|(at, byte)| Damage::Insert(at, byte)),
        any::<Index>().prop_map(Damage::Remove),
        any::<Index>().prop_map(Damage::Cut),
    ]
}

fn damaged(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for damage in damages {
        let length = bytes.len();
        if length == 0 {
            break;
        }
        match damage {
            Damage::Replace(at, byte) => bytes[at.index(length)] = *byte,
            Damage::Insert(at, byte) => bytes.insert(at.index(length), *byte),
            Damage::Remove(at) => drop(bytes.remove(at.index(length))),
            Damage::Cut(at) => bytes.truncate(at.index(length)),
            Damage::Repeat(from, to) => {
                let piece = bytes[from.index(length)..].to_vec();
                let at = to.index(length);
                bytes.splice(at..at, piece);
            }
        }
    }
    bytes
}

/// The bytes of a text that are in no record and under no fault.
fn left_over(text: &[u8], outcome: &Outcome) -> Vec<u8> {
    let records = outcome.records.iter().map(|found| (found.offset, found.raw.len()));
    let refused = outcome.refused.iter().map(|refused| (refused.offset, refused.raw.len()));
    let mut pieces: Vec<(u64, usize)> = records.chain(refused).collect();
    pieces.sort_unstable();
    let mut rest = Vec::new();
    let mut at = 0;
    for (offset, length) in pieces {
        let offset = offset as usize;
        assert!(at <= offset, "no byte is handed on twice");
        rest.extend_from_slice(&text[at..offset]);
        at = offset + length;
    }
    rest.extend_from_slice(&text[at..]);
    rest.retain(|byte| !byte.is_ascii_whitespace());
    rest
}

/// A line that is no record: cut, changed, or nothing of the kind.
fn any_bad_line() -> impl Strategy<Value = Vec<u8>> {
    let cut = any::<Index>().prop_map(|at| {
        let line = record(7).into_bytes();
        line[..at.index(line.len() - 1) + 1].to_vec()
    });
    let changed = (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| {
        let mut line = record(7).into_bytes();
        let at = at.index(line.len());
        line[at] = byte;
        line
    });
    let noise = "[a-w][ -Z^-z]{0,40}".prop_map(String::into_bytes);
    let line = prop_oneof![cut, changed, noise];
    line.prop_map(|line| line.into_iter().filter(|byte| *byte != b'\n').collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn records_come_back_from_any_wrapping((records, input) in any_input()) {
        let outcome = decode_every_way(&Value::Null, input.as_bytes());
        prop_assert_eq!(outcome.faults(), Vec::<&str>::new());
        let expected: Vec<&[u8]> = records.iter().map(String::as_bytes).collect();
        prop_assert_eq!(outcome.raw(), expected);
    }

    #[test]
    fn inflating_bit_by_bit_gives_the_same((_, input) in any_input()) {
        let usual = decode(input.as_bytes());
        let gz = gzip(input.as_bytes());
        let zstd = zstd::encode_all(input.as_bytes(), 1).expect("memory");
        for packed in [gzip(&gz), gzip(&zstd), gz, zstd] {
            for tuning in tunings().map(streaming) {
                let other = decode_with(&decoder(Value::Null, tuning), &packed);
                assert_same(&usual, &other, tuning);
            }
        }
    }

    #[test]
    fn damage_ends_the_same_whatever_the_windows(
        (_, input) in any_input(),
        damages in vec(any_damage(), 1..4),
    ) {
        decode_every_way(&Value::Null, &damaged(input.into_bytes(), &damages));
    }

    #[test]
    fn small_limits_end_the_same_whatever_the_windows((_, input) in any_input()) {
        let options = json!({"record_bytes_max": 200, "document_bytes_max": 500, "records_max": 2});
        decode_every_way(&options, input.as_bytes());
    }

    #[test]
    fn no_bad_line_costs_a_good_one(
        lines in vec(prop_oneof![(0..9u32).prop_map(Ok), any_bad_line().prop_map(Err)], 0..12),
    ) {
        let text = |line: &Result<u32, Vec<u8>>| match line {
            Ok(id) => record(*id).into_bytes(),
            Err(line) => line.clone(),
        };
        let input = lines.iter().map(text).collect::<Vec<_>>().join(&b'\n');
        let outcome = decode_every_way(&Value::Null, &input);
        let mut found = outcome.raw().into_iter();
        for id in lines.iter().filter_map(|line| line.as_ref().ok()) {
            let good = record(*id);
            prop_assert!(found.any(|raw| raw == good.as_bytes()), "record {} is missing", id);
        }
        prop_assert_eq!(outcome.dead, None);
        prop_assert_eq!(left_over(&input, &outcome), b"");
    }

    #[test]
    fn no_byte_of_a_damaged_log_file_is_lost(
        records in vec((0..9u32).prop_map(record), 1..5),
        damages in vec(byte_damage(), 1..3),
    ) {
        let input = damaged(log_file("", &records, "").into_bytes(), &damages);
        let outcome = decode_every_way(&Value::Null, &input);
        if outcome.dead.is_none() {
            // Only the wrapping is left.
            let rest = left_over(&input, &outcome);
            let wrapping = br#"{}[],:"Records"#;
            prop_assert!(rest.iter().all(|byte| wrapping.contains(byte)), "{:?}", rest);
        }
    }

    #[test]
    fn random_bytes_end_the_same_whatever_the_windows(bytes in vec(any::<u8>(), 0..300)) {
        decode_every_way(&Value::Null, &bytes);
    }

    #[test]
    fn random_tokens_end_the_same_whatever_the_windows(
        tokens in vec(select(&[
            "{", "}", "[", "]", ":", ",", "\"a\"", "\"Records\"", "1", "12.5", "null", "nul", "\n",
            " ", "\"", "\\", "{\"Records\":[", "{}", "{\"eventVersion\":\"1.08\",\"userIdentity\":{}}",
            "\"eventVersion\"", "H4sI", "\u{feff}", "{\"data\":", "\"Body\":", "\"MessageId\":1,",
        ][..]), 0..40),
    ) {
        decode_every_way(&Value::Null, tokens.concat().as_bytes());
    }
}
