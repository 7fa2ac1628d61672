//! Data events: objects, invocations and items, one by one.

use super::{Call, read, write};

/// Both ways in which S3 writes the number of bytes: `576` and `576.0`.
const MOVED_OUT: &str = r#"{"SignatureVersion":"SigV4","CipherSuite":"TLS_AES_128_GCM_SHA256",
    "bytesTransferredIn":0$(.0$|$),"AuthenticationMethod":"$(AuthHeader$|AuthHeader$|QueryString$)",
    "x-amz-id-2":"${s3Id}","bytesTransferredOut":${size}$(.0$|$)}"#;
const MOVED_IN: &str = r#"{"SignatureVersion":"SigV4","CipherSuite":"ECDHE-RSA-AES128-GCM-SHA256",
    "bytesTransferredIn":${size}$(.0$|$),"SSEApplied":"$(Default_SSE_S3$|SSE_KMS$)",
    "AuthenticationMethod":"AuthHeader","x-amz-id-2":"${s3Id}","bytesTransferredOut":0$(.0$|$)}"#;
const OBJECT: &str = r#"[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::${bucket}/${object}"},{
    "accountId":"${account}","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::${bucket}"}]"#;
const PREFIX: &str = r#"[{"type":"AWS::S3::Object","ARNPrefix":"arn:aws:s3:::${bucket}/"},{
    "accountId":"${account}","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::${bucket}"}]"#;
const TABLE: &str = r#"[{"accountId":"${account}","type":"AWS::DynamoDB::Table",
    "ARN":"arn:aws:dynamodb:${region}:${account}:table/${table}"}]"#;

/// The calls.
pub(crate) const CALLS: &[Call] = &[
    read("s3", "GetObject", 40)
        .request(
            r#"{"bucketName":"${bucket}","Host":"${bucket}.s3.${region}.amazonaws.com",
            "key":"${object}"$($|$|,"range":"bytes\u003d0-${int:1-65535}"$)}"#,
        )
        .additional(MOVED_OUT)
        .resources(OBJECT)
        .data()
        .fails("NoSuchKey", "The specified key does not exist."),
    read("s3", "HeadObject", 18)
        .request(
            r#"{"bucketName":"${bucket}","Host":"${bucket}.s3.${region}.amazonaws.com",
            "key":"${object}"}"#,
        )
        .additional(MOVED_OUT)
        .resources(OBJECT)
        .data(),
    read("s3", "ListObjects", 12)
        .request(
            r#"{"list-type":"2","bucketName":"${bucket}","prefix":"${app}/","encoding-type":"url",
            "Host":"${bucket}.s3.${region}.amazonaws.com"$($|,"max-keys":"1000",
            "delimiter":"/"$)}"#,
        )
        .additional(MOVED_OUT)
        .resources(PREFIX)
        .data(),
    write("s3", "PutObject", 30)
        .request(
            r#"{"bucketName":"${bucket}","Host":"${bucket}.s3.${region}.amazonaws.com",
            "key":"${object}"$($|,"x-amz-server-side-encryption":"AES256"$|
            ,"x-amz-acl":"bucket-owner-full-control","x-amz-storage-class":"STANDARD_IA"$)}"#,
        )
        .response(
            r#"{"x-amz-server-side-encryption":"AES256"$($|
            ,"x-amz-version-id":"${alphanumeric:32}"$|
            ,"x-amz-expiration":"expiry-date\u003d\"Thu, 14 Mar 2024 00:00:00 GMT\",
            $_rule-id\u003d\"tmp\""$)}"#,
        )
        .additional(MOVED_IN)
        .resources(OBJECT)
        .data(),
    write("s3", "DeleteObject", 6)
        .request(
            r#"{"bucketName":"${bucket}","Host":"${bucket}.s3.${region}.amazonaws.com",
            "key":"${object}"}"#,
        )
        .additional(MOVED_OUT)
        .resources(OBJECT)
        .data(),
    write("s3", "DeleteObjects", 2)
        .request(
            r#"{"bucketName":"${bucket}","Host":"${bucket}.s3.${region}.amazonaws.com",
            "delete":""}"#,
        )
        .additional(MOVED_IN)
        .resources(
            r#"[{"accountId":"${account}","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::${bucket}"},
            $[1-150:{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::${bucket#2}/${object}"}$]]"#,
        )
        .data(),
    write("s3", "CompleteMultipartUpload", 3)
        .request(
            r#"{"bucketName":"${bucket}","Host":"${bucket}.s3.${region}.amazonaws.com",
            "key":"${object}","uploadId":"${base64url:128}"}"#,
        )
        .response(r#"{"x-amz-server-side-encryption":"AES256"}"#)
        .additional(MOVED_IN)
        .resources(OBJECT)
        .data(),
    write("lambda", "Invoke", 26)
        .request(
            r#"{"functionName":"${functionArn}","invocationType":"$(RequestResponse$|Event$)",
            "sourceArn":"arn:aws:execute-api:${region}:${account}:${alphanumeric:10}/${env}/POST/
            ${app}"}"#,
        )
        .additional(r#"{"functionVersion":"${functionArn}:$LATEST"}"#)
        .resources(
            r#"[{"accountId":"${account}","type":"AWS::Lambda::Function","ARN":"${functionArn}"}]"#,
        )
        .data()
        .fails("TooManyRequestsException", "Rate Exceeded."),
    read("dynamodb", "GetItem", 14)
        .request(
            r#"{"tableName":"${table}","key":{"pk":"HIDDEN_DUE_TO_SECURITY_REASONS"},
            "consistentRead":${ok},"returnConsumedCapacity":"TOTAL"}"#,
        )
        .resources(TABLE)
        .data(),
    write("dynamodb", "PutItem", 10)
        .request(
            r#"{"tableName":"${table}","key":{"pk":"HIDDEN_DUE_TO_SECURITY_REASONS"},
            "conditionExpression":"attribute_not_exists(#pk)","items":["pk","sk","expires"]}"#,
        )
        .resources(TABLE)
        .data()
        .fails("ConditionalCheckFailedException", "The conditional request failed"),
    read("dynamodb", "Query", 8)
        .request(
            r##"{"tableName":"${table}",
            "keyConditionExpression":"#pk \u003d :pk AND #sk \u003e :at",
            "scanIndexForward":false,"limit":${int:1-100}.0,"indexName":"by-${app}"}"##,
        )
        .resources(TABLE)
        .data(),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The host of a bucket is the same in the request and in `tlsDetails`.
    #[test]
    fn hosts_agree_with_the_table_of_services() {
        const HOST: &str = "${bucket}.s3.${region}.amazonaws.com";
        let row = crate::tables::services::SERVICES.iter().find(|row| row.0 == "s3");
        assert_eq!(row.map(|row| row.1), Some(HOST));
        let objects = CALLS.iter().filter(|call| call.service == "s3");
        assert!(
            objects.clone().count() > 5 && objects.clone().all(|call| call.request.contains(HOST))
        );
    }
}
