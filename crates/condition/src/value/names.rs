//! Several members of an object, found in one pass over it.

use smallvec::SmallVec;
use trailmill_event::{Node, NodeId, Seen};

/// Names of members that a condition asks of one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Names {
    names: Vec<Box<str>>,
    /// Which bytes a key can begin with that is one of these; most others are passed over for it.
    first: [bool; 256],
}

impl Default for Names {
    fn default() -> Self {
        let mut first = [false; 256];
        // A key with an escape can be any name.
        first[usize::from(b'\\')] = true;
        Names { names: Vec::new(), first }
    }
}

impl Names {
    /// The number of a name, under which its value is found.
    pub(crate) fn slot(&mut self, name: &str) -> usize {
        if let Some(slot) = self.names.iter().position(|known| **known == *name) {
            return slot;
        }
        match name.bytes().next() {
            Some(byte) => self.first[usize::from(byte)] = true,
            None => self.first = [true; 256],
        }
        self.names.push(name.into());
        self.names.len() - 1
    }

    /// The values that an object has under these names; the last of several with one name.
    pub(crate) fn find<'e>(&'e self, object: Node<'e>) -> Found<'e> {
        let dense = object.is_dense();
        if !dense && !object.is_touched() {
            // With blanks between the tokens a pass costs more than a few look-ups.
            return Found { object, names: self, ids: None };
        }
        let mut ids = SmallVec::from_elem(NodeId::NONE, self.names.len());
        match dense {
            true => object.each_member::<true>(|member| self.note(member, &mut ids)),
            false => object.each_member::<false>(|member| self.note(member, &mut ids)),
        }
        Found { object, names: self, ids: Some(ids) }
    }

    #[inline(always)]
    fn note(&self, member: Seen<'_>, ids: &mut [NodeId]) {
        let key = member.key();
        let first = key.raw().first();
        if first.is_some_and(|byte| !self.first[usize::from(*byte)]) {
            return;
        }
        for (id, name) in ids.iter_mut().zip(&self.names) {
            if key.is(name) {
                *id = member.id;
                return;
            }
        }
    }
}

/// The values of an object under the names of a [`Names`].
pub(crate) struct Found<'e> {
    object: Node<'e>,
    names: &'e Names,
    /// If there was a pass, what it found.
    ids: Option<SmallVec<[NodeId; 8]>>,
}

impl<'e> Found<'e> {
    /// The value under a name, which must be one of those that were looked for.
    pub(crate) fn named(&self, name: &str) -> Option<Node<'e>> {
        self.get(self.names.names.iter().position(|known| **known == *name)?)
    }

    /// The value under the name of that number.
    pub(crate) fn get(&self, slot: usize) -> Option<Node<'e>> {
        match &self.ids {
            None => self.object.get(self.names.names.get(slot)?),
            Some(ids) => {
                let id = ids.get(slot).copied().filter(|id| *id != NodeId::NONE)?;
                Some(self.object.event().node(id))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Names;
    use trailmill_event::{Batch, Path, Put, Source};

    const RECORD: &str = r#"{"b":1,"a":2,"":3,"b":4,"\u0061bc":5,"\u00e4":6,"x":{"b":7}}"#;

    /// What is found is what is asked for name by name.
    #[test]
    fn finds_what_get_finds() {
        let wanted = ["a", "b", "", "abc", "\u{e4}", "x", "z", "ab"];
        for names in [&wanted[..], &wanted[..1], &wanted[3..5], &wanted[2..3], &[]] {
            let mut made = Names::default();
            let slots: Vec<usize> = names.iter().map(|name| made.slot(name)).collect();
            assert_eq!(names.iter().map(|name| made.slot(name)).collect::<Vec<_>>(), slots);
            for (record, dense) in [(RECORD, true), (RECORD, false), (" {\n\"b\" :1 } ", false)] {
                let mut batch = Batch::new();
                batch.load_lines(record.as_bytes(), Source::default()).unwrap();
                batch.set_dense(dense);
                let mut event = batch.event(0);
                for changed in [false, true] {
                    if changed {
                        event.set(&Path::member("a"), Put::Text("new")).unwrap();
                        event.remove(&Path::member("b"));
                    }
                    let found = made.find(event.root());
                    for (slot, name) in slots.iter().zip(names) {
                        let expected = event.root().get(name).map(|node| node.id());
                        assert_eq!(found.get(*slot).map(|node| node.id()), expected, "{name}");
                        assert_eq!(found.named(name).map(|node| node.id()), expected, "{name}");
                    }
                }
            }
        }
    }
}
