//! Calls about what is there to lose: networks, disks, data, instances, functions.

use super::Group;
use crate::technique::{
    CLOUD_VM, COMMAND, CREDENTIALS, DESTRUCTION, FIREWALL, INSTANCE, LIFECYCLE, LOGS, MANIPULATION,
    NO_INSTANCE, RECOVERY, SECRET_STORES, SNAPSHOT, TRANSFER,
};

/// The groups, in the order of services and names.
pub(crate) const GROUPS: &[Group] = &[
    (
        "backup",
        "DeleteBackupPlan DeleteBackupVault DeleteRecoveryPoint PutBackupVaultAccessPolicy",
        "backups are deleted or laid open",
        RECOVERY,
    ),
    ("dynamodb", "DeleteTable", "a table is deleted", DESTRUCTION),
    (
        "ec2",
        "AcceptVpcPeeringConnection AttachClassicLinkVpc CreateVpc CreateVpcPeeringConnection \
         DeleteVpc DeleteVpcPeeringConnection DetachClassicLinkVpc DisableVpcClassicLink \
         EnableVpcClassicLink ModifyVpcAttribute RejectVpcPeeringConnection",
        "a VPC or its connections are changed",
        None,
    ),
    (
        "ec2",
        "AssociateIamInstanceProfile ReplaceIamInstanceProfileAssociation",
        "an instance gets another role",
        None,
    ),
    (
        "ec2",
        "AttachInternetGateway CreateCustomerGateway CreateInternetGateway \
         DeleteCustomerGateway DeleteInternetGateway DetachInternetGateway",
        "a gateway to other networks is changed",
        None,
    ),
    (
        "ec2",
        "AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress ModifySecurityGroupRules",
        "traffic through a security group is allowed",
        FIREWALL,
    ),
    ("ec2", "CopySnapshot CreateSnapshot CreateSnapshots", "a disk is copied", SNAPSHOT),
    ("ec2", "CreateKeyPair ImportKeyPair", "a key for instances is added", CREDENTIALS),
    (
        "ec2",
        "CreateNetworkAcl CreateNetworkAclEntry ReplaceNetworkAclAssociation \
         ReplaceNetworkAclEntry",
        "a network ACL is changed",
        None,
    ),
    (
        "ec2",
        "CreateRoute CreateRouteTable DeleteRoute DeleteRouteTable DisassociateRouteTable \
         ReplaceRoute ReplaceRouteTableAssociation",
        "routes are changed",
        None,
    ),
    (
        "ec2",
        "CreateSecurityGroup DeleteSecurityGroup RevokeSecurityGroupEgress \
         RevokeSecurityGroupIngress",
        "a security group is changed",
        None,
    ),
    (
        "ec2",
        "CreateTrafficMirrorSession CreateTrafficMirrorTarget",
        "traffic is copied to another place",
        None,
    ),
    ("ec2", "DeleteFlowLogs", "flow logs are deleted", LOGS),
    (
        "ec2",
        "DeleteNetworkAcl DeleteNetworkAclEntry",
        "a network ACL or one of its rules is deleted",
        FIREWALL,
    ),
    ("ec2", "DeleteSnapshot DeregisterImage", "a copy of a disk is deleted", RECOVERY),
    ("ec2", "DeleteVolume", "a disk is deleted", DESTRUCTION),
    ("ec2", "DisableEbsEncryptionByDefault", "new disks are no longer encrypted", None),
    (
        "ec2",
        "DisableImageBlockPublicAccess DisableSnapshotBlockPublicAccess",
        "disks or images may be made public",
        None,
    ),
    ("ec2", "EnableSerialConsoleAccess", "serial consoles are opened", CLOUD_VM),
    ("ec2", "GetPasswordData", "the password of a Windows instance is read", None),
    (
        "ec2",
        "ModifyImageAttribute ModifySnapshotAttribute",
        "a disk or an image may be shared",
        TRANSFER,
    ),
    (
        "ec2",
        "ModifyInstanceAttribute",
        "an instance, its user data or its guards are changed",
        None,
    ),
    ("ec2", "ModifyInstanceMetadataOptions", "how instances hand out credentials is changed", None),
    (
        "ec2",
        "RebootInstances StartInstances StopInstances",
        "instances are started or stopped",
        None,
    ),
    ("ec2", "RunInstances", "instances are started", INSTANCE),
    (
        "ec2",
        "SharedSnapshotCopyInitiated SharedSnapshotVolumeCreated",
        "another account uses a shared disk",
        TRANSFER,
    ),
    ("ec2", "TerminateInstances", "instances are deleted", NO_INSTANCE),
    (
        "ec2-instance-connect",
        "SendSSHPublicKey SendSerialConsoleSSHPublicKey",
        "someone logs in to an instance",
        CLOUD_VM,
    ),
    ("ecr", "PutRegistryPolicy SetRepositoryPolicy", "access to images is changed", None),
    (
        "eks",
        "AssociateAccessPolicy CreateAccessEntry",
        "access to a cluster is granted",
        MANIPULATION,
    ),
    ("eks", "UpdateClusterConfig", "a cluster, its logs or its exposure are changed", None),
    ("elasticfilesystem", "DeleteFileSystem", "a file system is deleted", DESTRUCTION),
    (
        "lambda",
        "AddPermission CreateFunctionUrlConfig UpdateFunctionUrlConfig",
        "a function may be called from elsewhere",
        None,
    ),
    ("lambda", "CreateEventSourceMapping CreateFunction", "code is put in place to run", None),
    (
        "lambda",
        "PublishLayerVersion UpdateFunctionCode UpdateFunctionConfiguration",
        "what a function runs is changed",
        None,
    ),
    (
        "rds",
        "CreateDBClusterSnapshot CreateDBSnapshot RestoreDBInstanceFromDBSnapshot \
         StartExportTask",
        "a database is copied",
        None,
    ),
    ("rds", "DeleteDBCluster DeleteDBInstance", "a database is deleted", DESTRUCTION),
    (
        "rds",
        "DeleteDBClusterSnapshot DeleteDBSnapshot",
        "a copy of a database is deleted",
        RECOVERY,
    ),
    (
        "rds",
        "ModifyDBCluster ModifyDBInstance",
        "a database, its password or its exposure is changed",
        None,
    ),
    (
        "rds",
        "ModifyDBClusterSnapshotAttribute ModifyDBSnapshotAttribute",
        "a copy of a database may be shared",
        TRANSFER,
    ),
    ("redshift", "AuthorizeSnapshotAccess", "a copy of a warehouse is shared", TRANSFER),
    ("route53", "ChangeResourceRecordSets DeleteHostedZone", "DNS records are changed", None),
    (
        "route53domains",
        "DisableDomainTransferLock TransferDomain TransferDomainToAnotherAwsAccount",
        "a domain is to change hands",
        None,
    ),
    (
        "s3",
        "DeleteAccountPublicAccessBlock DeleteBucketPolicy DeleteBucketPublicAccessBlock \
         DeletePublicAccessBlock PutAccessPointPolicy PutAccountPublicAccessBlock \
         PutBucketAcl PutBucketPolicy PutBucketPublicAccessBlock PutObjectAcl \
         PutPublicAccessBlock",
        "who may read a bucket is changed",
        None,
    ),
    ("s3", "DeleteBucket", "a bucket is deleted", DESTRUCTION),
    ("s3", "DeleteBucketCors PutBucketCors", "which sites may read a bucket is changed", None),
    (
        "s3",
        "DeleteBucketEncryption PutBucketEncryption",
        "how objects are encrypted is changed",
        None,
    ),
    (
        "s3",
        "DeleteBucketLifecycle PutBucketLifecycle PutBucketLifecycleConfiguration",
        "when objects expire is changed",
        LIFECYCLE,
    ),
    (
        "s3",
        "DeleteBucketReplication PutBucketReplication",
        "where a bucket is copied to is changed",
        TRANSFER,
    ),
    ("s3", "PutBucketLogging", "access logging of a bucket is changed", None),
    ("s3", "PutBucketVersioning", "whether old versions of objects are kept is changed", RECOVERY),
    ("servicequotas", "RequestServiceQuotaIncrease", "a quota is to be raised", None),
    (
        "ses",
        "CreateEmailIdentity PutAccountDetails UpdateAccountSendingEnabled \
         VerifyEmailIdentity",
        "the account is made to send mail",
        None,
    ),
    ("ssm", "CreateAssociation SendCommand", "commands are run on instances", COMMAND),
    (
        "ssm",
        "GetParameter GetParameters GetParametersByPath",
        "parameters, perhaps secret, are read",
        SECRET_STORES,
    ),
    ("ssm", "ModifyDocumentPermission", "a document is shared", None),
    ("ssm", "ResumeSession StartSession", "someone logs in to an instance", CLOUD_VM),
];
