//! What is said about each account, as text, found by the id.

use crate::account_id::AccountId;
use trailmill_stage::event::json::quote_into;

/// What stands before an account where it comes with the object around it.
pub(crate) const OPENING: &[u8] = b"{\"account\":";

/// The accounts of all tables, in the order of their ids.
#[derive(Debug, Default)]
pub(crate) struct Accounts {
    ids: Vec<AccountId>,
    /// Each with what is around it, so that most events need no more than a copy.
    texts: Vec<Box<[u8]>>,
}

impl Accounts {
    /// Takes accounts, each with its text from [`text`]; the last of several of one id counts.
    pub(crate) fn new(mut accounts: Vec<(AccountId, Vec<u8>)>) -> Self {
        accounts.sort_by_key(|(id, _)| *id);
        let (ids, texts): (_, Vec<_>) = accounts.into_iter().unzip();
        Accounts { ids, texts: texts.into_iter().map(Vec::into_boxed_slice).collect() }
    }

    /// What is said about an account, if it is known: `{"account":{"id":...}}`.
    #[inline]
    pub(crate) fn get(&self, id: AccountId) -> Option<&[u8]> {
        let at = self.ids.binary_search(&id).ok()?;
        self.texts.get(at).map(|text| &**text)
    }
}

/// The text of an account with these members, whose values are JSON; those without one are left
/// out.
pub(crate) fn text<'a>(
    id: AccountId,
    members: impl Iterator<Item = (&'a str, Option<&'a [u8]>)>,
) -> Vec<u8> {
    let mut out = OPENING.to_vec();
    out.extend_from_slice(format!("{{\"id\":\"{id}\"").as_bytes());
    for (name, value) in members {
        let Some(value) = value else { continue };
        out.push(b',');
        quote_into(name, &mut out);
        out.push(b':');
        out.extend_from_slice(value);
    }
    out.extend_from_slice(b"}}");
    out
}

/// The account in its text, an object.
pub(crate) fn object(text: &[u8]) -> &[u8] {
    &text[OPENING.len()..text.len() - 1]
}

/// The text of an account together with the actor's.
pub(crate) fn with_actor(account: Option<&[u8]>, actor: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(account.map_or(0, <[u8]>::len) + actor.len() + 32);
    match account {
        Some(account) => {
            out.extend_from_slice(&account[..account.len() - 2]);
            out.push(b',');
        }
        None => {
            out.extend_from_slice(OPENING);
            out.push(b'{');
        }
    }
    out.extend_from_slice(b"\"actor\":");
    out.extend_from_slice(object(actor));
    out.extend_from_slice(b"}}");
    out
}
