//! The services that are called: where they answer and how they number their requests.

/// How a service numbers its requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ids {
    /// A UUID.
    Uuid,
    /// Sixteen letters, as Amazon S3.
    Short,
    /// Fifty-two letters, as Amazon DynamoDB.
    Long,
}

/// A row: name in `eventSource` and in actions, host, `apiVersion` or empty, ids, and whether it
/// has no regions.
pub(crate) type Row = (&'static str, &'static str, &'static str, Ids, bool);

const REGIONAL: &str = "${service}.${region}.amazonaws.com";
const GLOBAL: &str = "${service}.amazonaws.com";

/// Every service.
pub(crate) const SERVICES: &[Row] = &[
    ("athena", REGIONAL, "", Ids::Uuid, false),
    ("autoscaling", REGIONAL, "", Ids::Uuid, false),
    ("bedrock", "bedrock-runtime.${region}.amazonaws.com", "", Ids::Uuid, false),
    ("cloudformation", REGIONAL, "", Ids::Uuid, false),
    ("cloudfront", GLOBAL, "2020_05_31", Ids::Uuid, true),
    ("cloudtrail", REGIONAL, "", Ids::Uuid, false),
    ("config", REGIONAL, "", Ids::Uuid, false),
    ("dynamodb", REGIONAL, "2012-08-10", Ids::Long, false),
    ("ec2", REGIONAL, "", Ids::Uuid, false),
    ("ecr", "api.ecr.${region}.amazonaws.com", "", Ids::Uuid, false),
    ("ecs", REGIONAL, "", Ids::Uuid, false),
    ("eks", REGIONAL, "", Ids::Uuid, false),
    ("elasticloadbalancing", REGIONAL, "2015-12-01", Ids::Uuid, false),
    ("events", REGIONAL, "", Ids::Uuid, false),
    ("glue", REGIONAL, "", Ids::Uuid, false),
    ("guardduty", REGIONAL, "", Ids::Uuid, false),
    ("health", "health.us-east-1.amazonaws.com", "", Ids::Uuid, true),
    ("iam", GLOBAL, "", Ids::Uuid, true),
    ("kms", REGIONAL, "", Ids::Uuid, false),
    ("lambda", REGIONAL, "", Ids::Uuid, false),
    ("logs", REGIONAL, "20140328", Ids::Uuid, false),
    ("monitoring", REGIONAL, "", Ids::Uuid, false),
    ("organizations", "organizations.us-east-1.amazonaws.com", "", Ids::Uuid, true),
    ("rds", REGIONAL, "", Ids::Uuid, false),
    ("route53", GLOBAL, "2013-04-01", Ids::Uuid, true),
    ("s3", "${bucket}.s3.${region}.amazonaws.com", "", Ids::Short, false),
    ("secretsmanager", REGIONAL, "", Ids::Uuid, false),
    ("securityhub", REGIONAL, "", Ids::Uuid, false),
    ("signin", "${region}.signin.aws.amazon.com", "", Ids::Uuid, false),
    ("sns", REGIONAL, "", Ids::Uuid, false),
    ("sqs", REGIONAL, "", Ids::Uuid, false),
    ("ssm", REGIONAL, "", Ids::Uuid, false),
    ("sso", "portal.sso.${region}.amazonaws.com", "", Ids::Uuid, false),
    ("states", REGIONAL, "", Ids::Uuid, false),
    ("sts", "sts.$(${region}.$|$)amazonaws.com", "", Ids::Uuid, false),
    ("tagging", REGIONAL, "", Ids::Uuid, false),
    ("wafv2", REGIONAL, "", Ids::Uuid, false),
];
