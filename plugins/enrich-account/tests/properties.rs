//! Whatever stands in a record or a table, the stage answers as serde_json would, or refuses.

mod support;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;
use support::build;
use trailmill_golden::applied;

const KNOWN: &str = "000011112222";
const OTHER: &str = "111122223333";
const STRANGE: &str = "999999999999";

/// One value of each kind, and ids of all sorts.
fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        8 => proptest::sample::select(&[KNOWN, OTHER, STRANGE][..]).prop_map(Value::from),
        1 => Just(json!(null)),
        1 => Just(json!(true)),
        1 => Just(json!(11112222)),
        1 => Just(json!("11112222")),
        1 => Just(json!(["000011112222"])),
        1 => Just(json!({"accountId": "000011112222"})),
        1 => ".{0,14}".prop_map(Value::from),
    ]
}

/// What is written about an account when unknown ones are marked.
fn said(id: &Value) -> Option<Value> {
    let id = id.as_str().filter(|id| id.len() == 12 && id.bytes().all(|b| b.is_ascii_digit()))?;
    Some(match id {
        KNOWN => json!({"id": id, "name": "shop"}),
        OTHER => json!({"id": id, "name": "build"}),
        _ => json!({"id": id, "known": false}),
    })
}

/// What should stand under `enrichment.account`.
fn expected(record: &Value) -> Option<Value> {
    let recipient = said(&record["recipientAccountId"]);
    let actor =
        said(&record["userIdentity"]["accountId"]).filter(|a| Some(a) != recipient.as_ref());
    if recipient.is_none() && actor.is_none() {
        return None;
    }
    let mut account = recipient.unwrap_or(json!({}));
    if let Some(actor) = actor {
        account["actor"] = actor;
    }
    Some(account)
}

proptest! {
    #[test]
    fn any_record_is_taken(
        recipient in value(), actor in value(), identity in value(), whole in any::<bool>(),
        enrichment in prop_oneof![Just(json!(null)), Just(json!({})), Just(json!({"a": 1}))],
    ) {
        let accounts = json!({KNOWN: "shop", OTHER: {"name": "build"}});
        let stage = build(json!({"accounts": accounts, "unknown": "mark"}), b"").unwrap();
        let identity = if whole { identity } else { json!({"accountId": actor, "type": "Root"}) };
        let record = json!({
            "userIdentity": identity, "recipientAccountId": recipient, "enrichment": enrichment,
        });
        let text = applied(&*stage, &record.to_string(), 1).unwrap();
        prop_assert_eq!(&applied(&*stage, &record.to_string(), 2).unwrap(), &text);
        let after: Value = serde_json::from_str(&text).unwrap();
        let mut whole = record.clone();
        if let Some(account) = expected(&record) {
            if whole["enrichment"].is_null() {
                whole["enrichment"] = json!({});
            }
            whole["enrichment"]["account"] = account;
        }
        prop_assert_eq!(after, whole);
    }

    /// A table written with quotes around everything is read as it was.
    #[test]
    fn csv_is_read_as_it_was_written(
        accounts in btree_map(0..999_999_999_999u64, ["[^ \r\n\t]{0,9}", "[a\",\r\n]{0,6}"], 1..20),
        end in prop_oneof![Just("\n"), Just("\r\n")],
    ) {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let mut table = format!("Owner,ID,Name{end}");
        for (id, [name, owner]) in &accounts {
            write!(table, "{},{id:012},{}{end}", quoted(owner), quoted(name)).unwrap();
        }
        let stage = build(json!({"table": "accounts.csv"}), table.as_bytes()).unwrap();
        for (id, [name, owner]) in &accounts {
            let record = json!({"recipientAccountId": format!("{id:012}")}).to_string();
            let after = applied(&*stage, &record, 1).unwrap();
            let after: Value = serde_json::from_str(&after).unwrap();
            let kept = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
            let account = &after["enrichment"]["account"];
            prop_assert_eq!(account["name"].as_str().map(str::to_owned), kept(name));
            prop_assert_eq!(account["owner"].as_str().map(str::to_owned), kept(owner));
        }
    }

    #[test]
    fn json_is_read_as_serde_json_reads_it(
        accounts in btree_map(0..999_999_999_999u64, ".{1,9}", 1..20), as_list in any::<bool>(),
    ) {
        let named: BTreeMap<String, &String> =
            accounts.iter().map(|(id, name)| (format!("{id:012}"), name)).collect();
        let list = accounts.iter().map(|(id, name)| json!({"Id": id, "Name": name}));
        let list: Vec<_> = list.collect();
        let table = if as_list { json!({"Accounts": list}) } else { json!(named) };
        let table = serde_json::to_string_pretty(&table).unwrap();
        let stage = build(json!({"table": "accounts.json"}), table.as_bytes()).unwrap();
        for (id, name) in named {
            let record = json!({"recipientAccountId": id}).to_string();
            let after = applied(&*stage, &record, 1).unwrap();
            let after: Value = serde_json::from_str(&after).unwrap();
            let name = Some(name.trim()).filter(|name| !name.is_empty());
            prop_assert_eq!(after["enrichment"]["account"]["name"].as_str(), name);
        }
    }

    /// A table is read or refused, whatever it holds.
    #[test]
    fn any_table_is_read_or_refused(
        bytes in vec(any::<u8>(), 0..200), changes in vec((0..200usize, any::<u8>()), 1..4),
    ) {
        let _ = build(json!({"table": "t"}), &bytes);
        let good: [&[u8]; 2] = [
            b"id,name,owner\n000011112222,\"shop, old\",me\n111122223333,build,\n",
            br#"{"Accounts": [{"Id": "000011112222", "Name": "a\u0062"}, {"Id": 12, "ou": [{}]}]}"#,
        ];
        for text in good {
            let mut text = text.to_vec();
            for &(at, byte) in &changes {
                let at = at % text.len();
                text[at] = byte;
            }
            if let Err(error) = build(json!({"table": "t"}), &text) {
                prop_assert!(error.message.starts_with("t:"), "{}", error);
            }
        }
    }
}

#[test]
fn what_is_in_the_way_is_told() {
    let stage = build(json!({"accounts": {KNOWN: "shop"}}), b"").unwrap();
    for enrichment in ["1", "\"x\"", "[]", "true"] {
        let record = format!(r#"{{"enrichment":{enrichment},"recipientAccountId":"{KNOWN}"}}"#);
        let fault = applied(&*stage, &record, 1).unwrap_err();
        assert_eq!(fault.kind.name, "account-in-the-way");
        let record = format!(r#"{{"enrichment":{enrichment},"recipientAccountId":"{OTHER}"}}"#);
        assert_eq!(applied(&*stage, &record, 1).unwrap(), record, "there is nothing to add");
    }
}
