//! The order in which the members of an object come: which names are to be expected behind one.
//!
//! Whoever writes records writes their members in much the same order, so few names ever follow a
//! given one. Which these are is learned on the way. A name that was to be expected is known by two
//! to four comparisons of machine words, and with it whatever its user knows of it: there is no
//! hash to make and no table to look into. Nothing but time depends on what was learned.

use std::fmt;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicU64};
use std::sync::{Mutex, PoisonError};

/// How many numbers there are for names; CloudTrail has half as many.
pub(crate) const NUMBERS: usize = 64;

/// The number of a name that nothing was learned of, and that none is expected to follow.
const NOWHERE: u8 = 0;

/// The number of what comes before the first member.
const START: u8 = 1;

/// The highest number.
const LAST: u8 = NUMBERS as u8 - 1;

/// How much text is looked at to tell a name: the longest that can be learned, with its quotes.
const WINDOW: usize = 32;

/// What was learned of the members of an object. Several threads may learn at once.
///
/// `T` is what its user knows of a name. It is shared by threads, too, and so made of atomics if it
/// is anything; [`learn`](Order::learn) makes it known together with the name.
pub struct Order<T> {
    names: Box<[Name<T>; NUMBERS]>,
    /// The highest number in use; whoever learns holds it.
    count: Mutex<u8>,
}

/// A name and what has followed it. It is written once, unless all is forgotten, before its
/// number is made known with `Release`.
#[derive(Debug)]
#[repr(align(64))]
pub struct Name<T> {
    /// The first sixteen bytes, with the quotes.
    head: [AtomicU64; 2],
    /// What counts of the head.
    head_mask: [AtomicU64; 2],
    /// The numbers of the names that have followed, a byte each, the first in the lowest.
    followers: AtomicU32,
    is_long: AtomicBool,
    /// 0 until it is a name, as all memory of it: a snapshot of a module holds no zeros.
    number: AtomicU8,
    known: T,
    /// The next sixteen bytes of a long name.
    tail: [AtomicU64; 2],
    /// What counts of the tail.
    tail_mask: [AtomicU64; 2],
}

impl<T> Name<T> {
    /// What its user knows of it.
    #[inline(always)]
    pub fn known(&self) -> &T {
        &self.known
    }

    /// Its number among those of its order, the same until all is forgotten; 0 if it is none that
    /// was learned.
    #[inline(always)]
    pub fn number(&self) -> u8 {
        self.number.load(Relaxed)
    }

    /// Whether it is the name that `quoted` is, with its quotes.
    pub(crate) fn is_quoted(&self, quoted: &[u8]) -> bool {
        self.is(&short_window(quoted))
    }

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
    fn be(&self, number: u8, window: &[u8; WINDOW], length: usize) {
        self.number.store(number, Relaxed);
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
    }
}

impl<T: Default> Order<T> {
    /// Nothing learned yet.
    pub fn new() -> Self {
        let names = std::array::from_fn(|_| Name {
            head: Default::default(),
            head_mask: Default::default(),
            followers: AtomicU32::new(0),
            is_long: AtomicBool::new(false),
            number: AtomicU8::new(NOWHERE),
            known: T::default(),
            tail: Default::default(),
            tail_mask: Default::default(),
        });
        Order { names: Box::new(names), count: Mutex::new(START) }
    }
}

impl<T> Order<T> {
    /// What comes before the first member.
    #[inline(always)]
    pub fn start(&self) -> &Name<T> {
        self.numbered(START)
    }

    /// A name that nothing was learned of.
    pub fn nowhere(&self) -> &Name<T> {
        self.numbered(NOWHERE)
    }

    /// The name of a number; any name for a number that is none.
    #[inline(always)]
    pub fn numbered(&self, number: u8) -> &Name<T> {
        &self.names[usize::from(number) % NUMBERS]
    }

    /// The name that begins at `start` in `text`, with its quote, if it was to be expected behind
    /// the name `before`.
    #[inline(always)]
    pub fn follower(&self, before: &Name<T>, text: &[u8], start: u32) -> Option<&Name<T>> {
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
            let name = self.numbered(numbers as u8);
            if name.is(window) {
                return Some(name);
            }
            numbers >>= u8::BITS;
        }
        None
    }

    /// Whether one more name can be expected behind the name `before`.
    pub fn has_room(&self, before: &Name<T>) -> bool {
        let followers = before.followers.load(Relaxed);
        followers.leading_zeros() >= u8::BITS && !std::ptr::eq(before, self.nowhere())
    }

    /// Takes in that a name has followed the name `before`.
    #[cold]
    pub fn note(&self, before: &Name<T>, name: &Name<T>) {
        let number = name.number();
        if !self.has_room(before) || number == NOWHERE {
            return;
        }
        let add = |known: u32| {
            let is_in = known.to_le_bytes().contains(&number);
            let place = (u32::BITS - known.leading_zeros()).div_ceil(u8::BITS);
            let new = u32::from(number).checked_shl(place * u8::BITS)?;
            (!is_in).then_some(known | new)
        };
        // That it is in already, or that there is no more room, is well, too.
        _ = before.followers.fetch_update(Release, Relaxed, add);
    }

    /// The name that `quoted` is, with its quotes, old or new; `tell` makes known what there is to
    /// know of a new one. `None` if it is too long to be learned, there is no more room, or others
    /// are learning.
    pub fn learn(&self, quoted: &[u8], tell: impl FnOnce(&T)) -> Option<&Name<T>> {
        if quoted.len() > WINDOW {
            return None;
        }
        let window = short_window(quoted);
        let mut count = self.count.try_lock().ok()?;
        let mut known = START + 1..=*count;
        if let Some(number) = known.find(|number| self.numbered(*number).is(&window)) {
            return Some(self.numbered(number));
        }
        if *count == LAST {
            return None;
        }
        *count += 1;
        let name = self.numbered(*count);
        name.be(*count, &window, quoted.len());
        tell(&name.known);
        Some(name)
    }

    /// Whether there is no more room for names.
    pub(crate) fn is_full(&mut self) -> bool {
        *self.count.get_mut().unwrap_or_else(PoisonError::into_inner) == LAST
    }

    /// Forgets all names.
    pub(crate) fn forget(&mut self) {
        *self.count.get_mut().unwrap_or_else(PoisonError::into_inner) = START;
        self.names.iter_mut().for_each(|name| *name.followers.get_mut() = 0);
    }
}

impl<T: Default> Default for Order<T> {
    fn default() -> Self {
        Order::new()
    }
}

impl<T> fmt::Debug for Order<T> {
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
    use super::{NUMBERS, Order};

    /// Goes over names; gives for each whether it was to be expected.
    fn go(order: &Order<()>, names: &[&str]) -> Vec<bool> {
        let text = names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>();
        let whole = text.concat();
        let (mut before, mut at) = (order.start(), 0);
        let see = |quoted: &String| {
            let end = at + quoted.len();
            let found = order.follower(before, whole.as_bytes(), at as u32);
            at = end;
            let name = found.or_else(|| order.learn(quoted.as_bytes(), |()| {}));
            before = name.inspect(|name| order.note(before, name)).unwrap_or(order.nowhere());
            found.is_some()
        };
        text.iter().map(see).collect()
    }

    #[test]
    fn what_was_met_once_is_expected() {
        let order = Order::new();
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
        let order = Order::new();
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
        let order = Order::new();
        for _ in 0..3 {
            assert_eq!(go(&order, &["a", &long, "b"])[1..], [false, false]);
        }
    }
}
