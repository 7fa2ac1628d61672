//! Whatever stands in a record, the stage does not fail on it and changes nothing else.

mod support;

use proptest::prelude::*;
use serde_json::{Value, json};
use support::enriched;

const TEXTS: &[&str] = &[
    "",
    "ConsoleLogin",
    "GetUser",
    "BatchGetItem",
    "CreateFunction20150331",
    "StopLogging",
    "signin.amazonaws.com",
    "iam.amazonaws.com",
    "AccessDenied",
    "Client.",
    "Exception",
    "true",
    "\u{1}\"\\",
];

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => proptest::sample::select(TEXTS).prop_map(Value::from),
        3 => ".{0,24}".prop_map(Value::from),
        1 => Just(json!(null)),
        1 => Just(json!(true)),
        1 => Just(json!({"ConsoleLogin": "Failure"})),
        1 => Just(json!([1, "a"])),
    ]
}

proptest! {
    #[test]
    fn any_record_is_taken(values in proptest::collection::vec(value(), 6)) {
        let record = json!({
            "eventName": values[0], "eventSource": values[1], "errorCode": values[2],
            "errorMessage": values[3], "readOnly": values[4], "responseElements": values[5],
        });
        let text = enriched(&record.to_string(), 1).unwrap();
        prop_assert_eq!(&enriched(&record.to_string(), 2).unwrap(), &text);
        let mut after: Value = serde_json::from_str(&text).unwrap();
        let added = after.as_object_mut().unwrap().remove("enrichment");
        let is_call = record["eventName"].as_str().is_some_and(|name| !name.is_empty());
        prop_assert_eq!(added.is_some(), is_call);
        prop_assert_eq!(after, record);
    }
}

#[test]
fn what_is_in_the_way_is_told() {
    for enrichment in ["1", "\"x\"", "[]", "true"] {
        let record = format!(r#"{{"enrichment":{enrichment},"eventName":"GetUser"}}"#);
        let fault = enriched(&record, 1).unwrap_err();
        assert_eq!(fault.kind.name, "action-in-the-way");
    }
    for enrichment in ["null", "{}"] {
        let record = format!(r#"{{"enrichment":{enrichment},"eventName":"GetUser"}}"#);
        let added = r#"{"enrichment":{"action":{"access":"read","accessBasis":"verb","outcome":"#;
        assert!(enriched(&record, 1).unwrap().starts_with(added), "{enrichment}");
    }
    let record = r#"{"enrichment":{"a":1,"action":7},"eventName":"GetUser"}"#;
    let added = r#"{"enrichment":{"a":1,"action":{"access":"read""#;
    assert!(enriched(record, 1).unwrap().starts_with(added));
}
