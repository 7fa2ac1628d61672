//! Calls that services make on their own behalf.

use super::{Call, read, write};

const KEY: &str = r#"[{"accountId":"${account}","type":"AWS::KMS::Key","ARN":"${keyArn}"}]"#;
const BUCKET: &str =
    r#"[{"accountId":"${account}","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::${bucket}"}]"#;
const OBJECT: &str = r#"[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::${bucket}/${object}"},{
    "accountId":"${account}","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::${bucket}"}]"#;
const ACL: &str = r#"{"bucketName":"${bucket}","Host":"${bucket}.s3.${region}.amazonaws.com",
    "acl":""}"#;
const MOVED: &str = r#"{"SignatureVersion":"SigV4","CipherSuite":"ECDHE-RSA-AES128-GCM-SHA256",
    "bytesTransferredIn":${size}$(.0$|$),"AuthenticationMethod":"AuthHeader",
    "x-amz-id-2":"${s3Id}","bytesTransferredOut":${int:0-900}}"#;

/// The calls.
pub(crate) const CALLS: &[Call] = &[
    read("s3", "GetBucketAcl", 30)
        .by("cloudtrail.amazonaws.com")
        .request(ACL)
        .additional(MOVED)
        .resources(BUCKET),
    read("s3", "GetBucketAcl", 12)
        .by("delivery.logs.amazonaws.com")
        .request(ACL)
        .additional(MOVED)
        .resources(BUCKET),
    write("s3", "PutObject", 40)
        .by("cloudtrail.amazonaws.com")
        .request(
            r#"{"bucketName":"${bucket}","x-amz-acl":"bucket-owner-full-control",
            "x-amz-server-side-encryption":"AES256","key":"${object}",
            "Host":"${bucket}.s3.${region}.amazonaws.com"}"#,
        )
        .response(r#"{"x-amz-server-side-encryption":"AES256"}"#)
        .additional(MOVED)
        .resources(OBJECT)
        .data(),
    read("kms", "Decrypt", 30)
        .by("secretsmanager.amazonaws.com")
        .request(
            r#"{"encryptionContext":{
            "SecretARN":"arn:aws:secretsmanager:${region}:${account}:secret:${secret}-${hex:6}",
            "SecretVersionId":"${uuid}"},"encryptionAlgorithm":"SYMMETRIC_DEFAULT"}"#,
        )
        .resources(KEY),
    read("kms", "Decrypt", 26)
        .by("eks.amazonaws.com")
        .request(
            r#"{"encryptionContext":{"aws:eks:context":"${knownUuid:6}"},
            "encryptionAlgorithm":"SYMMETRIC_DEFAULT"}"#,
        )
        .resources(KEY),
    read("kms", "GenerateDataKey", 22)
        .by("cloudtrail.amazonaws.com")
        .request(
            r#"{"keyId":"${keyArn}","keySpec":"AES_256","encryptionContext":{
            "aws:cloudtrail:arn":"arn:aws:cloudtrail:${region}:${account}:trail/example-org-trail",
            "aws:s3:arn":"arn:aws:s3:::${bucket}/${object}"}}"#,
        )
        .resources(KEY),
    read("kms", "GenerateDataKey", 14)
        .by("sqs.amazonaws.com")
        .request(
            r#"{"keyId":"${keyArn}","keySpec":"AES_256","encryptionContext":{
            "aws:sqs:arn":"arn:aws:sqs:${region}:${account}:${app}-${env}"}}"#,
        )
        .resources(KEY),
    write("kms", "CreateGrant", 4)
        .by("autoscaling.amazonaws.com")
        .request(
            r#"{"keyId":"${keyArn}","granteePrincipal":"ec2.${region}.amazonaws.com",
            "retiringPrincipal":"ec2.${region}.amazonaws.com","operations":["Decrypt","Encrypt",
            "GenerateDataKey","ReEncryptFrom","ReEncryptTo","CreateGrant","DescribeKey"],
            "constraints":{"encryptionContextSubset":{"aws:ebs:id":"${volume}"}}}"#,
        )
        .response(r#"{"grantId":"${hex:64}"}"#)
        .resources(KEY),
    write("lambda", "Invoke", 26)
        .by("apigateway.amazonaws.com")
        .request(
            r#"{"functionName":"${functionArn}","invocationType":"RequestResponse",
            "sourceArn":"arn:aws:execute-api:${region}:${account}:${alphanumeric:10}/${env}/GET/
            ${app}","contentType":"application/json"}"#,
        )
        .additional(r#"{"functionVersion":"${functionArn}:$LATEST"}"#)
        .resources(
            r#"[{"accountId":"${account}","type":"AWS::Lambda::Function","ARN":"${functionArn}"}]"#,
        )
        .data(),
    write("logs", "CreateLogStream", 8).by("delivery.logs.amazonaws.com").request(
        r#"{"logGroupName":"/aws/vpc/${vpc}/flow-logs","logStreamName":"${interface}-all",
        "forAccount":"${account}"}"#,
    ),
    write("ec2", "CreateNetworkInterface", 5)
        .by("lambda.amazonaws.com")
        .request(
            r#"{"subnetId":"${subnet}","description":"AWS Lambda VPC ENI-${function}-${uuid}",
            "groupSet":{"items":[{"groupId":"${group}"}]},"privateIpAddressesSet":{},
            "ipv6AddressCount":0.0}"#,
        )
        .response(
            r#"{"requestId":"${requestId}","networkInterface":{
            "networkInterfaceId":"eni-0${hex:16}","subnetId":"${subnet}","vpcId":"${vpc}",
            "availabilityZone":"${zone}","description":"AWS Lambda VPC ENI-${function}-${uuid}",
            "ownerId":"${account}","requesterManaged":false,"status":"pending",
            "macAddress":"02:${hex:2}:${hex#2:2}:${hex#3:2}:${hex#4:2}:${hex#5:2}",
            "privateIpAddress":"${privateIp}","sourceDestCheck":true,"groupSet":{"items":[{
            "groupId":"${group}","groupName":"${app}-lambda"}]},"interfaceType":"lambda"}}"#,
        ),
    read("ec2", "DescribeInstances", 8).by("elasticloadbalancing.amazonaws.com").request(
        r#"{"instancesSet":{"items":[$[1-60:{"instanceId":"${instance}"}$]]},"filterSet":{}}"#,
    ),
    read("config", "DescribeConfigurationRecorders", 6).by("securityhub.amazonaws.com"),
    read("ecr", "BatchGetImage", 6)
        .by("ecs-tasks.amazonaws.com")
        .request(
            r#"{"imageIds":[{"imageDigest":"${digest}"}],"registryId":"${account}",
            "repositoryName":"${app}"}"#,
        )
        .resources(
            r#"[{"accountId":"${account}",
            "ARN":"arn:aws:ecr:${region}:${account}:repository/${app}"}]"#,
        ),
    read("organizations", "DescribeAccount", 4)
        .by("AWS Internal")
        .request(r#"{"accountId":"${account}"}"#),
];
