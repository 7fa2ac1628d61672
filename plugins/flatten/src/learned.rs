//! What is claimed under the names that members come in, as it is learned together with them.

use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;
use trailmill_stage::event::json::Kind;
use trailmill_stage::event::order;

/// The names of the members of an object, in the order in which they come.
pub(crate) type Order = order::Order<Learned>;

/// A name of a member.
pub(crate) type Name = order::Name<Learned>;

/// What is claimed under a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claimed {
    /// The number of the claim; one too high if there is none.
    pub(crate) number: u32,
    /// For each kind of value the slot that takes such values as they stand and leaves nothing of
    /// them to the rest, with [`SHORT`] if it does so with short ones only; a number too high if
    /// none does.
    pub(crate) takers: [u32; KINDS],
    /// How many bytes a short value has at most.
    pub(crate) most: u32,
}

/// Added to a slot that takes short values only: no slot has so high a number.
pub(crate) const SHORT: u32 = 1 << 31;

/// How many kinds of values there are.
const KINDS: usize = Kind::ALL.len();

impl Claimed {
    /// Nothing.
    pub(crate) const NOTHING: Claimed =
        Claimed { number: u32::MAX, takers: [u32::MAX; KINDS], most: 0 };
}

/// The same in memory that threads share.
#[derive(Debug, Default)]
pub(crate) struct Learned {
    claim: AtomicU32,
    takers: [AtomicU32; KINDS],
    most: AtomicU32,
}

impl Learned {
    /// Becomes what is claimed.
    pub(crate) fn be(&self, claimed: &Claimed) {
        self.claim.store(claimed.number, Relaxed);
        self.most.store(claimed.most, Relaxed);
        for (to, taker) in self.takers.iter().zip(claimed.takers) {
            to.store(taker, Relaxed);
        }
    }

    /// The slot that takes any value of this kind as it stands; a number too high if none does.
    #[inline(always)]
    pub(crate) fn taker(&self, kind: Kind) -> u32 {
        self.takers[kind as usize].load(Relaxed)
    }

    /// The slot that takes a value of this kind because it is short; a number too high if none
    /// does.
    #[inline(always)]
    pub(crate) fn short_taker(&self, kind: Kind, length: u32) -> u32 {
        let taker = self.taker(kind);
        match taker & SHORT != 0 && length <= self.most.load(Relaxed) {
            true => taker & !SHORT,
            false => u32::MAX,
        }
    }

    /// The number of what is claimed.
    #[inline(always)]
    pub(crate) fn claim(&self) -> u32 {
        self.claim.load(Relaxed)
    }
}
