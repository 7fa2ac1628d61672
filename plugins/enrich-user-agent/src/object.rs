//! Finds the members of an object that matter, in one pass over it.

use std::borrow::Cow;
use trailmill_stage::event::json::Str;
use trailmill_stage::event::{Node, NodeId, Seen};

/// Which of the members that matter a key is of.
pub(crate) type Slot = fn(&[u8]) -> Option<usize>;

/// The values of the members that matter, each in its slot; of several of one name the last.
#[inline]
pub(crate) fn pick<'e, const N: usize>(object: Node<'e>, slot: Slot) -> [Option<Node<'e>>; N] {
    let mut found = [NodeId::NONE; N];
    let mut see = |seen: Seen<'e>| {
        if let Some(place) = slot_of(seen.key, slot).and_then(|slot| found.get_mut(slot)) {
            *place = seen.id;
        }
    };
    if object.is_plain() {
        object.each_member::<true>(&mut see);
    } else {
        object.each_member::<false>(&mut see);
    }
    found.map(|id| (id != NodeId::NONE).then(|| object.event().node(id)))
}

#[inline]
fn slot_of(key: Str<'_>, slot: Slot) -> Option<usize> {
    match slot(key.raw()) {
        // A key may be written with escapes.
        None if key.raw().contains(&b'\\') => slot(key.decode().as_bytes()),
        slot => slot,
    }
}

/// A text that is not empty.
#[inline]
pub(crate) fn text(node: Option<Node<'_>>) -> Option<Cow<'_, str>> {
    let text = node?.as_string()?.decode();
    (!text.is_empty()).then_some(text)
}
