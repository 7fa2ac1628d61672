//! A product that a user agent names.

use crate::agent::Named;
use crate::kind::Kind;

/// A product of a user agent, and what kind of thing it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Client<'t> {
    pub(crate) kind: Kind,
    /// Which of one kind counts, the least first; of several with one rank the first one does.
    pub(crate) rank: u8,
    pub(crate) named: Named<'t>,
}

impl<'t> Client<'t> {
    /// Puts this in the place of one that tells less.
    pub(crate) fn offer(self, place: &mut Option<Client<'t>>) {
        let order = |client: &Client<'_>| (client.kind, client.rank);
        if place.as_ref().is_none_or(|there| order(&self) < order(there)) {
            *place = Some(self);
        }
    }
}
