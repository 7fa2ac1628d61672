//! Objects that stages have added lately, to be added again.
//!
//! A trail has few principals and many events of each, so what a stage finds out about an event it
//! has mostly found out before, from the same values. It names these values, the basis; where they
//! were met lately, the object is the one of that time, and nobody works it out. Nothing but time
//! depends on what is kept.

use crate::node::Node;
use crate::roots::MULTIPLIER;
use std::sync::atomic::{AtomicU64, Ordering};
use trailmill_json::Draft;

/// How many objects a worker keeps, of all stages.
const SLOTS: usize = 1 << SLOT_BITS;
const SLOT_BITS: u32 = 9;

/// The longest basis for which an object is kept, and the longest object, in bytes of text.
const LENGTH_MAX: usize = 2048;

/// Tells the objects of one stage from those of all others, for
/// [`set_object_by`](crate::Event::set_object_by).
///
/// The objects are kept with the events of each worker and not in here, so that no thread waits for
/// another.
#[derive(Debug)]
pub struct Memo {
    number: u64,
}

impl Memo {
    /// That of a stage.
    pub fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Memo { number: NEXT.fetch_add(1, Ordering::Relaxed) }
    }
}

impl Default for Memo {
    fn default() -> Self {
        Memo::new()
    }
}

/// The values that an object follows from, all of them: always as many, in the same order.
#[derive(Debug)]
pub struct Basis<'k> {
    key: &'k mut Vec<u8>,
}

impl Basis<'_> {
    /// Adds a value as it stands now, or that there is none.
    #[inline]
    pub fn value(&mut self, value: Option<Node<'_>>) {
        if let Some(value) = value {
            value.write_into(self.key);
        }
        // A byte that no JSON text has.
        self.key.push(0);
    }

    /// Adds what is known of a value of which nothing else matters.
    #[inline]
    pub fn flag(&mut self, flag: bool) {
        self.key.push(flag.into());
    }
}

/// The objects of the stages of a worker: in each slot the last one that belongs there.
#[derive(Debug, Default)]
pub(crate) struct Memos {
    slots: Vec<Slot>,
    /// What the object at hand follows from.
    key: Vec<u8>,
}

#[derive(Clone, Debug, Default)]
struct Slot {
    /// What the object follows from; empty if none is kept.
    key: Vec<u8>,
    object: Draft,
}

impl Memos {
    /// The object that follows from what `tell` tells, inside so many others: one that is kept, or
    /// else what `make` makes of `spare`, of which a copy is kept.
    #[inline]
    pub(crate) fn object<'m>(
        &'m mut self,
        memo: &Memo,
        depth: usize,
        spare: &'m mut Draft,
        tell: impl FnOnce(&mut Basis<'_>),
        make: impl FnOnce(&mut Draft),
    ) -> &'m Draft {
        let Memos { slots, key } = self;
        key.clear();
        key.extend_from_slice(&memo.number.to_le_bytes());
        key.extend_from_slice(&(depth as u64).to_le_bytes());
        tell(&mut Basis { key });
        if key.len() > LENGTH_MAX {
            make(spare);
            return spare;
        }
        if slots.is_empty() {
            slots.resize(SLOTS, Slot::default());
        }
        let slot = &mut slots[slot_of(key)];
        if slot.key == *key {
            if cfg!(debug_assertions) {
                make(spare);
                assert_eq!(&slot.object, spare, "an object that does not follow from its basis");
            }
            return &slot.object;
        }
        make(spare);
        if spare.len() <= LENGTH_MAX {
            slot.key.clone_from(key);
            slot.object.copy_from(spare);
        }
        spare
    }
}

/// Where a key belongs. Others may belong there, too: the key that is kept is compared as a whole.
#[inline]
fn slot_of(key: &[u8]) -> usize {
    // Four words at a time, as none of them waits for another.
    let mut mixed = [key.len() as u64, 0, 0, 0];
    let mut take_in = |block: &[u8; BLOCK]| {
        let (words, _) = block.as_chunks();
        mixed
            .iter_mut()
            .zip(words)
            .for_each(|(all, word)| *all = mix(*all, u64::from_le_bytes(*word)));
    };
    let (blocks, rest) = key.as_chunks();
    blocks.iter().for_each(&mut take_in);
    let mut block = [0; BLOCK];
    block[..rest.len()].copy_from_slice(rest);
    take_in(&block);
    let mixed = mixed.into_iter().fold(0, mix);
    (mixed >> (u64::BITS - SLOT_BITS)) as usize % SLOTS
}

/// How much of a key is taken in at once.
const BLOCK: usize = 32;

#[inline]
fn mix(mixed: u64, word: u64) -> u64 {
    (mixed.rotate_left(29) ^ word).wrapping_mul(MULTIPLIER)
}

#[cfg(test)]
mod tests;
