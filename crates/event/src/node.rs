//! Values of an event as they stand now: the text of the record, seen through its changes.
//!
//! Everything here is two machine words: hot loops pass nodes and members in registers.

use crate::edit::{Change, Doc, Place};
use crate::event::Event;
use crate::id::NodeId;
use crate::member::{Member, Members, Seen};
use crate::path::Segment;
use crate::roots::Glance;
use trailmill_json::{self as json, Kind, Str};

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
        Members::of(self)
    }

    /// Calls `see` for each member of an object as it stands now: for loops in which every
    /// nanosecond counts. `DENSE` must be what [`is_dense`](Node::is_dense) says, or false.
    #[inline(always)]
    pub fn each_member<const DENSE: bool>(self, mut see: impl FnMut(Seen<'e>)) {
        self.each_written::<DENSE>(0, &mut see);
        self.each_added(see);
    }

    /// The same for the members that end at or behind a token of its text, and for those that were
    /// added.
    pub fn each_member_from(self, token: u32, mut see: impl FnMut(Seen<'e>)) {
        self.each_written::<false>(token, &mut see);
        self.each_added(see);
    }

    /// Calls `see` for each member that was added.
    #[inline(always)]
    pub fn each_added(self, mut see: impl FnMut(Seen<'e>)) {
        if !self.id.is_clean() {
            self.each_appended(|member| see(Seen::of(member)));
        }
    }

    /// The value as its text has it, whatever was changed inside it, for loops over its tokens.
    #[inline(always)]
    pub fn written(self) -> json::Value<'e> {
        self.value()
    }

    /// The value inside it that begins at a token of its text, where nothing was changed.
    #[inline(always)]
    pub fn written_at(self, token: usize) -> NodeId {
        NodeId::new(self.place(), true).sibling(token)
    }

    /// The member that its text has with this value, where neither key nor value was changed.
    pub fn seen_at(self, value: NodeId) -> Seen<'e> {
        let key = value.sibling(value.token().saturating_sub(2) as usize);
        Seen::of(Member { event: self.event, key, value })
    }

    /// The first token inside it at which something was changed; a number too high if nothing was.
    #[inline(always)]
    pub fn first_change(self) -> u32 {
        match self.id.is_clean() {
            true => u32::MAX,
            false => first_of(self.event.scratch.edits.from(self.doc(), self.id.token() + 1)),
        }
    }

    /// Calls `see` for each member that ends at or behind a token of its text and is still there.
    #[inline(always)]
    fn each_written<const DENSE: bool>(self, from: u32, see: &mut impl FnMut(Seen<'e>)) {
        let (event, doc, text) = (self.event, self.doc(), self.value().text());
        let clean = NodeId::new(self.place(), true);
        // The changes inside, in the order of the text, as the members are; a clean object has
        // none, and one comparison for each member is all that it costs to know.
        let mut changes = match self.id.is_clean() {
            true => &[],
            false => event.scratch.edits.from(doc, self.id.token() + 1),
        };
        let mut changed = first_of(changes);
        self.value().each_member::<DENSE>(|member| {
            let last = member.last_token as u32;
            if last < from {
                return;
            }
            if last < changed {
                return see(Seen {
                    text,
                    kind: member.kind,
                    id: clean.sibling(member.value_token),
                    is_changed: doc == Doc::Arena,
                    key_start: member.key_start as u32,
                    key_end: member.key_end as u32,
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
    fn now_at(self, token: u32) -> Option<NodeId> {
        let doc = self.doc();
        let (key, value) = (Place { doc, token: token - 2 }, Place { doc, token });
        self.event.member(key, value).map(|member| member.value)
    }

    /// Whether nothing inside it is known to be changed.
    #[inline(always)]
    pub(crate) fn is_clean(self) -> bool {
        self.id.is_clean()
    }

    /// Whether it stands in the text of the record: no stage has put it there.
    #[inline(always)]
    pub fn is_in_record(self) -> bool {
        self.doc() == Doc::Base
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
            if let Some(member) = self.event.appended(key) {
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
            let token = look_up.get(name, Glance::of(name.as_bytes()).0)?;
            let clean = NodeId::new(Place { doc: self.doc(), token }, true);
            let id = if self.is_as_written() { Some(clean) } else { self.now_at(token) };
            return id.map(|id| Node { id, ..self });
        }
        self.each_written::<false>(0, &mut |member: Seen<'e>| {
            if member.key().is(name) {
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

    /// Whether no member that its text has is changed, nor anything inside one.
    #[inline]
    pub(crate) fn is_as_written(self) -> bool {
        let edits = &self.event.scratch.edits;
        let last = || self.value().token_behind() as u32 - 1;
        self.id.is_clean() || !edits.touch(self.doc(), self.id.token() + 1, last())
    }

    fn ask_edits(self) -> bool {
        let last = self.value().token_behind() as u32 - 1;
        self.event.scratch.edits.touch(self.id.doc(), self.id.token(), last)
    }
}

/// The token of the first of changes; a number too high if there are none.
fn first_of(changes: &[(Place, Change)]) -> u32 {
    changes.first().map_or(u32::MAX, |change| change.0.token)
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.value().fmt(f)
    }
}

impl<'b> Event<'b> {
    /// The value that stands at a place now, unless it was removed.
    #[inline]
    pub(crate) fn resolve<'e>(&'e self, place: Place) -> Option<Node<'e>>
    where
        'b: 'e,
    {
        match self.scratch.edits.only_add() {
            true => Some(Node::new(self, self.id(place))),
            false => self.resolve_changed(place),
        }
    }

    #[inline(never)]
    fn resolve_changed<'e>(&'e self, mut place: Place) -> Option<Node<'e>>
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

    /// The member that was added with its key at this token, unless it was removed.
    fn appended(&self, key: u32) -> Option<Member<'_>> {
        let place = |token| Place { doc: Doc::Arena, token };
        let behind = self.document(Doc::Arena).value(key as usize + 2).token_behind();
        if self.scratch.edits.touch(Doc::Arena, key, behind as u32 - 1) {
            return self.member(place(key), place(key + 2));
        }
        let id = |token| NodeId::new(place(token), true);
        Some(Member { event: self, key: id(key), value: id(key + 2) })
    }

    /// The member whose key and value were at these places, unless it was removed.
    pub(crate) fn member(&self, key: Place, value: Place) -> Option<Member<'_>> {
        if self.scratch.edits.only_add() {
            return Some(Member { event: self, key: self.id(key), value: self.id(value) });
        }
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
