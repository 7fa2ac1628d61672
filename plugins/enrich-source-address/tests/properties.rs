//! Whatever stands in a record, the stage does not fail on it and changes nothing else.

mod support;

use proptest::prelude::*;
use serde_json::{Value, json};
use std::net::IpAddr;
use support::stage;
use trailmill_golden::applied;

const TEXTS: &[&str] = &[
    "",
    "10.0.0.1",
    "3.225.16.109",
    "72.21.217.130",
    "::ffff:192.168.0.1",
    "2600:1F18:0:0:0:0:0:1",
    "AWS Internal",
    "AWS Internal/7",
    "AWS Internal/",
    "config.amazonaws.com",
    ".amazonaws.com",
    "30.*.0.210",
    "vpce-0a",
    "\u{1}\"\\.amazonaws.com",
];

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => proptest::sample::select(TEXTS).prop_map(Value::from),
        3 => any::<IpAddr>().prop_map(|address| Value::from(address.to_string())),
        3 => ".{0,24}".prop_map(Value::from),
        2 => "([0-9a-f]{0,4}[.:/ ]){1,7}[0-9a-f]{0,4}".prop_map(Value::from),
        1 => Just(json!(null)),
        1 => Just(json!(true)),
        1 => Just(json!(1.5e300)),
        1 => Just(json!({"a": "10.0.0.1"})),
        1 => Just(json!(["10.0.0.1"])),
    ]
}

/// What every answer has to be, whatever the address.
fn check(added: &Value, source: &Value) -> Result<(), TestCaseError> {
    let kind = added["kind"].as_str().unwrap();
    let exact = source.as_str().and_then(|text| text.parse::<IpAddr>().ok());
    let canonical = exact.map(|address| address.to_canonical());
    let address = added["address"].as_str().map(|text| text.parse::<IpAddr>().unwrap());
    prop_assert_eq!(address, canonical);
    let family = canonical.map(|address| if address.is_ipv4() { "ipv4" } else { "ipv6" });
    prop_assert_eq!(added["family"].as_str(), family);
    let named = ["aws-service", "aws-internal", "invalid"].contains(&kind);
    prop_assert_eq!(named, exact.is_none());
    prop_assert!(added.as_object().unwrap().values().all(|value| value.as_str() != Some("")));
    Ok(())
}

proptest! {
    #[test]
    fn any_record_is_taken(source in value(), endpoint in value(), enrichment in value()) {
        let stage = stage();
        let record = json!({
            "sourceIPAddress": source, "vpcEndpointId": endpoint, "awsRegion": enrichment,
        });
        let text = applied(&stage, &record.to_string(), 1).unwrap();
        prop_assert_eq!(&applied(&stage, &record.to_string(), 2).unwrap(), &text);
        let mut after: Value = serde_json::from_str(&text).unwrap();
        let added = after.as_object_mut().unwrap().remove("enrichment");
        let is_there = !(source.is_null() || source == "");
        prop_assert_eq!(added.is_some(), is_there);
        if let Some(added) = added {
            check(&added["sourceAddress"], &source)?;
        }
        prop_assert_eq!(after, record);
    }
}

#[test]
fn what_is_in_the_way_is_told() {
    let stage = stage();
    for enrichment in ["1", "\"x\"", "[]", "true"] {
        let record = format!(r#"{{"enrichment":{enrichment},"sourceIPAddress":"10.0.0.1"}}"#);
        let fault = applied(&stage, &record, 1).unwrap_err();
        assert_eq!(fault.kind.name, "source-address-in-the-way");
        // Nothing is to be added, so nothing is in the way.
        let record = format!(r#"{{"enrichment":{enrichment}}}"#);
        assert_eq!(applied(&stage, &record, 1).unwrap(), record);
    }
    let record = r#"{"enrichment":{"a":1,"sourceAddress":7},"sourceIPAddress":"AWS Internal"}"#;
    let expected = r#"{"enrichment":{"a":1,"sourceAddress":{"kind":"aws-internal"}},"sourceIPAddress":"AWS Internal"}"#;
    assert_eq!(applied(&stage, record, 1).unwrap(), expected);
}

#[test]
fn the_largest_records_are_taken() {
    let stage = stage();
    for text in ["1".repeat(20 << 20), "a.".repeat(5 << 20) + ".amazonaws.com"] {
        let record = format!(r#"{{"sourceIPAddress":"{text}"}}"#);
        let after = applied(&stage, &record, 1).unwrap();
        assert!(after.ends_with(r#""enrichment":{"sourceAddress":{"kind":"invalid"}}}"#));
    }
}
