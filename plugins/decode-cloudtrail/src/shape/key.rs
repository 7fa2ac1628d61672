//! The members of an object that tell what it is, found in one pass.

use trailmill_stage::event::json::{Document, Str, Value};

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
    // Names are short, so this is faster than a search that could stop.
    let is_escaped = || raw.iter().fold(false, |found, byte| found | (*byte == b'\\'));
    key(raw).or_else(|| if is_escaped() { key(name.decode().as_bytes()) } else { None })
}

/// The telling members of one object; of duplicates, the last.
pub(super) struct Keys<'a> {
    document: Document<'a>,
    /// One bit a key.
    found: u64,
    tokens: [u32; COUNT],
}

const _: () = assert!(COUNT <= u64::BITS as usize, "a bit for each key");

/// The keys of records, which stand first in the list.
const OF_RECORDS: u64 = (1 << (Key::InsightDetails as u32 + 1)) - 1;

impl<'a> Keys<'a> {
    /// Looks at the members of the object at `token`.
    pub(super) fn of(document: Document<'a>, token: usize) -> Self {
        let mut keys = Keys { document, found: 0, tokens: [0; COUNT] };
        for member in document.value(token).members() {
            if let Some(key) = key_of(member.key()) {
                keys.found |= 1 << key as u32;
                keys.tokens[key as usize] = member.value().token() as u32;
            }
        }
        keys
    }

    /// Whether there is no other key than those that records have.
    pub(super) fn are_of_records(&self) -> bool {
        self.found & !OF_RECORDS == 0
    }

    /// Whether any of these keys is there.
    pub(super) fn has_any(&self, keys: &[Key]) -> bool {
        keys.iter().any(|key| self.has(*key))
    }

    pub(super) fn has(&self, key: Key) -> bool {
        self.found & 1 << key as u32 != 0
    }

    /// The token of a member's value.
    pub(super) fn token(&self, key: Key) -> Option<usize> {
        self.has(key).then_some(self.tokens[key as usize] as usize)
    }

    pub(super) fn get(&self, key: Key) -> Option<Value<'a>> {
        self.token(key).map(|token| self.document.value(token))
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
