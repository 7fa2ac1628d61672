//! Every record of the corpus, with a table of the accounts that are in it.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::print_stderr)]

mod support;

use flate2::read::GzDecoder;
use serde_json::{Map, Value, json};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use support::{build, enriched};

/// The records of the corpus, or nothing where that is not at hand.
///
/// It is looked for in the folder that `TRAILMILL_CORPUS` names, or in `../shared/corpus` beside
/// the workspace.
fn records() -> Option<Vec<String>> {
    let folder = match std::env::var_os("TRAILMILL_CORPUS") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"),
    };
    let Ok(entries) = fs::read_dir(folder.join("records")) else {
        eprintln!("SKIPPED: no records below {}", folder.display());
        return None;
    };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut records = Vec::new();
    for file in files {
        let mut text = String::new();
        GzDecoder::new(File::open(file).unwrap()).read_to_string(&mut text).unwrap();
        records.extend(text.lines().map(str::to_owned));
    }
    assert_eq!(records.len(), 6175, "the records of the corpus");
    Some(records)
}

fn is_id(id: &Value) -> bool {
    id.as_str().is_some_and(|id| id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The accounts of a record: of the recipient and of the actor.
fn ids(record: &Value) -> [&Value; 2] {
    [&record["recipientAccountId"], &record["userIdentity"]["accountId"]]
}

#[test]
fn shares() {
    let Some(texts) = records() else { return };
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
        let mut after: Value = serde_json::from_str(&enriched(&*stage, text, 1).unwrap()).unwrap();
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
