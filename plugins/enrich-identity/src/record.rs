//! The members of a record that say who acted, as they stand there.
//!
//! Names and meanings are those of the page "CloudTrail userIdentity element" of the CloudTrail
//! user guide.

use crate::decoded::Decoded;
use crate::workload::Functions;
use trailmill_stage::event::json::Kind;
use trailmill_stage::event::{Basis, Event, Member, Names, Node};

type Text<'e> = Option<&'e str>;

/// What a record says about who acted.
#[derive(Debug, Default)]
pub(crate) struct Record<'e> {
    pub(crate) kind: Text<'e>,
    pub(crate) user_name: Text<'e>,
    pub(crate) principal_id: Text<'e>,
    pub(crate) arn: Text<'e>,
    pub(crate) account: Text<'e>,
    pub(crate) access_key: Text<'e>,
    pub(crate) invoked_by: Text<'e>,
    pub(crate) provider: Text<'e>,
    /// The subject in the token of a web identity.
    pub(crate) subject: Text<'e>,
    pub(crate) source_identity: Text<'e>,
    pub(crate) assumed_root: bool,
    pub(crate) mfa: Option<bool>,
    pub(crate) issuer: Issuer<'e>,
    pub(crate) on_behalf_of: OnBehalfOf<'e>,
    pub(crate) scope: Scope<'e>,
    pub(crate) recipient_account: Text<'e>,
    /// Whether the user agent tells that it runs in a function.
    pub(crate) is_function: bool,
}

/// `sessionIssuer`: who or what the temporary credentials came from.
#[derive(Debug, Default)]
pub(crate) struct Issuer<'e> {
    pub(crate) kind: Text<'e>,
    pub(crate) name: Text<'e>,
    pub(crate) arn: Text<'e>,
    pub(crate) account: Text<'e>,
}

/// `onBehalfOf`: a user of IAM Identity Center.
#[derive(Debug, Default)]
pub(crate) struct OnBehalfOf<'e> {
    pub(crate) user: Text<'e>,
    pub(crate) store: Text<'e>,
}

/// `inScopeOf`: the resource, such as a Lambda function, that made the request.
#[derive(Debug, Default)]
pub(crate) struct Scope<'e> {
    pub(crate) arn: Text<'e>,
    pub(crate) kind: Text<'e>,
}

/// The names of the members that matter, object by object.
#[derive(Debug)]
pub(crate) struct Wanted {
    record: Names,
    identity: Names,
    session: Names,
    federation: Names,
    issuer: Names,
    on_behalf_of: Names,
    scope: Names,
    functions: Functions,
}

impl Wanted {
    pub(crate) fn new() -> Self {
        let texts = ["type", "userName", "principalId", "arn", "accountId", "accessKeyId"];
        let more = ["invokedBy", "identityProvider", "sessionContext", "onBehalfOf", "inScopeOf"];
        let session = ["sessionIssuer", "webIdFederationData", "attributes", "sourceIdentity"];
        Wanted {
            record: Names::new([
                "userIdentity",
                "recipientAccountId",
                "userAgent",
                "additionalEventData",
            ]),
            identity: Names::new(texts.into_iter().chain(more)),
            session: Names::new(session.into_iter().chain(["assumedRoot"])),
            federation: Names::new(["federatedProvider", "attributes"]),
            issuer: Names::new(["type", "userName", "arn", "accountId"]),
            on_behalf_of: Names::new(["userId", "identityStoreArn"]),
            scope: Names::new(["sourceArn", "issuerType"]),
            functions: Functions::new(),
        }
    }
}

/// Where a record says who acted.
struct Sources<'e> {
    identity: Option<Node<'e>>,
    recipient_account: Option<Node<'e>>,
    /// Nothing else matters of the user agent.
    is_function: bool,
    /// A sign-in has no session yet, and says so whether MFA was used.
    mfa_used: Option<Node<'e>>,
}

impl<'e> Sources<'e> {
    #[inline(always)]
    fn of(event: &'e Event<'_>, wanted: &Wanted) -> Self {
        let [identity, recipient_account, user_agent, additional] =
            event.root().pick(&wanted.record);
        let mfa_used = additional.and_then(|additional| additional.get("MFAUsed"));
        let agent = user_agent.and_then(Node::as_string);
        let is_function = agent.is_some_and(|agent| wanted.functions.has(agent.raw()));
        Sources { identity, recipient_account, is_function, mfa_used }
    }
}

impl Wanted {
    /// Tells all that an identity follows from.
    pub(crate) fn tell(&self, event: &Event<'_>, basis: &mut Basis<'_>) {
        let sources = Sources::of(event, self);
        basis.value(sources.identity);
        basis.value(sources.recipient_account);
        basis.flag(sources.is_function);
        basis.value(sources.mfa_used);
    }
}

/// Reads a record.
pub(crate) struct Reader<'e, 'w> {
    wanted: &'w Wanted,
    decoded: &'e Decoded,
}

impl<'e, 'w> Reader<'e, 'w> {
    /// A reader that keeps what it has to decode in `decoded`.
    pub(crate) fn new(wanted: &'w Wanted, decoded: &'e Decoded) -> Self {
        Reader { wanted, decoded }
    }

    /// Reads a record; says whether there is an identity in it that is not empty.
    #[inline(always)]
    pub(crate) fn read(&self, event: &'e Event<'_>, record: &mut Record<'e>) -> bool {
        let sources = Sources::of(event, self.wanted);
        let Some(identity) = sources.identity.filter(|node| node.kind() == Kind::Object) else {
            return false;
        };
        record.is_function = sources.is_function;
        if !self.read_identity(identity, record) && identity.members().next().is_none() {
            return false;
        }
        record.recipient_account = self.text(sources.recipient_account);
        record.mfa = record.mfa.or_else(|| sources.mfa_used?.truth());
        true
    }

    /// Reads the identity; says whether there is anything in it that matters.
    #[inline(never)]
    fn read_identity(&self, identity: Node<'e>, record: &mut Record<'e>) -> bool {
        let members: [_; 11] = identity.pick(&self.wanted.identity);
        let any = members.iter().any(Option::is_some);
        let [texts @ .., session, on_behalf_of, scope] = members;
        let [kind, user_name, principal_id, arn, account, access_key, invoked_by, provider] = texts;
        record.kind = self.text(kind);
        record.user_name = self.text(user_name);
        record.principal_id = self.text(principal_id);
        record.arn = self.text(arn);
        record.account = self.text(account);
        record.access_key = self.text(access_key);
        record.invoked_by = self.text(invoked_by);
        record.provider = self.text(provider);
        if let Some(on_behalf_of) = on_behalf_of {
            let [user, store] = on_behalf_of.pick(&self.wanted.on_behalf_of);
            record.on_behalf_of = OnBehalfOf { user: self.text(user), store: self.text(store) };
        }
        if let Some(scope) = scope {
            let [arn, kind] = scope.pick(&self.wanted.scope);
            record.scope = Scope { arn: self.text(arn), kind: self.text(kind) };
        }
        if let Some(session) = session {
            self.read_session(session, record);
        }
        any
    }

    #[inline(never)]
    fn read_session(&self, session: Node<'e>, record: &mut Record<'e>) {
        let [issuer, federation, attributes, source_identity, assumed_root] =
            session.pick(&self.wanted.session);
        if let Some(issuer) = issuer {
            let texts = issuer.pick(&self.wanted.issuer);
            let [kind, name, arn, account] = texts.map(|node| self.text(node));
            record.issuer = Issuer { kind, name, arn, account };
        }
        record.mfa = attributes.and_then(|node| node.get("mfaAuthenticated")?.truth());
        record.source_identity = self.text(source_identity);
        record.assumed_root = assumed_root.and_then(Node::truth).unwrap_or(false);
        if let Some(federation) = federation {
            let [provider, attributes] = federation.pick(&self.wanted.federation);
            record.provider = self.text(provider).or(record.provider);
            let members = attributes.into_iter().flat_map(Node::members);
            let subject = members.filter(|member| is_subject(member.key().decode().as_bytes()));
            record.subject = self.text(subject.last().map(Member::value));
        }
    }

    /// A text that says something: a string that is not empty and no mask of AWS.
    #[inline(never)]
    fn text(&self, node: Option<Node<'e>>) -> Text<'e> {
        let text = self.decoded.text(node?.as_string()?);
        (!text.is_empty() && text != HIDDEN).then_some(text)
    }
}

/// Whether an attribute of a web identity is its subject: `sub`, alone or behind the name of the
/// provider, and what Login with Amazon and Facebook call it.
///
/// The keys are those of the IAM user guide, "IAM and AWS STS condition context keys", for AWS
/// OIDC federation.
fn is_subject(key: &[u8]) -> bool {
    key == b"sub" || [&b":sub"[..], b":user_id", b":id"].iter().any(|end| key.ends_with(end))
}

/// What CloudTrail writes in place of a user name that may be a password.
const HIDDEN: &str = "HIDDEN_DUE_TO_SECURITY_REASONS";
