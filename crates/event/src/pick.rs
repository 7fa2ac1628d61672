//! Several members of an object found in one pass, and what texts and truth values say.

use crate::edit::Place;
use crate::id::NodeId;
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
        if !self.is_as_written() {
            return self.pick_changed(names, found);
        }
        let id = |token| NodeId::new(Place { doc: self.doc(), token }, true);
        if let Some(look_up) = self.event().look_up(self.place()) {
            for ((glance, name), found) in names.glances().zip(&mut *found) {
                *found = look_up.get(name, glance).map_or(NodeId::NONE, id);
            }
        } else {
            self.value().each_key(|key, token| note(found, names, key, id(token as u32 + 2)));
        }
        if !self.is_clean() {
            self.each_appended(|member| note(found, names, member.key(), member.value));
        }
    }

    #[cold]
    fn pick_changed(self, names: &Names, found: &mut [NodeId]) {
        self.each_member::<false>(|seen| note(found, names, seen.key(), seen.id));
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

#[inline]
fn note(found: &mut [NodeId], names: &Names, key: Str<'_>, id: NodeId) {
    if let Some(place) = names.find(key).and_then(|number| found.get_mut(number)) {
        *place = id;
    }
}
