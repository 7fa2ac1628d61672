//! The table `AWSCloudTrailLog`, as Snare Central documents it.

use crate::schema::{Column, Rule, Schema};
use trailmill_stage::event::{Path, Segment};

/// CloudTrail's own limit on `requestParameters` and `responseElements`: 100 KB.
const PAYLOAD_BYTES_MAX: usize = 100 * 1024;
/// CloudTrail's own limit on `userAgent`: 1 KB.
const USER_AGENT_BYTES_MAX: usize = 1024;

/// How a cell is made, in a form that a constant can hold.
#[derive(Clone, Copy)]
enum Cell {
    Date,
    TimeOfDay,
    Time,
    Text,
    Cut(usize),
    Json(usize),
    Constant,
    CollectedAt,
    LogsTime,
    Rest,
}

/// Column, rule, where from (or the constant), and what it means.
type Row = (&'static str, Cell, &'static str, &'static str);

#[rustfmt::skip]
const TABLE: &[Row] = &[
    ("DATE", Cell::Date, "eventTime", "the date on which the request was completed, in UTC"),
    ("TIME", Cell::TimeOfDay, "eventTime", "the time at which the request was completed, in UTC"),
    ("SYSTEM", Cell::Text, "eventSource", "the service asked: `ec2.amazonaws.com`"),
    ("TABLE", Cell::Constant, "AWSCloudTrailLog", "the name of the table"),
    ("COLLECTIONDATETIME", Cell::CollectedAt, "", "when the record was collected, with the collector's offset"),
    ("CWLDATETIME", Cell::LogsTime, "", "when CloudWatch Logs took the event, if it came that way"),
    ("DATETIME", Cell::Time, "eventTime", "the event's own time"),
    ("AWSREGION", Cell::Text, "awsRegion", "the region asked"),
    ("EVENTCATEGORY", Cell::Text, "eventCategory", "Management, Data, Insight, NetworkActivity or Aggregated"),
    ("EVENTID", Cell::Text, "eventID", "the GUID of the event"),
    ("EVENTNAME", Cell::Text, "eventName", "the action asked for"),
    ("EVENTTYPE", Cell::Text, "eventType", "AwsApiCall, AwsServiceEvent, AwsConsoleSignIn ..."),
    ("RECIPIENTACCOUNTID", Cell::Text, "recipientAccountId", "the account that received the event; may differ from USERAID across accounts"),
    ("REQUESTID", Cell::Text, "requestID", "the service's own number for the request"),
    ("REQUESTPARAMETERS", Cell::Json(PAYLOAD_BYTES_MAX), "requestParameters", "what was asked, as JSON text"),
    ("RESPONSEELEMENTS", Cell::Json(PAYLOAD_BYTES_MAX), "responseElements", "what was answered, as JSON text"),
    ("SRCADDR", Cell::Text, "sourceIPAddress", "an IP address, a service's DNS name, or `AWS Internal`"),
    ("USERAGENT", Cell::Cut(USER_AGENT_BYTES_MAX), "userAgent", "the program that asked"),
    ("USERACCESSKEYID", Cell::Text, "userIdentity.accessKeyId", "the access key that signed the request"),
    ("USERAID", Cell::Text, "userIdentity.accountId", "the account of the one who asked"),
    ("USERARN", Cell::Text, "userIdentity.arn", "the ARN of the one who asked"),
    ("USERNAME", Cell::Text, "userIdentity.userName", "the friendly name of the one who asked"),
    ("USERPID", Cell::Text, "userIdentity.principalId", "the unique id of the one who asked"),
    ("USERTYPE", Cell::Text, "userIdentity.type", "Root, IAMUser, AssumedRole, AWSService ..."),
    ("SNAREDATAMAP", Cell::Rest, "", "every member that no column claims, with its nesting"),
];

/// The schema `snare`.
pub fn snare() -> Schema {
    let column = |&(name, cell, from, help): &Row| Column {
        name: name.to_owned(),
        rule: rule(cell, from),
        help: help.to_owned(),
    };
    Schema { name: "snare".to_owned(), columns: TABLE.iter().map(column).collect() }
}

fn rule(cell: Cell, from: &str) -> Rule {
    let member = |name: &str| Segment::Member(name.to_owned());
    let path = Path::new(from.split('.').map(member).collect());
    match cell {
        Cell::Date => Rule::Date(path),
        Cell::TimeOfDay => Rule::TimeOfDay(path),
        Cell::Time => Rule::Time(path),
        Cell::Text => Rule::Text(path, None),
        Cell::Cut(most) => Rule::Text(path, Some(most)),
        Cell::Json(most) => Rule::Json(path, Some(most)),
        Cell::Constant => Rule::Constant(from.to_owned()),
        Cell::CollectedAt => Rule::CollectedAt,
        Cell::LogsTime => Rule::LogsTime,
        Cell::Rest => Rule::Rest,
    }
}
