//! Ways to get the temporary credentials of a role from STS.

use super::{Call, read};

const REQUEST: &str = r#"{"roleArn":"arn:aws:iam::${grant.account}:role/${grant.rolePath}",
    "roleSessionName":"${grant.name}","durationSeconds":${grant.seconds}
    $($|,"externalId":"example-${digits:8}"$|,"tags":[{"key":"team","value":"${app}"}],
    "transitiveTagKeys":["team"]$)}"#;
const RESPONSE: &str = r#"{${credentials},"assumedRoleUser":{
    "assumedRoleId":"${grant.roleId}:${grant.name}",
    "arn":"arn:aws:sts::${grant.account}:assumed-role/${grant.role}/${grant.name}"}}"#;
const RESOURCES: &str = r#"[{"accountId":"${grant.account}","type":"AWS::IAM::Role",
    "ARN":"arn:aws:iam::${grant.account}:role/${grant.rolePath}"}]"#;
const DENIED: &str = "User: ${caller} is not authorized to perform: ${service}:${action} on
    $_resource: arn:aws:iam::${grant.account}:role/${grant.rolePath}";

/// The calls. Who makes them follows from their names.
pub(crate) const CALLS: &[Call] = &[
    read("sts", "AssumeRole", 60)
        .request(REQUEST)
        .response(RESPONSE)
        .resources(RESOURCES)
        .fails("AccessDenied", DENIED),
    read("sts", "AssumeRole", 40)
        .by("lambda.amazonaws.com")
        .request(
            r#"{"roleArn":"arn:aws:iam::${grant.account}:role/${grant.rolePath}",
            "roleSessionName":"${grant.name}"}"#,
        )
        .response(r#"{${credentials}}"#)
        .resources(RESOURCES),
    read("sts", "AssumeRole", 30)
        .by("ec2")
        .request(
            r#"{"roleArn":"arn:aws:iam::${grant.account}:role/${grant.rolePath}",
            "roleSessionName":"${grant.name}"}"#,
        )
        .response(RESPONSE)
        .resources(RESOURCES),
    read("sts", "AssumeRoleWithWebIdentity", 24)
        .request(REQUEST)
        .response(
            r#"{${credentials},"subjectFromWebIdentityToken":"repo:${repository}",
            "assumedRoleUser":{"assumedRoleId":"${grant.roleId}:${grant.name}",
            "arn":"arn:aws:sts::${grant.account}:assumed-role/${grant.role}/${grant.name}"},
            "provider":"arn:aws:iam::${grant.account}:oidc-provider/
            token.actions.githubusercontent.com","audience":"sts.amazonaws.com"}"#,
        )
        .resources(RESOURCES)
        .fails(
            "InvalidIdentityTokenException",
            "Couldn\\u0027t retrieve verification key from your
            $_identity provider, please reference AssumeRoleWithWebIdentity documentation for
            $_requirements",
        ),
    read("sts", "AssumeRoleWithSAML", 14)
        .request(
            r#"{"sAMLAssertionID":"_${uuid}","roleSessionName":"${grant.name}",
            "roleArn":"arn:aws:iam::${grant.account}:role/${grant.rolePath}",
            "principalArn":"arn:aws:iam::${grant.account}:saml-provider/ExampleIdP",
            "durationSeconds":${grant.seconds}}"#,
        )
        .response(
            r#"{"subjectType":"persistent","issuer":"https://idp.example.com/saml/metadata",
            ${credentials},"nameQualifier":"${base64:27}=","assumedRoleUser":{
            "assumedRoleId":"${grant.roleId}:${grant.name}",
            "arn":"arn:aws:sts::${grant.account}:assumed-role/${grant.role}/${grant.name}"},
            "subject":"${grant.name}","audience":"https://signin.aws.amazon.com/saml"}"#,
        )
        .resources(RESOURCES)
        .fails("ExpiredTokenException", "Token must be redeemed within 5 minutes of issuance"),
];
