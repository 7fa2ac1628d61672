//! Calls to keys, secrets and those who watch: KMS, Secrets Manager, SSM, CloudTrail, GuardDuty.

use super::{Call, read, write};

const KEY: &str = r#"[{"accountId":"${account}","type":"AWS::KMS::Key","ARN":"${keyArn}"}]"#;
const TRAIL: &str = r#"[{"accountId":"${account}","type":"AWS::CloudTrail::Trail",
    "ARN":"arn:aws:cloudtrail:${region}:${account}:trail/example-audit-trail"}]"#;

/// The calls.
pub(crate) const CALLS: &[Call] = &[
    read("kms", "Decrypt", 60)
        .request(
            r#"{"encryptionContext":{$("aws:lambda:FunctionArn":"${functionArn}"$|
            "SecretARN":"arn:aws:secretsmanager:${region}:${account}:secret:${secret}-${hex:6}",
            "SecretVersionId":"${uuid}"$|"aws:s3:arn":"arn:aws:s3:::${bucket}"$|
            "PARAMETER_ARN":"arn:aws:ssm:${region}:${account}:parameter${parameter}"$)},
            "encryptionAlgorithm":"SYMMETRIC_DEFAULT"}"#,
        )
        .resources(KEY),
    read("kms", "GenerateDataKey", 24)
        .request(
            r#"{"keyId":"${keyArn}","keySpec":"AES_256","encryptionContext":{
            "aws:s3:arn":"arn:aws:s3:::${bucket}/${object}"}}"#,
        )
        .resources(KEY),
    read("kms", "Sign", 18)
        .request(
            r#"{"keyId":"${keyArn}","messageType":"$(RAW$|DIGEST$)",
            "signingAlgorithm":"RSASSA_PKCS1_V1_5_SHA_256"}"#,
        )
        .resources(KEY),
    read("kms", "DescribeKey", 14)
        .request(r#"{"keyId":"$(${keyArn}$|alias/${app}$)"}"#)
        .resources(KEY)
        .fails(
            "NotFoundException",
            "Alias arn:aws:kms:${region}:${account}:alias/${app} is not found.",
        ),
    read("kms", "ListAliases", 4).request(r#"{"limit":100}"#),
    write("kms", "CreateGrant", 4)
        .request(
            r#"{"keyId":"${keyArn}","granteePrincipal":"arn:aws:iam::${account}:role/${app}-node",
            "operations":["Decrypt","CreateGrant","GenerateDataKeyWithoutPlaintext"],
            "constraints":{"encryptionContextSubset":{"aws:ebs:id":"${volume}"}}}"#,
        )
        .response(r#"{"grantId":"${hex:64}","keyId":"${keyArn}"}"#)
        .resources(KEY),
    write("kms", "ScheduleKeyDeletion", 1)
        .request(r#"{"keyId":"${key}","pendingWindowInDays":${int:7-30}}"#)
        .response(
            r#"{"keyId":"${keyArn}","deletionDate":"Mar 1${int:0-9}, 2024, 12:00:00 AM",
            "keyState":"PendingDeletion","pendingWindowInDays":${int:7-30}}"#,
        )
        .resources(KEY),
    read("secretsmanager", "GetSecretValue", 26)
        .request(
            r#"{"secretId":"$(arn:aws:secretsmanager:${region}:${account}:secret:$|$)${secret}"
            $($|,"versionStage":"AWSCURRENT"$)}"#,
        )
        .fails(
            "ResourceNotFoundException",
            "Secrets Manager can\\u0027t find the specified secret.",
        ),
    read("secretsmanager", "DescribeSecret", 10).request(r#"{"secretId":"${secret}"}"#),
    read("secretsmanager", "ListSecrets", 6).request(
        r#"{"maxResults":100,"filters":[{"key":"name","values":["${env}/${app}"]}],
        "nextToken":"${base64:240}="}"#,
    ),
    write("secretsmanager", "PutSecretValue", 3)
        .request(r#"{"clientRequestToken":"${uuid}","secretId":"${secret}"}"#)
        .response(
            r#"{"arn":"arn:aws:secretsmanager:${region}:${account}:secret:${secret}-${hex:6}"}"#,
        ),
    write("secretsmanager", "CreateSecret", 2)
        .request(
            r#"{"name":"${secret}","clientRequestToken":"${uuid}","description":"${note}",
            "tags":[${tags}]}"#,
        )
        .response(
            r#"{"arn":"arn:aws:secretsmanager:${region}:${account}:secret:${secret}-${hex:6}"}"#,
        ),
    read("ssm", "GetParameter", 24)
        .request(r#"{"name":"${parameter}","withDecryption":${ok}}"#)
        .resources(
            r#"[{"accountId":"${account}",
            "ARN":"arn:aws:ssm:${region}:${account}:parameter${parameter}"}]"#,
        )
        .fails("ParameterNotFound", ""),
    read("ssm", "GetParameters", 14)
        .request(r#"{"names":[$[1-10:"${parameter}"$]],"withDecryption":true}"#),
    read("ssm", "DescribeParameters", 12).request(
        r#"{"parameterFilters":[{"key":"Name","option":"BeginsWith","values":["/${env}/${app}"]}],
        "maxResults":50}"#,
    ),
    read("ssm", "DescribeInstanceInformation", 6)
        .request(r#"{"filters":[{"key":"InstanceIds","values":[$[1-50:"${instance}"$]]}]}"#),
    write("ssm", "UpdateInstanceInformation", 26).request(
        r#"{"instanceId":"${instance}","agentVersion":"3.2.${int:500-2300}.0",
        "agentStatus":"Active","platformType":"Linux","platformName":"Amazon Linux",
        "platformVersion":"2023","iPAddress":"${privateIp}","computerName":"${host}",
        "agentName":"amazon-ssm-agent","availabilityZone":"${zone}",
        "sSMConnectionChannel":"ssmmessages"}"#,
    ),
    write("ssm", "PutParameter", 4)
        .request(
            r#"{"name":"${parameter}","type":"SecureString","overwrite":${ok},
            "description":"${note}","value":"HIDDEN_DUE_TO_SECURITY_REASONS"}"#,
        )
        .response(r#"{"tier":"Standard","version":${int:1-99}}"#)
        .fails(
            "ParameterAlreadyExists",
            "The parameter already exists. To overwrite this value, set the overwrite option in
            $_the request to true.",
        ),
    write("ssm", "SendCommand", 3)
        .request(
            r#"{"documentName":"AWS-RunShellScript","instanceIds":[$[1-50:"${instance}"$]],
            "parameters":{"commands":[$[1-120:"echo \"step ${int:1-99}\" \u0026\u0026 systemctl
            $_restart ${app}-${env} 2\u003e\u00261 | tee -a /var/log/${app}.log"$]]},
            "interactive":false,"comment":"${note}"}"#,
        )
        .response(
            r#"{"command":{"commandId":"${uuid}","documentName":"AWS-RunShellScript",
            "documentVersion":"$DEFAULT","status":"Pending","statusDetails":"Pending",
            "requestedDateTime":"${usPastNarrow}","timeoutSeconds":3600,"targetCount":${int:1-50},
            "completedCount":0,"errorCount":0,"maxConcurrency":"50","maxErrors":"0"}}"#,
        ),
    write("ssm", "StartSession", 3)
        .request(r#"{"target":"${instance}","reason":"${note}"}"#)
        .response(
            r#"{"sessionId":"${email}-0${hex:16}","tokenValue":"Value hidden due to security
            $_reasons.","streamUrl":"wss://ssmmessages.${region}.amazonaws.com/v1/data-channel/
            ${email}-0${hex:16}?role\u003dpublish_subscribe"}"#,
        )
        .fails("TargetNotConnected", "${instance} is not connected."),
    read("cloudtrail", "DescribeTrails", 6)
        .request(r#"{"trailNameList":[],"includeShadowTrails":${ok}}"#),
    read("cloudtrail", "GetTrailStatus", 6).request(r#"{"name":"example-org-trail"}"#),
    read("cloudtrail", "LookupEvents", 8).request(
        r#"{"maxResults":50,"startTime":"${usPast}","lookupAttributes":[{
        "attributeKey":"$(EventName$|ReadOnly$|Username$)","attributeValue":"${newUser}"}]}"#,
    ),
    write("cloudtrail", "StopLogging", 1)
        .request(r#"{"name":"example-audit-trail"}"#)
        .resources(TRAIL)
        .fails(
            "TrailNotFoundException",
            "Unknown trail: arn:aws:cloudtrail:${region}:${account}:trail/example-audit-trail for
            $_the user: ${account}",
        ),
    write("cloudtrail", "PutEventSelectors", 1)
        .request(
            r#"{"trailName":"example-audit-trail","advancedEventSelectors":[$[1-40:{
            "name":"${note}","fieldSelectors":[{"field":"eventCategory","equals":["Data"]},{
            "field":"resources.type","equals":["AWS::S3::Object"]},{"field":"resources.ARN",
            "startsWith":["arn:aws:s3:::${bucket}/"]}]}$]]}"#,
        )
        .resources(TRAIL),
    read("guardduty", "ListDetectors", 5),
    read("guardduty", "GetFindings", 4).request(
        r#"{"detectorId":"${hex:32}","findingIds":[$[1-50:"${hex:32}"$]],
        "sortCriteria":{"attributeName":"severity","orderBy":"DESC"}}"#,
    ),
    read("securityhub", "GetFindings", 4).request(
        r#"{"Filters":{"SeverityLabel":[{"Value":"HIGH","Comparison":"EQUALS"}],"RecordState":[{
        "Value":"ACTIVE","Comparison":"EQUALS"}],"AwsAccountId":[$[1-4:{"Value":"${digits:12}",
        "Comparison":"EQUALS"}$]]},"MaxResults":100}"#,
    ),
    write("wafv2", "UpdateWebACL", 1)
        .request(
            r#"{"name":"${app}-edge","scope":"REGIONAL","id":"${uuid}","defaultAction":{"allow":{}},
            "rules":[$[1-40:{"name":"${app}-${int:1-99}","priority":${int:0-99},"statement":{
            "byteMatchStatement":{"searchString":[${int:32-122},${int#2:32-122},${int#3:32-122}],
            "fieldToMatch":{"uriPath":{}},"textTransformations":[{"priority":0,"type":"LOWERCASE"}],
            "positionalConstraint":"CONTAINS"}},"action":{"$(block$|count$)":{}},
            "visibilityConfig":{"sampledRequestsEnabled":true,"cloudWatchMetricsEnabled":${ok},
            "metricName":"${app}"}}$]],"lockToken":"${uuid#2}"}"#,
        )
        .response(r#"{"nextLockToken":"${uuid#3}"}"#),
];
