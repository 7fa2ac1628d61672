//! The stage: finds the accounts of an event and puts what is known of them into it.

use crate::account_id::AccountId;
use crate::accounts::{Accounts, object, text, with_actor};
use crate::object::pick;
use std::borrow::Cow;
use trailmill_stage::event::json::Kind;
use trailmill_stage::event::{Event, Node, Path, Put, Segment};
use trailmill_stage::{Fault, FaultKind, Stage, Verdict};

/// The record has a member `enrichment` already, and that is no object to add to.
pub static ACCOUNT_IN_THE_WAY: FaultKind = FaultKind {
    name: "account-in-the-way",
    message: "there is a member `enrichment` already that is no object, so no account is added",
};

/// Adds what is known of the accounts of an event as `enrichment.account`.
#[derive(Debug)]
pub struct EnrichAccount {
    enrichment: Path,
    account: Path,
    accounts: Accounts,
    /// Whether accounts that are in no table are told as such.
    marks_unknown: bool,
}

/// What a record says about accounts.
struct Ids {
    recipient: Option<AccountId>,
    actor: Option<AccountId>,
    /// Whether there is something that what is known has to be added to.
    has_enrichment: bool,
}

impl EnrichAccount {
    pub(crate) fn new(accounts: Accounts, marks_unknown: bool) -> Self {
        let member = |name: &str| Segment::Member(name.to_owned());
        EnrichAccount {
            enrichment: Path::member("enrichment"),
            account: Path::new(vec![member("enrichment"), member("account")]),
            accounts,
            marks_unknown,
        }
    }

    /// What is said about an account: `{"account":{"id":...}}`.
    fn said(&self, id: Option<AccountId>) -> Option<Cow<'_, [u8]>> {
        let id = id?;
        match self.accounts.get(id) {
            Some(text) => Some(Cow::Borrowed(text)),
            None if self.marks_unknown => {
                Some(Cow::Owned(text(id, [("known", Some(&b"false"[..]))].into_iter())))
            }
            None => None,
        }
    }

    /// What is said about all accounts of an event.
    fn answer(&self, ids: &Ids) -> Option<Cow<'_, [u8]>> {
        let account = self.said(ids.recipient);
        match self.said(ids.actor.filter(|_| ids.actor != ids.recipient)) {
            None => account,
            Some(actor) => Some(Cow::Owned(with_actor(account.as_deref(), &actor))),
        }
    }
}

impl Ids {
    fn read(event: &Event<'_>) -> Self {
        let [recipient, identity, enrichment] = pick(event.root(), |key| {
            Some(match key {
                b"recipientAccountId" => 0,
                b"userIdentity" => 1,
                b"enrichment" => 2,
                _ => return None,
            })
        });
        let [actor] = match identity {
            Some(identity) => pick(identity, |key| (key == b"accountId").then_some(0)),
            None => [None],
        };
        Ids {
            recipient: recipient.and_then(id),
            actor: actor.and_then(id),
            has_enrichment: enrichment.is_some_and(|node| node.kind() != Kind::Null),
        }
    }
}

fn id(node: Node<'_>) -> Option<AccountId> {
    AccountId::read(node.as_string()?.decode().as_bytes())
}

impl Stage for EnrichAccount {
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        let ids = Ids::read(event);
        let Some(text) = self.answer(&ids) else { return Ok(Verdict::Keep) };
        // The outer object is set where there is none, for less work than to have it made.
        let (path, value) = match ids.has_enrichment {
            false => (&self.enrichment, &*text),
            true => (&self.account, object(&text)),
        };
        match event.set(path, Put::Json(value)) {
            Ok(()) => Ok(Verdict::Keep),
            Err(_) => Err(Fault::new(&ACCOUNT_IN_THE_WAY)),
        }
    }
}
