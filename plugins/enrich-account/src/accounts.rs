//! What is said about each account, as text, found by the id.

use crate::account_id::AccountId;
use trailmill_stage::event::json::quote_into;

/// The accounts of all tables, in the order of their ids.
#[derive(Debug, Default)]
pub(crate) struct Accounts {
    ids: Vec<AccountId>,
    texts: Vec<Box<[u8]>>,
}

impl Accounts {
    /// Takes accounts, each with its text from [`text`]; the last of several of one id counts.
    pub(crate) fn new(mut accounts: Vec<(AccountId, Vec<u8>)>) -> Self {
        accounts.sort_by_key(|(id, _)| *id);
        let (ids, texts): (_, Vec<_>) = accounts.into_iter().unzip();
        Accounts { ids, texts: texts.into_iter().map(Vec::into_boxed_slice).collect() }
    }

    /// What is said about an account, if it is known: `{"id":...}`.
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
    let mut out = format!("{{\"id\":\"{id}\"").into_bytes();
    for (name, value) in members {
        let Some(value) = value else { continue };
        out.push(b',');
        quote_into(name, &mut out);
        out.push(b':');
        out.extend_from_slice(value);
    }
    out.push(b'}');
    out
}
