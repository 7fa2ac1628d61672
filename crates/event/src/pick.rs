//! Several members of an object found in one pass, and what texts and truth values say.

use crate::names::Names;
use crate::node::{Node, NodeId, Seen};
use std::borrow::Cow;
use trailmill_json::{Kind, Str};

impl<'e> Node<'e> {
    /// The values of the members that matter, by the numbers that `names` gives them; of several of
    /// one name the last, as [`get`](Node::get) answers. One pass over the object, for stages that
    /// want more than one or two members of it.
    ///
    /// Names whose number is `N` or more do not matter.
    #[inline]
    pub fn pick<const N: usize>(self, names: &Names) -> [Option<Node<'e>>; N] {
        let mut found = [NodeId::NONE; N];
        let mut see = |seen: Seen<'e>| {
            if let Some(place) = names.find(seen.key).and_then(|number| found.get_mut(number)) {
                *place = seen.id;
            }
        };
        if self.is_dense() {
            self.each_member::<true>(&mut see);
        } else {
            self.each_member::<false>(&mut see);
        }
        found.map(|id| (id != NodeId::NONE).then(|| self.event().node(id)))
    }

    /// The decoded string, if it is one that is not empty.
    #[inline]
    pub fn text(self) -> Option<Cow<'e, str>> {
        self.as_string().filter(|text| !text.raw().is_empty()).map(Str::decode)
    }

    /// A truth value, however CloudTrail writes it: `true`, `"true"`, `"Yes"`.
    #[inline]
    pub fn truth(self) -> Option<bool> {
        if self.kind() == Kind::Bool {
            return self.as_bool();
        }
        match self.as_string()?.raw() {
            b"true" | b"Yes" => Some(true),
            b"false" | b"No" => Some(false),
            _ => None,
        }
    }
}
