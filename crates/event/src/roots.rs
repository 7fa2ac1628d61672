//! The members of a record by name, found in one pass that all stages share.
//!
//! Names are known from the records before: where a record has its members in an order that was
//! met before, a pass over it notes the place of each under the number of its name. Stages ask by
//! name, and a look-up of the name, which depends on no record, leads to its number.

use crate::names::{HIGH, backslash};
use crate::order::{NUMBERS, Name, Order};
use std::cell::{Ref, RefCell};
use trailmill_json::Document;

/// How many places there are for names; records have some twenty members.
const PLACES: usize = 1 << PLACE_BITS;
const PLACE_BITS: u32 = 7;

/// An odd number without a pattern: the fraction of the golden ratio.
pub(crate) const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// The members of a record by name, once somebody has asked for one.
#[derive(Debug, Default)]
pub(crate) struct Roots {
    table: RefCell<Table>,
}

#[derive(Debug)]
struct Table {
    state: State,
    order: Order<()>,
    met: Met,
    /// For each name the token of its key in the record, or 0.
    keys: [u32; NUMBERS],
}

/// The names that were met, by what a glance tells of them.
#[derive(Debug)]
struct Met {
    /// For each place the number of a name, or 0.
    places: [u8; PLACES],
    glances: [Glance; NUMBERS],
}

impl Default for Table {
    fn default() -> Self {
        let met = Met { places: [0; PLACES], glances: [Glance::default(); NUMBERS] };
        Table { state: State::Unknown, order: Order::new(), met, keys: [0; NUMBERS] }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nobody has asked yet.
    Unknown,
    /// The table is that of the record.
    Known,
    /// The record is not one to be looked up here: it has two members of one name, or a name that
    /// is written with an escape or can not be learned.
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
            self.table.borrow_mut().fill(document, root);
        }
        let table = self.table.borrow();
        (table.state == State::Known).then_some(LookUp { table, document })
    }
}

impl Table {
    #[inline(never)]
    fn fill(&mut self, document: Document<'_>, root: u32) {
        self.state = self.go_over(document, root);
        if self.state == State::Odd && self.order.is_full() {
            // Of names that come once there may be any number.
            self.order.forget();
            self.met.places = [0; PLACES];
            self.state = self.go_over(document, root);
        }
    }

    /// Notes the key of every member.
    #[inline(always)]
    fn go_over(&mut self, document: Document<'_>, root: u32) -> State {
        let Table { order, met, keys, .. } = self;
        *keys = [0; NUMBERS];
        let mut before = order.start();
        for member in document.value(root as usize).dense_members() {
            let key = member.token - 2;
            let name = match order.follower(before, document.text(), member.key_start) {
                Some(name) => name,
                None => match met.unforeseen(order, before, document, key) {
                    Some(name) => name,
                    None => return State::Odd,
                },
            };
            let place = &mut keys[usize::from(name.number()) % NUMBERS];
            if *place != 0 {
                return State::Odd;
            }
            *place = key as u32;
            before = name;
        }
        State::Known
    }
}

impl Met {
    /// The name that the token of a key is, which was not to be expected behind the name `before`;
    /// `None` if it is none to be learned.
    #[cold]
    #[inline(never)]
    fn unforeseen<'o>(
        &mut self,
        order: &'o Order<()>,
        before: &Name<()>,
        document: Document<'_>,
        key: usize,
    ) -> Option<&'o Name<()>> {
        let quoted = document.value(key).raw();
        let (glance, backslashes) = Glance::of(document.string_at(key).raw());
        if backslashes & HIGH != 0 {
            return None;
        }
        let mut place = glance.place();
        let name = loop {
            match self.number(place) {
                0 => break order.learn(quoted, |()| {})?,
                // Names of the same words may differ.
                number if self.glance(number) == glance => {
                    let name = order.numbered(number);
                    if name.is_quoted(quoted) {
                        break name;
                    }
                }
                _ => {}
            }
            place = (place + 1) % PLACES;
        };
        self.places[place] = name.number();
        self.glances[usize::from(name.number()) % NUMBERS] = glance;
        order.note(before, name);
        Some(name)
    }

    #[inline(always)]
    fn number(&self, place: usize) -> u8 {
        self.places[place % PLACES]
    }

    #[inline(always)]
    fn glance(&self, number: u8) -> Glance {
        self.glances[usize::from(number) % NUMBERS]
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
    #[inline(always)]
    pub(crate) fn get(&self, name: &str, glance: Glance) -> Option<u32> {
        let Table { met, keys, .. } = &*self.table;
        let mut place = glance.place();
        loop {
            let number = met.number(place);
            if number == 0 {
                return None;
            }
            let key = keys[usize::from(number) % NUMBERS];
            // Of two names of the same words the record may have either.
            if met.glance(number) == glance && key != 0 && self.is_named(key, name) {
                return Some(key + 2);
            }
            place = (place + 1) % PLACES;
        }
    }

    /// Whether a key is a name of which the words are the same.
    #[inline(always)]
    fn is_named(&self, key: u32, name: &str) -> bool {
        name.len() <= Glance::BYTES
            || self.document.string_at(key as usize).raw() == name.as_bytes()
    }
}
