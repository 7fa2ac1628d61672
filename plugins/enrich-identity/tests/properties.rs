//! Whatever stands in an identity, the stage does not fail on it and changes nothing else.

mod support;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use support::enriched;

/// Names that the stage looks at, and one that it does not.
const NAMES: &[&str] = &[
    "type",
    "userName",
    "principalId",
    "arn",
    "accountId",
    "accessKeyId",
    "invokedBy",
    "identityProvider",
    "sessionContext",
    "sessionIssuer",
    "webIdFederationData",
    "attributes",
    "mfaAuthenticated",
    "sourceIdentity",
    "assumedRoot",
    "onBehalfOf",
    "userId",
    "identityStoreArn",
    "inScopeOf",
    "sourceArn",
    "issuerType",
    "federatedProvider",
    "x:sub",
    "other",
];

/// Texts as they stand there, whole and broken.
const TEXTS: &[&str] = &[
    "",
    "Root",
    "IAMUser",
    "AssumedRole",
    "FederatedUser",
    "AWSService",
    "WebIdentityUser",
    "Role",
    "true",
    "HIDDEN_DUE_TO_SECURITY_REASONS",
    "AROAIDPPEZS35WEXAMPLE:alice \"a\" \\ \u{1}",
    "arn:aws:sts::111122223333:assumed-role/admin/alice",
    "arn:aws-cn:iam::111122223333:role/a/b/admin",
    "arn:aws:iam::111122223333:root",
    "arn:aws:iam::",
    "ASIAY34FZKBOKMUTVV7A",
    "AWS::Lambda::Function",
    "i-0123456789abcdef0",
    "111122223333",
];

fn value() -> impl Strategy<Value = Value> {
    let texts = prop_oneof![
        4 => proptest::sample::select(TEXTS).prop_map(Value::from),
        1 => ".{0,8}".prop_map(Value::from),
    ];
    let others = prop_oneof![Just(json!(null)), Just(json!(true)), Just(json!(1.5))];
    let leaf = prop_oneof![8 => texts, 3 => others];
    leaf.prop_recursive(3, 40, 8, |inner| {
        let members = (proptest::sample::select(NAMES), inner.clone());
        prop_oneof![
            1 => proptest::collection::vec(inner, 0..3).prop_map(Value::from),
            6 => proptest::collection::vec(members, 0..9).prop_map(|members| {
                let members = members.into_iter().map(|(name, value)| (name.to_owned(), value));
                Value::from(Map::from_iter(members))
            }),
        ]
    })
}

proptest! {
    #[test]
    fn any_identity_is_taken(identity in value(), agent in value(), account in value()) {
        let record = json!({
            "userIdentity": identity, "userAgent": agent, "recipientAccountId": account,
            "additionalEventData": {"MFAUsed": "Yes"},
        });
        let text = enriched(&record.to_string(), 1).unwrap();
        prop_assert_eq!(&enriched(&record.to_string(), 2).unwrap(), &text);
        let mut after: Value = serde_json::from_str(&text).unwrap();
        let added = after.as_object_mut().unwrap().remove("enrichment");
        let is_said = record["userIdentity"].as_object().is_some_and(|map| !map.is_empty());
        prop_assert_eq!(added.is_some(), is_said);
        prop_assert_eq!(after, record);
    }
}

#[test]
fn what_is_in_the_way_is_told() {
    for enrichment in ["1", "\"x\"", "[]", "true"] {
        let record = format!(r#"{{"enrichment":{enrichment},"userIdentity":{{"type":"Root"}}}}"#);
        let fault = enriched(&record, 1).unwrap_err();
        assert_eq!(fault.kind.name, "identity-in-the-way");
    }
    for enrichment in ["null", "{}"] {
        let record = format!(r#"{{"enrichment":{enrichment},"userIdentity":{{"type":"Root"}}}}"#);
        let added = r#"{"identity":{"kind":"root","name":"root","isRoot":true,"isService":false,"#;
        assert!(enriched(&record, 1).unwrap().contains(added), "{enrichment}");
    }
    let record = r#"{"enrichment":{"a":1,"identity":7},"userIdentity":{"type":"Root"}}"#;
    let added = r#"{"enrichment":{"a":1,"identity":{"kind":"root""#;
    assert!(enriched(record, 1).unwrap().starts_with(added));
}
