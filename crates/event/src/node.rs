//! Values of an event as they stand now: the text of the record, seen through its changes.
//!
//! Everything here is two machine words: hot loops pass nodes and members in registers.

use crate::edit::{Change, Doc, Place};
use crate::event::Event;
use crate::names::Word;
use crate::path::Segment;
use trailmill_json::{self as json, Kind, Str};

/// A value of an event, as something small to keep; good until the event is changed.
///
/// The token of the value, whether that is one of the arena, and whether nothing inside the value
/// is known to be changed.
#[derive(Clone, Copy, Debug)]
pub struct NodeId(u32);

impl PartialEq for NodeId {
    /// Whether both are of the same value, whatever each of them knows of its state.
    #[inline(always)]
    fn eq(&self, other: &Self) -> bool {
        (self.0 ^ other.0) & !Self::CLEAN == 0
    }
}

impl Eq for NodeId {}

impl NodeId {
    /// No value at all.
    pub const NONE: NodeId = NodeId(u32::MAX);
    /// The value is in the arena.
    const ARENA: u32 = 1 << 31;
    /// Nothing inside the value is changed; while this is not set, the edits have to be asked.
    const CLEAN: u32 = 1 << 30;

    #[inline(always)]
    pub(crate) fn new(place: Place, clean: bool) -> Self {
        let arena = if place.doc == Doc::Arena { Self::ARENA } else { 0 };
        let clean = if clean { Self::CLEAN } else { 0 };
        debug_assert!(place.token < Self::CLEAN, "texts of 1 GiB have no more tokens");
        NodeId(place.token | arena | clean)
    }

    /// A value behind this one in the same text and state.
    #[inline(always)]
    fn sibling(self, token: usize) -> Self {
        NodeId(token as u32 | self.0 & (Self::ARENA | Self::CLEAN))
    }

    #[inline(always)]
    fn token(self) -> u32 {
        self.0 & !(Self::ARENA | Self::CLEAN)
    }

    #[inline(always)]
    fn doc(self) -> Doc {
        if self.0 & Self::ARENA == 0 { Doc::Base } else { Doc::Arena }
    }

    #[inline(always)]
    fn is_clean(self) -> bool {
        self.0 & Self::CLEAN != 0
    }

    #[inline(always)]
    fn place(self) -> Place {
        Place { doc: self.doc(), token: self.token() }
    }
}

/// One value of an event.
#[derive(Clone, Copy)]
pub struct Node<'e> {
    pub(crate) event: &'e Event<'e>,
    id: NodeId,
}

impl<'e> Node<'e> {
    #[inline(always)]
    pub(crate) fn new(event: &'e Event<'e>, id: NodeId) -> Self {
        Node { event, id }
    }

    /// The event that it is a value of.
    #[inline(always)]
    pub fn event(self) -> &'e Event<'e> {
        self.event
    }

    /// What it is.
    #[inline(always)]
    pub fn kind(self) -> Kind {
        self.value().kind()
    }

    /// The string, if it is one.
    #[inline(always)]
    pub fn as_string(self) -> Option<Str<'e>> {
        self.value().as_string()
    }

    /// The truth value, if it is one.
    pub fn as_bool(self) -> Option<bool> {
        self.value().as_bool()
    }

    /// The integer, if it is a number written as one that fits.
    pub fn as_i64(self) -> Option<i64> {
        self.value().as_i64()
    }

    /// Whether it is the string `text`.
    pub fn is_text(self, text: &str) -> bool {
        self.as_string().is_some_and(|string| string.is(text))
    }

    /// The value as it stands in its text, if nothing in it was changed.
    #[inline]
    pub fn untouched(self) -> Option<json::Value<'e>> {
        (!self.is_touched()).then(|| self.value())
    }

    /// The members of an object as they stand now; none for anything else.
    #[inline]
    pub fn members(self) -> Members<'e> {
        Members { node: self, inner: self.value().members(), appended: 0 }
    }

    /// Calls `see` for each member of an object as it stands now: for loops in which every
    /// nanosecond counts. `DENSE` must be what [`is_dense`](Node::is_dense) says, or false.
    #[inline(always)]
    pub fn each_member<const DENSE: bool>(self, mut see: impl FnMut(Seen<'e>)) {
        self.each_written::<DENSE>(&mut see);
        if !self.id.is_clean() {
            self.each_appended(|member| see(Seen::of(member)));
        }
    }

    /// Calls `see` for each member that its text has and that is still there.
    #[inline(always)]
    fn each_written<const DENSE: bool>(self, mut see: impl FnMut(Seen<'e>)) {
        let (event, doc) = (self.event, self.doc());
        let clean = NodeId::new(self.place(), true);
        // The changes inside, in the order of the text, as the members are; a clean object has
        // none, and one comparison for each member is all that it costs to know.
        let mut changes = match self.id.is_clean() {
            true => &[],
            false => event.scratch.edits.from(doc, self.id.token() + 1),
        };
        let first_of =
            |changes: &[(Place, Change)]| changes.first().map_or(u32::MAX, |c| c.0.token);
        let mut changed = first_of(changes);
        self.value().each_member::<DENSE>(|member| {
            let last = member.last_token as u32;
            if last < changed {
                return see(Seen {
                    key: member.key,
                    kind: member.kind,
                    id: clean.sibling(member.value_token),
                    is_changed: doc == Doc::Arena,
                    key_start: member.key_start as u32,
                    value_start: member.value_start as u32,
                    end: member.end as u32,
                });
            }
            let token = member.value_token as u32;
            let (key, value) = (Place { doc, token: token - 2 }, Place { doc, token });
            let behind = changes.iter().position(|(at, _)| at.token > last);
            changes = behind.and_then(|behind| changes.get(behind..)).unwrap_or_default();
            changed = first_of(changes);
            if let Some(member) = event.member(key, value) {
                see(Seen::of(member));
            }
        });
    }

    /// The value, by its token, of a member that its text has, unless that was removed.
    #[inline]
    pub(crate) fn written(self, token: u32) -> Option<NodeId> {
        let doc = self.doc();
        if self.id.is_clean() {
            return Some(NodeId::new(Place { doc, token }, true));
        }
        let (key, value) = (Place { doc, token: token - 2 }, Place { doc, token });
        self.event.member(key, value).map(|member| member.value)
    }

    /// Whether nothing inside it is known to be changed.
    #[inline(always)]
    pub(crate) fn is_clean(self) -> bool {
        self.id.is_clean()
    }

    /// Whether there are no blanks between the tokens of its text.
    #[inline(always)]
    pub fn is_dense(self) -> bool {
        self.event.is_dense(self.doc())
    }

    /// Calls `see` for each member that was added and is still there.
    #[inline(never)]
    pub(crate) fn each_appended(self, mut see: impl FnMut(Member<'e>)) {
        for change in self.event.scratch.edits.at(self.place()) {
            let Change::Append(key) = change else { continue };
            let place = |token| Place { doc: Doc::Arena, token };
            if let Some(member) = self.event.member(place(key), place(key + 2)) {
                see(member);
            }
        }
    }

    /// The elements of an array as they stand now; none for anything else.
    pub fn elements(self) -> impl Iterator<Item = Node<'e>> {
        let (event, doc) = (self.event, self.id.doc());
        self.value()
            .elements()
            .filter_map(move |value| event.resolve(Place { doc, token: value.token() as u32 }))
    }

    /// The value of the last member of that name, if this is an object that has one.
    #[inline(never)]
    pub fn get(self, name: &str) -> Option<Node<'e>> {
        let mut found = None;
        if !self.id.is_clean() {
            // Those that were added come last.
            self.each_appended(|member| {
                if member.key().is(name) {
                    found = Some(member.value);
                }
            });
        }
        if found.is_some() {
            return found.map(|id| Node { id, ..self });
        }
        if let Some(look_up) = self.event.look_up(self.place()) {
            let token = look_up.get(name, Word::of(name.as_bytes()))?;
            return self.written(token).map(|id| Node { id, ..self });
        }
        self.each_written::<false>(|member| {
            if member.key.is(name) {
                found = Some(member.id);
            }
        });
        found.map(|id| Node { id, ..self })
    }

    /// What to keep of it, to come back to with [`Event::node`].
    #[inline(always)]
    pub fn id(self) -> NodeId {
        self.id
    }

    /// The value one step further.
    pub(crate) fn step(self, segment: &Segment) -> Option<Node<'e>> {
        match segment {
            Segment::Member(name) => self.get(name),
            Segment::Element(number) => self.elements().nth(*number),
        }
    }

    #[inline(always)]
    pub(crate) fn place(self) -> Place {
        self.id.place()
    }

    /// Which text it is in.
    #[inline(always)]
    pub(crate) fn doc(self) -> Doc {
        self.id.doc()
    }

    /// The value in its own text, blind to changes inside it.
    #[inline(always)]
    pub(crate) fn value(self) -> json::Value<'e> {
        self.event.document(self.id.doc()).value(self.id.token() as usize)
    }

    /// Whether anything inside it was changed.
    #[inline(always)]
    pub fn is_touched(self) -> bool {
        !self.id.is_clean() && self.ask_edits()
    }

    fn ask_edits(self) -> bool {
        let last = self.value().token_behind() as u32 - 1;
        self.event.scratch.edits.touch(self.id.doc(), self.id.token(), last)
    }
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.value().fmt(f)
    }
}

/// A member of an object as it stands now.
#[derive(Clone, Copy, Debug)]
pub struct Member<'e> {
    event: &'e Event<'e>,
    key: NodeId,
    value: NodeId,
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
        Node { event: self.event, id: self.value }
    }

    /// Where key and value stand in the text of the record, if neither was changed.
    pub fn span(self) -> Option<std::ops::Range<usize>> {
        let in_base = self.key.doc() == Doc::Base && self.value.doc() == Doc::Base;
        (in_base && !self.value().is_touched()).then(|| {
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
    /// The key and value of the next added member.
    fn next_appended(&mut self) -> Option<(Place, Place)> {
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
#[derive(Clone, Copy, Debug)]
pub struct Seen<'e> {
    /// The key.
    pub key: Str<'e>,
    /// What the value is.
    pub kind: Kind,
    /// The value, for [`Event::node`].
    pub id: NodeId,
    /// Key or value were changed, and the spans mean nothing.
    pub is_changed: bool,
    /// Where the key begins in the text of the record, with its quote.
    pub key_start: u32,
    /// Where the value begins.
    pub value_start: u32,
    /// Where the value ends.
    pub end: u32,
}

impl<'e> Seen<'e> {
    pub(crate) fn of(member: Member<'e>) -> Self {
        let span = member.span();
        let value = member.value();
        Seen {
            key: member.key(),
            kind: value.kind(),
            id: value.id,
            is_changed: span.is_none(),
            key_start: span.as_ref().map_or(0, |span| span.start as u32),
            value_start: value.value().span().start as u32,
            end: span.map_or(0, |span| span.end as u32),
        }
    }
}

impl<'b> Event<'b> {
    /// The value that stands at a place now, unless it was removed.
    pub(crate) fn resolve<'e>(&'e self, mut place: Place) -> Option<Node<'e>>
    where
        'b: 'e,
    {
        loop {
            let mut replaced = None;
            for change in self.scratch.edits.at(place) {
                match change {
                    Change::Remove => return None,
                    Change::Replace(token) => replaced = Some(token),
                    Change::Rename(_) | Change::Append(..) => {}
                }
            }
            match replaced {
                Some(token) => place = Place { doc: Doc::Arena, token },
                None => return Some(Node::new(self, self.id(place))),
            }
        }
    }

    pub(crate) fn id(&self, place: Place) -> NodeId {
        NodeId::new(place, self.scratch.edits.is_empty())
    }

    /// The member whose key and value were at these places, unless it was removed.
    fn member(&self, key: Place, value: Place) -> Option<Member<'_>> {
        let mut key_now = key;
        for change in self.scratch.edits.at(key) {
            match change {
                Change::Remove => return None,
                Change::Rename(token) => key_now = Place { doc: Doc::Arena, token },
                Change::Replace(_) | Change::Append(..) => {}
            }
        }
        let value = self.resolve(value)?.id;
        Some(Member { event: self, key: self.id(key_now), value })
    }

    /// The original keys of the members of an object that are of that name now.
    pub(crate) fn keys_named(&self, object: Node<'_>, name: &str) -> Vec<Place> {
        let doc = object.doc();
        let mut keys: Vec<(Place, Place)> = Vec::new();
        for member in object.value().members() {
            let token = member.token() as u32;
            keys.push((Place { doc, token }, Place { doc, token: token + 2 }));
        }
        let mut added = object.members();
        while let Some(pair) = added.next_appended() {
            keys.push(pair);
        }
        keys.retain(|&(key, value)| self.member(key, value).is_some_and(|m| m.key().is(name)));
        keys.into_iter().map(|(key, _)| key).collect()
    }
}
