//! Members of objects as they stand now.

use crate::edit::{Change, Doc, Place};
use crate::event::Event;
use crate::id::NodeId;
use crate::node::Node;
use std::fmt;
use trailmill_json::{self as json, Kind, Str};

/// A member of an object as it stands now.
#[derive(Clone, Copy, Debug)]
pub struct Member<'e> {
    pub(crate) event: &'e Event<'e>,
    pub(crate) key: NodeId,
    pub(crate) value: NodeId,
}

impl<'e> Member<'e> {
    /// The key.
    #[inline(always)]
    pub fn key(self) -> Str<'e> {
        self.event.document(self.key.doc()).string_at(self.key.token() as usize)
    }

    /// The value.
    #[inline(always)]
    pub fn value(self) -> Node<'e> {
        Node::new(self.event, self.value)
    }

    /// Whether key and value stand in the text of the record, and neither was changed.
    fn is_as_written(self) -> bool {
        let in_base = self.key.doc() == Doc::Base && self.value.doc() == Doc::Base;
        in_base && !self.value().is_touched()
    }

    /// Where key and value stand in the text of the record, if neither was changed.
    pub fn span(self) -> Option<std::ops::Range<usize>> {
        self.is_as_written().then(|| {
            let document = self.event.document(Doc::Base);
            let value = document.value(self.value.token() as usize);
            document.position(self.key.token() as usize)..value.span().end
        })
    }
}

/// Iterates over the members of an object.
#[derive(Clone, Debug)]
pub struct Members<'e> {
    node: Node<'e>,
    inner: json::Members<'e>,
    /// How many of the added members have been given.
    appended: usize,
}

impl<'e> Iterator for Members<'e> {
    type Item = Member<'e>;

    fn next(&mut self) -> Option<Member<'e>> {
        let (event, doc) = (self.node.event, self.node.doc());
        loop {
            let (key, value) = match self.inner.next() {
                Some(member) => {
                    let token = member.token() as u32;
                    (Place { doc, token }, Place { doc, token: token + 2 })
                }
                None => self.next_appended()?,
            };
            if let Some(member) = event.member(key, value) {
                return Some(member);
            }
        }
    }
}

impl<'e> Members<'e> {
    pub(crate) fn of(node: Node<'e>) -> Self {
        Members { node, inner: node.value().members(), appended: 0 }
    }

    /// The key and value of the next added member.
    pub(crate) fn next_appended(&mut self) -> Option<(Place, Place)> {
        let changes = self.node.event.scratch.edits.at(self.node.place());
        let mut added = changes.filter_map(|change| match change {
            Change::Append(key) => Some(key),
            _ => None,
        });
        let key = added.nth(self.appended)?;
        self.appended += 1;
        let place = |token| Place { doc: Doc::Arena, token };
        Some((place(key), place(key + 2)))
    }
}

/// A member of an object as it stands now, with all that there is to know without looking into
/// its value.
#[derive(Clone, Copy)]
pub struct Seen<'e> {
    /// The text that the key stands in: that of the record, unless the member was changed.
    pub text: &'e [u8],
    /// What the value is.
    pub kind: Kind,
    /// The value, for [`Event::node`].
    pub id: NodeId,
    /// Key or value were changed, and the places of the value mean nothing.
    pub is_changed: bool,
    /// Where the key begins in its text, with its quote.
    pub key_start: u32,
    /// Where the key ends, with its quote.
    pub key_end: u32,
    /// Where the value begins in the text of the record.
    pub value_start: u32,
    /// Where the value ends.
    pub end: u32,
}

impl<'e> Seen<'e> {
    /// The key.
    #[inline(always)]
    pub fn key(&self) -> Str<'e> {
        Str::quoted(self.text, self.key_start as usize, self.key_end as usize)
    }

    pub(crate) fn of(member: Member<'e>) -> Self {
        let is_changed = !member.is_as_written();
        let value = member.value();
        let span = value.value().span();
        let document = member.event.document(member.key.doc());
        let key = document.value(member.key.token() as usize).span();
        Seen {
            text: document.text(),
            kind: value.kind(),
            id: value.id(),
            is_changed,
            key_start: key.start as u32,
            key_end: key.end as u32,
            value_start: span.start as u32,
            end: if is_changed { 0 } else { span.end as u32 },
        }
    }
}

impl fmt::Debug for Seen<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Seen");
        debug.field("key", &self.key()).field("kind", &self.kind).field("id", &self.id);
        debug.field("is_changed", &self.is_changed).field("value_start", &self.value_start);
        debug.field("span", &(self.key_start..self.end)).finish()
    }
}
