//! The members of a record that say who acted, as they stand there.
//!
//! Names and meanings are those of the page "CloudTrail userIdentity element" of the CloudTrail
//! user guide.

use std::borrow::Cow;
use trailmill_stage::event::json::Kind;
use trailmill_stage::event::{Event, Node};

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

impl<'e> Record<'e> {
    /// Reads a record; `None` if there is no identity in it, or an empty one.
    pub(crate) fn read(event: &'e Event<'_>) -> Option<Self> {
        let members: [_; 4] = event.root().pick(|key| {
            Some(match key {
                b"userIdentity" => 0,
                b"recipientAccountId" => 1,
                b"userAgent" => 2,
                b"additionalEventData" => 3,
                _ => return None,
            })
        });
        let [identity, recipient_account, user_agent, additional] = members;
        let identity = identity.filter(|node| node.kind() == Kind::Object)?;
        identity.members().next()?;
        let mut record = Record { user_agent, ..Record::default() };
        record.read_identity(identity);
        record.recipient_account = text(recipient_account);
        // A sign-in has no session yet, and says here whether MFA was used.
        if let (None, Some(additional)) = (record.mfa, additional) {
            record.mfa = additional.get("MFAUsed").and_then(Node::truth);
        }
        Some(record)
    }

    fn read_identity(&mut self, identity: Node<'e>) {
        let members: [_; 11] = identity.pick(|key| {
            Some(match key {
                b"type" => 0,
                b"userName" => 1,
                b"principalId" => 2,
                b"arn" => 3,
                b"accountId" => 4,
                b"accessKeyId" => 5,
                b"invokedBy" => 6,
                b"identityProvider" => 7,
                b"sessionContext" => 8,
                b"onBehalfOf" => 9,
                b"inScopeOf" => 10,
                _ => return None,
            })
        });
        let [texts @ .., session, on_behalf_of, scope] = members;
        let [kind, user_name, principal_id, arn, account, access_key, invoked_by, provider] =
            texts.map(text);
        *self = Record {
            kind,
            user_name,
            principal_id,
            arn,
            account,
            access_key,
            invoked_by,
            provider,
            user_agent: self.user_agent,
            on_behalf_of: on_behalf_of.map(OnBehalfOf::read).unwrap_or_default(),
            scope: scope.map(Scope::read).unwrap_or_default(),
            ..Record::default()
        };
        if let Some(session) = session {
            self.read_session(session);
        }
    }

    fn read_session(&mut self, session: Node<'e>) {
        let [issuer, federation, attributes, source_identity, assumed_root] = session.pick(|key| {
            Some(match key {
                b"sessionIssuer" => 0,
                b"webIdFederationData" => 1,
                b"attributes" => 2,
                b"sourceIdentity" => 3,
                b"assumedRoot" => 4,
                _ => return None,
            })
        });
        self.issuer = issuer.map(Issuer::read).unwrap_or_default();
        self.mfa = attributes.and_then(|node| node.get("mfaAuthenticated")?.truth());
        self.source_identity = text(source_identity);
        self.assumed_root = assumed_root.and_then(Node::truth).unwrap_or(false);
        if let Some(federation) = federation {
            self.read_federation(federation);
        }
    }

    fn read_federation(&mut self, federation: Node<'e>) {
        let [provider, attributes] = federation.pick(|key| match key {
            b"federatedProvider" => Some(0),
            b"attributes" => Some(1),
            _ => None,
        });
        self.provider = text(provider).or(self.provider.take());
        let [subject] = match attributes {
            Some(attributes) => attributes.pick(|key| is_subject(key).then_some(0)),
            None => [None],
        };
        self.subject = text(subject);
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

impl<'e> Issuer<'e> {
    fn read(node: Node<'e>) -> Self {
        let [kind, name, arn, account] = node
            .pick(|key| {
                Some(match key {
                    b"type" => 0,
                    b"userName" => 1,
                    b"arn" => 2,
                    b"accountId" => 3,
                    _ => return None,
                })
            })
            .map(text);
        Issuer { kind, name, arn, account }
    }
}

impl<'e> OnBehalfOf<'e> {
    fn read(node: Node<'e>) -> Self {
        let [user, store] = node
            .pick(|key| match key {
                b"userId" => Some(0),
                b"identityStoreArn" => Some(1),
                _ => None,
            })
            .map(text);
        OnBehalfOf { user, store }
    }
}

impl<'e> Scope<'e> {
    fn read(node: Node<'e>) -> Self {
        let [arn, kind] = node
            .pick(|key| match key {
                b"sourceArn" => Some(0),
                b"issuerType" => Some(1),
                _ => None,
            })
            .map(text);
        Scope { arn, kind }
    }
}

/// A text that says something: a string that is not empty and no mask of AWS.
#[inline]
fn text(node: Option<Node<'_>>) -> Text<'_> {
    node?.text().filter(|text| text != HIDDEN)
}

/// What CloudTrail writes in place of a user name that may be a password.
const HIDDEN: &str = "HIDDEN_DUE_TO_SECURITY_REASONS";
