//! The kinds of package: what carries it, where its content is, how that is packed.

/// A kind of package.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Kind {
    /// Its name in the path of containers.
    pub(crate) name: &'static str,
    /// The member of an element that holds the content, where packages come as a list.
    pub(crate) content: &'static str,
    /// How the content is packed.
    pub(crate) encoding: Encoding,
    /// The member of an element that says when CloudWatch Logs took it.
    pub(crate) logs_time: Option<&'static str>,
}

/// How the content of a package is packed. Content that is an object or an array is not packed,
/// whatever is usual: people undo what they can before they store something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// As a JSON string.
    Text,
    /// As base64, of text or of something compressed.
    Base64,
}

impl Kind {
    /// An element of `logEvents` in a message of CloudWatch Logs.
    pub(crate) const LOG_EVENT: Kind = Kind {
        logs_time: Some("timestamp"),
        ..Kind::new("cloudwatch-logs", "message", Encoding::Text)
    };
    /// The event with which CloudWatch Logs invokes Lambda; a message of CloudWatch Logs is inside.
    pub(crate) const AWSLOGS: Kind = Kind::new("lambda", "data", Encoding::Base64);
    /// A record of a Kinesis stream.
    pub(crate) const KINESIS: Kind = Kind::new("kinesis", "Data", Encoding::Base64);
    /// A record of a Firehose stream.
    pub(crate) const FIREHOSE: Kind = Kind::new("firehose", "data", Encoding::Base64);
    /// A message of SNS.
    pub(crate) const SNS: Kind = Kind::new("sns", "Message", Encoding::Text);
    /// A message of SQS.
    pub(crate) const SQS: Kind = Kind::new("sqs", "Body", Encoding::Text);
    /// An event of LookupEvents.
    pub(crate) const LOOKUP_EVENT: Kind =
        Kind::new("lookup-events", "CloudTrailEvent", Encoding::Text);
    /// A row of CloudTrail Lake.
    pub(crate) const LAKE: Kind = Kind::new("cloudtrail-lake", "eventJson", Encoding::Text);

    const fn new(name: &'static str, content: &'static str, encoding: Encoding) -> Self {
        Kind { name, content, encoding, logs_time: None }
    }
}
