//! Calls to what keeps things: S3 buckets, RDS, DynamoDB.

use super::{Call, read, write};

const HOST: &str = r#"{"bucketName":"${bucket}","Host":"${bucket}.s3.${region}.amazonaws.com",
    "$(acl$|policy$|logging$|encryption$|versioning$|tagging$|publicAccessBlock$)":""}"#;
const SIGNED: &str = r#"{"SignatureVersion":"SigV4","CipherSuite":"$(ECDHE-RSA-AES128-GCM-SHA256$|
    TLS_AES_128_GCM_SHA256$)","bytesTransferredIn":0,"AuthenticationMethod":"AuthHeader",
    "x-amz-id-2":"${s3Id}","bytesTransferredOut":${int:0-9000}}"#;
const BUCKET: &str =
    r#"[{"accountId":"${account}","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::${bucket}"}]"#;
const TABLE: &str = r#"[{"accountId":"${account}","type":"AWS::DynamoDB::Table",
    "ARN":"arn:aws:dynamodb:${region}:${account}:table/${table}"}]"#;
const DB_INSTANCE: &str = r#"{"dBInstanceIdentifier":"${database}",
    "dBInstanceClass":"db.r6g.$(large$|xlarge$|2xlarge$)","engine":"$(postgres$|mysql$)",
    "dBInstanceStatus":"$(creating$|modifying$|available$)","masterUsername":"app_admin",
    "endpoint":{"address":"${database}.c${alphanumeric:11}.${region}.rds.amazonaws.com",
    "port":5432,"hostedZoneId":"Z${base32:13}"},"allocatedStorage":${int:20-900},
    "instanceCreateTime":"${usPastNarrow}","preferredBackupWindow":"03:10-03:40",
    "backupRetentionPeriod":${int:0-35},"dBSecurityGroups":[],"vpcSecurityGroups":[{
    "vpcSecurityGroupId":"${group}","status":"active"}],"dBParameterGroups":[{
    "dBParameterGroupName":"default.postgres15","parameterApplyStatus":"in-sync"}],
    "availabilityZone":"${zone}","dBSubnetGroup":{"dBSubnetGroupName":"${app}-data",
    "vpcId":"${vpc}","subnetGroupStatus":"Complete","subnets":[$[2-3:{
    "subnetIdentifier":"${subnet}","subnetAvailabilityZone":{"name":"${zone}"},
    "subnetOutpost":{},"subnetStatus":"Active"}$]]},"pendingModifiedValues":{
    "masterUserPassword":"****"},"multiAZ":${ok},"engineVersion":"15.4",
    "autoMinorVersionUpgrade":true,"publiclyAccessible":false,"storageType":"gp3",
    "storageEncrypted":${ok},"kmsKeyId":"${keyArn}","dbiResourceId":"db-${base32:26}",
    "deletionProtection":${ok},"dBInstanceArn":"arn:aws:rds:${region}:${account}:db:${database}"}"#;

/// The calls.
pub(crate) const CALLS: &[Call] = &[
    read("s3", "ListBuckets", 8).request(r#"{"Host":"s3.amazonaws.com"}"#).additional(SIGNED),
    read("s3", "GetBucketAcl", 8).request(HOST).additional(SIGNED).resources(BUCKET),
    read("s3", "GetBucketLocation", 8).request(HOST).additional(SIGNED).resources(BUCKET),
    read("s3", "GetBucketPolicy", 6)
        .request(HOST)
        .additional(SIGNED)
        .resources(BUCKET)
        .fails("NoSuchBucketPolicy", "The bucket policy does not exist"),
    read("s3", "GetBucketPublicAccessBlock", 6)
        .request(HOST)
        .additional(SIGNED)
        .resources(BUCKET)
        .fails(
            "NoSuchPublicAccessBlockConfiguration",
            "The public access block configuration was not found",
        ),
    read("s3", "GetBucketTagging", 6)
        .request(HOST)
        .additional(SIGNED)
        .resources(BUCKET)
        .fails("NoSuchTagSet", "The TagSet does not exist"),
    read("s3", "GetBucketEncryption", 5).request(HOST).additional(SIGNED).resources(BUCKET).fails(
        "ServerSideEncryptionConfigurationNotFoundError",
        "The server side encryption configuration was not found",
    ),
    read("s3", "GetBucketVersioning", 5).request(HOST).additional(SIGNED).resources(BUCKET),
    write("s3", "CreateBucket", 2)
        .request(
            r#"{"CreateBucketConfiguration":{"LocationConstraint":"${region}",
            "xmlns":"http://s3.amazonaws.com/doc/2006-03-01/"},"bucketName":"${bucket}",
            "Host":"${bucket}.s3.${region}.amazonaws.com",
            "x-amz-object-ownership":"BucketOwnerEnforced"}"#,
        )
        .additional(SIGNED)
        .resources(BUCKET)
        .fails(
            "BucketAlreadyOwnedByYou",
            "Your previous request to create the named bucket succeeded and you already own it.",
        ),
    write("s3", "PutBucketPolicy", 2)
        .request(
            r#"{"bucketPolicy":{"Version":"2012-10-17","Statement":[$[1-60:{
            "Sid":"${app}Access${digits:3}","Effect":"$(Allow$|Deny$)","Principal":{
            "AWS":["arn:aws:iam::${partner}:role/${app}-reader","arn:aws:iam::${account}:root"]},
            "Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::${bucket}",
            "arn:aws:s3:::${bucket}/*"],"Condition":{"Bool":{"aws:SecureTransport":"true"},
            "IpAddress":{"aws:SourceIp":["203.0.113.0/24","2001:db8::/32"]}}}$]]},
            "bucketName":"${bucket}","Host":"${bucket}.s3.${region}.amazonaws.com","policy":""}"#,
        )
        .additional(SIGNED)
        .resources(BUCKET)
        .fails("MalformedPolicy", "Invalid principal in policy"),
    write("s3", "PutBucketPublicAccessBlock", 2)
        .request(
            r#"{"publicAccessBlock":"","bucketName":"${bucket}",
            "PublicAccessBlockConfiguration":{"xmlns":"http://s3.amazonaws.com/doc/2006-03-01/",
            "RestrictPublicBuckets":${ok},"BlockPublicPolicy":${ok},"BlockPublicAcls":${ok},
            "IgnorePublicAcls":${ok}},"Host":"s3.${region}.amazonaws.com"}"#,
        )
        .additional(SIGNED)
        .resources(BUCKET),
    write("s3", "PutBucketLifecycle", 1)
        .request(
            r#"{"lifecycle":"","bucketName":"${bucket}","LifecycleConfiguration":{"Rule":[$[1-9:{
            "ID":"${note}","Status":"Enabled","Prefix":"${app}/","Expiration":{"Days":${int:1-900}},
            "NoncurrentVersionExpiration":{"NoncurrentDays":${int:1-90}.0}}$]]},
            "Host":"${bucket}.s3.${region}.amazonaws.com"}"#,
        )
        .additional(SIGNED)
        .resources(BUCKET),
    write("s3", "DeleteBucket", 1)
        .request(r#"{"bucketName":"${bucket}","Host":"${bucket}.s3.amazonaws.com"}"#)
        .additional(SIGNED)
        .resources(BUCKET)
        .fails("BucketNotEmpty", "The bucket you tried to delete is not empty"),
    read("rds", "DescribeDBInstances", 12)
        .request(r#"{"dBInstanceIdentifier":"${database}","maxRecords":${int:20-100}}"#)
        .fails("DBInstanceNotFound", "DBInstance ${database} not found."),
    read("rds", "DescribeDBClusters", 8).request(r#"{"includeShared":${ok}}"#),
    read("rds", "ListTagsForResource", 6)
        .request(r#"{"resourceName":"arn:aws:rds:${region}:${account}:db:${database}"}"#),
    write("rds", "ModifyDBInstance", 2)
        .request(
            r#"{"dBInstanceIdentifier":"${database}","applyImmediately":${ok},
            "masterUserPassword":"HIDDEN_DUE_TO_SECURITY_REASONS",
            "allowMajorVersionUpgrade":false}"#,
        )
        .response(DB_INSTANCE),
    write("rds", "CreateDBInstance", 1)
        .request(
            r#"{"dBInstanceIdentifier":"${database}","allocatedStorage":${int:20-900},
            "dBInstanceClass":"db.r6g.large","engine":"postgres","masterUsername":"app_admin",
            "masterUserPassword":"HIDDEN_DUE_TO_SECURITY_REASONS",
            "vpcSecurityGroupIds":["${group}"],"multiAZ":${ok},"publiclyAccessible":false,
            "tags":[${tags}],"storageEncrypted":true}"#,
        )
        .response(DB_INSTANCE),
    write("rds", "CreateDBSnapshot", 2)
        .request(
            r#"{"dBSnapshotIdentifier":"${app}-${digits:8}","dBInstanceIdentifier":"${database}"}"#,
        )
        .response(
            r#"{"dBSnapshotIdentifier":"${app}-${digits:8}","dBInstanceIdentifier":"${database}",
            "engine":"postgres","allocatedStorage":${int:20-900},"status":"creating","port":5432,
            "availabilityZone":"${zone}","vpcId":"${vpc}","instanceCreateTime":"${usPast}",
            "masterUsername":"app_admin","snapshotType":"manual","percentProgress":0,
            "encrypted":${ok},"processorFeatures":[],"tagList":[],"storageType":"gp3"}"#,
        ),
    read("dynamodb", "DescribeTable", 14)
        .request(r#"{"tableName":"${table}"}"#)
        .resources(TABLE)
        .fails(
            "ResourceNotFoundException",
            "Requested resource not found: Table: ${table} not found",
        ),
    write("dynamodb", "UpdateTable", 2)
        .request(
            r#"{"tableName":"${table}","provisionedThroughput":{
            "readCapacityUnits":${int:5-4000},"writeCapacityUnits":${int:5-4000}}}"#,
        )
        .response(
            r#"{"tableDescription":{"attributeDefinitions":[{"attributeName":"pk",
            "attributeType":"S"},{"attributeName":"sk","attributeType":"N"}],
            "tableName":"${table}","keySchema":[{"attributeName":"pk","keyType":"HASH"},{
            "attributeName":"sk","keyType":"RANGE"}],"tableStatus":"UPDATING",
            "creationDateTime":"${usPastNarrow}","provisionedThroughput":{
            "numberOfDecreasesToday":0,"readCapacityUnits":${int:5-4000},
            "writeCapacityUnits":${int:5-4000}},"tableSizeBytes":${size},"itemCount":${size#2},
            "tableArn":"arn:aws:dynamodb:${region}:${account}:table/${table}","tableId":"${uuid}",
            "billingModeSummary":{"billingMode":"PROVISIONED"}}}"#,
        )
        .resources(TABLE),
];
