//! Uses of the plugin, each a test.

use trailmill_stage::{After, Example};

pub(crate) const EXAMPLES: &[Example] = &[
    Example {
        title: "Hide the session token that AssumeRole returns",
        settings: r#"{"preset": "secrets"}"#,
        before: r#"{"eventName": "AssumeRole", "responseElements": {"credentials":
            {"accessKeyId": "ASIAIOSFODNN7EXAMPLE", "sessionToken": "FwoGZXIvYXdzEBYaD"}}}"#,
        after: After::Event(concat!(
            r#"{"eventName":"AssumeRole","responseElements":{"credentials":"#,
            r#"{"accessKeyId":"ASIAIOSFODNN7EXAMPLE","sessionToken":"<redacted>"}}}"#,
        )),
    },
    Example {
        title: "Hide a password in the middle of an error message",
        settings: r#"{"preset": "secrets"}"#,
        before: r#"{"errorMessage": "can not connect to postgres://app:s3cr3t@db:5432/orders"}"#,
        after: After::Event(
            r#"{"errorMessage":"can not connect to postgres://app:<redacted>@db:5432/orders"}"#,
        ),
    },
    Example {
        title: "Hide a secret in a document in a string, and keep what AWS has hidden",
        settings: r#"{"preset": "secrets"}"#,
        before: r#"{"requestParameters": {"masterUserPassword": "****",
            "body": "{\"user\": \"app\", \"Password\": \"s3cr3t\"}"}}"#,
        after: After::Event(concat!(
            r#"{"requestParameters":{"masterUserPassword":"****","#,
            r#""body":"{\"user\": \"app\", \"Password\": \"<redacted>\"}"}}"#,
        )),
    },
    Example {
        title: "Show networks instead of addresses, and of card numbers the end",
        settings: r#"{"rules": [{"path": "sourceIPAddress", "action": "truncate"},
            {"name": "card", "action": "partial"}]}"#,
        before: r#"{"sourceIPAddress": "192.0.2.77",
            "requestParameters": {"card": "4111111111111111"}}"#,
        after: After::Event(concat!(
            r#"{"sourceIPAddress":"192.0.2.0","#,
            r#""requestParameters":{"card":"<redacted>1111"}}"#,
        )),
    },
    Example {
        title: "Remove the tags of new instances, but not of anything else",
        settings: r#"{"rules": [{"path": "requestParameters.**.tags", "action": "remove",
            "event_name": "RunInstances", "event_source": "ec2.amazonaws.com"}]}"#,
        before: r#"{"eventSource": "ec2.amazonaws.com", "eventName": "RunInstances",
            "requestParameters": {"tagSpecificationSet": {"items": [
                {"resourceType": "instance", "tags": [{"key": "owner", "value": "jane"}]}]}}}"#,
        after: After::Event(concat!(
            r#"{"eventSource":"ec2.amazonaws.com","eventName":"RunInstances","#,
            r#""requestParameters":{"tagSpecificationSet":{"items":"#,
            r#"[{"resourceType":"instance"}]}}}"#,
        )),
    },
];
