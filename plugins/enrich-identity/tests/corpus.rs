//! Every record of the corpus: who acted is known for nearly all, and nothing else is changed.
#![allow(clippy::print_stderr)]

mod support;

use serde_json::Value;
use std::collections::BTreeMap;
use support::enriched;

/// How many records there are of a type of identity, and in how many an actor was found.
#[derive(Debug, Default, PartialEq)]
struct Share {
    records: usize,
    actors: usize,
    /// Actors that are more than the unique id of the principal or its account.
    named: usize,
}

/// The record with its identity, once it is known to be well formed.
fn checked(record: &str) -> Value {
    let before: Value = serde_json::from_str(record).unwrap();
    let text = enriched(record, 1).unwrap();
    assert_eq!(enriched(record, 2).unwrap(), text, "a second call changes something");
    let after: Value = serde_json::from_str(&text).unwrap();
    let mut rest = after.clone();
    rest.as_object_mut().unwrap().remove("enrichment");
    assert_eq!(rest, before, "something else was changed");
    let has_identity = before["userIdentity"].as_object().is_some_and(|map| !map.is_empty());
    assert_eq!(after["enrichment"]["identity"].is_object(), has_identity);
    if has_identity {
        no_blanks(&after["enrichment"]);
    }
    after
}

/// Nothing that was added is null or empty.
fn no_blanks(value: &Value) {
    match value {
        Value::Object(members) => {
            assert!(!members.is_empty());
            members.values().for_each(no_blanks);
        }
        Value::String(text) => assert!(!text.is_empty()),
        value => assert!(value.is_boolean(), "{value}"),
    }
}

#[test]
fn shares() {
    let Some(records) = trailmill_golden::corpus() else { return };
    let mut types: BTreeMap<String, Share> = BTreeMap::new();
    let mut hits: BTreeMap<String, usize> = BTreeMap::new();
    for record in &records {
        let after = checked(record);
        let Some(identity) = after["enrichment"]["identity"].as_object() else { continue };
        let kind = after["userIdentity"]["type"].as_str().unwrap_or("(none)");
        let share = types.entry(kind.to_owned()).or_default();
        share.records += 1;
        let actor = identity.get("actor");
        share.actors += usize::from(actor.is_some());
        let ids = [identity.get("principal"), identity.get("account")];
        share.named += usize::from(actor.is_some() && !ids.contains(&actor));
        for (name, value) in identity {
            let word = value.as_bool().map(|truth| format!("={truth}")).unwrap_or_default();
            *hits.entry(format!("{name}{word}")).or_default() += 1;
        }
        for name in ["/kind", "/key/kind", "/key/account", "/workload/kind", "/issuer/kind"] {
            let value = after["enrichment"]["identity"].pointer(name).and_then(Value::as_str);
            let Some(value) = value else { continue };
            let word = if name == "/key/account" { "" } else { value };
            *hits.entry(format!("{name} {word}")).or_default() += 1;
        }
    }
    for (kind, share) in &types {
        let Share { records, actors, named } = share;
        eprintln!("{kind}: an actor in {actors} of {records}, {named} of them with a name");
    }
    for (name, count) in &hits {
        eprintln!("{name}: {count}");
    }
    let missing: Vec<_> = types.iter().filter(|(_, share)| share.actors < share.records).collect();
    assert_eq!(missing, [], "identities without an actor");
    assert_eq!(types.values().map(|share| share.records).sum::<usize>(), 6174);
}
