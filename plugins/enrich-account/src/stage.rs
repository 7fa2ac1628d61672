//! The stage: finds the accounts of an event and puts what is known of them into it.

use crate::account_id::AccountId;
use crate::accounts::{Accounts, text};
use std::borrow::Cow;
use trailmill_stage::event::{Event, Names, Node, Path};
use trailmill_stage::{Fault, FaultKind, Stage, Verdict};

/// The record has a member `enrichment` already, and that is no object to add to.
pub static ACCOUNT_IN_THE_WAY: FaultKind = FaultKind {
    name: "account-in-the-way",
    message: "there is a member `enrichment` already that is no object, so no account is added",
};

/// Adds what is known of the accounts of an event as `enrichment.account`.
#[derive(Debug)]
pub struct EnrichAccount {
    account: Path,
    /// The members of a record that matter.
    wanted: Names,
    accounts: Accounts,
    /// Whether accounts that are in no table are told as such.
    marks_unknown: bool,
}

/// What a record says about accounts.
struct Ids {
    recipient: Option<AccountId>,
    actor: Option<AccountId>,
}

impl EnrichAccount {
    pub(crate) fn new(accounts: Accounts, marks_unknown: bool) -> Self {
        EnrichAccount {
            account: Path::members(["enrichment", "account"]),
            wanted: Names::new(["recipientAccountId", "userIdentity"]),
            accounts,
            marks_unknown,
        }
    }

    /// What is said about an account: `{"id":...}`.
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

    /// Appends what is said about all accounts of an event; nothing if none is known.
    fn write(&self, ids: &Ids, out: &mut Vec<u8>) {
        let account = self.said(ids.recipient);
        let actor = self.said(ids.actor.filter(|_| ids.actor != ids.recipient));
        out.extend_from_slice(account.as_deref().unwrap_or_default());
        let Some(actor) = actor else { return };
        match out.pop() {
            Some(_) => out.push(b','),
            None => out.push(b'{'),
        }
        out.extend_from_slice(b"\"actor\":");
        out.extend_from_slice(&actor);
        out.push(b'}');
    }
}

impl Ids {
    fn read(event: &Event<'_>, wanted: &Names) -> Self {
        let [recipient, identity] = event.root().pick(wanted);
        let actor = identity.and_then(|identity| identity.get("accountId"));
        Ids { recipient: recipient.and_then(id), actor: actor.and_then(id) }
    }
}

fn id(node: Node<'_>) -> Option<AccountId> {
    AccountId::read(node.text()?.as_bytes())
}

impl Stage for EnrichAccount {
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        let outcome = event.set_json(&self.account, |event, out| {
            self.write(&Ids::read(event, &self.wanted), out);
        });
        match outcome {
            Ok(()) => Ok(Verdict::Keep),
            Err(_) => Err(Fault::new(&ACCOUNT_IN_THE_WAY)),
        }
    }
}
