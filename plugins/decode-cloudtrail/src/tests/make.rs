//! Makes inputs: records in every kind of wrapping.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::io::Write;

/// A record as CloudTrail writes it, with an identifier to know it by.
pub(super) fn record(id: u32) -> String {
    format!(
        r#"{{"eventVersion":"1.08","userIdentity":{{"type":"Root"}},"eventTime":"2026-01-01T00:00:00Z","eventSource":"sts.amazonaws.com","eventName":"GetCallerIdentity","eventID":"{id:08}"}}"#
    )
}

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

pub(super) fn base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

/// A log file, with members before and behind its records as they are given.
pub(super) fn log_file(before: &str, records: &[String], behind: &str) -> String {
    format!(r#"{{{before}"Records":[{}]{behind}}}"#, records.join(","))
}

/// A message of CloudWatch Logs; the time of event number n is `1000 + n`.
pub(super) fn logs_message(messages: &[String]) -> String {
    let event = |(number, message): (usize, &String)| {
        let id = number.to_string();
        json!({"id": id, "timestamp": 1000 + number, "message": message})
    };
    let events: Vec<Value> = messages.iter().enumerate().map(event).collect();
    json!({
        "messageType": "DATA_MESSAGE",
        "owner": "111122223333",
        "logGroup": "trail",
        "logStream": "111122223333_CloudTrail_us-east-1",
        "subscriptionFilters": ["all"],
        "logEvents": events,
    })
    .to_string()
}

pub(super) fn lambda_of_logs(message: &str) -> Value {
    json!({"awslogs": {"data": base64(&gzip(message.as_bytes()))}})
}

pub(super) fn event_bridge(record: &str) -> String {
    format!(
        r#"{{"version":"0","id":"6a7e8feb","detail-type":"AWS API Call via CloudTrail","source":"aws.sts","account":"111122223333","time":"2026-01-01T00:00:00Z","region":"us-east-1","resources":[],"detail":{record}}}"#
    )
}

/// Something that carries a text as data.
pub(super) type Carrier = fn(&[u8]) -> Value;

/// Everything that carries a text, with the name that it goes by in the path of containers.
pub(super) const CARRIERS: &[(&str, Carrier)] = &[
    ("kinesis", |data| {
        let kinesis = json!({"partitionKey": "p", "data": base64(data), "sequenceNumber": "1"});
        let record = json!({
            "kinesis": kinesis, "eventSource": "aws:kinesis", "eventVersion": "1.0",
            "eventID": "shardId-000000000006:1", "eventName": "aws:kinesis:record",
            "awsRegion": "us-east-1"
        });
        json!({"Records": [record]})
    }),
    ("kinesis", |data| {
        let record = json!({"SequenceNumber": "1", "Data": base64(data), "PartitionKey": "p"});
        json!({"MillisBehindLatest": 0, "NextShardIterator": "A", "Records": [record]})
    }),
    ("firehose", |data| {
        let record =
            json!({"recordId": "1", "approximateArrivalTimestamp": 1, "data": base64(data)});
        json!({"invocationId": "i", "deliveryStreamArn": "a", "region": "r", "records": [record]})
    }),
    (
        "firehose",
        |data| json!({"requestId": "r", "timestamp": 1, "records": [{"data": base64(data)}]}),
    ),
    ("sns", |data| {
        json!({"Records": [{"EventSource": "aws:sns", "EventVersion": "1.0",
            "Sns": {"Type": "Notification", "TopicArn": "t", "Message": as_text(data)}}]})
    }),
    (
        "sns",
        |data| json!({"Type": "Notification", "MessageId": "m", "TopicArn": "t", "Message": as_text(data)}),
    ),
    ("sqs", |data| {
        json!({"Records": [{"messageId": "m", "receiptHandle": "r", "body": as_text(data),
            "attributes": {}, "eventSource": "aws:sqs", "awsRegion": "us-east-1"}]})
    }),
    (
        "sqs",
        |data| json!({"Messages": [{"MessageId": "m", "ReceiptHandle": "r", "Body": as_text(data)}]}),
    ),
];

/// Bytes as text: as they are, or base64 of what is compressed.
fn as_text(data: &[u8]) -> String {
    match std::str::from_utf8(data) {
        Ok(text) => text.to_owned(),
        Err(_) => base64(data),
    }
}
