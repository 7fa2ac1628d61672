//! The members of a record by name, found in one pass that all stages share.

use crate::names::Word;
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
    members: Vec<(Word, u32)>,
}

impl Default for Table {
    fn default() -> Self {
        Table { state: State::Unknown, places: [u8::MAX; PLACES], members: Vec::new() }
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
        self.places.fill(u8::MAX);
        self.members.clear();
        let mut fits = true;
        root.each_member::<false>(|member| {
            let word = Word::of(member.key.raw());
            fits &= !member.key.may_be_escaped() && self.members.len() < MEMBERS_MAX;
            if !fits {
                return;
            }
            let mut place = place_of(word);
            while let Some((known, _)) = self.members.get(usize::from(self.places[place])) {
                // Of names with the same words the longer ones may differ; that is not worth
                // finding out.
                fits &= *known != word;
                place = (place + 1) % PLACES;
            }
            self.places[place] = self.members.len() as u8;
            self.members.push((word, member.value_token as u32));
        });
        self.state = if fits { State::Known } else { State::Odd };
    }
}

#[inline(always)]
fn place_of(word: Word) -> usize {
    word.place(MULTIPLIER, u64::BITS - PLACE_BITS) % PLACES
}

/// Finds members of a record.
pub(crate) struct LookUp<'r> {
    table: Ref<'r, Table>,
    document: Document<'r>,
}

impl LookUp<'_> {
    /// The token of the value of a member.
    #[inline]
    pub(crate) fn get(&self, name: &str, word: Word) -> Option<u32> {
        let table = &*self.table;
        let mut place = place_of(word);
        loop {
            let (known, token) = table.members.get(usize::from(table.places[place]))?;
            if *known == word {
                return (name.len() <= Word::BYTES || self.is_named(*token, name))
                    .then_some(*token);
            }
            place = (place + 1) % PLACES;
        }
    }

    /// Whether the member of a value has a name, of which the words are the same.
    #[cold]
    fn is_named(&self, value: u32, name: &str) -> bool {
        self.document.string_at(value.saturating_sub(2) as usize).is(name)
    }
}
