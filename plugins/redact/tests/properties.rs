//! Whatever stands in a record, the stage hides it or says that it can not; twice is once.

mod support;

use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;
use support::{preset, redacted, redactor};
use trailmill_redact::Redactor;
use trailmill_stage::event::{Batch, Put, Source};
use trailmill_stage::{Stage, Verdict};

static STAGES: LazyLock<Vec<Redactor>> = LazyLock::new(|| {
    vec![
        preset(&["secrets"], false),
        preset(&["secrets", "pii"], true),
        preset(&["share"], true),
        redactor(json!({ "key": { "file": "b" }, "keep_prefixes": true, "rules": [
            { "name": "a", "action": "remove" },
            { "name": "b", "action": "hash" },
            { "name": "c", "action": "partial" },
            { "name": "userName", "action": "truncate", "characters": 3 },
            { "path": "requestParameters.*.password", "action": "pseudonym" },
            { "path": "**.arn.**", "action": "mask" },
            { "detect": "email", "action": "truncate", "characters": 4 },
            { "detect": "account-id", "action": "remove" },
        ] })),
    ]
});

const NAMES: &[&str] = &[
    "a",
    "b",
    "c",
    "password",
    "PASSWORD",
    "userName",
    "arn",
    "accessKeyId",
    "sourceIPAddress",
    "requestParameters",
    "userIdentity",
    "userData",
    "eventName",
    "eventSource",
    "tags",
    "value",
    "sessionIssuer",
    "policy",
    "\"",
    "123456789012",
    "me@example.com",
    "\u{e9}",
];

const TEXTS: &[&str] = &[
    "",
    "***",
    "<redacted>",
    "x",
    "AKIAIOSFODNN7EXAMPLE",
    "123456789012",
    "10.1.2.3",
    "2a05::1:2",
    "me@example.com",
    "arn:aws:iam::123456789012:user/a/b@c.de",
    "AssumeRole",
    "ConsoleLogin",
    "RunJobFlow",
    "SendCommand",
    "elasticmapreduce.amazonaws.com",
    "sts.amazonaws.com",
    "a://b:pw@c",
    "password=abc; Password = \"x y\"",
    "Bearer abcdefgh12345678",
    "+4930123456789",
    "{\"password\":\"x\",\"n\":{\"a\":[1,{\"userName\":\"me\"}]}}",
    "{\"password\":\"x",
    "[",
    "\"",
    "%7B%22password%22%3A%22x%22%7D",
    "%7B",
    "aGVsbG8gcGFzc3dvcmQ9aHVudGVyMg==",
    "hmac:",
    "anon-",
    "-----BEGIN PRIVATE KEY-----\nx",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3",
    "AROAIOSFODNN7EXAMPLE:me@example.com",
    "\u{1}\\\"/",
    "\u{fc}@\u{f6}.de \u{1f600}",
];

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        6 => proptest::sample::select(TEXTS).prop_map(Value::from),
        2 => (proptest::sample::select(TEXTS), proptest::sample::select(TEXTS))
            .prop_map(|(a, b)| Value::from(format!("{a} {b}"))),
        2 => ".{0,24}".prop_map(Value::from),
        1 => Just(json!(null)),
        1 => Just(json!(true)),
        1 => any::<i64>().prop_map(Value::from),
    ];
    let name = || proptest::sample::select(NAMES).prop_map(str::to_owned);
    let text = |value: Value| Value::from(value.to_string());
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec((name(), inner.clone()), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
            inner.prop_map(text),
        ]
    })
}

fn record() -> impl Strategy<Value = Value> {
    let name = proptest::sample::select(NAMES).prop_map(str::to_owned);
    proptest::collection::vec((name, value()), 0..8)
        .prop_map(|members| Value::Object(members.into_iter().collect()))
}

proptest! {
    #[test]
    fn twice_is_once(record in record()) {
        for stage in STAGES.iter() {
            let text = redacted(stage, &record.to_string()).unwrap();
            let _: Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(&redacted(stage, &text).unwrap(), &text);
        }
    }

    /// Blanks, and changes that stages before have made, do not matter.
    #[test]
    fn the_layout_does_not_matter(record in record(), name in "[a-z]{3}", added in value()) {
        for stage in STAGES.iter() {
            let mut whole = record.clone();
            whole[&name] = added.clone();
            let text = redacted(stage, &whole.to_string()).unwrap();
            let pretty = serde_json::to_string_pretty(&whole).unwrap().replace('\n', " ");
            prop_assert_eq!(&redacted(stage, &pretty).unwrap(), &text);
            let mut batch = Batch::new();
            batch.load_lines(record.to_string().as_bytes(), Source::default()).unwrap();
            let mut event = batch.event(0);
            event.set(&name.parse().unwrap(), Put::Json(added.to_string().as_bytes())).unwrap();
            prop_assert_eq!(stage.apply(&mut event), Ok(Verdict::Keep));
            event.settle().unwrap();
            let mut out = Vec::new();
            event.write_into(&mut out);
            prop_assert_eq!(String::from_utf8(out).unwrap(), text);
        }
    }

    /// What is named a password is not there afterwards, wherever it stands, in whatever it is
    /// packed; and what nobody asks for stays.
    #[test]
    fn passwords_do_not_come_out(names in proptest::collection::vec("[a-z]{1,4}", 0..4), how in 0..4_u8) {
        let mut value = json!({ "PassWord": "cAnArY", "kept": "kEpT" });
        for name in &names {
            value = match how {
                0 => json!({ name: value }),
                1 => json!([name, value]),
                2 => json!({ name: value.to_string() }),
                _ => json!({ name: [value, name] }),
            };
        }
        let record = json!({ "requestParameters": value });
        let text = redacted(&STAGES[0], &record.to_string()).unwrap();
        prop_assert!(!text.contains("cAnArY"), "{}", text);
        prop_assert!(text.contains("kEpT"), "{}", text);
    }
}

#[test]
fn equal_values_have_equal_pseudonyms_under_one_key_only() {
    let by = |file: &str, name: &str| {
        let stage = redactor(json!({ "key": { "file": file }, "rules": [
            { "name": "x", "action": "pseudonym" }, { "name": "y", "action": "hash" } ] }));
        let record = json!({ name: "jane" });
        let text = redacted(&stage, &record.to_string()).unwrap();
        serde_json::from_str::<Value>(&text).unwrap()[name].clone()
    };
    for name in ["x", "y"] {
        assert_eq!(by("a", name), by("a", name));
        assert_ne!(by("a", name), by("b", name));
    }
    assert_ne!(by("a", "x"), by("a", "y"));
}

/// No text, however deep or long, is too much.
#[test]
fn large_and_deep_records_are_taken() {
    let stage = &STAGES[2];
    let deep = format!("{}\"password\"{}", "{\"a\":".repeat(120), "}".repeat(120));
    redacted(stage, &deep).unwrap();
    let long = json!({ "password": "x".repeat(1 << 20), "b": "@:.+%7B\\u0041".repeat(1 << 16) });
    let text = redacted(stage, &long.to_string()).unwrap();
    assert!(text.len() < long.to_string().len());
    let mut nested = json!({ "password": "hunter2" }).to_string();
    for _ in 0..8 {
        nested = json!({ "a": nested }).to_string();
    }
    let text = redacted(&STAGES[0], &nested).unwrap();
    assert!(!text.contains("hunter2"), "{text}");
}

/// Nothing of a key is shown.
#[test]
fn keys_do_not_show() {
    assert!(!format!("{:?}", preset(&["share"], true)).contains("for tests"));
}
