//! Marks of attacks and of audits.

use crate::kind::Kind;
use crate::products::{Fit, Role, Row};

/// Words by which tools for attacks and audits give themselves away.
///
/// Whoever wants to hide leaves them out; that there is none says nothing.
pub(crate) const MARKS: &[Row] = &[
    // Simulates attacks, each under an id of its own: `stratus-red-team_<UUID>`. Seen in real
    // records; `StratusUserAgentPrefix` in its source (github.com/DataDog/stratus-red-team). What
    // Grimoire calls `StratusRedTeamUserAgentPrefix` has the same value.
    offensive("stratus-red-team", "Stratus Red Team"),
    // Runs attacks to collect what CloudTrail records of them: `grimoire_<UUID>`, from a shell as
    // the execution environment, `AWS_EXECUTION_ENV`. Seen in real records
    // (github.com/DataDog/grimoire).
    offensive("grimoire", "Grimoire"),
    // Calls GetCallerIdentity with keys that it has found ("TruffleHog user agent observed in
    // AWS", Datadog security rules; "AWS Suspicious User Agent Fingerprint", Elastic).
    offensive("TruffleHog", "TruffleHog"),
    // An exploitation framework. It takes up common user agents where its own system would show
    // (github.com/RhinoSecurityLabs/pacu), so that this finds only those who name it.
    offensive("pacu", "Pacu"),
    // The id that Prowler has as a partner of AWS, unless its environment says something else
    // (`BOTO3_USER_AGENT_EXTRA` in its source, github.com/prowler-cloud/prowler); and its name, for
    // those who set that.
    audit("APN_1826889", "Prowler"),
    audit("prowler", "Prowler"),
    // Set as `user_agent_name` and `user_agent_extra` of its sessions
    // (github.com/nccgroup/ScoutSuite); botocore turns the space of a name into a dash.
    audit("Scout Suite", "Scout Suite"),
    audit("Scout-Suite", "Scout Suite"),
    // The first is seen in real records; today it writes `c7n/0.9.40` and `c7n/policy#` with the
    // name of a policy (github.com/cloud-custodian/cloud-custodian).
    audit("CloudCustodian", "Cloud Custodian"),
    audit("c7n", "Cloud Custodian"),
];

const fn offensive(key: &'static str, name: &'static str) -> Row {
    Row { key, fit: Fit::Loose, role: Role::Mark(Kind::Offensive), name }
}

const fn audit(key: &'static str, name: &'static str) -> Row {
    Row { key, fit: Fit::Loose, role: Role::Mark(Kind::Audit), name }
}

/// Systems made for penetration tests, by a word in the version of a kernel
/// (`6.5.0-kali3-amd64`, `6.1.0-1parrot1-amd64`) or in the name of a distribution
/// (`md/distrib#kali.2024`).
///
/// These are the ones that Amazon GuardDuty looks for ("GuardDuty IAM finding types":
/// PenTest:IAMUser/KaliLinux, ParrotLinux and PentooLinux), and BlackArch.
pub(crate) const SYSTEMS: &[(&str, &str)] = &[
    ("kali", "Kali Linux"),
    ("parrot", "Parrot Security Linux"),
    ("pentoo", "Pentoo Linux"),
    ("blackarch", "BlackArch Linux"),
];
