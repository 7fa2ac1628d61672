//! The descriptor of the plugin, with the vocabulary and examples.

use crate::stage::EnrichIdentity;
use serde::Deserialize;
use trailmill_stage::{
    After, Build, Example, Resources, Settings, SettingsError, Stage, StageSpec,
};

/// The plugin `enrich-identity`.
pub const SPEC: StageSpec = StageSpec {
    name: "enrich-identity",
    summary: "Says who acted: the kind of principal, and the human or workload behind a role.",
    details: DETAILS,
    options: &[],
    examples: EXAMPLES,
    guards: false,
    build: Build::Stage(build),
};

const DETAILS: &str = "\
Adds the object `enrichment.identity`. Every member has one type, and one that is not known is \
absent, never null or empty:

| member | what it says |
|---|---|
| `kind` | `user`, `role-session`, `role`, `root`, `federated`, `service`, `account` (another \
AWS account), `identity-center`, `web-identity`, `saml`, `directory` or `unknown`; from `type`, \
and where that is missing or of no use from the ARN |
| `name` | the friendly name of the principal: of a user its name, of a role session that of the \
role, of a service its domain, `root` |
| `principal` | its unique id, without the session: `AIDA...`, `AROA...` |
| `path` | the path of the user or role, if it is not `/` |
| `session` | the name of the session |
| `sourceIdentity` | the identity that was set when the role was first assumed |
| `onBehalfOf` | `userId` and `identityStore` of the user of IAM Identity Center |
| `federation` | `provider` and `subject` of a web identity or SAML |
| `workload` | `kind` (`ec2-instance`, `lambda-function`, `aws-resource`), `id` and `arn` of \
what runs with the credentials: as `inScopeOf` says it, else as the names that EC2 and Lambda \
give to sessions |
| `issuer` | `kind` (`role`, `user`, `root`), `name` and `arn` of what the temporary credentials \
came from |
| `account` | the account of the principal |
| `partition` | `aws`, `aws-cn`, `aws-us-gov`, `aws-iso` ... |
| `key` | `kind` of the access key (`long-term`, `temporary`, `bearer-token`, \
`context-specific`) and the `account` that its id gives away, if it is one of the newer format |
| `mfa` | whether the session or sign-in used MFA |
| `isRoot` | whether it acts with the rights of the root user |
| `isService` | whether a service is behind the call: it is the principal, it is named in \
`invokedBy` (but for the console), or the role is linked to it |
| `crossAccount` | whether `account` is another than the account that the record was delivered \
to |
| `invokedBy` | the service that made the call for the principal |
| `actor` | the best name of who it was: source identity before subject before workload before \
session before role, a name before an id |

A record without `userIdentity`, or with an empty one, stays as it is. An `enrichment` that is \
no object (null counts as absent) is the fault `identity-in-the-way`.";

const EXAMPLES: &[Example] = &[
    Example {
        title: "Name the person behind a role of IAM Identity Center",
        settings: "{}",
        before: r#"{"userIdentity": {"type": "AssumedRole",
            "principalId": "AROAIDPPEZS35WEXAMPLE:alice",
            "arn": "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin/alice",
            "accountId": "111122223333", "accessKeyId": "ASIAIOSFODNN7EXAMPLE",
            "sessionContext": {"sessionIssuer": {"type": "Role",
                "principalId": "AROAIDPPEZS35WEXAMPLE",
                "arn": "arn:aws:iam::111122223333:role/aws-reserved/AWSReservedSSO_Admin",
                "accountId": "111122223333", "userName": "AWSReservedSSO_Admin"},
                "attributes": {"mfaAuthenticated": "false"}}},
            "eventName": "GetUser", "recipientAccountId": "444455556666"}"#,
        after: After::Event(concat!(
            r#"{"userIdentity":{"type":"AssumedRole","#,
            r#""principalId":"AROAIDPPEZS35WEXAMPLE:alice","#,
            r#""arn":"arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin/alice","#,
            r#""accountId":"111122223333","accessKeyId":"ASIAIOSFODNN7EXAMPLE","#,
            r#""sessionContext":{"sessionIssuer":{"type":"Role","#,
            r#""principalId":"AROAIDPPEZS35WEXAMPLE","#,
            r#""arn":"arn:aws:iam::111122223333:role/aws-reserved/AWSReservedSSO_Admin","#,
            r#""accountId":"111122223333","userName":"AWSReservedSSO_Admin"},"#,
            r#""attributes":{"mfaAuthenticated":"false"}}},"#,
            r#""eventName":"GetUser","recipientAccountId":"444455556666","#,
            r#""enrichment":{"identity":{"kind":"role-session","#,
            r#""name":"AWSReservedSSO_Admin","principal":"AROAIDPPEZS35WEXAMPLE","#,
            r#""path":"/aws-reserved/","session":"alice","#,
            r#""issuer":{"kind":"role","name":"AWSReservedSSO_Admin","#,
            r#""arn":"arn:aws:iam::111122223333:role/aws-reserved/AWSReservedSSO_Admin"},"#,
            r#""account":"111122223333","partition":"aws","key":{"kind":"temporary"},"#,
            r#""mfa":false,"isRoot":false,"isService":false,"crossAccount":true,"#,
            r#""actor":"alice"}}}"#,
        )),
    },
    Example {
        title: "Tell the account that a long-term key belongs to",
        settings: "{}",
        before: r#"{"userIdentity": {"type": "IAMUser", "principalId": "AIDAJ45Q7YFFAREXAMPLE",
            "arn": "arn:aws-us-gov:iam::609629065308:user/Alice", "accountId": "609629065308",
            "accessKeyId": "AKIAY34FZKBOKMUTVV7A", "userName": "Alice"}}"#,
        after: After::Event(concat!(
            r#"{"userIdentity":{"type":"IAMUser","principalId":"AIDAJ45Q7YFFAREXAMPLE","#,
            r#""arn":"arn:aws-us-gov:iam::609629065308:user/Alice","accountId":"609629065308","#,
            r#""accessKeyId":"AKIAY34FZKBOKMUTVV7A","userName":"Alice"},"#,
            r#""enrichment":{"identity":{"kind":"user","name":"Alice","#,
            r#""principal":"AIDAJ45Q7YFFAREXAMPLE","account":"609629065308","#,
            r#""partition":"aws-us-gov","#,
            r#""key":{"kind":"long-term","account":"609629065308"},"#,
            r#""isRoot":false,"isService":false,"actor":"Alice"}}}"#,
        )),
    },
    Example {
        title: "Leave a record alone that has no identity",
        settings: "{}",
        before: r#"{"eventType": "AwsCloudTrailInsight", "insightDetails": {"state": "Start"}}"#,
        after: After::Event(
            r#"{"eventType":"AwsCloudTrailInsight","insightDetails":{"state":"Start"}}"#,
        ),
    },
    Example {
        title: "Hold back a record with something else in the place of the enrichment",
        settings: "{}",
        before: r#"{"userIdentity": {"type": "Root"}, "enrichment": "of another kind"}"#,
        after: After::Fault("identity-in-the-way"),
    },
];

/// There are no options.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {}

fn build(settings: &Settings, _: &dyn Resources) -> Result<Box<dyn Stage>, SettingsError> {
    let Options {} = settings.read()?;
    Ok(Box::new(EnrichIdentity::new()))
}
