//! The descriptor from which the loader, the reference page and the example tests are derived.

use crate::decoder::CloudTrail;
use crate::examples::EXAMPLES;
use crate::run::Tuning;
use crate::settings::{OPTIONS, Options};
use crate::unpack::TextOnly;
use trailmill_stage::{Build, Decoder, Resources, Settings, SettingsError, StageSpec};

/// The plugin `decode-cloudtrail`.
pub const SPEC: StageSpec = StageSpec {
    name: "decode-cloudtrail",
    summary: "Opens CloudTrail in whatever wrapping it arrives.",
    details: DETAILS,
    options: OPTIONS,
    examples: EXAMPLES,
    guards: false,
    build: Build::Decoder(build),
};

const DETAILS: &str = "\
It tells by content, never by file name, and opens:

- S3 log files, a single record, JSON lines, documents in a row (pretty-printed or not), arrays;
- messages of CloudWatch Logs, bare, as base64 of gzip, as a Lambda event, in Kinesis and Firehose;
  answers of FilterLogEvents and GetLogEvents;
- Kinesis records as Lambda and GetRecords hand them over; Firehose transformation events and HTTP
  delivery requests;
- EventBridge envelopes; SNS messages; SQS messages as Lambda and ReceiveMessage hand them over;
- answers of LookupEvents and their events one a line; rows of CloudTrail Lake with `eventJson` or
  `eventData`;
- Insights, network-activity and aggregated records beside the usual ones;
- any of these inside each other, and gzip or zstd around any of them, twice at most.

Digest files, S3 notifications, other EventBridge events and answers of Firehose transformations
are recognized and go to quarantine under their name. An `s3:TestEvent` and the control messages of
CloudWatch Logs hold nothing; they are counted and passed over.

A bad record costs that record: in lines, up to the next line that begins with a bracket; in an
array, up to the end of the element. A compressed input of up to 16 MiB is checked to its end
before any record is handed on; of a larger one, records that came before the damage are out by
the time it is found, and the input as a whole goes to quarantine as well.

The offset of a record that came out of a string or of base64 is that of the package, plus its
place in the text that came out.

An object is a record if it has `eventName` and `eventSource`, or `insightDetails`, or one of
`eventVersion`, `eventID` and `eventId` beside one of `eventTime`, `eventType`, `eventCategory`,
`eventName`, `eventSource` and `userIdentity`. Depth is limited to 127 open brackets in a record.";

fn build(
    settings: &Settings,
    resources: &dyn Resources,
) -> Result<Box<dyn Decoder>, SettingsError> {
    let options = Options::read(settings)?;
    let mut tuning = Tuning::default();
    if resources.all_is_text() {
        tuning.unpack = &TextOnly;
    }
    Ok(Box::new(CloudTrail::new(options, tuning)))
}
