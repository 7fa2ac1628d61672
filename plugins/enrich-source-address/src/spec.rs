//! The descriptor of the plugin, with its options and examples.

use crate::aws_ranges::AwsRanges;
use crate::stage::EnrichSourceAddress;
use serde::Deserialize;
use trailmill_stage::{
    After, Build, Example, OptionSpec, Resources, Settings, SettingsError, Stage, StageSpec,
};

/// The plugin `enrich-source-address`.
pub const SPEC: StageSpec = StageSpec {
    name: "enrich-source-address",
    summary: "Says what the source address is: public, private, reserved, an AWS service or range.",
    details: include_str!("details.md"),
    options: &[OptionSpec {
        name: "aws_ranges",
        kind: "file",
        default: "none",
        summary: "A copy of AWS's `ip-ranges.json`, to tell addresses of AWS from others.",
    }],
    examples: EXAMPLES,
    guards: false,
    build: Build::Stage(build),
};

const EXAMPLES: &[Example] = &[
    Example {
        title: "Tell that a call came from the Internet",
        settings: "{}",
        before: r#"{"eventName": "GetUser", "sourceIPAddress": "8.8.4.4"}"#,
        after: After::Event(concat!(
            r#"{"eventName":"GetUser","sourceIPAddress":"8.8.4.4","enrichment":{"sourceAddress":"#,
            r#"{"kind":"public-ip","family":"ipv4","address":"8.8.4.4"}}}"#,
        )),
    },
    Example {
        title: "Tell a call of an AWS service from one of a person",
        settings: "{}",
        before: r#"{"eventName": "AssumeRole", "sourceIPAddress": "config.amazonaws.com"}"#,
        after: After::Event(concat!(
            r#"{"eventName":"AssumeRole","sourceIPAddress":"config.amazonaws.com","#,
            r#""enrichment":{"sourceAddress":{"kind":"aws-service","service":"config"}}}"#,
        )),
    },
    Example {
        title: "Tell an address inside a VPC by the endpoint that the call came through",
        settings: "{}",
        before: r#"{"sourceIPAddress": "10.8.8.10", "vpcEndpointId": "vpce-0123456789abcdef0"}"#,
        after: After::Event(concat!(
            r#"{"sourceIPAddress":"10.8.8.10","vpcEndpointId":"vpce-0123456789abcdef0","#,
            r#""enrichment":{"sourceAddress":{"kind":"vpc-endpoint","family":"ipv4","#,
            r#""address":"10.8.8.10","block":"private-use"}}}"#,
        )),
    },
    Example {
        title: "Find text that only looks like an address",
        settings: "{}",
        before: r#"{"sourceIPAddress": "8.8.4.4:443"}"#,
        after: After::Event(concat!(
            r#"{"sourceIPAddress":"8.8.4.4:443","#,
            r#""enrichment":{"sourceAddress":{"kind":"invalid"}}}"#,
        )),
    },
    Example {
        title: "Hold back a record with something else in the place of the enrichment",
        settings: "{}",
        before: r#"{"sourceIPAddress": "8.8.4.4", "enrichment": ["of another kind"]}"#,
        after: After::Fault("source-address-in-the-way"),
    },
];

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Options {
    aws_ranges: Option<String>,
}

fn build(settings: &Settings, resources: &dyn Resources) -> Result<Box<dyn Stage>, SettingsError> {
    let options: Options = settings.read()?;
    let aws_ranges = match options.aws_ranges.as_deref() {
        None => None,
        Some(path) => Some(read(path, resources)?),
    };
    Ok(Box::new(EnrichSourceAddress::new(aws_ranges)))
}

/// What to do about a file that is no good.
const REMEDY: &str = "it has to be a copy of `ip-ranges.json` as AWS publishes it";

fn read(path: &str, resources: &dyn Resources) -> Result<AwsRanges, SettingsError> {
    let fail = |why: String| SettingsError::new("aws_ranges", format!("{why}; {REMEDY}"));
    let content = resources.file(path).map_err(fail)?;
    AwsRanges::read(&content).map_err(|why| fail(format!("{path}{why}")))
}
