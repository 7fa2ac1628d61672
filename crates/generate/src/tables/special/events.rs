//! What services do by themselves, without anybody calling an API: `AwsServiceEvent`.

use super::Row;
use crate::book::Folder::Trail;

const SECRET_DELETION: &str = r#"{"eventVersion":"1.08","userIdentity":{"accountId":"${account}",
    "invokedBy":"secretsmanager.amazonaws.com"},"eventTime":"${time}",
    "eventSource":"secretsmanager.amazonaws.com","eventName":"SecretVersionDeletion",
    "awsRegion":"${region}","sourceIPAddress":"secretsmanager.amazonaws.com",
    "userAgent":"secretsmanager.amazonaws.com","requestParameters":null,"responseElements":null,
    "additionalEventData":{"VersionId":"${uuid}",
    "ARN":"arn:aws:secretsmanager:${region}:${account}:secret:${secret}-${hex:6}",
    "Detail":"This version carries no label and the secret has more than 100 versions",
    "DeleteAfter":"24 Hours","Name":"${secret}"},"requestID":"${requestId}",
    "eventID":"${eventId}","readOnly":false,"eventType":"AwsServiceEvent","managementEvent":true,
    "recipientAccountId":"${account}","eventCategory":"Management"}"#;

const SECRET_ROTATION: &str = r#"{"eventVersion":"1.08","userIdentity":{"accountId":"${account}",
    "invokedBy":"secretsmanager.amazonaws.com"},"eventTime":"${time}",
    "eventSource":"secretsmanager.amazonaws.com",
    "eventName":"$(RotationStarted$|RotationSucceeded$|RotationSucceeded$|RotationFailed$)",
    "awsRegion":"${region}","sourceIPAddress":"secretsmanager.amazonaws.com",
    "userAgent":"secretsmanager.amazonaws.com","requestParameters":null,"responseElements":null,
    "additionalEventData":{
    "SecretId":"arn:aws:secretsmanager:${region}:${account}:secret:${secret}-${hex:6}"},
    "requestID":"${requestId}","eventID":"${eventId}","readOnly":false,
    "eventType":"AwsServiceEvent","managementEvent":true,"recipientAccountId":"${account}",
    "eventCategory":"Management"}"#;

const KEY_ROTATION: &str = r#"{"eventVersion":"$(1.08$|1.10$|1.11$)","userIdentity":{
    "accountId":"${account}","invokedBy":"AWS Internal"},"eventTime":"${time}",
    "eventSource":"kms.amazonaws.com","eventName":"RotateKey","awsRegion":"${region}",
    "sourceIPAddress":"AWS Internal","userAgent":"AWS Internal","requestParameters":null,
    "responseElements":null,"eventID":"${eventId}","readOnly":false,"resources":[{
    "accountId":"${account}","type":"AWS::KMS::Key","ARN":"${keyArn}"}],
    "eventType":"AwsServiceEvent","managementEvent":true,"recipientAccountId":"${account}",
    "serviceEventDetails":{"keyOrigin":"AWS_KMS","rotationType":"AUTOMATIC","keyId":"${key}"},
    "eventCategory":"Management"}"#;

const SPOT: &str = r#"{"eventVersion":"1.05","userIdentity":{"accountId":"${account}",
    "invokedBy":"ec2.amazonaws.com"},"eventTime":"${time}","eventSource":"ec2.amazonaws.com",
    "eventName":"BidEvictedEvent","awsRegion":"${region}","sourceIPAddress":"ec2.amazonaws.com",
    "userAgent":"ec2.amazonaws.com","requestParameters":null,"responseElements":null,
    "requestID":"${requestId}","eventID":"${eventId}","readOnly":false,
    "eventType":"AwsServiceEvent","recipientAccountId":"${account}","serviceEventDetails":{
    "instanceIdSet":[$[1-40:"${instance}"$]]}}"#;

const SHARED_SNAPSHOT: &str = r#"{"eventVersion":"1.08","userIdentity":{
    "invokedBy":"ec2.amazonaws.com"},"eventTime":"${time}","eventSource":"ec2.amazonaws.com",
    "eventName":"SharedSnapshotVolumeCreated","awsRegion":"${region}",
    "sourceIPAddress":"ec2.amazonaws.com","userAgent":"ec2.amazonaws.com",
    "requestParameters":null,"responseElements":null,"requestID":"${requestId}",
    "eventID":"${eventId}","readOnly":false,"resources":[{"accountId":"${account}",
    "type":"AWS::EC2::Snapshot","ARN":"arn:aws:ec2:${region}:${account}:snapshot/${snapshot}"}],
    "eventType":"AwsServiceEvent","managementEvent":true,"recipientAccountId":"${account}",
    "sharedEventID":"${sharedId}","serviceEventDetails":{"snapshotId":"${snapshot}"},
    "eventCategory":"Management"}"#;

const MAINTENANCE: &str = r#"{"eventVersion":"1.08","userIdentity":{"type":"AWSService",
    "invokedBy":"AWS Internal"},"eventTime":"${time}","eventSource":"rds.amazonaws.com",
    "eventName":"ApplyPendingMaintenanceAction","awsRegion":"${region}",
    "sourceIPAddress":"rds.amazonaws.com","userAgent":"rds.amazonaws.com",
    "requestParameters":null,"responseElements":null,"requestID":"${requestId}",
    "eventID":"${eventId}","readOnly":false,"eventType":"AwsServiceEvent","managementEvent":true,
    "recipientAccountId":"${account}","serviceEventDetails":{"resourceId":"db-${base32:26}",
    "resourceType":"RDS:DB","maintenanceAction":"system-update",
    "maintenanceActionStatus":"pending-maintenance"},"eventCategory":"Management"}"#;

const REGION_OPT_IN: &str = r#"{"eventVersion":"1.08","userIdentity":{"accountId":"${account}",
    "invokedBy":"account.amazonaws.com"},"eventTime":"${time}",
    "eventSource":"account.amazonaws.com","eventName":"EnableRegionCompleted",
    "awsRegion":"us-east-1","sourceIPAddress":"account.amazonaws.com",
    "userAgent":"account.amazonaws.com","requestParameters":null,"responseElements":null,
    "requestID":"${requestId}","eventID":"${eventId}","readOnly":false,
    "eventType":"AwsServiceEvent","managementEvent":true,"recipientAccountId":"${account}",
    "serviceEventDetails":{"regionName":"ap-south-2","status":"ENABLED"},
    "eventCategory":"Management"}"#;

/// The records.
pub(super) const ROWS: &[Row] = &[
    (26, Trail, "secretsmanager", SECRET_DELETION),
    (14, Trail, "secretsmanager", SECRET_ROTATION),
    (16, Trail, "kms", KEY_ROTATION),
    (6, Trail, "ec2", SPOT),
    (4, Trail, "ec2", SHARED_SNAPSHOT),
    (6, Trail, "rds", MAINTENANCE),
    (1, Trail, "organizations", REGION_OPT_IN),
];
