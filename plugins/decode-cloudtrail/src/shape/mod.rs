//! What a JSON object is, told by its members: a record, something that carries records, or
//! something else that is known.

mod key;
mod record;

use crate::package::Kind;
use key::{Key, Keys};
pub(crate) use record::{is_plain_record, starts_plain_record};
use trailmill_stage::event::NoteKind;
use trailmill_stage::event::json::{self, Document, Value};

/// What a value is. Numbers are tokens, of values inside it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// A record.
    Record,
    /// An EventBridge envelope with this record inside.
    Envelope(usize),
    /// A log file: an object with one or more `Records`.
    LogFile,
    /// A package with this content.
    Package(&'static Kind, usize),
    /// Packages, as elements of this array.
    Packages(&'static Kind, usize),
    /// A page of a CloudTrail Lake query, whose rows this array holds.
    LakeRows(usize),
    /// Something that holds this container as it is, under a name of somebody's own.
    Around(usize),
    /// Something known that holds nothing on purpose.
    Nothing(&'static NoteKind),
    /// Something known that is no log.
    Foreign(&'static str),
    /// No object, or an empty one.
    Empty,
    /// None of these.
    Unknown,
}

/// S3 sends it when somebody sets up notifications; there is nothing to read.
pub static S3_TEST_EVENT: NoteKind = NoteKind {
    name: "s3-test-event",
    help: "An s3:TestEvent, which S3 sends when notifications are set up, was passed over.",
};

/// CloudWatch Logs sends it to see whether a destination is there.
pub static LOGS_CONTROL_MESSAGE: NoteKind = NoteKind {
    name: "logs-control-message",
    help: "A control message, with which CloudWatch Logs tries a destination, was passed over.",
};

/// What the value at `token` is.
pub(crate) fn of(document: Document<'_>, token: usize) -> Shape {
    let value = document.value(token);
    if value.kind() != json::Kind::Object || value.members().next().is_none() {
        return Shape::Empty;
    }
    let keys = Keys::of(document, token);
    let carrier = if keys.are_of_records() { None } else { carrier(document, &keys) };
    carrier.or_else(|| foreign(&keys)).unwrap_or_else(|| last_resort(document, &keys))
}

/// Something that carries records.
fn carrier(document: Document<'_>, keys: &Keys<'_>) -> Option<Shape> {
    use Key as K;
    if keys.has(K::Records) {
        return Some(Shape::LogFile);
    }
    message(document, keys).or_else(|| single_package(keys)).or_else(|| list(keys))
}

/// A message of CloudWatch Logs or an envelope of EventBridge.
fn message(document: Document<'_>, keys: &Keys<'_>) -> Option<Shape> {
    use Key as K;
    if keys.has(K::MessageType) && keys.has(K::LogEvents) {
        if keys.is_text(K::MessageType, "CONTROL_MESSAGE") {
            return Some(Shape::Nothing(&LOGS_CONTROL_MESSAGE));
        }
        return Some(Shape::Packages(&Kind::LOG_EVENT, keys.token(K::LogEvents)?));
    }
    let detail = keys.get(K::Detail).filter(|_| keys.has(K::DetailType))?;
    if record::is_record(&Keys::of(document, detail.token())) {
        return Some(Shape::Envelope(detail.token()));
    }
    Some(Shape::Foreign("an EventBridge event that is not from CloudTrail"))
}

/// One package, by itself or among others of its kind.
fn single_package(keys: &Keys<'_>) -> Option<Shape> {
    use Key as K;
    let package = |kind, value: Value<'_>| Some(Shape::Package(kind, value.token()));
    if let Some(data) = keys.inside(K::Awslogs, "data") {
        return package(&Kind::AWSLOGS, data);
    }
    if let Some(data) = keys.inside(K::Kinesis, "data") {
        return package(&Kind::KINESIS, data);
    }
    if let Some(message) = keys.inside(K::Sns, "Message") {
        return package(&Kind::SNS, message);
    }
    let sets: [(Key, &[Key], &'static Kind); 7] = [
        (K::Data, &[K::SequenceNumber, K::Partition], &Kind::KINESIS),
        (K::LowerData, &[K::RecordId], &Kind::FIREHOSE),
        (K::Message, &[K::TopicArn, K::Signature], &Kind::SNS),
        (K::Body, &[K::MessageId, K::ReceiptHandle], &Kind::SQS),
        (K::LowerBody, &[K::LowerMessageId, K::LowerReceiptHandle], &Kind::SQS),
        (K::CloudTrailEvent, &[K::CloudTrailEvent], &Kind::LOOKUP_EVENT),
        (K::EventJson, &[K::EventJson], &Kind::LAKE),
    ];
    let (content, _, kind) =
        sets.iter().find(|(content, marks, _)| keys.has(*content) && keys.has_any(marks))?;
    if keys.is_text(K::Type, "SubscriptionConfirmation")
        || keys.is_text(K::Type, "UnsubscribeConfirmation")
    {
        return Some(Shape::Foreign("an SNS confirmation of a subscription"));
    }
    Some(Shape::Package(kind, keys.token(*content)?))
}

/// A list of packages.
fn list(keys: &Keys<'_>) -> Option<Shape> {
    use Key as K;
    let list = |key, kind| Some(Shape::Packages(kind, keys.token(key)?));
    if keys.has(K::LowerRecords) {
        let first = keys.get(K::LowerRecords)?.element(0);
        if first.is_some_and(|first| first.get("result").is_some()) {
            return Some(Shape::Foreign("the answer of a Firehose transformation"));
        }
        let marks = [K::InvocationId, K::DeliveryStreamArn, K::RequestId, K::Timestamp];
        if keys.has_any(&marks) || first.is_some_and(|first| first.get("data").is_some()) {
            return list(K::LowerRecords, &Kind::FIREHOSE);
        }
    }
    if let Some(events) = keys.get(K::LowerEvents)
        && events.element(0).is_some_and(|first| first.get("message").is_some())
    {
        return list(K::LowerEvents, &Kind::LOG_EVENT);
    }
    list(K::Messages, &Kind::SQS)
        .or_else(|| list(K::Events, &Kind::LOOKUP_EVENT))
        .or_else(|| keys.token(K::QueryResultRows).map(Shape::LakeRows))
}

/// Something that is known and carries no records.
fn foreign(keys: &Keys<'_>) -> Option<Shape> {
    use Key as K;
    if keys.is_text(K::Event, "s3:TestEvent") {
        return Some(Shape::Nothing(&S3_TEST_EVENT));
    }
    let source = keys.get(K::EventSource).and_then(Value::as_string);
    if keys.has(K::S3) && source.is_some_and(|source| source.is("aws:s3")) {
        return Some(Shape::Foreign("an S3 notification, which names a log file"));
    }
    if source.is_some_and(|source| source.raw().starts_with(b"aws:")) {
        return Some(Shape::Foreign("a Lambda event of a service that carries no logs"));
    }
    let digest = [K::DigestStartTime, K::DigestS3Object, K::DigestEndTime];
    if keys.has_any(&digest) {
        return Some(Shape::Foreign("a digest file, not a log file"));
    }
    None
}

/// A record, or what is left to try.
fn last_resort(document: Document<'_>, keys: &Keys<'_>) -> Shape {
    use Key as K;
    let is_known = |data: &usize| !matches!(of(document, *data), Shape::Empty | Shape::Unknown);
    let is_lake = keys.has(K::EventData) && !keys.has(K::EventName);
    match keys.token(K::EventData) {
        Some(data) if is_lake => Shape::Package(&Kind::LAKE, data),
        _ if record::is_record(keys) => Shape::Record,
        _ => match keys.token(K::LowerData).filter(is_known) {
            Some(data) => Shape::Around(data),
            None => Shape::Unknown,
        },
    }
}
