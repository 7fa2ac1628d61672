//! Calls that blind those who watch: logs, detectors, firewalls.

use super::Group;
use crate::technique::{FIREWALL, LOGS, TOOLS};

/// The groups, in the order of services and names.
pub(crate) const GROUPS: &[Group] = &[
    ("access-analyzer", "DeleteAnalyzer", "an access analyzer is deleted", TOOLS),
    (
        "bedrock",
        "CreateFoundationModelAgreement PutFoundationModelEntitlement \
         PutUseCaseForModelAccess",
        "use of models is asked for",
        None,
    ),
    (
        "bedrock",
        "DeleteModelInvocationLoggingConfiguration",
        "use of models is no longer logged",
        LOGS,
    ),
    ("cloudtrail", "CreateTrail StartLogging", "the set of trails that record is changed", None),
    (
        "cloudtrail",
        "DeleteEventDataStore StopEventDataStoreIngestion UpdateEventDataStore",
        "an event data store loses events or is changed",
        LOGS,
    ),
    ("cloudtrail", "DeleteTrail", "a trail is deleted", LOGS),
    (
        "cloudtrail",
        "DeregisterOrganizationDelegatedAdmin RegisterOrganizationDelegatedAdmin",
        "who administers the trails of the organization is changed",
        None,
    ),
    (
        "cloudtrail",
        "PutEventSelectors PutInsightSelectors UpdateTrail",
        "what a trail records, or where it delivers, is changed",
        LOGS,
    ),
    ("cloudtrail", "StopLogging", "a trail stops recording", LOGS),
    (
        "config",
        "DeleteConfigRule DeleteOrganizationConfigRule",
        "a rule of AWS Config is deleted",
        TOOLS,
    ),
    (
        "config",
        "DeleteConfigurationRecorder DeleteDeliveryChannel StopConfigurationRecorder",
        "AWS Config stops recording",
        TOOLS,
    ),
    (
        "config",
        "PutConfigurationRecorder PutDeliveryChannel",
        "what AWS Config records, or where it delivers, is changed",
        None,
    ),
    ("detective", "DeleteGraph", "the data of Detective is deleted", TOOLS),
    (
        "events",
        "DeleteRule DisableRule RemoveTargets",
        "a rule for events is disabled or deleted",
        None,
    ),
    (
        "guardduty",
        "CreateFilter CreateIPSet CreateTrustedEntitySet UpdateFilter UpdateIPSet",
        "findings of GuardDuty are suppressed or addresses trusted",
        TOOLS,
    ),
    (
        "guardduty",
        "DeleteDetector DeleteMembers DeletePublishingDestination \
         DisableOrganizationAdminAccount DisassociateFromAdministratorAccount \
         DisassociateFromMasterAccount DisassociateMembers StopMonitoringMembers \
         UpdateDetector",
        "GuardDuty is disabled or changed",
        TOOLS,
    ),
    ("inspector2", "Disable DisableDelegatedAdminAccount", "Inspector is disabled", TOOLS),
    ("logs", "DeleteLogGroup DeleteLogStream", "logs are deleted", LOGS),
    (
        "logs",
        "DeleteMetricFilter DeleteSubscriptionFilter",
        "logs are no longer watched or passed on",
        LOGS,
    ),
    (
        "logs",
        "PutResourcePolicy PutSubscriptionFilter",
        "logs are passed on to somebody else",
        None,
    ),
    ("logs", "PutRetentionPolicy", "how long logs are kept is changed", None),
    ("macie2", "DisableMacie DisableOrganizationAdminAccount", "Macie is disabled", TOOLS),
    ("monitoring", "DeleteAlarms DisableAlarmActions", "alarms are deleted or silenced", TOOLS),
    (
        "network-firewall",
        "DeleteFirewall DeleteFirewallPolicy DeleteRuleGroup UpdateFirewallDeleteProtection",
        "a network firewall is taken away",
        FIREWALL,
    ),
    (
        "route53resolver",
        "DeleteResolverQueryLogConfig DisassociateResolverQueryLogConfig",
        "DNS queries are no longer logged",
        LOGS,
    ),
    (
        "securityhub",
        "BatchDisableStandards DeleteMembers DisableImportFindingsForProduct \
         DisableOrganizationAdminAccount DisableSecurityHub \
         DisassociateFromAdministratorAccount DisassociateMembers",
        "Security Hub is disabled or changed",
        TOOLS,
    ),
    (
        "wafv2",
        "DeleteIPSet DeleteRuleGroup DeleteWebACL DisassociateWebACL",
        "a web firewall is taken away",
        TOOLS,
    ),
    ("wafv2", "DeleteLoggingConfiguration", "a web firewall no longer logs", LOGS),
];
