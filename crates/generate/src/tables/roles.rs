//! The roles of every account, who takes them, and what their sessions are called.

use super::identities::Shape;

/// A row: name, path with a slash at its end or empty, form of the caller, name of a session.
pub(crate) type Row = (&'static str, &'static str, Shape, &'static str);

const SDK: &str = "$(botocore-session-${digits:10}$|aws-go-sdk-${digits:19}$|
    aws-sdk-java-${digits:13}$|${app}-${digits:5}$)";
const PERSON: &str = "${email}";
const INSTANCE: &str = "i-0${hex:16}";
const SSO: &str = "aws-reserved/sso.amazonaws.com/eu-west-1/";

/// Every role.
pub(crate) const ROLES: &[Row] = &[
    ("example-deployer", "", Shape::Role, SDK),
    ("example-auditor", "security/", Shape::Role, "audit-${digits:6}"),
    ("terraform-apply", "", Shape::Role, "aws-go-sdk-${digits:19}"),
    ("checkout-api-prod", "service-role/", Shape::Role, "checkout-api-prod"),
    ("ledger-worker-prod", "service-role/", Shape::Role, "ledger-worker-prod"),
    ("mailer-cron-prod", "service-role/", Shape::Role, "mailer-cron-prod"),
    ("ecs-task-catalog", "", Shape::Role, "${hex:32}"),
    ("eks-pricing-irsa", "", Shape::Role, SDK),
    ("data-lake-etl", "", Shape::Role, "GlueJobRunnerSession"),
    ("backup-operator", "", Shape::Role, "AWSBackup-${alphanumeric:12}"),
    ("monitoring-collector", "", Shape::Role, SDK),
    (
        "AWSServiceRoleForAutoScaling",
        "aws-service-role/autoscaling.amazonaws.com/",
        Shape::Role,
        "AutoScaling",
    ),
    (
        "AWSServiceRoleForConfig",
        "aws-service-role/config.amazonaws.com/",
        Shape::Role,
        "AWSConfig-Describe",
    ),
    ("eks-node-group", "", Shape::RoleInstance, INSTANCE),
    ("web-tier-instance", "", Shape::RoleInstance, INSTANCE),
    ("ssm-managed-instance", "", Shape::RoleInstance, INSTANCE),
    ("github-actions-deploy", "ci/", Shape::RoleWebIdentity, "GitHubActions"),
    ("github-actions-plan", "ci/", Shape::RoleWebIdentity, "plan-${digits:10}-1"),
    ("AWSReservedSSO_AdministratorAccess_0123456789abcdef", SSO, Shape::RoleConsole, PERSON),
    ("AWSReservedSSO_ReadOnlyAccess_fedcba9876543210", SSO, Shape::RoleConsole, PERSON),
    ("AWSReservedSSO_PowerUser_00112233445566aa", SSO, Shape::Role, PERSON),
    ("incident-response", "", Shape::RoleSourceIdentity, "${person}"),
    ("root-task", "", Shape::RoleAssumedRoot, "${person}"),
];
