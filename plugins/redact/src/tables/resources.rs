//! Names of members that tell whose account it is.

/// In the order of the alphabet, in whatever case records have them.
///
/// These are the names under which the API references of the services that most records are about
/// (IAM, STS, S3, EC2, Lambda, KMS, RDS, DynamoDB, SNS, SQS, CloudTrail, CloudWatch Logs, Secrets
/// Manager, Systems Manager, CloudFormation, ECS, EKS) have what their users name, and from
/// others `repositoryName` (ECR), `topicName` (Amazon MSK) and `userPoolId` (Cognito);
/// `principalId` is of records alone ("CloudTrail userIdentity element"). ARNs and account ids are
/// found under any name.
pub(crate) const RESOURCES: &[&str] = &[
    "accessKeyId",
    "accountName",
    "aliasName",
    "bucketName",
    "clusterName",
    "dBClusterIdentifier",
    "dBInstanceIdentifier",
    "dBName",
    "domainName",
    "externalId",
    "fileSystemId",
    "functionName",
    "groupId",
    "groupName",
    "host",
    "instanceId",
    "instanceProfileName",
    "key",
    "keyName",
    "keyPairId",
    "logGroupName",
    "logStreamName",
    "networkInterfaceId",
    "organizationId",
    "policyName",
    "principalId",
    "privateDnsName",
    "publicDnsName",
    "queueName",
    "queueUrl",
    "repositoryName",
    "resourceName",
    "roleName",
    "secretId",
    "securityGroupId",
    "serialNumber",
    "serverCertificateName",
    "snapshotId",
    "stackName",
    "subnetId",
    "tableName",
    "topicName",
    "trailName",
    "userId",
    "userPoolId",
    "volumeId",
    "vpcEndpointId",
    "vpcId",
];

#[cfg(test)]
mod tests {
    use super::RESOURCES;

    #[test]
    fn names_are_in_order() {
        let folded = RESOURCES.iter().map(|name| name.to_ascii_lowercase());
        assert!(folded.clone().zip(folded.skip(1)).all(|(a, b)| a < b));
    }
}
