//! Every record of the corpus, with a table of the accounts that are in it.
#![allow(clippy::print_stderr, reason = "it reports what it has counted")]

mod support;

use serde_json::{Map, Value, json};
use support::build;
use trailmill_golden::applied;

fn is_id(id: &Value) -> bool {
    id.as_str().is_some_and(|id| id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The accounts of a record: of the recipient and of the actor.
fn ids(record: &Value) -> [&Value; 2] {
    [&record["recipientAccountId"], &record["userIdentity"]["accountId"]]
}

#[test]
fn shares() {
    let Some(texts) = trailmill_golden::corpus() else { return };
    let records: Vec<Value> =
        texts.iter().map(|text| serde_json::from_str(text).unwrap()).collect();
    let known = records.iter().flat_map(ids).filter(|id| is_id(id));
    let table: Map<String, Value> = known
        .map(|id| (id.as_str().unwrap().to_owned(), json!({"name": format!("the {id}")})))
        .collect();
    let accounts = table.len();
    let table = Value::Object(table).to_string();
    let stage = build(json!({"table": "accounts.json"}), table.as_bytes()).unwrap();
    let (mut hits, mut actors, mut rest) = (0, 0, 0);
    for (text, record) in texts.iter().zip(&records) {
        let mut after: Value = serde_json::from_str(&applied(&*stage, text, 1).unwrap()).unwrap();
        let account = after["enrichment"]["account"].clone();
        let [recipient, actor] = ids(record);
        for (id, account) in [(recipient, &account), (actor, &account["actor"])] {
            if is_id(id) && account.is_object() && !account["id"].is_null() {
                assert_eq!(&account["id"], id);
                assert_eq!(account["name"], format!("the {id}"));
            }
        }
        assert_eq!(!account["id"].is_null(), is_id(recipient), "{text}");
        assert_eq!(!account["actor"].is_null(), is_id(actor) && actor != recipient, "{text}");
        hits += usize::from(!account["id"].is_null());
        actors += usize::from(!account["actor"].is_null());
        rest += usize::from(account.is_null());
        after.as_object_mut().unwrap().remove("enrichment");
        assert_eq!(&after, record, "something else was changed");
    }
    eprintln!(
        "{accounts} accounts; {hits} recipients and {actors} other actors of {}, {rest} without",
        texts.len()
    );
    assert!(hits * 1000 >= texts.len() * 998, "{hits}");
    assert!(accounts >= 10 && actors >= 5, "{accounts} {actors}");
}
