//! Which members of a record some column claims: a tree of names, each level looked up at once.

use crate::learned::{Claimed, Name, Order, SHORT};
use crate::schema::Schema;
use std::sync::atomic::AtomicU8;
use std::sync::atomic::Ordering::{Acquire, Release};
use trailmill_stage::event::json::{Kind, Str};
use trailmill_stage::event::{Names, Segment};

/// What the columns want with the member of a name. Every claim has a slot of its own.
#[derive(Debug)]
pub(crate) enum Claim {
    /// The value.
    Value(usize),
    /// Values inside the object.
    Inside(usize, Claims),
}

/// The claimed members of one object.
#[derive(Debug, Default)]
pub(crate) struct Claims {
    names: Names,
    entries: Vec<Entry>,
    order: Order,
}

/// A name that is claimed.
#[derive(Debug)]
struct Entry {
    name: String,
    claim: Claim,
    claimed: Claimed,
    /// The number of the name in the order, or 0 until that is learned.
    learned: AtomicU8,
}

impl Claims {
    /// The claims of a schema: for each column its slot, the tree, and how many slots there are.
    pub(crate) fn of(schema: &Schema) -> (Vec<Option<usize>>, Self, usize) {
        let mut claims = Claims::default();
        let mut count = 0;
        let paths = schema.columns.iter().map(|column| column.rule.from());
        let slots = paths.map(|path| claims.insert(path?.segments(), &mut count)).collect();
        claims.seal();
        (slots, claims, count)
    }

    fn insert(&mut self, segments: &[Segment], count: &mut usize) -> Option<usize> {
        let [Segment::Member(name), rest @ ..] = segments else { return None };
        let known = self.entries.iter().position(|entry| entry.name == *name);
        let position = known.unwrap_or_else(|| {
            let slot = *count;
            *count += 1;
            let claim = match rest {
                [] => Claim::Value(slot),
                _ => Claim::Inside(slot, Claims::default()),
            };
            let number = self.entries.len();
            let claimed = Claimed { number: number as u32, ..Claimed::NOTHING };
            let learned = AtomicU8::new(0);
            self.entries.push(Entry { name: name.clone(), claim, claimed, learned });
            number
        });
        match &mut self.entries[position].claim {
            Claim::Inside(_, claims) => claims.insert(rest, count),
            Claim::Value(slot) => Some(*slot),
        }
    }

    /// Makes the names to be looked up, here and inside.
    fn seal(&mut self) {
        self.names = Names::new(self.entries.iter().map(|entry| entry.name.as_str()));
        for entry in &mut self.entries {
            if let Claim::Inside(_, claims) = &mut entry.claim {
                claims.seal();
            }
        }
    }

    /// Notes which values slots take as they stand: `takes` tells up to how many bytes, and
    /// `usize::MAX` for any number.
    pub(crate) fn note_takers(&mut self, takes: &impl Fn(usize, Kind) -> Option<usize>) {
        for entry in &mut self.entries {
            match &mut entry.claim {
                Claim::Inside(_, inner) => inner.note_takers(takes),
                Claim::Value(slot) => {
                    let number = u32::try_from(*slot).unwrap_or(u32::MAX);
                    for kind in Kind::ALL {
                        let Some(most) = takes(*slot, kind) else { continue };
                        let claimed = &mut entry.claimed;
                        claimed.takers[kind as usize] = number;
                        if most != usize::MAX {
                            claimed.takers[kind as usize] |= SHORT;
                            claimed.most = u32::try_from(most).unwrap_or(u32::MAX);
                        }
                    }
                }
            }
        }
    }

    /// What is claimed under a key, escaped or not.
    pub(crate) fn get(&self, key: Str<'_>) -> Option<&Claim> {
        self.look_up(key).0
    }

    /// The same, with what is to be learned of it.
    pub(crate) fn look_up(&self, key: Str<'_>) -> (Option<&Claim>, Claimed) {
        match self.names.find(key).and_then(|number| self.entries.get(number)) {
            Some(entry) => (Some(&entry.claim), entry.claimed),
            None => (None, Claimed::NOTHING),
        }
    }

    /// The claim of that number, if there is one.
    #[inline(always)]
    pub(crate) fn numbered(&self, number: u32) -> Option<&Claim> {
        self.entries.get(number as usize).map(|entry| &entry.claim)
    }

    /// The order in which members come.
    #[inline(always)]
    pub(crate) fn order(&self) -> &Order {
        &self.order
    }

    /// Takes in that a name, quotes and all, under which this is claimed has followed the name
    /// `before`; gives what is known of the name itself.
    #[cold]
    pub(crate) fn learn<'c>(
        &'c self,
        before: &'c Name,
        quoted: &[u8],
        claimed: &Claimed,
    ) -> &'c Name {
        let entry = self.entries.get(claimed.number as usize);
        let name = match entry.map_or(0, |entry| entry.learned.load(Acquire)) {
            // Names that nothing is claimed under are looked for only where that is worth the time.
            0 if self.order.has_room(before) => {
                self.order.learn(quoted, |learned| learned.be(claimed))
            }
            0 => None,
            number => Some(self.order.numbered(number)),
        };
        let Some(name) = name else { return self.order.nowhere() };
        if let Some(entry) = entry {
            entry.learned.store(name.number(), Release);
        }
        self.order.note(before, name);
        name
    }

    /// All names claimed, with their claims.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Claim)> {
        self.entries.iter().map(|entry| (entry.name.as_str(), &entry.claim))
    }
}

#[cfg(test)]
mod tests {
    use super::Claims;

    #[test]
    fn the_table_of_snare_has_a_perfect_hash() {
        let (_, claims, _) = Claims::of(&crate::snare());
        assert!(claims.names.is_hashed());
    }
}
