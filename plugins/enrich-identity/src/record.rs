//! The members of a record that say who acted, as they stand there.
//!
//! Names and meanings are those of the page "CloudTrail userIdentity element" of the CloudTrail
//! user guide.

use std::borrow::Cow;
use trailmill_stage::event::json::Kind;
use trailmill_stage::event::{Event, Member, Names, Node};

type Text<'e> = Option<Cow<'e, str>>;

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
    pub(crate) user_agent: Option<Node<'e>>,
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
        }
    }
}

impl<'e> Record<'e> {
    /// Reads a record; `None` if there is no identity in it, or an empty one.
    pub(crate) fn read(event: &'e Event<'_>, wanted: &Wanted) -> Option<Self> {
        let [identity, recipient_account, user_agent, additional] =
            event.root().pick(&wanted.record);
        let identity = identity.filter(|node| node.kind() == Kind::Object)?;
        identity.members().next()?;
        let mut record = Record { user_agent, ..Record::default() };
        record.read_identity(identity, wanted);
        record.recipient_account = text(recipient_account);
        // A sign-in has no session yet, and says here whether MFA was used.
        if let (None, Some(additional)) = (record.mfa, additional) {
            record.mfa = additional.get("MFAUsed").and_then(Node::truth);
        }
        Some(record)
    }

    #[inline(never)]
    fn read_identity(&mut self, identity: Node<'e>, wanted: &Wanted) {
        let members: [_; 11] = identity.pick(&wanted.identity);
        let [texts @ .., session, on_behalf_of, scope] = members;
        let [kind, user_name, principal_id, arn, account, access_key, invoked_by, provider] = texts;
        self.kind = text(kind);
        self.user_name = text(user_name);
        self.principal_id = text(principal_id);
        self.arn = text(arn);
        self.account = text(account);
        self.access_key = text(access_key);
        self.invoked_by = text(invoked_by);
        self.provider = text(provider);
        if let Some(on_behalf_of) = on_behalf_of {
            let [user, store] = on_behalf_of.pick(&wanted.on_behalf_of).map(text);
            self.on_behalf_of = OnBehalfOf { user, store };
        }
        if let Some(scope) = scope {
            let [arn, kind] = scope.pick(&wanted.scope).map(text);
            self.scope = Scope { arn, kind };
        }
        if let Some(session) = session {
            self.read_session(session, wanted);
        }
    }

    #[inline(never)]
    fn read_session(&mut self, session: Node<'e>, wanted: &Wanted) {
        let [issuer, federation, attributes, source_identity, assumed_root] =
            session.pick(&wanted.session);
        if let Some(issuer) = issuer {
            let [kind, name, arn, account] = issuer.pick(&wanted.issuer).map(text);
            self.issuer = Issuer { kind, name, arn, account };
        }
        self.mfa = attributes.and_then(|node| node.get("mfaAuthenticated")?.truth());
        self.source_identity = text(source_identity);
        self.assumed_root = assumed_root.and_then(Node::truth).unwrap_or(false);
        if let Some(federation) = federation {
            let [provider, attributes] = federation.pick(&wanted.federation);
            self.provider = text(provider).or(self.provider.take());
            let members = attributes.into_iter().flat_map(Node::members);
            let subject = members.filter(|member| is_subject(member.key().decode().as_bytes()));
            self.subject = text(subject.last().map(Member::value));
        }
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

/// A text that says something: a string that is not empty and no mask of AWS.
#[inline(never)]
fn text(node: Option<Node<'_>>) -> Text<'_> {
    node?.text().filter(|text| text != HIDDEN)
}

/// What CloudTrail writes in place of a user name that may be a password.
const HIDDEN: &str = "HIDDEN_DUE_TO_SECURITY_REASONS";
