//! The examples of the reference page, each a test: one for each container.

use trailmill_stage::{After, Example};

/// A record as it stands in text.
macro_rules! record {
    () => {
        r#"{"eventVersion":"1.11","eventTime":"2026-01-01T12:00:00Z","eventSource":"sts.amazonaws.com","eventName":"GetCallerIdentity","eventID":"11111111-2222-4333-8444-555555555555"}"#
    };
}

/// The same record in a string of JSON text.
macro_rules! quoted {
    () => {
        r#""{\"eventVersion\":\"1.11\",\"eventTime\":\"2026-01-01T12:00:00Z\",\"eventSource\":\"sts.amazonaws.com\",\"eventName\":\"GetCallerIdentity\",\"eventID\":\"11111111-2222-4333-8444-555555555555\"}""#
    };
}

/// The same record as base64.
macro_rules! base64 {
    () => {
        "eyJldmVudFZlcnNpb24iOiIxLjExIiwiZXZlbnRUaW1lIjoiMjAyNi0wMS0wMVQxMjowMDowMFoiLCJldmVudFNvdXJjZSI6InN0cy5hbWF6b25hd3MuY29tIiwiZXZlbnROYW1lIjoiR2V0Q2FsbGVySWRlbnRpdHkiLCJldmVudElEIjoiMTExMTExMTEtMjIyMi00MzMzLTg0NDQtNTU1NTU1NTU1NTU1In0="
    };
}

/// A message of CloudWatch Logs with that record, compressed, as base64.
macro_rules! message {
    () => {
        "H4sIAAAAAAACA12QQW+DMAyF/4vPBBHGKOKGWoZ62C6gHTaqKoWoihQISsKqDvHf5xQmpj359Pz5xfEEHTeGXXl1HzikcMiq7Pyal2VW5OCBuvVco01RIeoJhbZU10KrccCO1UzIxSqt5qz7R5/3Uo1t5ajzaAhnxhKKvBkvptFisEL1L0Jarg2kn8CkhNMjLf/ivXXeBKJ1oThkBW5rWYcP0128C+MkCZy8318gN9XA3eg7JmJ2DWkN1Ke0Bm/tVJjysMMgjElAsSoapkGA9bFhpRp1s4DGGp917Fv17Gb8RnUb9cbWsILbPW7P9bFFW9j7xhwPyxariLsNifA4JImiiDz/UQ0zzKf5B09PSWeXAQAA"
    };
}

/// An Insights record.
macro_rules! insight {
    () => {
        r#"{"eventVersion":"1.08","eventTime":"2026-01-01T12:00:00Z","eventID":"1","eventType":"AwsCloudTrailInsight","eventCategory":"Insight","insightDetails":{"state":"Start","eventSource":"sts.amazonaws.com","eventName":"AssumeRole","insightType":"ApiCallRateInsight"}}"#
    };
}

/// A record of network activity at a VPC endpoint.
macro_rules! network {
    () => {
        r#"{"eventVersion":"1.09","eventTime":"2026-01-01T12:00:00Z","eventSource":"kms.amazonaws.com","eventName":"Decrypt","eventID":"2","eventType":"AwsVpceEvents","eventCategory":"NetworkActivity","errorCode":"VpceAccessDenied","vpcEndpointId":"vpce-1"}"#
    };
}

/// An aggregated record, which has neither name nor identity.
macro_rules! aggregated {
    () => {
        r#"{"eventVersion":"1.0","accountId":"111122223333","eventId":"3","eventCategory":"Aggregated","eventType":"AwsAggregatedEvent","eventSource":"s3.amazonaws.com","timeWindow":{"windowStart":"2026-01-01T11:55:00Z","windowSize":"PT5M"},"summary":{}}"#
    };
}

/// An example that gives that record once.
const fn one(title: &'static str, before: &'static str) -> Example {
    Example { title, settings: "{}", before, after: After::Events(&[record!()]) }
}

/// An example that gives it twice.
const fn two(title: &'static str, before: &'static str) -> Example {
    Example { title, settings: "{}", before, after: After::Events(&[record!(), record!()]) }
}

/// An example of something that goes to quarantine.
const fn refused(title: &'static str, before: &'static str, kind: &'static str) -> Example {
    Example { title, settings: "{}", before, after: After::Fault(kind) }
}

pub(crate) const EXAMPLES: &[Example] = &[
    two(
        "Read the log files that CloudTrail writes to S3",
        concat!(r#"{"Records":["#, record!(), ",", record!(), "]}"),
    ),
    one("Read a single record", record!()),
    two("Read records one a line", concat!(record!(), "\n", record!(), "\n")),
    two("Read documents in a row, with nothing between them", concat!(record!(), record!())),
    two(
        "Read an array of records, over several lines",
        concat!("[\n  ", record!(), ",\n  ", record!(), "\n]\n"),
    ),
    one(
        "Read a message of a CloudWatch Logs subscription",
        concat!(
            r#"{"messageType":"DATA_MESSAGE","owner":"111122223333","logGroup":"trail","#,
            r#""logStream":"111122223333_CloudTrail_us-east-1","subscriptionFilters":["all"],"#,
            r#""logEvents":[{"id":"1","timestamp":1767268800000,"message":"#,
            quoted!(),
            "}]}"
        ),
    ),
    Example {
        title: "Pass over the message with which CloudWatch Logs tries a destination",
        settings: "{}",
        before: r#"{"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logGroup":"","logStream":"","subscriptionFilters":[],"logEvents":[{"id":"","timestamp":1767268800000,"message":"CWL CONTROL MESSAGE: Checking health of destination Kinesis stream."}]}"#,
        after: After::Events(&[]),
    },
    one("Read such a message as base64 of gzip", message!()),
    one(
        "Read what CloudWatch Logs hands to a Lambda function",
        concat!(r#"{"awslogs":{"data":""#, message!(), r#""}}"#),
    ),
    two(
        "Read what Kinesis hands to a Lambda function: messages or records",
        concat!(
            r#"{"Records":[{"kinesis":{"partitionKey":"1","sequenceNumber":"1","data":""#,
            message!(),
            r#""},"eventSource":"aws:kinesis","eventName":"aws:kinesis:record"},"#,
            r#"{"kinesis":{"partitionKey":"1","sequenceNumber":"2","data":""#,
            base64!(),
            r#""},"eventSource":"aws:kinesis","eventName":"aws:kinesis:record"}]}"#
        ),
    ),
    one(
        "Read the answer of Kinesis GetRecords",
        concat!(
            r#"{"Records":[{"SequenceNumber":"1","Data":""#,
            base64!(),
            r#"","PartitionKey":"1"}],"NextShardIterator":"A","MillisBehindLatest":0}"#
        ),
    ),
    one(
        "Read what Firehose hands to a transformation function",
        concat!(
            r#"{"invocationId":"1","deliveryStreamArn":"a","region":"us-east-1","#,
            r#""records":[{"recordId":"1","approximateArrivalTimestamp":1767268800000,"data":""#,
            message!(),
            r#""}]}"#
        ),
    ),
    one(
        "Read what Firehose delivers over HTTP",
        concat!(
            r#"{"requestId":"1","timestamp":1767268800000,"records":[{"data":""#,
            base64!(),
            r#""}]}"#
        ),
    ),
    one(
        "Read an event of EventBridge",
        concat!(
            r#"{"version":"0","id":"1","detail-type":"AWS API Call via CloudTrail","#,
            r#""source":"aws.sts","account":"111122223333","time":"2026-01-01T12:00:00Z","#,
            r#""region":"us-east-1","resources":[],"detail":"#,
            record!(),
            "}"
        ),
    ),
    one(
        "Read a message of SNS",
        concat!(
            r#"{"Type":"Notification","MessageId":"1","TopicArn":"t","Message":"#,
            quoted!(),
            "}"
        ),
    ),
    one(
        "Read what SNS hands to a Lambda function",
        concat!(
            r#"{"Records":[{"EventSource":"aws:sns","Sns":{"Type":"Notification","Message":"#,
            quoted!(),
            "}}]}"
        ),
    ),
    one(
        "Read what SQS hands to a Lambda function",
        concat!(
            r#"{"Records":[{"messageId":"1","receiptHandle":"r","body":"#,
            quoted!(),
            r#","eventSource":"aws:sqs"}]}"#
        ),
    ),
    one(
        "Read the answer of SQS ReceiveMessage",
        concat!(r#"{"Messages":[{"MessageId":"1","ReceiptHandle":"r","Body":"#, quoted!(), "}]}"),
    ),
    two(
        "Read the answer of LookupEvents",
        concat!(
            r#"{"Events":[{"EventId":"1","CloudTrailEvent":"#,
            quoted!(),
            r#"},{"EventId":"2","CloudTrailEvent":"#,
            quoted!(),
            "}]}"
        ),
    ),
    two(
        "Read events of LookupEvents one a line",
        concat!(
            r#"{"EventId":"1","CloudTrailEvent":"#,
            quoted!(),
            "}\n",
            r#"{"EventId":"2","CloudTrailEvent":"#,
            quoted!(),
            "}\n"
        ),
    ),
    two(
        "Read rows of CloudTrail Lake",
        concat!(
            r#"{"eventID":"1","eventJson":"#,
            quoted!(),
            "}\n",
            r#"{"eventID":"2","eventCategory":"ActivityAuditLog","eventData":"#,
            record!(),
            "}\n"
        ),
    ),
    one(
        "Read a page of results of a CloudTrail Lake query",
        concat!(
            r#"{"QueryStatus":"FINISHED","QueryResultRows":[[{"eventID":"1"},{"eventJson":"#,
            quoted!(),
            "}]]}"
        ),
    ),
    Example {
        title: "Read Insights, network-activity and aggregated records",
        settings: "{}",
        before: concat!(r#"{"Records":["#, insight!(), ",", network!(), ",", aggregated!(), "]}"),
        after: After::Events(&[insight!(), network!(), aggregated!()]),
    },
    Example {
        title: "Pass over the event with which S3 tries a notification",
        settings: "{}",
        before: r#"{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-01-01T12:00:00Z","Bucket":"b","RequestId":"r","HostId":"h"}"#,
        after: After::Events(&[]),
    },
    refused(
        "Tell a digest file from a log file",
        r#"{"awsAccountId":"111122223333","digestStartTime":"2026-01-01T11:00:00Z","digestEndTime":"2026-01-01T12:00:00Z","logFiles":[]}"#,
        "not-a-log",
    ),
    refused(
        "Tell a notification of S3 from a record",
        r#"{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"b"},"object":{"key":"k.json.gz"}}}]}"#,
        "not-a-log",
    ),
    refused(
        "Send a line that was cut off to quarantine",
        r#"{"eventVersion":"1.11","eventName":"Get"#,
        "cut-short",
    ),
];
