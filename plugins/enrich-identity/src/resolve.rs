//! From what a record says to who acted.

use crate::access_key::{self, KeyKind};
use crate::arn::{Arn, Principal};
use crate::identity::{Federation, Identity, Issuer, Key, Kind, OnBehalfOf};
use crate::principal_id::PrincipalId;
use crate::record::Record;
use crate::workload::Workload;

/// What the console calls itself where it acts for a user, so that no service is behind the call.
const SIGN_IN: &str = "signin.amazonaws.com";

/// The path of roles that only a service can assume (IAM user guide, "Service-linked roles").
const SERVICE_LINKED: &str = "/aws-service-role/";

/// The texts of a record, taken apart.
struct Parts<'a> {
    record: &'a Record<'a>,
    kind: Kind,
    arn: Option<Arn<'a>>,
    /// Whom the ARN names.
    principal: Option<Principal<'a>>,
    id: Option<PrincipalId<'a>>,
    issuer_arn: Option<Arn<'a>>,
    /// Whom the ARN of the issuer names.
    issuer: Option<Principal<'a>>,
}

/// Who acted.
pub(crate) fn resolve<'a>(record: &'a Record<'a>) -> Identity<'a> {
    let parts = Parts::of(record);
    let (name, session, account) = (parts.name(), parts.session(), parts.account());
    let mut identity = Identity {
        kind: parts.kind,
        name,
        principal: parts.principal_id(),
        path: parts.path(),
        session,
        source_identity: record.source_identity,
        on_behalf_of: OnBehalfOf {
            user: record.on_behalf_of.user,
            store: record.on_behalf_of.store,
        },
        federation: parts.federation(),
        workload: parts.workload(session),
        issuer: parts.issuer(),
        account,
        partition: parts.partition(),
        key: parts.key(),
        mfa: record.mfa,
        is_root: parts.is_root(),
        is_service: parts.is_service(),
        cross_account: is_cross(account, record.recipient_account),
        invoked_by: record.invoked_by,
        actor: None,
    };
    identity.actor = actor(&identity);
    identity
}

impl<'a> Parts<'a> {
    fn of(record: &'a Record<'a>) -> Self {
        let arn = record.arn.and_then(Arn::parse);
        let issuer_arn = record.issuer.arn.and_then(Arn::parse);
        let principal = arn.and_then(Arn::principal);
        let kind = record.kind.and_then(Kind::of_type);
        let mut parts = Parts {
            record,
            kind: kind.unwrap_or_else(|| kind_without_type(record, principal)),
            arn,
            principal,
            id: None,
            issuer_arn,
            issuer: issuer_arn.and_then(Arn::principal),
        };
        // The ids of identities from outside are made of whatever their provider calls them.
        if !matches!(parts.kind, Kind::WebIdentity | Kind::Saml) {
            parts.id = record.principal_id.and_then(PrincipalId::parse);
        }
        parts
    }

    /// The friendly name of the principal; of a role session that of the role.
    #[inline(never)]
    fn name(&self) -> Option<&'a str> {
        let user_name = self.record.user_name;
        match (self.kind, self.principal) {
            (Kind::Root, _) => Some("root"),
            (Kind::Service, _) => user_name.or(self.record.invoked_by),
            (Kind::RoleSession, Some(Principal::Session { role, .. })) => Some(role),
            (Kind::RoleSession, _) => self.issuer_name().or(user_name),
            (_, Some(Principal::User { name, .. } | Principal::Role { name, .. })) => {
                user_name.or(Some(name))
            }
            (_, Some(Principal::Federated { name })) => user_name.or(Some(name)),
            _ => user_name,
        }
    }

    fn principal_id(&self) -> Option<&'a str> {
        match self.id {
            Some(id) => Some(id.id),
            None => self.record.principal_id,
        }
    }

    /// The path of the user or role, unless that is `/`.
    fn path(&self) -> Option<&'a str> {
        let issuer = self.issuer.filter(|_| self.kind == Kind::RoleSession);
        match self.principal.and_then(path).or(issuer.and_then(path)) {
            Some("/") => None,
            path => path,
        }
    }

    #[inline(never)]
    fn session(&self) -> Option<&'a str> {
        match self.principal {
            Some(Principal::Session { session, .. }) => Some(session),
            Some(Principal::Federated { name }) => Some(name),
            // Users and the root user have no sessions with names.
            Some(_) => None,
            None => self.id.filter(|_| self.has_sessions())?.session,
        }
    }

    /// Whether the session may stand in the principal id, for want of an ARN.
    fn has_sessions(&self) -> bool {
        use Kind::{Account, Federated, RoleSession, Unknown};
        matches!(self.kind, Account | Federated | RoleSession | Unknown)
    }

    fn federation(&self) -> Federation<'a> {
        let is_outside = matches!(self.kind, Kind::WebIdentity | Kind::Saml);
        let user = self.record.user_name.filter(|_| is_outside);
        Federation { provider: self.record.provider, subject: self.record.subject.or(user) }
    }

    #[inline(never)]
    fn workload(&self, session: Option<&'a str>) -> Option<Workload<'a>> {
        let scope = &self.record.scope;
        if let Some(found) = Workload::in_scope(scope.arn, scope.kind) {
            return Some(found);
        }
        let session = session.filter(|_| self.kind == Kind::RoleSession)?;
        let of_agent = || self.record.is_function.then(|| Workload::function(session));
        Workload::of_session(session).or_else(of_agent)
    }

    #[inline(never)]
    fn issuer(&self) -> Issuer<'a> {
        let kind = match self.record.issuer.kind {
            Some("Role") => Some("role"),
            Some("IAMUser") => Some("user"),
            Some("Root") => Some("root"),
            _ => None,
        };
        Issuer { kind, name: self.issuer_name(), arn: self.record.issuer.arn }
    }

    fn issuer_name(&self) -> Option<&'a str> {
        let of_arn = match self.issuer {
            Some(Principal::Role { name, .. } | Principal::User { name, .. }) => Some(name),
            _ => None,
        };
        self.record.issuer.name.or(of_arn)
    }

    fn account(&self) -> Option<&'a str> {
        let of_arn = self.arn.or(self.issuer_arn).map(|arn| arn.account);
        let record = self.record.account.or(self.record.issuer.account);
        record.or(of_arn.filter(|account| !account.is_empty()))
    }

    fn partition(&self) -> Option<&'a str> {
        let arn = self.arn.or(self.issuer_arn);
        let store = || self.record.on_behalf_of.store.and_then(Arn::parse);
        arn.or_else(store).map(|arn| arn.partition)
    }

    fn key(&self) -> Option<Key> {
        let id = self.record.access_key?;
        Some(Key { kind: KeyKind::of(id)?, account: access_key::account(id) })
    }

    fn is_root(&self) -> bool {
        self.kind == Kind::Root || self.record.assumed_root
    }

    fn is_service(&self) -> bool {
        let invoked_by = self.record.invoked_by;
        let is_linked = self.issuer.and_then(path).is_some_and(|p| p.starts_with(SERVICE_LINKED));
        self.kind == Kind::Service || invoked_by.is_some_and(|name| name != SIGN_IN) || is_linked
    }
}

/// The kind of principal where the record has no word for it, or one that says nothing.
#[inline(never)]
fn kind_without_type(record: &Record<'_>, principal: Option<Principal<'_>>) -> Kind {
    match principal {
        Some(Principal::Root) => Kind::Root,
        Some(Principal::User { .. }) => Kind::User,
        Some(Principal::Role { .. }) => Kind::Role,
        Some(Principal::Session { .. }) => Kind::RoleSession,
        Some(Principal::Federated { .. }) => Kind::Federated,
        None if record.on_behalf_of.user.is_some() => Kind::IdentityCenter,
        // Events that a service makes on its own (`AwsServiceEvent`) say no more than who it was.
        None if record.invoked_by.is_some() && record.principal_id.is_none() => Kind::Service,
        None => Kind::Unknown,
    }
}

fn path(principal: Principal<'_>) -> Option<&str> {
    match principal {
        Principal::User { path, .. } | Principal::Role { path, .. } => Some(path),
        _ => None,
    }
}

/// Whether the account that acts is another than the one that the record was delivered to.
fn is_cross(account: Option<&str>, recipient: Option<&str>) -> Option<bool> {
    // What is masked or missing can not be compared.
    let is_id = |id: &&str| id.len() == 12 && id.bytes().all(|b| b.is_ascii_digit());
    Some(account.filter(is_id)? != recipient.filter(is_id)?)
}

/// The best name of who it was: the human or workload before the role, a name before an id.
#[inline(never)]
fn actor<'a>(identity: &Identity<'a>) -> Option<&'a str> {
    let Identity { name, session, principal, account, .. } = *identity;
    let (subject, user) = (identity.federation.subject, identity.on_behalf_of.user);
    match identity.kind {
        Kind::RoleSession => {
            let workload = identity.workload.and_then(|workload| workload.id);
            let actor = identity.source_identity.or(subject).or(workload);
            actor.or(session).or(user).or(name).or(principal)
        }
        Kind::WebIdentity | Kind::Saml => subject.or(principal),
        Kind::Federated => session.or(name).or(principal),
        Kind::Account => session.or(name).or(principal).or(account),
        Kind::IdentityCenter => name.or(user).or(principal),
        Kind::Service | Kind::Root => name,
        Kind::User | Kind::Role | Kind::Directory => name.or(principal),
        Kind::Unknown => session.or(name).or(user).or(principal).or(account),
    }
}
