//! The table `AWSCloudTrailLog` as the twins see it: names of columns, and who claims what.

use std::ops::RangeInclusive;

/// A column, by its place in the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names of the columns are documented by the schema")]
pub enum Column {
    Date,
    Time,
    System,
    Table,
    CollectionDateTime,
    CwlDateTime,
    DateTime,
    AwsRegion,
    EventCategory,
    EventId,
    EventName,
    EventType,
    RecipientAccountId,
    RequestId,
    RequestParameters,
    ResponseElements,
    SrcAddr,
    UserAgent,
    UserAccessKeyId,
    UserAId,
    UserArn,
    UserName,
    UserPId,
    UserType,
    SnareDataMap,
}

/// How many columns there are.
pub const COUNT: usize = 25;

/// The columns and their names, in the order of the row.
pub const COLUMNS: [(Column, &str); COUNT] = [
    (Column::Date, "DATE"),
    (Column::Time, "TIME"),
    (Column::System, "SYSTEM"),
    (Column::Table, "TABLE"),
    (Column::CollectionDateTime, "COLLECTIONDATETIME"),
    (Column::CwlDateTime, "CWLDATETIME"),
    (Column::DateTime, "DATETIME"),
    (Column::AwsRegion, "AWSREGION"),
    (Column::EventCategory, "EVENTCATEGORY"),
    (Column::EventId, "EVENTID"),
    (Column::EventName, "EVENTNAME"),
    (Column::EventType, "EVENTTYPE"),
    (Column::RecipientAccountId, "RECIPIENTACCOUNTID"),
    (Column::RequestId, "REQUESTID"),
    (Column::RequestParameters, "REQUESTPARAMETERS"),
    (Column::ResponseElements, "RESPONSEELEMENTS"),
    (Column::SrcAddr, "SRCADDR"),
    (Column::UserAgent, "USERAGENT"),
    (Column::UserAccessKeyId, "USERACCESSKEYID"),
    (Column::UserAId, "USERAID"),
    (Column::UserArn, "USERARN"),
    (Column::UserName, "USERNAME"),
    (Column::UserPId, "USERPID"),
    (Column::UserType, "USERTYPE"),
    (Column::SnareDataMap, "SNAREDATAMAP"),
];

/// What the column TABLE always says.
pub const TABLE: &str = "AWSCloudTrailLog";

/// The member that columns look into.
pub const IDENTITY: &str = "userIdentity";

/// The most bytes of REQUESTPARAMETERS and RESPONSEELEMENTS.
pub const PAYLOAD_BYTES_MAX: usize = 100 * 1024;

/// The most bytes of USERAGENT.
pub const USER_AGENT_BYTES_MAX: usize = 1024;

/// Which column takes a member of the record.
pub fn of_record(member: &str) -> Option<Column> {
    Some(match member {
        "eventTime" => Column::DateTime,
        "eventSource" => Column::System,
        "awsRegion" => Column::AwsRegion,
        "eventCategory" => Column::EventCategory,
        "eventID" => Column::EventId,
        "eventName" => Column::EventName,
        "eventType" => Column::EventType,
        "recipientAccountId" => Column::RecipientAccountId,
        "requestID" => Column::RequestId,
        "requestParameters" => Column::RequestParameters,
        "responseElements" => Column::ResponseElements,
        "sourceIPAddress" => Column::SrcAddr,
        "userAgent" => Column::UserAgent,
        _ => return None,
    })
}

/// The columns that look into `userIdentity`.
pub const OF_IDENTITY: RangeInclusive<usize> =
    Column::UserAccessKeyId as usize..=Column::UserType as usize;

/// Which column takes a member of `userIdentity`.
pub fn of_identity(member: &str) -> Option<Column> {
    Some(match member {
        "accessKeyId" => Column::UserAccessKeyId,
        "accountId" => Column::UserAId,
        "arn" => Column::UserArn,
        "userName" => Column::UserName,
        "principalId" => Column::UserPId,
        "type" => Column::UserType,
        _ => return None,
    })
}

impl Column {
    /// Whether it holds the JSON text of whatever is there, and not only strings.
    pub fn is_json(self) -> bool {
        matches!(self, Column::RequestParameters | Column::ResponseElements)
    }

    /// The most bytes that a cell may have.
    pub fn bytes_max(self) -> usize {
        match self {
            Column::RequestParameters | Column::ResponseElements => PAYLOAD_BYTES_MAX,
            Column::UserAgent => USER_AGENT_BYTES_MAX,
            _ => usize::MAX,
        }
    }
}
