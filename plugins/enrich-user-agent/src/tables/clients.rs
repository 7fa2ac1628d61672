//! Products that call AWS, and their kinds.

use crate::kind::Kind;
use crate::products::{Fit, Role, Row};

/// Products that call AWS.
///
/// Those marked as seen stand in real records; where a source is named, it says or writes so. The
/// others are the names that products give themselves by default, not checked against a source.
pub(crate) const CLIENTS: &[Row] = &[
    // Infrastructure as code. Seen: Terraform, in which `APN` and `HashiCorp` lead.
    row("Terraform", Kind::Iac, "Terraform"),
    // `APN/1.0 OpenTofu-S3-Backend/1.0 OpenTofu/1.9.0` (github.com/opentofu/opentofu).
    row("OpenTofu", Kind::Iac, "OpenTofu"),
    // `APN/1.0 HashiCorp/1.0 packer-plugin-amazon/1.3.0`
    // (github.com/hashicorp/packer-plugin-amazon).
    row("packer-plugin-amazon", Kind::Iac, "Packer"),
    // `APN/1.0 Pulumi/1.0 PulumiAwsNative/0.0.2` (github.com/pulumi/pulumi-aws-native).
    row("Pulumi", Kind::Iac, "Pulumi"),
    // `APN/1.0 Ansible/2.15.0 community.aws/6.0.0` (github.com/ansible-collections/amazon.aws).
    row("Ansible", Kind::Iac, "Ansible"),
    // Seen: `aws-sdk-nodejs/2.1586.0 linux/v20.15.1 aws-cdk/2.135.0 promise`.
    row("aws-cdk", Kind::Iac, "AWS CDK"),
    // `aws-sam-cli/1.100.0/<id>` (github.com/aws/aws-sam-cli).
    row("aws-sam-cli", Kind::Iac, "AWS SAM CLI"),
    // Both words in one, or either (`userAgentV2` in the sources of
    // github.com/crossplane-contrib/provider-aws and provider-upjet-aws).
    row("crossplane-provider-aws", Kind::Iac, "Crossplane"),
    row("upbound-provider-aws", Kind::Iac, "Crossplane"),
    // Agents. Seen: those of Systems Manager, of the network, the nodes and the load balancers of
    // EKS, Fluent Bit.
    row("amazon-ssm-agent", Kind::Agent, "amazon-ssm-agent"),
    row("amazon-vpc-cni-k8s", Kind::Agent, "amazon-vpc-cni-k8s"),
    Row { fit: Fit::Loose, ..row("karpenter.sh", Kind::Agent, "Karpenter") },
    row("aws-fluent-bit-plugin", Kind::Agent, "Fluent Bit"),
    // `userAgent` in its source (github.com/kubernetes-sigs/aws-load-balancer-controller).
    row("elbv2.k8s.aws", Kind::Agent, "aws-load-balancer-controller"),
    // What the next four add to the user agent of the SDK for Go
    // (github.com/kubernetes-sigs/cluster-api-provider-aws, github.com/cert-manager/cert-manager,
    // github.com/kubernetes-sigs/aws-iam-authenticator, github.com/openshift/hypershift).
    row("aws.cluster.x-k8s.io", Kind::Agent, "Cluster API"),
    row("cert-manager", Kind::Agent, "cert-manager"),
    row("aws-iam-authenticator", Kind::Agent, "aws-iam-authenticator"),
    row("openshift.io hypershift", Kind::Agent, "HyperShift"),
    // Seen: `Amazon ECS Agent - v1.12.2 (ecda8a6) (+http://aws.amazon.com/ecs/)`.
    row("Amazon ECS Agent", Kind::Agent, "amazon-ecs-agent"),
    // Seen behind aws-sdk-nodejs.
    row("configure-aws-credentials-for-github-actions", Kind::Agent, "GitHub Actions"),
    // Programs that people look at AWS with. The first two are what thieves of data have been seen
    // with ("AWS API Activity from Uncommon S3 Client by Rare User", Elastic).
    row("S3 Browser", Kind::Application, "S3 Browser"),
    row("Cyberduck", Kind::Application, "Cyberduck"),
    // `rclone/` and the version (github.com/rclone/rclone).
    row("rclone", Kind::Application, "rclone"),
    // `AWS-Toolkit-For-JetBrains/1.60`, and others for Eclipse and VSCode
    // (github.com/aws/aws-toolkit-jetbrains).
    Row { fit: Fit::Start, ..row("AWS-Toolkit-For-", Kind::Application, "") },
    // AWS itself. Seen: all of these; `AWS Internal` is what stands in for calls inside of AWS,
    // `aws-internal` what its services and consoles write before the SDK that they use, `Coral` the
    // library by which they call each other.
    row("Coral", Kind::Service, "Coral"),
    row("AWS Internal", Kind::Service, "AWS Internal"),
    row("aws-internal", Kind::Service, "aws-internal"),
    row("AWSCloudTrail", Kind::Service, "AWSCloudTrail"),
    row("awslambda-worker", Kind::Service, "awslambda-worker"),
    // Command lines. Seen: aws-cli, ec2-api-tools.
    row("aws-cli", Kind::Cli, "aws-cli"),
    row("ec2-api-tools", Kind::Cli, "ec2-api-tools"),
    row("AWSPowerShell", Kind::Cli, "AWSPowerShell"),
    Row { fit: Fit::Start, ..row("AWSPowerShell.", Kind::Cli, "") },
    // SDKs ("CloudTrail record contents", `userAgent`). Seen: for Go, Java, JavaScript and Python,
    // and rusoto.
    row("Boto3", Kind::Sdk, "boto3"),
    row("Botocore", Kind::Sdk, "botocore"),
    row("Boto", Kind::Sdk, "boto"),
    Row { fit: Fit::Start, ..row("aws-sdk-", Kind::Sdk, "") },
    row("rusoto", Kind::Sdk, "rusoto"),
    row("minio-go", Kind::Sdk, "minio-go"),
    // A browser, or something that wants to be served like one. Seen.
    row("Mozilla", Kind::Browser, "Mozilla"),
    // Libraries for HTTP, with the user agents that they have if nobody sets one. Seen: those of Go
    // and Jersey.
    row("Go-http-client", Kind::Library, "Go-http-client"),
    row("Jersey", Kind::Library, "Jersey"),
    row("curl", Kind::Library, "curl"),
    row("Wget", Kind::Library, "Wget"),
    row("python-requests", Kind::Library, "python-requests"),
    row("python-httpx", Kind::Library, "python-httpx"),
    row("Python-urllib", Kind::Library, "Python-urllib"),
    row("aiohttp", Kind::Library, "aiohttp"),
    row("okhttp", Kind::Library, "okhttp"),
    row("Apache-HttpClient", Kind::Library, "Apache-HttpClient"),
    row("axios", Kind::Library, "axios"),
    row("node-fetch", Kind::Library, "node-fetch"),
    row("undici", Kind::Library, "undici"),
    row("PostmanRuntime", Kind::Library, "Postman"),
    row("Faraday", Kind::Library, "Faraday"),
    row("libwww-perl", Kind::Library, "libwww-perl"),
];

const fn row(key: &'static str, kind: Kind, name: &'static str) -> Row {
    Row { key, fit: Fit::Word, role: Role::Client(kind), name }
}
