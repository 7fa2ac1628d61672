//! Uses of the plugin, printed as documentation and run as tests.

use trailmill_stage::{After, Example};

/// Uses of the plugin.
pub(crate) const EXAMPLES: &[Example] = &[
    Example {
        title: "Drop what only reads",
        settings: r#"{"drop": "readOnly == true"}"#,
        before: r#"{"eventName": "DescribeInstances", "readOnly": true}"#,
        after: After::Filtered,
    },
    Example {
        title: "Keep sign-ins that fail from outside of the company's network",
        settings: r#"{"keep": "eventName == 'ConsoleLogin' and errorMessage exists and not sourceIPAddress in [10.0.0.0/8, 198.51.100.0/24]"}"#,
        before: r#"{"eventName": "ConsoleLogin", "errorMessage": "Failed authentication",
            "sourceIPAddress": "203.0.113.7"}"#,
        after: After::Event(
            r#"{"eventName": "ConsoleLogin", "errorMessage": "Failed authentication",
            "sourceIPAddress": "203.0.113.7"}"#,
        ),
    },
    Example {
        title: "Drop what AWS services do for themselves, but keep their errors",
        settings: r#"{"drop": "userIdentity.invokedBy ends with '.amazonaws.com' and not errorCode exists"}"#,
        before: r#"{"eventName": "Decrypt", "errorCode": "AccessDenied",
            "userIdentity": {"type": "AWSService", "invokedBy": "s3.amazonaws.com"}}"#,
        after: After::Event(
            r#"{"eventName": "Decrypt", "errorCode": "AccessDenied",
            "userIdentity": {"type": "AWSService", "invokedBy": "s3.amazonaws.com"}}"#,
        ),
    },
    Example {
        title: "Keep what an EventBridge rule would match",
        settings: r#"{"keep": {"pattern": {
            "eventSource": ["iam.amazonaws.com"],
            "eventName": [{"prefix": "Create"}, {"wildcard": "Attach*Policy"}],
            "userIdentity": {"type": [{"anything-but": "AWSService"}]}}}}"#,
        before: r#"{"eventSource": "iam.amazonaws.com", "eventName": "AttachRolePolicy",
            "userIdentity": {"type": "IAMUser"}}"#,
        after: After::Event(
            r#"{"eventSource": "iam.amazonaws.com", "eventName": "AttachRolePolicy",
            "userIdentity": {"type": "IAMUser"}}"#,
        ),
    },
    Example {
        title: "Keep what a trail with these advanced event selectors would log",
        settings: r#"{"keep": {"selectors": [{
            "Name": "Writes, without KMS",
            "FieldSelectors": [
                {"Field": "eventCategory", "Equals": ["Management"]},
                {"Field": "readOnly", "Equals": ["false"]},
                {"Field": "eventSource", "NotEquals": ["kms.amazonaws.com"]}]}]}}"#,
        before: r#"{"eventCategory": "Management", "readOnly": false,
            "eventSource": "kms.amazonaws.com", "eventName": "CreateGrant"}"#,
        after: After::Filtered,
    },
];
