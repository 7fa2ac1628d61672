//! Conditions on every record of the corpus, with the answers that other means give.
#![allow(clippy::print_stderr)]

mod support;

use serde_json::{Value, json};
use support::batch;
use trailmill_condition::Condition;

/// A question in each of the languages that can ask it, and its answer by hand.
struct Question {
    name: &'static str,
    ways: Vec<Value>,
    answer: fn(&Value) -> bool,
    /// How many records of the corpus it matches.
    matched: usize,
}

fn text<'v>(record: &'v Value, pointer: &str) -> &'v str {
    record.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

fn is_true(record: &Value, pointer: &str) -> bool {
    record.pointer(pointer).is_some_and(|value| *value == json!(true) || *value == json!("true"))
}

/// Advanced event selectors with one selector.
fn selectors(fields: Value) -> Value {
    json!({"selectors": [{"FieldSelectors": fields}]})
}

fn reads() -> Question {
    Question {
        name: "reads",
        ways: vec![
            json!("readOnly == true"),
            json!({"pattern": {"readOnly": [true, "true"]}}),
            selectors(json!([{"Field": "readOnly", "Equals": ["true"]}])),
        ],
        answer: |record| is_true(record, "/readOnly"),
        matched: 4938,
    }
}

fn denied() -> Question {
    Question {
        name: "denied",
        ways: vec![
            json!("errorCode matches '*AccessDenied*'"),
            json!("errorCode contains 'AccessDenied'"),
            json!({"pattern": {"errorCode": [{"wildcard": "*AccessDenied*"}]}}),
        ],
        answer: |record| text(record, "/errorCode").contains("AccessDenied"),
        matched: 264,
    }
}

fn from_a_private_network() -> Question {
    Question {
        name: "from a private network",
        ways: vec![
            json!("sourceIPAddress in [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16]"),
            json!({"pattern": {"sourceIPAddress": [{"cidr": "10.0.0.0/8"},
                    {"cidr": "172.16.0.0/12"}, {"cidr": "192.168.0.0/16"}]}}),
        ],
        answer: |record| {
            let address = text(record, "/sourceIPAddress").parse();
            address.is_ok_and(|address: std::net::Ipv4Addr| address.is_private())
        },
        matched: 2526,
    }
}

fn by_a_role() -> Question {
    Question {
        name: "by a role that is not a service's, without an error",
        ways: vec![
            json!(
                "userIdentity.type == 'AssumedRole' and not errorCode exists and not \
                       userIdentity.arn contains 'AWSServiceRole'"
            ),
            json!({"pattern": {"errorCode": [{"exists": false}], "userIdentity": {
                    "type": ["AssumedRole"],
                    "arn": [{"anything-but": {"wildcard": "*AWSServiceRole*"}}]}}}),
        ],
        answer: |record| {
            text(record, "/userIdentity/type") == "AssumedRole"
                && record.get("errorCode").is_none()
                && !text(record, "/userIdentity/arn").contains("AWSServiceRole")
        },
        matched: 662,
    }
}

fn on_a_key_or_a_bucket() -> Question {
    Question {
        name: "on a key or a bucket",
        ways: vec![
            json!("resources.type in ['AWS::KMS::Key', 'AWS::S3::Bucket']"),
            json!({"pattern": {"resources": {"type": ["AWS::KMS::Key", "AWS::S3::Bucket"]}}}),
            selectors(json!([{"Field": "resources.type",
                    "Equals": ["AWS::KMS::Key", "AWS::S3::Bucket"]}])),
        ],
        answer: |record| {
            let resources = record.get("resources").and_then(Value::as_array);
            let types = resources.into_iter().flatten().map(|one| text(one, "/type"));
            types.into_iter().any(|one| ["AWS::KMS::Key", "AWS::S3::Bucket"].contains(&one))
        },
        matched: 2284,
    }
}

fn writes() -> Question {
    Question {
        name: "management events that write, without KMS",
        ways: vec![
            selectors(json!([{"Field": "eventCategory", "Equals": ["Management"]},
                    {"Field": "readOnly", "Equals": ["false"]},
                    {"Field": "eventSource", "NotEquals": ["kms.amazonaws.com"]}])),
            json!(
                "eventCategory == 'Management' and readOnly == false and \
                       eventSource != 'kms.amazonaws.com'"
            ),
        ],
        answer: |record| {
            text(record, "/eventCategory") == "Management"
                && record["readOnly"] == json!(false)
                && text(record, "/eventSource") != "kms.amazonaws.com"
        },
        matched: 931,
    }
}

#[test]
fn the_languages_agree_with_each_other_and_the_oracle() {
    let Some(records) = trailmill_golden::corpus() else { return };
    let mut batch = batch(&records.join("\n"));
    let oracle: Vec<Value> =
        records.iter().map(|record| serde_json::from_str(record).unwrap()).collect();
    let mut counts = Vec::new();
    let all = [reads, denied, from_a_private_network, by_a_role, on_a_key_or_a_bucket, writes];
    for question in all.map(|question: fn() -> Question| question()) {
        let expected: Vec<bool> = oracle.iter().map(question.answer).collect();
        let matched = expected.iter().filter(|answer| **answer).count();
        eprintln!("{}: {matched} of {}", question.name, expected.len());
        counts.push((question.name, matched, question.matched));
        for written in &question.ways {
            let condition = Condition::read(written).unwrap_or_else(|error| panic!("{error}"));
            // The records have no blanks; with and without knowing it, they are read differently.
            for dense in [false, true] {
                batch.set_dense(dense);
                for (number, expected) in expected.iter().enumerate() {
                    let answer = condition.matches(&batch.event(number));
                    assert_eq!(answer, *expected, "{written}\n{}", records[number]);
                }
            }
        }
    }
    for (name, matched, expected) in counts {
        assert_eq!(matched, expected, "{name}");
    }
}
