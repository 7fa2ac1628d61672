//! Techniques of MITRE ATT&CK that calls are known for.

/// A technique of MITRE ATT&CK.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Technique {
    /// Its id, for good: `T1098.001`.
    pub(crate) id: &'static str,
    /// Its name in version 17.1.
    pub(crate) name: &'static str,
}

const fn technique(id: &'static str, name: &'static str) -> Option<Technique> {
    Some(Technique { id, name })
}

// Ids and names of MITRE ATT&CK for Enterprise, version 17.1 (attack.mitre.org); those of version
// 18.1 are the same. Version 19 gives other ids to some of them: there, `Disable or Modify Tools`
// is T1685.

pub(crate) const CLOUD_ACCOUNTS: Option<Technique> = technique("T1078.004", "Cloud Accounts");
pub(crate) const MANIPULATION: Option<Technique> = technique("T1098", "Account Manipulation");
pub(crate) const CREDENTIALS: Option<Technique> =
    technique("T1098.001", "Additional Cloud Credentials");
pub(crate) const ROLES: Option<Technique> = technique("T1098.003", "Additional Cloud Roles");
pub(crate) const NEW_ACCOUNT: Option<Technique> = technique("T1136.003", "Cloud Account");
pub(crate) const CLOUD_VM: Option<Technique> =
    technique("T1021.008", "Direct Cloud VM Connections");
pub(crate) const TRUST: Option<Technique> = technique("T1484.002", "Trust Modification");
pub(crate) const DESTRUCTION: Option<Technique> = technique("T1485", "Data Destruction");
pub(crate) const LIFECYCLE: Option<Technique> =
    technique("T1485.001", "Lifecycle-Triggered Deletion");
pub(crate) const RECOVERY: Option<Technique> = technique("T1490", "Inhibit System Recovery");
pub(crate) const TRANSFER: Option<Technique> = technique("T1537", "Transfer Data to Cloud Account");
pub(crate) const SECRET_STORES: Option<Technique> =
    technique("T1555.006", "Cloud Secrets Management Stores");
pub(crate) const MFA: Option<Technique> = technique("T1556.006", "Multi-Factor Authentication");
pub(crate) const TOOLS: Option<Technique> = technique("T1562.001", "Disable or Modify Tools");
pub(crate) const FIREWALL: Option<Technique> =
    technique("T1562.007", "Disable or Modify Cloud Firewall");
pub(crate) const LOGS: Option<Technique> = technique("T1562.008", "Disable or Modify Cloud Logs");
pub(crate) const SNAPSHOT: Option<Technique> = technique("T1578.001", "Create Snapshot");
pub(crate) const INSTANCE: Option<Technique> = technique("T1578.002", "Create Cloud Instance");
pub(crate) const NO_INSTANCE: Option<Technique> = technique("T1578.003", "Delete Cloud Instance");
pub(crate) const COMMAND: Option<Technique> = technique("T1651", "Cloud Administration Command");
pub(crate) const HIERARCHY: Option<Technique> =
    technique("T1666", "Modify Cloud Resource Hierarchy");
