//! The members of a record by name, found in one pass that all stages share.

use crate::names::{HIGH, backslash};
use std::cell::{Ref, RefCell};
use trailmill_json::{Document, Value};

/// How many places there are; records have some twenty members.
const PLACES: usize = 1 << PLACE_BITS;
const PLACE_BITS: u32 = 7;

/// How many members a record may have to be looked up here.
const MEMBERS_MAX: usize = PLACES / 2;

/// An odd number without a pattern: the fraction of the golden ratio.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// The members of a record by name, once somebody has asked for one.
#[derive(Debug, Default)]
pub(crate) struct Roots {
    table: RefCell<Table>,
}

#[derive(Debug)]
struct Table {
    state: State,
    /// For each place the number of a member, or one that is too high.
    places: [u8; PLACES],
    members: [Root; MEMBERS_MAX],
}

/// A member: what a glance tells of its name, and the token of its key.
#[derive(Clone, Copy, Debug, Default)]
struct Root {
    name: Glance,
    key: u32,
}

impl Default for Table {
    fn default() -> Self {
        let members = [Root::default(); MEMBERS_MAX];
        Table { state: State::Unknown, places: [u8::MAX; PLACES], members }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nobody has asked yet.
    Unknown,
    /// The table is that of the record.
    Known,
    /// The record is not one to be looked up here: it has too many members, two of one name, or a
    /// name that is written with an escape.
    Odd,
}

impl Roots {
    /// Forgets the record.
    pub(crate) fn clear(&mut self) {
        self.table.get_mut().state = State::Unknown;
    }

    /// A look-up of members of the record; `None` if it is not one for that.
    #[inline]
    pub(crate) fn of<'r>(&'r self, document: Document<'r>, root: u32) -> Option<LookUp<'r>> {
        if self.table.borrow().state == State::Unknown {
            self.table.borrow_mut().fill(document.value(root as usize));
        }
        let table = self.table.borrow();
        (table.state == State::Known).then_some(LookUp { table, document })
    }
}

impl Table {
    #[inline(never)]
    fn fill(&mut self, root: Value<'_>) {
        self.places = [u8::MAX; PLACES];
        let (places, members) = (&mut self.places, &mut self.members);
        let (mut count, mut fits, mut backslashes) = (0, true, 0);
        root.each_key(|key, token| {
            let (name, found) = Glance::of(key.raw());
            backslashes |= found;
            let Some(free) = members.get_mut(count) else {
                fits = false;
                return;
            };
            *free = Root { name, key: token as u32 };
            let mut place = name.place();
            while let Some(known) = members.get(usize::from(places[place])) {
                // Names of the same words may differ; that is not worth finding out.
                fits &= known.name != name;
                place = (place + 1) % PLACES;
            }
            places[place] = count as u8;
            count += 1;
        });
        self.state = if fits && backslashes & HIGH == 0 { State::Known } else { State::Odd };
    }
}

/// The ends of a name in two machine words: all of it if it has at most sixteen bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Glance {
    head: u64,
    tail: u64,
    length: u32,
}

impl Glance {
    /// How many bytes of a name the words can hold.
    const BYTES: usize = 16;

    /// The words of a name as it stands in the text, and a word of which no byte has its highest
    /// bit unless an escape may be in the name.
    #[inline(always)]
    pub(crate) fn of(name: &[u8]) -> (Self, u64) {
        let length = name.len() as u32;
        let (Some(head), Some(tail)) = (name.first_chunk::<8>(), name.last_chunk::<8>()) else {
            let head = few(name);
            return (Glance { head, tail: 0, length }, backslash(head));
        };
        let (head, tail) = (u64::from_le_bytes(*head), u64::from_le_bytes(*tail));
        let mut found = backslash(head) | backslash(tail);
        if name.len() > Self::BYTES {
            found |= inner_backslash(name);
        }
        (Glance { head, tail, length }, found)
    }

    #[inline(always)]
    fn place(self) -> usize {
        let mixed = self.head ^ self.tail.rotate_left(29) ^ u64::from(self.length);
        (mixed.wrapping_mul(MULTIPLIER) >> (u64::BITS - PLACE_BITS)) as usize % PLACES
    }
}

/// Fewer than eight bytes as a word, that of no other name of the length.
#[inline(always)]
fn few(name: &[u8]) -> u64 {
    match (name.first_chunk::<4>(), name.last_chunk::<4>()) {
        (Some(first), Some(last)) => {
            u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
        }
        _ => name.iter().fold(0, |word, &byte| word << 8 | u64::from(byte)),
    }
}

/// The same for what is between the first and the last eight bytes of a long name.
#[inline(always)]
fn inner_backslash(name: &[u8]) -> u64 {
    match name.get(8..).and_then(<[u8]>::first_chunk::<8>) {
        Some(middle) if name.len() <= 24 => backslash(u64::from_le_bytes(*middle)),
        _ if name.contains(&b'\\') => HIGH,
        _ => 0,
    }
}

/// Finds members of a record.
pub(crate) struct LookUp<'r> {
    table: Ref<'r, Table>,
    document: Document<'r>,
}

impl LookUp<'_> {
    /// The token of the value of a member; `glance` is that of the name.
    #[inline]
    pub(crate) fn get(&self, name: &str, glance: Glance) -> Option<u32> {
        let table = &*self.table;
        let mut place = glance.place();
        loop {
            let root = table.members.get(usize::from(table.places[place]))?;
            if root.name == glance {
                let is_it = name.len() <= Glance::BYTES || self.is_named(root.key, name);
                return is_it.then_some(root.key + 2);
            }
            place = (place + 1) % PLACES;
        }
    }

    /// Whether a key is a name of which the words are the same.
    fn is_named(&self, key: u32, name: &str) -> bool {
        self.document.string_at(key as usize).raw() == name.as_bytes()
    }
}
