//! The members of an object that tell what it is, found in one pass.

use trailmill_stage::event::json::{Str, Value};

/// Writes the list of keys out once: as an enum, and as the text that each stands for.
macro_rules! keys {
    ($($key:ident = $text:literal,)*) => {
        /// The name of a member that tells something.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Key {
            $($key,)*
        }

        const COUNT: usize = [$(Key::$key,)*].len();

        fn key(name: &[u8]) -> Option<Key> {
            match name {
                $($text => Some(Key::$key),)*
                _ => None,
            }
        }
    };
}

keys! {
    // Of records.
    EventVersion = b"eventVersion",
    EventTime = b"eventTime",
    EventSource = b"eventSource",
    EventName = b"eventName",
    EventType = b"eventType",
    EventCategory = b"eventCategory",
    EventId = b"eventID",
    AggregatedEventId = b"eventId",
    UserIdentity = b"userIdentity",
    InsightDetails = b"insightDetails",
    // Of log files and of the events that Lambda hands over.
    Records = b"Records",
    Kinesis = b"kinesis",
    Sns = b"Sns",
    S3 = b"s3",
    Awslogs = b"awslogs",
    // Of messages of CloudWatch Logs and envelopes of EventBridge.
    MessageType = b"messageType",
    LogEvents = b"logEvents",
    LowerEvents = b"events",
    Detail = b"detail",
    DetailType = b"detail-type",
    // Of SNS and SQS.
    Type = b"Type",
    TopicArn = b"TopicArn",
    Signature = b"Signature",
    Message = b"Message",
    Messages = b"Messages",
    MessageId = b"MessageId",
    ReceiptHandle = b"ReceiptHandle",
    Body = b"Body",
    LowerMessageId = b"messageId",
    LowerReceiptHandle = b"receiptHandle",
    LowerBody = b"body",
    // Of Kinesis and Firehose.
    Data = b"Data",
    SequenceNumber = b"SequenceNumber",
    Partition = b"PartitionKey",
    LowerRecords = b"records",
    LowerData = b"data",
    RecordId = b"recordId",
    InvocationId = b"invocationId",
    DeliveryStreamArn = b"deliveryStreamArn",
    RequestId = b"requestId",
    Timestamp = b"timestamp",
    // Of LookupEvents and CloudTrail Lake.
    Events = b"Events",
    CloudTrailEvent = b"CloudTrailEvent",
    EventJson = b"eventJson",
    EventData = b"eventData",
    QueryResultRows = b"QueryResultRows",
    // Of digest files and test events.
    DigestStartTime = b"digestStartTime",
    DigestEndTime = b"digestEndTime",
    DigestS3Object = b"digestS3Object",
    Event = b"Event",
}

/// The key that a name stands for, escapes or not.
fn key_of(name: Str<'_>) -> Option<Key> {
    let raw = name.raw();
    key(raw).or_else(|| raw.contains(&b'\\').then(|| key(name.decode().as_bytes())).flatten())
}

/// The telling members of one object; of duplicates, the last.
pub(super) struct Keys<'a> {
    values: [Option<Value<'a>>; COUNT],
}

impl<'a> Keys<'a> {
    /// Looks at the members of an object.
    pub(super) fn of(object: Value<'a>) -> Self {
        let mut values = [None; COUNT];
        for member in object.members() {
            if let Some(key) = key_of(member.key()) {
                values[key as usize] = Some(member.value());
            }
        }
        Keys { values }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.values.iter().all(Option::is_none)
    }

    pub(super) fn get(&self, key: Key) -> Option<Value<'a>> {
        self.values[key as usize]
    }

    pub(super) fn has(&self, key: Key) -> bool {
        self.get(key).is_some()
    }

    /// The token of a member's value.
    pub(super) fn token(&self, key: Key) -> Option<usize> {
        self.get(key).map(Value::token)
    }

    /// Whether a member is this text.
    pub(super) fn is_text(&self, key: Key, text: &str) -> bool {
        self.get(key).and_then(Value::as_string).is_some_and(|string| string.is(text))
    }

    /// A member of a member.
    pub(super) fn inside(&self, key: Key, name: &str) -> Option<Value<'a>> {
        self.get(key)?.get(name)
    }
}
