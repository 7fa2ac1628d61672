//! Several members of an object found in one pass, and what texts and truth values say.

use crate::id::NodeId;
use crate::member::Seen;
use crate::names::Names;
use crate::node::Node;
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
        self.pick_into(names, &mut found);
        found.map(|id| (id != NodeId::NONE).then(|| self.event().node(id)))
    }

    /// One piece of code for all stages: what they run for each event has to stay in the cache.
    #[inline(never)]
    fn pick_into(self, names: &Names, found: &mut [NodeId]) {
        if let Some(look_up) = self.event().look_up(self.place()) {
            for ((word, name), found) in names.words().zip(&mut *found) {
                let id = look_up.get(name, word).and_then(|token| self.written(token));
                *found = id.unwrap_or(NodeId::NONE);
            }
            if !self.is_clean() {
                self.each_appended(|member| note(found, names, Seen::of(member)));
            }
        } else if self.is_dense() {
            self.each_member::<true>(|seen| note(found, names, seen));
        } else {
            self.each_odd(&mut |seen| note(found, names, seen));
        }
    }

    #[cold]
    fn each_odd(self, see: &mut dyn FnMut(Seen<'e>)) {
        self.each_member::<false>(see);
    }

    /// The decoded string, if it is one that is not empty.
    #[inline(never)]
    pub fn text(self) -> Option<Cow<'e, str>> {
        self.as_string().filter(|text| !text.raw().is_empty()).map(Str::decode)
    }

    /// A truth value, however CloudTrail writes it: `true`, `"true"`, `"Yes"`.
    #[inline(never)]
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

#[inline(always)]
fn note(found: &mut [NodeId], names: &Names, seen: Seen<'_>) {
    if let Some(place) = names.find(seen.key).and_then(|number| found.get_mut(number)) {
        *place = seen.id;
    }
}
