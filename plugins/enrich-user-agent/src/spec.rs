//! The descriptor of the plugin, with the vocabulary and examples.

use crate::stage::EnrichUserAgent;
use serde::Deserialize;
use trailmill_stage::{
    After, Build, Example, Resources, Settings, SettingsError, Stage, StageSpec,
};

/// The plugin `enrich-user-agent`.
pub const SPEC: StageSpec = StageSpec {
    name: "enrich-user-agent",
    summary: "Says what called: console, CLI, SDK, Terraform, service, browser, offensive tool.",
    details: DETAILS,
    options: &[],
    examples: EXAMPLES,
    guards: false,
    build: Build::Stage(build),
};

const DETAILS: &str = "\
Adds the object `enrichment.userAgent`, from `userAgent`. Every member is a text, and one that is \
not known is absent, never null or empty:

| member | what it says |
|---|---|
| `kind` | what kind of thing called, the first of these that the user agent names: `offensive` (a \
tool for attacks, or a system made for them), `audit` (a tool that looks over an account), `iac` \
(Terraform, Pulumi, Ansible, AWS CDK ...), `console`, `agent` (software that runs for itself, on \
an instance or in a cluster), `application` (S3 Browser, Cyberduck ...), `aws-service`, `cli`, \
`sdk`, `browser`, `library` (for HTTP); or `hidden` where a mask stands in its place, else \
`unknown` |
| `name`, `version` | the product: `Terraform`, `aws-cli`, `Firefox`, a service by its domain; of \
a browser the first number of its version |
| `tool`, `toolVersion` | what makes it `offensive` or `audit`; `name` is then what the tool goes \
through, if anything is named |
| `sdk`, `sdkVersion` | the SDK of AWS, where it is below another product |
| `language`, `languageVersion` | the programming language: `python`, `java`, `js`, `go` ... |
| `os`, `osVersion` | the operating system: `linux`, `macos`, `windows`, `android`, `ios` ...; \
its version as written: of a browser `10_15_7`, else of the kernel |
| `distribution` | the distribution of Linux, as the AWS CLI writes it: `amzn.2023`, `kali.2024` |
| `architecture` | the machine: `x86_64`, `arm64` ... |
| `environment` | the execution environment: `AWS_Lambda_python3.12`, `CloudShell` ... |
| `command` | the command of the AWS CLI: `ec2.describe-instances` |
| `app` | the id that the application has given itself (`AWS_SDK_UA_APP_ID`) |
| `library` | the library above the SDK that has named itself |

A user agent is what the caller says of itself: good for finding those who do not hide, and no \
proof of anything. Brackets around it, as S3 writes them, are left off. A record whose `userAgent` \
is missing, empty or no text stays as it is. An `enrichment` that is no object (null counts as \
absent) is the fault `user-agent-in-the-way`.";

const EXAMPLES: &[Example] = &[
    Example {
        title: "Tell the command that was typed, and that it was typed in CloudShell",
        settings: "{}",
        before: r#"{"eventName": "DescribeHosts", "userAgent": "aws-cli/2.31.1 md/awscrt#0.27.6 ua/2.1 os/linux#6.1.147-172.266.amzn2023.x86_64 md/arch#x86_64 lang/python#3.13.7 md/pyimpl#CPython exec-env/CloudShell m/b,Z,E cfg/retry-mode#standard md/installer#exe md/distrib#amzn.2023 md/prompt#off md/command#ec2.describe-hosts"}"#,
        after: After::Event(concat!(
            r#"{"eventName":"DescribeHosts","userAgent":"aws-cli/2.31.1 md/awscrt#0.27.6 ua/2.1 "#,
            r#"os/linux#6.1.147-172.266.amzn2023.x86_64 md/arch#x86_64 lang/python#3.13.7 "#,
            r#"md/pyimpl#CPython exec-env/CloudShell m/b,Z,E cfg/retry-mode#standard "#,
            r#"md/installer#exe md/distrib#amzn.2023 md/prompt#off md/command#ec2.describe-hosts","#,
            r#""enrichment":{"userAgent":{"kind":"cli","name":"aws-cli","version":"2.31.1","#,
            r#""language":"python","languageVersion":"3.13.7","os":"linux","#,
            r#""osVersion":"6.1.147-172.266.amzn2023.x86_64","distribution":"amzn.2023","#,
            r#""architecture":"x86_64","environment":"CloudShell","#,
            r#""command":"ec2.describe-hosts"}}}"#,
        )),
    },
    Example {
        title: "Find a call from a system made for penetration tests",
        settings: "{}",
        before: r#"{"userAgent": "Boto3/1.7.29 Python/2.7.6 Linux/4.14.0-kali3-amd64 Botocore/1.10.29"}"#,
        after: After::Event(concat!(
            r#"{"userAgent":"Boto3/1.7.29 Python/2.7.6 Linux/4.14.0-kali3-amd64 Botocore/1.10.29","#,
            r#""enrichment":{"userAgent":{"kind":"offensive","name":"boto3","version":"1.7.29","#,
            r#""tool":"Kali Linux","language":"python","languageVersion":"2.7.6","os":"linux","#,
            r#""osVersion":"4.14.0-kali3-amd64"}}}"#,
        )),
    },
    Example {
        title: "Tell the people at the console from the programs",
        settings: "{}",
        before: r#"{"userAgent": "signin.amazonaws.com"}"#,
        after: After::Event(concat!(
            r#"{"userAgent":"signin.amazonaws.com","enrichment":{"userAgent":{"kind":"console","#,
            r#""name":"signin.amazonaws.com"}}}"#,
        )),
    },
    Example {
        title: "Hold back a record with something else in the place of the enrichment",
        settings: "{}",
        before: r#"{"userAgent": "aws-cli/2.31.1", "enrichment": ["of another kind"]}"#,
        after: After::Fault("user-agent-in-the-way"),
    },
];

/// There are no options.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {}

fn build(settings: &Settings, _: &dyn Resources) -> Result<Box<dyn Stage>, SettingsError> {
    let Options {} = settings.read()?;
    Ok(Box::new(EnrichUserAgent::new()))
}
