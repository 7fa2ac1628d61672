//! Calls across the border: the caller is in one account, what is called in another.

use super::{Call, read, write};

const KEY: &str = r#"[{"accountId":"${account}","type":"AWS::KMS::Key","ARN":"${keyArn}"}]"#;
const OBJECT: &str = r#"[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::${bucket}/${object}"},{
    "accountId":"${account}","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::${bucket}"}]"#;
const MOVED: &str = r#"{"SignatureVersion":"SigV4","CipherSuite":"TLS_AES_128_GCM_SHA256",
    "bytesTransferredIn":${int:0-9000}.0,"AuthenticationMethod":"AuthHeader",
    "x-amz-id-2":"${s3Id}","bytesTransferredOut":${size}.0}"#;

/// The calls.
pub(crate) const CALLS: &[Call] = &[
    read("kms", "Sign", 10)
        .request(
            r#"{"keyId":"${keyArn}","messageType":"RAW",
            "signingAlgorithm":"ECDSA_SHA_256"}"#,
        )
        .resources(KEY),
    read("kms", "Decrypt", 8)
        .request(
            r#"{"encryptionContext":{"aws:s3:arn":"arn:aws:s3:::${bucket}/${object}"},
            "encryptionAlgorithm":"SYMMETRIC_DEFAULT"}"#,
        )
        .resources(KEY),
    read("s3", "GetObject", 8)
        .request(
            r#"{"bucketName":"${bucket}","Host":"${bucket}.s3.${region}.amazonaws.com",
            "key":"${object}"}"#,
        )
        .additional(MOVED)
        .resources(OBJECT)
        .data(),
    write("s3", "PutObject", 6)
        .request(
            r#"{"bucketName":"${bucket}","Host":"${bucket}.s3.${region}.amazonaws.com",
            "key":"${object}","x-amz-acl":"bucket-owner-full-control"}"#,
        )
        .additional(MOVED)
        .resources(OBJECT)
        .data(),
    write("lambda", "Invoke", 3)
        .request(r#"{"functionName":"${functionArn}","invocationType":"Event"}"#)
        .additional(r#"{"functionVersion":"${functionArn}:$LATEST"}"#)
        .resources(
            r#"[{"accountId":"${account}","type":"AWS::Lambda::Function","ARN":"${functionArn}"}]"#,
        )
        .data(),
    read("ecr", "BatchGetImage", 4)
        .request(
            r#"{"imageIds":[{"imageTag":"${image.tag}"}],"registryId":"${account}",
            "repositoryName":"${app}"}"#,
        )
        .resources(
            r#"[{"accountId":"${account}",
            "ARN":"arn:aws:ecr:${region}:${account}:repository/${app}"}]"#,
        ),
];
