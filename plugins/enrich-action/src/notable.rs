//! Finds the calls that the guides name.

use crate::index::Index;
use crate::tables::notable::TABLES;
use crate::technique::Technique;

/// The notable calls by name; made once.
#[derive(Debug)]
pub(crate) struct Notable {
    calls: Index<Call>,
}

/// Why a call is notable.
#[derive(Debug)]
struct Call {
    service: &'static str,
    reason: &'static str,
    technique: Option<Technique>,
}

impl Notable {
    pub(crate) fn new() -> Self {
        let groups = TABLES.iter().copied().flatten();
        let rows = groups.flat_map(|&(service, names, reason, technique)| {
            let call = move || Call { service, reason, technique };
            names.split(' ').map(move |name| (name, call()))
        });
        Notable { calls: Index::new(rows) }
    }

    /// The reason why a call is notable, if it is, and the technique that it is known for; its
    /// name is without its version.
    #[inline]
    pub(crate) fn of(&self, service: &str, name: &str) -> Option<(&str, Option<Technique>)> {
        let call = self.calls.get(name).find(|call| call.service == service)?;
        Some((call.reason, call.technique))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::category::Categories;
    use std::collections::BTreeSet;

    #[test]
    fn rows_are_in_order_and_unique() {
        let (categories, mut seen) = (Categories::new(), BTreeSet::new());
        for table in TABLES {
            assert!(table.is_sorted_by_key(|group| (group.0, group.1)));
            for &(service, names, reason, _) in table {
                assert!(names.split(' ').is_sorted_by(|a, b| a < b), "{names}");
                assert!(names.split(' ').all(|name| !name.is_empty()), "{names}");
                assert!(categories.of(service, "").is_some(), "{service}");
                assert!(names.split(' ').all(|name| seen.insert((service, name))), "{names}");
                assert!(!reason.ends_with('.') && !reason.contains(['"', '\\']), "{reason}");
            }
        }
    }

    /// The metric filters of sections 4.5 to 4.15 of the CIS AWS Foundations Benchmark 1.4.0.
    #[test]
    fn calls_of_the_benchmark_are_there() {
        let filters = [
            ("cloudtrail", "CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging"),
            ("iam", "DeleteGroupPolicy DeleteRolePolicy DeleteUserPolicy PutGroupPolicy"),
            ("iam", "PutRolePolicy PutUserPolicy CreatePolicy DeletePolicy CreatePolicyVersion"),
            ("iam", "DeletePolicyVersion AttachRolePolicy DetachRolePolicy AttachUserPolicy"),
            ("iam", "DetachUserPolicy AttachGroupPolicy DetachGroupPolicy"),
            ("signin", "ConsoleLogin"),
            ("kms", "DisableKey ScheduleKeyDeletion"),
            ("s3", "PutBucketAcl PutBucketPolicy PutBucketCors PutBucketLifecycle"),
            ("s3", "PutBucketReplication DeleteBucketPolicy DeleteBucketCors"),
            ("s3", "DeleteBucketLifecycle DeleteBucketReplication"),
            ("config", "StopConfigurationRecorder DeleteDeliveryChannel PutDeliveryChannel"),
            ("config", "PutConfigurationRecorder"),
            ("ec2", "AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress"),
            ("ec2", "RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateSecurityGroup"),
            ("ec2", "DeleteSecurityGroup CreateNetworkAcl CreateNetworkAclEntry"),
            ("ec2", "DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry"),
            ("ec2", "ReplaceNetworkAclAssociation CreateCustomerGateway DeleteCustomerGateway"),
            ("ec2", "AttachInternetGateway CreateInternetGateway DeleteInternetGateway"),
            ("ec2", "DetachInternetGateway CreateRoute CreateRouteTable ReplaceRoute"),
            ("ec2", "ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute"),
            ("ec2", "DisassociateRouteTable CreateVpc DeleteVpc ModifyVpcAttribute"),
            ("ec2", "AcceptVpcPeeringConnection CreateVpcPeeringConnection"),
            ("ec2", "DeleteVpcPeeringConnection RejectVpcPeeringConnection AttachClassicLinkVpc"),
            ("ec2", "DetachClassicLinkVpc DisableVpcClassicLink EnableVpcClassicLink"),
            ("organizations", "AcceptHandshake AttachPolicy CreateAccount"),
            ("organizations", "CreateOrganizationalUnit CreatePolicy DeclineHandshake"),
            ("organizations", "DeleteOrganization DeleteOrganizationalUnit DeletePolicy"),
            ("organizations", "DetachPolicy DisablePolicyType EnablePolicyType"),
            ("organizations", "InviteAccountToOrganization LeaveOrganization MoveAccount"),
            ("organizations", "RemoveAccountFromOrganization UpdatePolicy"),
            ("organizations", "UpdateOrganizationalUnit"),
        ];
        let notable = Notable::new();
        for (service, names) in filters {
            for name in names.split(' ') {
                assert!(notable.of(service, name).is_some(), "{service} {name}");
            }
        }
        assert!(notable.of("iam", "StopLogging").is_none());
        assert!(notable.of("nosuch", "StopLogging").is_none());
    }
}
