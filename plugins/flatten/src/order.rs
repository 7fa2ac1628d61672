//! The order in which the members of an object come: which names are to be expected behind one.
//!
//! Whoever writes records writes their members in much the same order, so few names ever follow a
//! given one. Which these are is learned on the way. A name that was to be expected is known by two
//! to four comparisons of machine words, and with it what is claimed under it: there is no hash to
//! make and no table to look into. Nothing but time depends on what was learned.

use std::fmt;
use std::sync::Mutex;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicU64};
use trailmill_stage::event::json::Kind;

/// How many numbers there are for names; CloudTrail has half as many.
const NUMBERS: usize = 64;

/// The number of a name that nothing was learned of, and that none is expected to follow.
const NOWHERE: u8 = 0;

/// The number of what comes before the first member.
const START: u8 = 1;

/// How much text is looked at to tell a name: the longest that can be learned, with its quotes.
const WINDOW: usize = 32;

/// What was learned of the members of an object. Several threads may learn at once.
pub(crate) struct Order {
    names: Box<[Name; NUMBERS]>,
    /// The highest number in use; whoever learns holds it.
    count: Mutex<u8>,
    /// For each claim the number of its name, once that was learned.
    claimed: Vec<AtomicU8>,
}

/// A name, what is claimed under it, and what has followed it. It is written once, before its
/// number is made known with `Release`.
#[derive(Debug, Default)]
#[repr(align(128))]
pub(crate) struct Name {
    /// The first sixteen bytes, with the quotes.
    head: [AtomicU64; 2],
    /// The next sixteen.
    tail: [AtomicU64; 2],
    /// What counts of the head.
    head_mask: [AtomicU64; 2],
    /// What counts of the tail.
    tail_mask: [AtomicU64; 2],
    /// The numbers of the names that have followed, a byte each, the first in the lowest.
    followers: AtomicU32,
    is_long: AtomicBool,
    claim: AtomicU32,
    takers: [AtomicU32; KINDS],
    /// How long a value may be to be taken.
    most: AtomicU32,
}

/// What is claimed under a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claimed {
    /// The number of the claim; one too high if there is none.
    pub(crate) number: u32,
    /// For each kind of value the slot that takes any such value as it stands and leaves nothing of
    /// it to the rest; a number too high if none does.
    pub(crate) takers: [u32; KINDS],
    /// How many bytes a value may have to be taken like that.
    pub(crate) most: u32,
}

/// How many kinds of values there are.
const KINDS: usize = Kind::ALL.len();

impl Claimed {
    /// Nothing.
    pub(crate) const NOTHING: Claimed =
        Claimed { number: u32::MAX, takers: [u32::MAX; KINDS], most: 0 };
}

impl Name {
    /// Whether it is the name at the start of the window.
    #[inline(always)]
    fn is(&self, window: &[u8; WINDOW]) -> bool {
        let odd = |words: &[AtomicU64; 2], masks: &[AtomicU64; 2], at: usize| {
            let odd = |n: usize| {
                (word(&window[at + n * 8..]) ^ words[n].load(Relaxed)) & masks[n].load(Relaxed)
            };
            odd(0) | odd(1)
        };
        odd(&self.head, &self.head_mask, 0) == 0
            && (!self.is_long.load(Relaxed) || odd(&self.tail, &self.tail_mask, 16) == 0)
    }

    /// Becomes the name of `length` bytes at the start of the window.
    fn be(&self, window: &[u8; WINDOW], length: usize, claimed: Claimed) {
        let mut mask = [0; WINDOW];
        mask.iter_mut().take(length).for_each(|byte| *byte = u8::MAX);
        let set = |to: [&[AtomicU64; 2]; 2], from: &[u8; WINDOW]| {
            for (to, from) in to.into_iter().flatten().zip(from.chunks_exact(8)) {
                to.store(word(from), Relaxed);
            }
        };
        set([&self.head, &self.tail], window);
        set([&self.head_mask, &self.tail_mask], &mask);
        self.is_long.store(length > 16, Relaxed);
        self.claim.store(claimed.number, Relaxed);
        self.most.store(claimed.most, Relaxed);
        for (to, taker) in self.takers.iter().zip(claimed.takers) {
            to.store(taker, Relaxed);
        }
    }

    /// The slot that takes a value of this kind and length as it stands; a number too high if none
    /// does.
    #[inline(always)]
    pub(crate) fn taker(&self, kind: Kind, length: u32) -> u32 {
        match length <= self.most.load(Relaxed) {
            true => self.takers[kind as usize].load(Relaxed),
            false => u32::MAX,
        }
    }

    /// The number of what is claimed under it.
    #[inline(always)]
    pub(crate) fn claim(&self) -> u32 {
        self.claim.load(Relaxed)
    }
}

impl Order {
    /// Nothing learned yet, of an object of which so many members are claimed.
    pub(crate) fn new(claims: usize) -> Self {
        let names: [Name; NUMBERS] = std::array::from_fn(|_| Name::default());
        Order {
            names: Box::new(names),
            count: Mutex::new(START),
            claimed: (0..claims).map(|_| AtomicU8::new(NOWHERE)).collect(),
        }
    }

    /// What comes before the first member.
    #[inline(always)]
    pub(crate) fn start(&self) -> &Name {
        self.name(START)
    }

    /// The name that begins at `start` in `text`, with its quote, if it was to be expected behind
    /// the name `before`.
    #[inline(always)]
    pub(crate) fn follower(&self, before: &Name, text: &[u8], start: u32) -> Option<&Name> {
        let start = start as usize;
        let at_end;
        let window = match text.get(start..start + WINDOW).and_then(<[u8]>::first_chunk) {
            Some(window) => window,
            None => {
                at_end = short_window(text.get(start..).unwrap_or_default());
                &at_end
            }
        };
        let mut numbers = before.followers.load(Acquire);
        while numbers != 0 {
            let name = self.name(numbers as u8);
            if name.is(window) {
                return Some(name);
            }
            numbers >>= u8::BITS;
        }
        None
    }

    #[inline(always)]
    fn name(&self, number: u8) -> &Name {
        &self.names[usize::from(number) % NUMBERS]
    }

    /// Takes in that a name, quotes and all, has followed the name `before`; gives what is known of
    /// the name itself.
    #[cold]
    pub(crate) fn learn<'o>(
        &'o self,
        before: &'o Name,
        quoted: &[u8],
        claimed: Claimed,
    ) -> &'o Name {
        let followers = &before.followers;
        let has_room = followers.load(Relaxed).leading_zeros() >= u8::BITS
            && !std::ptr::eq(before, self.name(NOWHERE));
        let of_claim = self.claimed.get(claimed.number as usize);
        let number = match of_claim.map_or(NOWHERE, |of| of.load(Relaxed)) {
            // Names that nothing is claimed under are looked for only where that is worth the time.
            NOWHERE if has_room => self.number(quoted, claimed).unwrap_or(NOWHERE),
            number => number,
        };
        if has_room && number != NOWHERE {
            let add = |known: u32| {
                let is_in = known.to_le_bytes().contains(&number);
                let place = (u32::BITS - known.leading_zeros()).div_ceil(u8::BITS);
                let new = u32::from(number).checked_shl(place * u8::BITS)?;
                (!is_in).then_some(known | new)
            };
            // That it is in already, or that there is no more room, is well, too.
            _ = followers.fetch_update(Release, Relaxed, add);
        }
        self.name(number)
    }

    /// The number of a name, old or new; `None` if there is no more room, or others are learning.
    fn number(&self, quoted: &[u8], claimed: Claimed) -> Option<u8> {
        if quoted.len() > WINDOW {
            return None;
        }
        let window = short_window(quoted);
        let mut count = self.count.try_lock().ok()?;
        let mut known = START + 1..=*count;
        let number = match known.find(|number| self.name(*number).is(&window)) {
            Some(number) => number,
            None if usize::from(*count) + 1 == NUMBERS => return None,
            None => {
                *count += 1;
                self.name(*count).be(&window, quoted.len(), claimed);
                *count
            }
        };
        if let Some(of) = self.claimed.get(claimed.number as usize) {
            of.store(number, Release);
        }
        Some(number)
    }
}

impl Default for Order {
    fn default() -> Self {
        Order::new(0)
    }
}

impl fmt::Debug for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Order").field("count", &self.count).finish_non_exhaustive()
    }
}

/// A window on a text that may end before it does.
#[cold]
#[inline(never)]
fn short_window(text: &[u8]) -> [u8; WINDOW] {
    let mut window = [0; WINDOW];
    window.iter_mut().zip(text).for_each(|(to, byte)| *to = *byte);
    window
}

/// The first eight bytes.
#[inline(always)]
fn word(bytes: &[u8]) -> u64 {
    bytes.first_chunk().map_or(0, |word| u64::from_le_bytes(*word))
}

#[cfg(test)]
mod tests {
    use super::{Claimed, NUMBERS, Order};

    /// Goes over names; gives for each whether it was to be expected.
    fn go(order: &Order, names: &[&str]) -> Vec<bool> {
        let text = names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>();
        let whole = text.concat();
        let (mut before, mut at) = (order.start(), 0);
        let see = |quoted: &String| {
            let end = at + quoted.len();
            let found = order.follower(before, whole.as_bytes(), at as u32);
            at = end;
            before =
                found.unwrap_or_else(|| order.learn(before, quoted.as_bytes(), Claimed::NOTHING));
            found.is_some()
        };
        text.iter().map(see).collect()
    }

    #[test]
    fn what_was_met_once_is_expected() {
        let order = Order::new(0);
        let names =
            ["", "a", "sevenby", "eight is", "nine byte", "just sixteen...", "seventeen bytes."];
        let names =
            [&names[..], &["recipientAccountId", "as long as a name is learned.."]].concat();
        assert!(go(&order, &names).iter().all(|expected| !expected));
        assert!(go(&order, &names).iter().all(|expected| *expected));
        for (place, name) in names.iter().enumerate() {
            for at in 0..name.len() {
                let mut other = name.as_bytes().to_vec();
                other[at] ^= 1;
                let mut changed = names.clone();
                let other = String::from_utf8(other).unwrap();
                changed[place] = &other;
                assert!(!go(&order, &changed)[place], "{other:?} for {name:?}");
            }
        }
    }

    #[test]
    fn no_more_is_learned_than_there_is_room_for() {
        let order = Order::new(0);
        let names: Vec<String> = (0..200).map(|n| format!("name {n}")).collect();
        for name in &names {
            assert_eq!(go(&order, &["start", name, "end"])[1..], [false, false]);
        }
        let followers: Vec<bool> =
            names.iter().map(|name| go(&order, &["start", name])[1]).collect();
        assert_eq!(followers.iter().filter(|expected| **expected).count(), 4);
        let all: Vec<&str> = names.iter().map(String::as_str).collect();
        go(&order, &all);
        assert!(usize::from(*order.count.lock().unwrap()) < NUMBERS);
        // A name that is too long to be learned is one that nothing is known of.
        let long = "a".repeat(31);
        let order = Order::new(0);
        for _ in 0..3 {
            assert_eq!(go(&order, &["a", &long, "b"])[1..], [false, false]);
        }
    }
}
