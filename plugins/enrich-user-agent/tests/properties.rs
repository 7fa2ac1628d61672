//! Whatever stands in a record, the stage does not fail on it and changes nothing else.

mod support;

use proptest::prelude::*;
use serde_json::{Value, json};
use support::enriched;

/// Pieces of user agents, whole ones and broken ones.
const PIECES: &[&str] = &[
    "aws-cli/2.1",
    "Boto3/1.2",
    "aws-sdk-",
    "aws-sdk-go/1.4",
    "Mozilla/5.0",
    "(Windows NT 10.0; Win64)",
    "(go1.2; linux; amd64)",
    "(",
    ")",
    "[",
    "]",
    ",",
    "/",
    "#",
    "os/linux#1-kali2",
    "exec-env/",
    "exec-env/grimoire_1",
    "md/command#s3.ls",
    "exe/x86_64.amzn.2",
    "RDS Console,",
    "Console",
    "AWS Internal",
    "S3 Browser 1",
    "Safari/1",
    "Version/",
    "linux/v1",
    "v",
    "*",
    ".amazonaws.com",
    "ü",
    "\u{1}\"\\",
];

fn user_agent() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => ".{0,8}",
    ];
    let blank = proptest::sample::select(&[" ", " ", "", "  "][..]);
    proptest::collection::vec((piece, blank), 0..12)
        .prop_map(|pieces| pieces.iter().map(|(piece, blank)| format!("{piece}{blank}")).collect())
}

/// A value of every kind there is.
fn any_kind() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!(null)),
        Just(json!(true)),
        Just(json!(-1.5e3)),
        Just(json!("x")),
        Just(json!([1, "aws-cli/2"])),
        Just(json!({"userAgent": "aws-cli/2"})),
    ]
}

proptest! {
    #[test]
    fn any_user_agent_is_read(user_agent in user_agent()) {
        let record = json!({"userAgent": user_agent, "eventName": "x"});
        let text = enriched(&record.to_string(), 1).unwrap();
        prop_assert_eq!(&enriched(&record.to_string(), 2).unwrap(), &text);
        let mut after: Value = serde_json::from_str(&text).unwrap();
        let added = after.as_object_mut().unwrap().remove("enrichment");
        prop_assert_eq!(after, record);
        let Some(added) = added else {
            prop_assert_eq!(user_agent, "");
            return Ok(());
        };
        let members = added["userAgent"].as_object().unwrap();
        for (name, value) in members {
            // What is told is a word of the tables or a piece of the user agent.
            let value = value.as_str().unwrap();
            prop_assert!(!value.is_empty(), "{} is empty", name);
            let is_free = !matches!(
                name.as_str(),
                "kind" | "name" | "tool" | "sdk" | "language" | "os"
            );
            prop_assert!(!is_free || user_agent.contains(value), "{} {}", name, value);
        }
    }

    #[test]
    fn any_record_is_taken(
        user_agent in any_kind(), other in any_kind(), enrichment in any_kind(),
    ) {
        let mut record = json!({"userAgent": user_agent, "other": other});
        let text = enriched(&record.to_string(), 1).unwrap();
        let mut after: Value = serde_json::from_str(&text).unwrap();
        let added = after.as_object_mut().unwrap().remove("enrichment");
        prop_assert_eq!(added.is_some(), record["userAgent"].is_string());
        prop_assert_eq!(&after, &record);

        record["enrichment"] = enrichment.clone();
        let is_in_the_way = !enrichment.is_object() && !enrichment.is_null();
        match enriched(&record.to_string(), 1) {
            Ok(_) => prop_assert!(!is_in_the_way || !record["userAgent"].is_string()),
            Err(fault) => {
                prop_assert!(is_in_the_way);
                prop_assert_eq!(fault.kind.name, "user-agent-in-the-way");
            }
        }
    }
}

/// A text of 20 MB takes as many steps as it has words, and no more.
#[test]
fn long_texts_are_read() {
    for piece in [
        "a ",
        "(",
        "(go1.1; ",
        "aws-cli/1 ",
        "x,",
        "[",
        "Console, ",
        "Console ",
        "a Console ",
        "os/",
        "-",
    ] {
        let user_agent = piece.repeat(20_000_000 / piece.len());
        let record = json!({ "userAgent": user_agent }).to_string();
        assert!(enriched(&record, 1).unwrap().contains(r#""enrichment":{"userAgent":{"kind":"#));
    }
}
