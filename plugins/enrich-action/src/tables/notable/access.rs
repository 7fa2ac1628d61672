//! Calls that decide who may do what: sign-in, principals, organization, keys, secrets.

use super::Group;
use crate::technique::{
    CLOUD_ACCOUNTS, CREDENTIALS, DESTRUCTION, HIERARCHY, MANIPULATION, MFA, NEW_ACCOUNT, ROLES,
    SECRET_STORES, TRUST,
};

/// The groups, in the order of services and names.
pub(crate) const GROUPS: &[Group] = &[
    (
        "account",
        "DeleteAlternateContact EnableRegion PutAlternateContact",
        "contacts or regions of the account are changed",
        None,
    ),
    ("acm-pca", "GetCertificate IssueCertificate", "a certificate is issued", None),
    (
        "iam",
        "AddClientIDToOpenIDConnectProvider CreateOpenIDConnectProvider CreateSAMLProvider \
         UpdateOpenIDConnectProviderThumbprint UpdateSAMLProvider",
        "an identity provider is trusted",
        TRUST,
    ),
    ("iam", "AddRoleToInstanceProfile", "instances get a role", None),
    (
        "iam",
        "AddUserToGroup AttachGroupPolicy AttachRolePolicy AttachUserPolicy \
         CreatePolicyVersion PutGroupPolicy PutRolePolicy PutUserPolicy \
         SetDefaultPolicyVersion",
        "permissions are granted",
        ROLES,
    ),
    ("iam", "ChangePassword", "a console password is changed", None),
    ("iam", "CreateAccessKey", "a long-term key is made", CREDENTIALS),
    ("iam", "CreateLoginProfile UpdateLoginProfile", "a console password is set", CREDENTIALS),
    (
        "iam",
        "CreatePolicy DeleteGroupPolicy DeletePolicy DeletePolicyVersion DeleteRolePolicy \
         DeleteUserPolicy DetachGroupPolicy DetachRolePolicy DetachUserPolicy",
        "a policy is changed",
        None,
    ),
    ("iam", "CreateRole", "a role is made", NEW_ACCOUNT),
    (
        "iam",
        "CreateServiceSpecificCredential ResetServiceSpecificCredential UploadSSHPublicKey \
         UploadSigningCertificate",
        "credentials of another kind are added",
        CREDENTIALS,
    ),
    ("iam", "CreateUser", "a user is made", NEW_ACCOUNT),
    (
        "iam",
        "CreateVirtualMFADevice EnableMFADevice ResyncMFADevice",
        "an MFA device is added",
        MFA,
    ),
    ("iam", "DeactivateMFADevice DeleteVirtualMFADevice", "MFA is taken from a user", MFA),
    (
        "iam",
        "DeleteAccessKey DeleteLoginProfile DeleteRole DeleteUser",
        "a principal or its credentials are deleted",
        None,
    ),
    (
        "iam",
        "DeleteAccountPasswordPolicy UpdateAccountPasswordPolicy",
        "the password policy is changed",
        None,
    ),
    (
        "iam",
        "DeleteRolePermissionsBoundary DeleteUserPermissionsBoundary \
         PutRolePermissionsBoundary PutUserPermissionsBoundary",
        "the bounds of permissions are changed",
        None,
    ),
    ("iam", "UpdateAccessKey", "a long-term key is enabled or disabled", None),
    ("iam", "UpdateAssumeRolePolicy", "who may take on a role is changed", MANIPULATION),
    ("kms", "CreateGrant PutKeyPolicy", "access to a key is changed", None),
    (
        "kms",
        "DeleteImportedKeyMaterial DisableKey ScheduleKeyDeletion",
        "a key is taken out of use",
        DESTRUCTION,
    ),
    ("kms", "DisableKeyRotation", "a key is no longer rotated", None),
    (
        "organizations",
        "AcceptHandshake CreateAccount InviteAccountToOrganization",
        "an account joins the organization",
        None,
    ),
    (
        "organizations",
        "AttachPolicy CreatePolicy DeletePolicy DetachPolicy DisablePolicyType UpdatePolicy",
        "a policy of the organization is changed",
        None,
    ),
    (
        "organizations",
        "CancelHandshake CreateOrganization CreateOrganizationalUnit DeclineHandshake \
         DeleteOrganization DeleteOrganizationalUnit EnableAllFeatures EnablePolicyType \
         UpdateOrganizationalUnit",
        "the organization is changed",
        None,
    ),
    (
        "organizations",
        "DeregisterDelegatedAdministrator DisableAWSServiceAccess EnableAWSServiceAccess \
         RegisterDelegatedAdministrator",
        "who administers the organization is changed",
        None,
    ),
    ("organizations", "LeaveOrganization", "an account leaves the organization", HIERARCHY),
    (
        "organizations",
        "MoveAccount RemoveAccountFromOrganization",
        "an account changes its place in the organization",
        HIERARCHY,
    ),
    (
        "ram",
        "AssociateResourceShare CreateResourceShare",
        "resources are shared with other accounts",
        None,
    ),
    (
        "rolesanywhere",
        "CreateProfile CreateTrustAnchor UpdateProfile UpdateTrustAnchor",
        "certificates from outside are trusted",
        CREDENTIALS,
    ),
    ("secretsmanager", "BatchGetSecretValue GetSecretValue", "a secret is read", SECRET_STORES),
    (
        "secretsmanager",
        "DeleteResourcePolicy PutResourcePolicy",
        "access to a secret is changed",
        None,
    ),
    ("secretsmanager", "DeleteSecret", "a secret is deleted", None),
    ("signin", "ConsoleLogin", "someone signs in to the console", CLOUD_ACCOUNTS),
    ("signin", "GetSigninToken", "credentials are turned into a console session", None),
    (
        "signin",
        "PasswordRecoveryCompleted PasswordRecoveryRequested",
        "the password of the root user is to be reset",
        CLOUD_ACCOUNTS,
    ),
    ("signin", "SwitchRole", "someone takes on a role in the console", None),
    (
        "sso",
        "AssociateDirectory DisassociateDirectory StartSSO UpdateSsoConfiguration",
        "how IAM Identity Center signs users in is changed",
        None,
    ),
    (
        "sso",
        "AttachManagedPolicyToPermissionSet CreateAccountAssignment CreatePermissionSet \
         PutInlinePolicyToPermissionSet",
        "access through IAM Identity Center is granted",
        ROLES,
    ),
    ("sso-directory", "AddMemberToGroup", "a user of IAM Identity Center joins a group", ROLES),
    ("sso-directory", "CreateUser", "a user of IAM Identity Center is made", NEW_ACCOUNT),
    ("sso-directory", "UpdatePassword", "a password of IAM Identity Center is set", None),
    ("sts", "GetFederationToken", "credentials are made that outlive the key they come from", None),
];
