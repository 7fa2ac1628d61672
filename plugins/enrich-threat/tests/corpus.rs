//! Every record of the corpus: what is in lists made from it is found, and nothing else is changed.
#![allow(clippy::print_stderr)]

mod support;

use serde_json::Value;
use std::collections::BTreeMap;
use support::stage;
use trailmill_golden::applied;

/// Lists of things that are in the corpus. `awscli.example` and the like are not.
const SETTINGS: &str = r#"{"lists": [
    {"name": "addresses", "type": "address", "entries": ["205.8.181.128", "72.21.192.0/19",
        "8.8.8.8"]},
    {"name": "domains", "type": "domain", "entries": ["kms.us-east-1.amazonaws.com",
        "s3.amazonaws.com", "awscli.example"]},
    {"name": "keys", "type": "access-key", "entries": ["AKIAIOSFODNN7EXAMPLE"]},
    {"name": "agents", "type": "user-agent", "entries": ["S3Console/0.4", "Coral/Netty4", "aws-cli/*"]}
]}"#;

/// What the lists have to find in a record, by the value of each field as the oracle reads it.
fn expected(record: &Value) -> Vec<(&'static str, &'static str)> {
    let text = |pointer: &str| record.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let mut found = Vec::new();
    let source = text("/sourceIPAddress");
    if source == "205.8.181.128" || source.starts_with("72.21.217.") {
        found.push(("addresses", "sourceIPAddress"));
    }
    let agent = text("/userAgent");
    if ["S3Console/0.4", "Coral/Netty4"].contains(&agent) || agent.starts_with("aws-cli/") {
        found.push(("agents", "userAgent"));
    }
    if text("/userIdentity/accessKeyId") == "AKIAIOSFODNN7EXAMPLE" {
        found.push(("keys", "userIdentity.accessKeyId"));
    }
    for (pointer, field) in [
        ("/tlsDetails/clientProvidedHostHeader", "tlsDetails.clientProvidedHostHeader"),
        ("/requestParameters/Host", "requestParameters.Host"),
    ] {
        let host = text(pointer);
        for domain in ["kms.us-east-1.amazonaws.com", "s3.amazonaws.com"] {
            if host == domain || host.ends_with(&format!(".{domain}")) {
                found.push(("domains", field));
            }
        }
    }
    for (pointer, field) in [
        ("/requestParameters/accessKeyId", "requestParameters.accessKeyId"),
        ("/responseElements/accessKey/accessKeyId", "responseElements.accessKey.accessKeyId"),
        ("/responseElements/credentials/accessKeyId", "responseElements.credentials.accessKeyId"),
    ] {
        if text(pointer) == "AKIAIOSFODNN7EXAMPLE" {
            found.push(("keys", field));
        }
    }
    found
}

#[test]
fn hits() {
    let Some(records) = trailmill_golden::corpus() else { return };
    let stage = stage(SETTINGS, |_| Vec::new()).unwrap();
    let mut counts = BTreeMap::<(String, String), usize>::new();
    for record in &records {
        let before: Value = serde_json::from_str(record).unwrap();
        let text = applied(&*stage, record, 1).unwrap();
        assert_eq!(applied(&*stage, record, 2).unwrap(), text, "a second call changes something");
        let mut after: Value = serde_json::from_str(&text).unwrap();
        let added = after.as_object_mut().unwrap().remove("enrichment").unwrap_or_default();
        assert_eq!(after, before, "something else was changed");
        let matches = added["threat"]["matches"].as_array().cloned().unwrap_or_default();
        let word = |found: &Value, name: &str| found[name].as_str().unwrap().to_owned();
        let found: Vec<(String, String)> =
            matches.iter().map(|found| (word(found, "list"), word(found, "field"))).collect();
        let wanted = expected(&before).into_iter().map(|(l, f)| (l.to_owned(), f.to_owned()));
        assert_eq!(found, wanted.collect::<Vec<_>>(), "{record}");
        found.into_iter().for_each(|found| *counts.entry(found).or_default() += 1);
    }
    for ((list, field), count) in &counts {
        eprintln!("{list} by {field}: {count}");
    }
    assert!(counts.len() >= 4, "{counts:?}");
}
