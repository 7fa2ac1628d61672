//! Advanced event selectors: the examples of the documentation with the matches it states, and
//! the rules that it leaves open.

mod support;

use serde_json::json;
use support::{batch, refused};
use trailmill_condition::Selectors;

/// Checks which records selectors select and which they do not.
fn check(selectors: &str, good: &[&str], bad: &[&str]) {
    let written = serde_json::from_str(selectors).expect(selectors);
    let made = Selectors::new(&written).unwrap_or_else(|error| panic!("{error}"));
    let selects = |record: &&str| made.matches(&batch(record).event(0));
    good.iter().for_each(|record| assert!(selects(record), "{selectors}\n{record}"));
    bad.iter().for_each(|record| assert!(!selects(record), "{selectors}\n{record}"));
}

/// A data event on an S3 object.
fn object(name: &str, arn: &str) -> String {
    json!({
        "eventCategory": "Data",
        "eventName": name,
        "resources": [
            {"type": "AWS::S3::Object", "ARN": arn},
            {"type": "AWS::S3::Bucket", "ARN": "arn:aws:s3:::amzn-s3-demo-bucket"},
        ],
    })
    .to_string()
}

/// "Example showing multiple conditions for the `resources.ARN` field", with its six answers.
#[test]
fn several_conditions_for_a_field() {
    let selectors = r#"[{"Name": "S3Select", "FieldSelectors": [
        {"Field": "eventCategory", "Equals": ["Data"]},
        {"Field": "resources.type", "Equals": ["AWS::S3::Object"]},
        {"Field": "resources.ARN", "Equals": ["arn:aws:s3:::amzn-s3-demo-bucket/object1"],
            "StartsWith": ["arn:aws:s3:::amzn-s3-demo-bucket/"], "EndsWith": ["object3"],
            "NotStartsWith": ["arn:aws:s3:::amzn-s3-demo-bucket/deselect"],
            "NotEndsWith": ["object5"],
            "NotEquals": ["arn:aws:s3:::amzn-s3-demo-bucket/object6"]}]}]"#;
    let good = [
        "amzn-s3-demo-bucket/object1",
        "amzn-s3-demo-bucket/object2",
        "amzn-s3-demo-bucket1/object3",
    ];
    let bad = [
        "amzn-s3-demo-bucket/deselectObject4",
        "amzn-s3-demo-bucket/object5",
        "amzn-s3-demo-bucket/object6",
    ];
    let record = |name: &&str| object("GetObject", &format!("arn:aws:s3:::{name}"));
    for (names, selected) in [(good, true), (bad, false)] {
        for record in names.iter().map(record) {
            match selected {
                true => check(selectors, &[&record], &[]),
                false => check(selectors, &[], &[&record]),
            }
        }
    }
}

/// "Example 1: Filtering on the `eventName` field".
#[test]
fn names_of_events() {
    check(
        r#"[{"Name": "Log GetObject, PutObject and DeleteObject S3 data events",
            "FieldSelectors": [{"Field": "eventCategory", "Equals": ["Data"]},
                {"Field": "resources.type", "Equals": ["AWS::S3::Object"]},
                {"Field": "eventName", "Equals": ["GetObject", "PutObject", "DeleteObject"]}]}]"#,
        &[&object("GetObject", "a"), &object("DeleteObject", "a")],
        &[
            &object("HeadObject", "a"),
            r#"{"eventCategory": "Data", "eventName": "GetObject"}"#,
            r#"{"eventCategory": "Management", "eventName": "GetObject",
                "resources": [{"type": "AWS::S3::Object"}]}"#,
        ],
    );
    check(
        r#"[{"Name": "Log all EBS Direct API data events except ListChangedBlocks",
            "FieldSelectors": [{"Field": "eventCategory", "Equals": ["Data"]},
                {"Field": "resources.type", "Equals": ["AWS::EC2::Snapshot"]},
                {"Field": "eventName", "NotEquals": ["ListChangedBlocks"]}]}]"#,
        &[r#"{"eventCategory": "Data", "eventName": "GetSnapshotBlock",
            "resources": [{"type": "AWS::EC2::Snapshot"}]}"#],
        &[r#"{"eventCategory": "Data", "eventName": "ListChangedBlocks",
            "resources": [{"type": "AWS::EC2::Snapshot"}]}"#],
    );
}

/// "Example 2: Filtering on the `resources.ARN` and `userIdentity.arn` fields".
#[test]
fn resources_and_identities() {
    let record = |arn: &str| {
        json!({"eventCategory": "Data", "userIdentity": {"arn": arn},
            "resources": [{"type": "AWS::S3::Object", "ARN": "arn:aws:s3:::demo/a"}]})
        .to_string()
    };
    check(
        r#"[{"Name": "S3EventSelector", "FieldSelectors": [
            {"Field": "eventCategory", "Equals": ["Data"]},
            {"Field": "resources.type", "Equals": ["AWS::S3::Object"]},
            {"Field": "resources.ARN", "StartsWith": ["arn:aws:s3:::demo/"]},
            {"Field": "userIdentity.arn", "NotStartsWith":
                ["arn:aws:sts::123456789012:assumed-role/bucket-scanner-role"]}]}]"#,
        &[
            &record("arn:aws:sts::123456789012:assumed-role/other/s"),
            r#"{"eventCategory": "Data",
                "resources": [{"type": "AWS::S3::Object", "ARN": "arn:aws:s3:::demo/a"}]}"#,
        ],
        &[&record("arn:aws:sts::123456789012:assumed-role/bucket-scanner-role/s")],
    );
}

/// "Example 3": objects that DeleteObjects has deleted are left out.
#[test]
fn several_selectors() {
    let deleted = |kind: &str| {
        json!({"eventCategory": "Data", "eventName": "DeleteObject", "eventType": kind,
            "resources": [{"type": "AWS::S3::Object", "ARN": "arn:aws:s3:::demo/a"}]})
        .to_string()
    };
    check(
        r#"[{"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Data"]},
                {"Field": "resources.type", "Equals": ["AWS::S3::Object"]},
                {"Field": "eventName", "NotEquals": ["DeleteObject"]}]},
            {"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Data"]},
                {"Field": "resources.type", "Equals": ["AWS::S3::Object"]},
                {"Field": "eventName", "Equals": ["DeleteObject"]},
                {"Field": "eventType", "NotEquals": ["AwsServiceEvent"]}]}]"#,
        &[&object("GetObject", "a"), &deleted("AwsApiCall")],
        &[&deleted("AwsServiceEvent")],
    );
}

#[test]
fn management_events() {
    check(
        r#"[{"Name": "Write-only, without KMS", "FieldSelectors": [
            {"Field": "eventCategory", "Equals": ["Management"]},
            {"Field": "readOnly", "Equals": [false]},
            {"Field": "eventSource",
                "NotEquals": ["kms.amazonaws.com", "rdsdata.amazonaws.com"]}]}]"#,
        &[
            r#"{"eventCategory": "Management", "readOnly": false, "eventSource": "iam"}"#,
            r#"{"eventCategory": "Management", "readOnly": "false"}"#,
            r#"{"managementEvent": true, "readOnly": false}"#,
        ],
        &[
            r#"{"eventCategory": "Management", "readOnly": true, "eventSource": "iam"}"#,
            r#"{"eventCategory": "Management", "readOnly": false,
                "eventSource": "kms.amazonaws.com"}"#,
            r#"{"managementEvent": false, "readOnly": false}"#,
            r#"{"readOnly": false}"#,
            r#"{"eventCategory": "Management", "readOnly": null}"#,
        ],
    );
    check(
        r#"[{"FieldSelectors": [{"Field": "sessionCredentialFromConsole", "NotEquals": ["true"]},
            {"Field": "vpcEndpointId", "StartsWith": ["vpce-"]}]}]"#,
        &[r#"{"vpcEndpointId": "vpce-1"}"#],
        &[
            r#"{"vpcEndpointId": "vpce-1", "sessionCredentialFromConsole": "true"}"#,
            r#"{"vpcEndpointId": "vpce-1", "sessionCredentialFromConsole": true}"#,
            "{}",
        ],
    );
}

#[test]
fn conditions_on_resources() {
    let type_and_arn = r#"[{"FieldSelectors": [
        {"Field": "resources.type", "Equals": ["AWS::S3::Object"]},
        {"Field": "resources.ARN", "StartsWith": ["arn:x"], "NotEndsWith": ["secret"]}]}]"#;
    check(
        type_and_arn,
        &[r#"{"resources": [{"type": "B"}, {"type": "AWS::S3::Object", "ARN": "arn:x"}]}"#],
        &[
            // Not for the same resource.
            r#"{"resources": [{"type": "B", "ARN": "arn:x"}, {"type": "AWS::S3::Object"}]}"#,
            // One of them is excluded.
            r#"{"resources": [{"type": "AWS::S3::Object", "ARN": "arn:x"}, {"ARN": "secret"}]}"#,
            r#"{"resources": []}"#,
            "{}",
        ],
    );
    check(
        r#"[{"FieldSelectors": [{"Field": "resources.ARN", "NotEquals": ["a"]}]}]"#,
        &["{}", r#"{"resources": []}"#, r#"{"resources": [{"ARN": "b"}]}"#, r#"{"resources": 1}"#],
        &[r#"{"resources": [{"ARN": "b"}, {"ARN": "a"}]}"#],
    );
}

#[test]
fn says_what_is_wrong() {
    let field =
        |field: &str| refused(&format!(r#"{{"selectors": [{{"FieldSelectors": [{field}]}}]}}"#));
    let at = "`selectors[0].FieldSelectors[0]";
    for (error, message) in [
        (refused(r#"{"selectors": {}}"#), "`selectors`: expected a list of selectors".to_owned()),
        (refused(r#"{"selectors": []}"#), "`selectors`: expected a list of selectors".to_owned()),
        (refused(r#"{"selectors": [{}]}"#), "`selectors[0]`: missing field `FieldSel".to_owned()),
        (field(""), "`selectors[0].FieldSelectors`: expected one or more".to_owned()),
        (field("{}"), format!("{at}.Field`: no field ``; there is errorCode, eventCategory")),
        (
            field(r#"{"Field": "eventname", "Equals": ["x"]}"#),
            format!("{at}.Field`: no field `eventname`; there is errorCode"),
        ),
        (field(r#"{"Field": "eventName"}"#), format!("{at}`: expected one of Equals, Starts")),
        (
            field(r#"{"Field": "eventName", "Equals": []}"#),
            format!("{at}.Equals`: expected one or more values"),
        ),
        (
            field(r#"{"Field": "eventName", "NotEndsWith": [""]}"#),
            format!("{at}.NotEndsWith`: expected texts of one or more characters"),
        ),
        (
            field(r#"{"Field": "eventName", "Matches": ["x"]}"#),
            "`selectors[0]`: unknown field `Matches`".to_owned(),
        ),
    ] {
        assert!(error.starts_with(&message), "{error}\n{message}");
    }
}
