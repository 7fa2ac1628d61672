//! Who acted, in the words of the vocabulary.

use crate::access_key::KeyKind;
use crate::workload::Workload;

/// What kind of principal acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    User,
    RoleSession,
    Role,
    Root,
    Federated,
    Service,
    Account,
    IdentityCenter,
    WebIdentity,
    Saml,
    Directory,
    Unknown,
}

impl Kind {
    /// The kind that `userIdentity.type` names.
    pub(crate) fn of_type(name: &str) -> Option<Self> {
        Some(match name {
            "IAMUser" => Kind::User,
            "AssumedRole" => Kind::RoleSession,
            "Role" => Kind::Role,
            "Root" => Kind::Root,
            "FederatedUser" => Kind::Federated,
            "AWSService" => Kind::Service,
            "AWSAccount" => Kind::Account,
            "IdentityCenterUser" => Kind::IdentityCenter,
            "WebIdentityUser" => Kind::WebIdentity,
            "SAMLUser" => Kind::Saml,
            "Directory" => Kind::Directory,
            _ => return None,
        })
    }

    /// Its word.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::User => "user",
            Kind::RoleSession => "role-session",
            Kind::Role => "role",
            Kind::Root => "root",
            Kind::Federated => "federated",
            Kind::Service => "service",
            Kind::Account => "account",
            Kind::IdentityCenter => "identity-center",
            Kind::WebIdentity => "web-identity",
            Kind::Saml => "saml",
            Kind::Directory => "directory",
            Kind::Unknown => "unknown",
        }
    }
}

/// Who acted. What is not known is `None`, and no text is empty.
#[derive(Debug)]
pub(crate) struct Identity<'a> {
    pub(crate) kind: Kind,
    pub(crate) name: Option<&'a str>,
    pub(crate) principal: Option<&'a str>,
    pub(crate) path: Option<&'a str>,
    pub(crate) session: Option<&'a str>,
    pub(crate) source_identity: Option<&'a str>,
    pub(crate) on_behalf_of: OnBehalfOf<'a>,
    pub(crate) federation: Federation<'a>,
    pub(crate) workload: Option<Workload<'a>>,
    pub(crate) issuer: Issuer<'a>,
    pub(crate) account: Option<&'a str>,
    pub(crate) partition: Option<&'a str>,
    pub(crate) key: Option<Key>,
    pub(crate) mfa: Option<bool>,
    pub(crate) is_root: bool,
    pub(crate) is_service: bool,
    pub(crate) cross_account: Option<bool>,
    pub(crate) invoked_by: Option<&'a str>,
    pub(crate) actor: Option<&'a str>,
}

/// The user of IAM Identity Center for whom it was.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OnBehalfOf<'a> {
    pub(crate) user: Option<&'a str>,
    pub(crate) store: Option<&'a str>,
}

/// Whoever vouched for an identity from outside, and for whom.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Federation<'a> {
    pub(crate) provider: Option<&'a str>,
    pub(crate) subject: Option<&'a str>,
}

/// What the temporary credentials came from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Issuer<'a> {
    pub(crate) kind: Option<&'static str>,
    pub(crate) name: Option<&'a str>,
    pub(crate) arn: Option<&'a str>,
}

/// The access key that signed the request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    pub(crate) kind: KeyKind,
    pub(crate) account: Option<[u8; 12]>,
}
