//! Records of other categories, from callers who are not known, and with rare members.

use super::Row;
use crate::book::Folder::{Aggregated, Insight, NetworkActivity, Trail};

/// An Insight record has no caller and no event name of its own.
const INSIGHT: &str = r#"{"eventVersion":"1.$(08$|09$|11$)","eventTime":"${time}",
    "awsRegion":"${region}","eventID":"${eventId}","eventType":"AwsCloudTrailInsight",
    "recipientAccountId":"${account}","sharedEventID":"${sharedId}","insightDetails":{
    "state":"$(Start$|End$)","eventSource":"$(ec2$|iam$|s3$|ssm$).amazonaws.com",
    "eventName":"$(RunInstances$|CreateUser$|PutBucketPolicy$|UpdateInstanceInformation$)",
    $($|"errorCode":"AccessDenied",$)"insightType":"$(ApiCallRateInsight$|ApiErrorRateInsight$)",
    "insightContext":{"statistics":{"baseline":{"average":0.00${int:1000-9999}},"insight":{
    "average":${int:1-90}.${int:1-9}},"insightDuration":${int:1-60},
    "baselineDuration":${int:9000-11999}},"attributions":[{"attribute":"userIdentityArn",
    "insight":[$[1-5:{"value":"arn:aws:sts::${account}:assumed-role/${role}",
    "average":${int:0-30}.${int:1-9}}$]],"baseline":[{
    "value":"arn:aws:sts::${account}:assumed-role/${role}","average":1.2E-4}]},{
    "attribute":"userAgent","insight":[{"value":"${app}-agent","average":${int:1-90}.0}],
    "baseline":[{"value":"ec2.amazonaws.com","average":0.00${int:1000-9999}}]},{
    "attribute":"errorCode","insight":[{"value":"null","average":${int:1-90}.0}],"baseline":[{
    "value":"null","average":0.00${int:1000-9999}}]}]}},"eventCategory":"Insight"}"#;

const NETWORK: &str = r#"{"eventVersion":"1.$(09$|10$|11$)","userIdentity":{"type":"AWSAccount",
    "principalId":"${session.key}","accountId":"${partner}"},"eventTime":"${time}",
    "eventSource":"${service}.amazonaws.com","eventName":"$(ListKeys$|Decrypt$|DescribeKey$)",
    "awsRegion":"${region}","sourceIPAddress":"${privateIp}",$($|
    "errorCode":"VpceAccessDenied","errorMessage":"The request was denied due to a VPC endpoint
    $_policy",$)"requestParameters":null,"responseElements":null,"requestID":"${requestId}",
    "eventID":"${eventId}","eventType":"AwsVpceEvent","recipientAccountId":"${account}",
    "sharedEventID":"${sharedId}","vpcEndpointId":"${endpoint}",
    "vpcEndpointAccountId":"${account}","eventCategory":"NetworkActivity"}"#;

/// Aggregated records spell `eventId` with a small d and have neither time nor caller.
const AGGREGATED: &str = r#"{"eventVersion":"1.0","accountId":"${account}","eventId":"${eventId}",
    "eventCategory":"Aggregated","eventType":"AwsAggregatedEvent","awsRegion":"${region}",
    "eventSource":"$(s3$|dynamodb$|lambda$).amazonaws.com","timeWindow":{
    "windowStart":"${past}","windowEnd":"${time}","windowSize":"PT5M"},"summary":{
    "primaryDimension":{"dimension":"$(resourceARN$|userIdentity$)","statistics":[$[1-40:{
    "name":"arn:aws:s3:::${bucket}","value":${int:1-90000}}$]],"aggregationType":"Count"},
    "details":[{"dimension":"eventName","statistics":[{"name":"GetObject",
    "value":${int:1-90000}},{"name":"PutObject","value":${int:1-9000}}],
    "aggregationType":"Count"},{"dimension":"errorCode","statistics":[{"name":"AccessDenied",
    "value":${int:0-90}}],"aggregationType":"Count"}]}}"#;

const ANONYMOUS: &str = r#"{"eventVersion":"1.$(08$|09$|11$)","userIdentity":{"type":"AWSAccount",
    "principalId":"","accountId":"$(ANONYMOUS_PRINCIPAL$|anonymous$)"},"eventTime":"${time}",
    "eventSource":"s3.amazonaws.com","eventName":"GetObject","awsRegion":"${region}",
    "sourceIPAddress":"${ip}","userAgent":"[${browser}]",$($|"errorCode":"AccessDenied",
    "errorMessage":"Access Denied",$)"requestParameters":{"bucketName":"${bucket}",
    "Host":"${bucket}.s3.${region}.amazonaws.com","key":"${object}"},"responseElements":null,
    "additionalEventData":{"CipherSuite":"TLS_AES_128_GCM_SHA256","bytesTransferredIn":0.0,
    "x-amz-id-2":"${s3Id}","bytesTransferredOut":${size}.0},"requestID":"${requestId}",
    "eventID":"${eventId}","readOnly":true,"resources":[{"type":"AWS::S3::Object",
    "ARN":"arn:aws:s3:::${bucket}/${object}"},{"accountId":"${account}",
    "type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::${bucket}"}],"eventType":"AwsApiCall",
    "managementEvent":false,"recipientAccountId":"${account}","sharedEventID":"${sharedId}",
    "eventCategory":"Data","tlsDetails":{"tlsVersion":"TLSv1.3",
    "cipherSuite":"TLS_AES_128_GCM_SHA256",
    "clientProvidedHostHeader":"${bucket}.s3.${region}.amazonaws.com"}}"#;

const UNKNOWN: &str = r#"{"eventVersion":"1.11","userIdentity":{"type":"Unknown",
    "principalId":"${session.roleId}:${email}",
    "arn":"arn:aws:sts::${account}:assumed-role/${session.role}/${email}",
    "accountId":"${account}","accessKeyId":"${session.key}"},"eventTime":"${time}",
    "eventSource":"agreement-marketplace.amazonaws.com","eventName":"AcceptAgreementRequest",
    "awsRegion":"us-east-1","sourceIPAddress":"${ip}","userAgent":"AWS Internal",
    "requestParameters":{"agreementRequestId":"ar-${hex:24}"},"responseElements":{
    "agreementId":"agmt-${hex:24}"},"requestID":"${requestId}","eventID":"${eventId}",
    "readOnly":false,"eventType":"AwsApiCall","managementEvent":true,
    "recipientAccountId":"${account}","eventCategory":"Management"}"#;

/// A record that was delivered again because the first delivery was late or wrong.
const ADDENDUM: &str = r#"{"eventVersion":"1.$(08$|09$|11$)","userIdentity":{"type":"AWSService",
    "invokedBy":"autoscaling.amazonaws.com"},"eventTime":"${time}",
    "eventSource":"ec2.amazonaws.com","eventName":"TerminateInstances","awsRegion":"${region}",
    "sourceIPAddress":"autoscaling.amazonaws.com","userAgent":"autoscaling.amazonaws.com",
    "requestParameters":{"instancesSet":{"items":[{"instanceId":"${instance}"}]}},
    "responseElements":{"requestId":"${requestId}","instancesSet":{"items":[{
    "instanceId":"${instance}","currentState":{"code":32,"name":"shutting-down"},
    "previousState":{"code":16,"name":"running"}}]}},"requestID":"${requestId}",
    "eventID":"${eventId}","readOnly":false,"eventType":"AwsApiCall","managementEvent":true,
    "recipientAccountId":"${account}","eventCategory":"Management","addendum":{
    "reason":"$(DELIVERY_DELAY$|UPDATED_DATA$|SERVICE_OUTAGE$)",
    "updatedFields":"$(eventID,errorCode$|responseElements$)","originalRequestID":"${uuid}",
    "originalEventID":"${uuid#2}"}}"#;

/// The records.
pub(super) const ROWS: &[Row] = &[
    (6, Insight, "cloudtrail", INSIGHT),
    (10, NetworkActivity, "kms", NETWORK),
    (8, Aggregated, "s3", AGGREGATED),
    (14, Trail, "s3", ANONYMOUS),
    (5, Trail, "organizations", UNKNOWN),
    (3, Trail, "ec2", ADDENDUM),
];
