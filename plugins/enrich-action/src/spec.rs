//! The descriptor of the plugin, with the vocabulary and examples.

use crate::stage::EnrichAction;
use serde::Deserialize;
use trailmill_stage::{
    After, Build, Example, Resources, Settings, SettingsError, Stage, StageSpec,
};

/// The plugin `enrich-action`.
pub const SPEC: StageSpec = StageSpec {
    name: "enrich-action",
    summary: "Says what an event did: read or write, success or failure, category, notable calls, \
              technique.",
    details: DETAILS,
    options: &[],
    examples: EXAMPLES,
    guards: false,
    build: Build::Stage(build),
};

const DETAILS: &str = "\
Adds the object `enrichment.action`. Every member is a text (`technique` an object of two), and \
one \
that is not known is absent, never null or empty:

| member | what it says |
|---|---|
| `access` | `read` or `write` |
| `accessBasis` | `record` if `readOnly` says so, `verb` if the first word of `eventName` had to \
tell: Get, List, Describe and the like read; a verb that is in no table tells nothing |
| `outcome` | `success` or `failure`; a failed sign-in to the console, which has no `errorCode`, \
is a failure |
| `error` | the class of the error: `denied`, `throttled`, `not-found`, `invalid`, `conflict`, \
`limit`, `server`, `dry-run`, `other` |
| `category` | `identity`, `organization`, `logging`, `security`, `keys`, `secrets`, `network`, \
`compute`, `data`, `messaging`, `ai`, `development`, `management`, `billing`, `devices` |
| `notable` | why the guides of AWS, the CIS benchmark and catalogs of attacks name the call, \
whether it succeeded or not |
| `technique` | `id` and `name` of the technique of MITRE ATT&CK (version 17.1) that the call is \
known for |

Whatever AWS returns as `errorCode` is compared without `Client.`, `Exception` and the like. A \
record without `eventName` stays as it is. An `enrichment` that is no object (null counts as \
absent) is the fault `action-in-the-way`.";

const EXAMPLES: &[Example] = &[
    Example {
        title: "Tell that somebody tried to stop a trail and was denied",
        settings: "{}",
        before: r#"{"eventSource": "cloudtrail.amazonaws.com", "eventName": "StopLogging",
            "readOnly": false, "errorCode": "AccessDenied"}"#,
        after: After::Event(concat!(
            r#"{"eventSource":"cloudtrail.amazonaws.com","eventName":"StopLogging","#,
            r#""readOnly":false,"errorCode":"AccessDenied","#,
            r#""enrichment":{"action":{"access":"write","accessBasis":"record","#,
            r#""outcome":"failure","error":"denied","category":"logging","#,
            r#""notable":"a trail stops recording","#,
            r#""technique":{"id":"T1562.008","name":"Disable or Modify Cloud Logs"}}}}"#,
        )),
    },
    Example {
        title: "Tell reads from writes in records from before there was readOnly",
        settings: "{}",
        before: r#"{"eventSource": "ec2.amazonaws.com", "eventName": "DescribeInstances"}"#,
        after: After::Event(concat!(
            r#"{"eventSource":"ec2.amazonaws.com","eventName":"DescribeInstances","#,
            r#""enrichment":{"action":{"access":"read","accessBasis":"verb","#,
            r#""outcome":"success","category":"compute"}}}"#,
        )),
    },
    Example {
        title: "Find a failed sign-in, which has no error code",
        settings: "{}",
        before: r#"{"eventSource": "signin.amazonaws.com", "eventName": "ConsoleLogin",
            "readOnly": false, "errorMessage": "Failed authentication",
            "responseElements": {"ConsoleLogin": "Failure"}}"#,
        after: After::Event(concat!(
            r#"{"eventSource":"signin.amazonaws.com","eventName":"ConsoleLogin","#,
            r#""readOnly":false,"errorMessage":"Failed authentication","#,
            r#""responseElements":{"ConsoleLogin":"Failure"},"#,
            r#""enrichment":{"action":{"access":"write","accessBasis":"record","#,
            r#""outcome":"failure","error":"denied","category":"identity","#,
            r#""notable":"someone signs in to the console","#,
            r#""technique":{"id":"T1078.004","name":"Cloud Accounts"}}}}"#,
        )),
    },
    Example {
        title: "Hold back a record with something else in the place of the enrichment",
        settings: "{}",
        before: r#"{"eventName": "GetUser", "enrichment": ["of another kind"]}"#,
        after: After::Fault("action-in-the-way"),
    },
];

/// There are no options.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {}

fn build(settings: &Settings, _: &dyn Resources) -> Result<Box<dyn Stage>, SettingsError> {
    let Options {} = settings.read()?;
    Ok(Box::new(EnrichAction::new()))
}
