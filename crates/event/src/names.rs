//! A set of names of members, each found in a few instructions.

use crate::roots::{Glance, MULTIPLIER};
use trailmill_json::Str;

/// Names of members, in a perfect hash over the machine words that they are made of.
///
/// Most of the names that a stage meets are of no interest to it; those are ruled out by one
/// look-up and one comparison, without a loop over their bytes.
#[derive(Clone, Debug, Default)]
pub struct Names {
    entries: Vec<(Word, Box<str>)>,
    /// What a glance tells of each entry.
    glances: Vec<Glance>,
    /// Number of an entry, or one that is too high; empty where no perfect hash was found.
    table: Vec<u8>,
    multiplier: u64,
    shift: u32,
}

impl Names {
    /// The set of these names, which are numbered in their order. A name that comes twice has the
    /// first of its numbers.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let entry = |name: &'n str| (Word::of(name.as_bytes()), name.into());
        let mut made =
            Names { entries: names.into_iter().map(entry).collect(), ..Names::default() };
        made.glances = made.iter().map(|name| Glance::of(name.as_bytes()).0).collect();
        made.seal();
        made
    }

    /// Finds a multiplier that gives every name a place of its own.
    fn seal(&mut self) {
        if self.entries.len() >= usize::from(u8::MAX) {
            return;
        }
        // Larger tables make it easier.
        let odd = |n: u64| n.wrapping_mul(MULTIPLIER) | 1;
        for (bits, n) in (5..12).flat_map(|bits| (1..400).map(move |n| (bits, n))) {
            let (shift, multiplier) = (64 - bits, odd(n));
            let mut table = vec![u8::MAX; 1 << bits];
            let free = self.entries.iter().enumerate().all(|(number, (word, name))| {
                let place = &mut table[word.place(multiplier, shift)];
                let known = self.entries.get(usize::from(*place));
                if known.is_none() {
                    *place = number as u8;
                }
                known.is_none_or(|known| known.1 == *name)
            });
            if free {
                (self.table, self.multiplier, self.shift) = (table, multiplier, shift);
                return;
            }
        }
    }

    /// The names and what a glance tells of them, in the order of their numbers.
    #[inline]
    pub(crate) fn glances(&self) -> impl Iterator<Item = (Glance, &str)> {
        self.glances.iter().copied().zip(self.iter())
    }

    /// The names, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(_, name)| &**name)
    }

    /// The number of a key, escaped or not.
    #[inline(always)]
    pub fn find(&self, key: Str<'_>) -> Option<usize> {
        let word = Word::of(key.raw());
        match self.find_word(key.raw(), word) {
            None if self.table.is_empty() || word.may_be_escaped() => self.find_odd(key),
            found => found,
        }
    }

    #[cold]
    fn find_odd(&self, key: Str<'_>) -> Option<usize> {
        self.entries.iter().position(|(_, name)| key.is(name))
    }

    /// Whether there is a perfect hash.
    pub fn is_hashed(&self) -> bool {
        !self.table.is_empty()
    }

    /// The number of a name without escapes, where there is a perfect hash; `word` is that of the
    /// name.
    #[inline(always)]
    fn find_word(&self, name: &[u8], word: Word) -> Option<usize> {
        let number = usize::from(*self.table.get(word.place(self.multiplier, self.shift))?);
        let (known, text) = self.entries.get(number)?;
        let is_it = *known == word && (name.len() <= Word::BYTES || text.as_bytes() == name);
        is_it.then_some(number)
    }
}

/// A name in three machine words: all of it if it has at most 24 bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Word {
    head: u64,
    tail: u64,
    /// The bytes behind the head, if there are more than 16 in all.
    middle: u64,
    length: usize,
}

impl Word {
    /// How many bytes of a name the words can hold.
    const BYTES: usize = 24;

    /// The words of a name, as it stands in the text.
    #[inline(always)]
    fn of(name: &[u8]) -> Self {
        let length = name.len();
        if let (Some(head), Some(tail)) = (name.first_chunk::<8>(), name.last_chunk::<8>()) {
            let middle = match name.first_chunk::<17>() {
                Some(&[_, _, _, _, _, _, _, _, a, b, c, d, e, f, g, h, _]) => {
                    u64::from_le_bytes([a, b, c, d, e, f, g, h])
                }
                None => 0,
            };
            let (head, tail) = (u64::from_le_bytes(*head), u64::from_le_bytes(*tail));
            return Word { head, tail, middle, length };
        }
        let (head, tail) = match (name.first_chunk::<4>(), name.last_chunk::<4>(), name) {
            (Some(head), Some(tail), _) => (u32::from_le_bytes(*head), u32::from_le_bytes(*tail)),
            (_, _, &[a, b, c]) => (u32::from_le_bytes([a, b, c, 0]), 0),
            (_, _, &[a, b]) => (u32::from_le_bytes([a, b, 0, 0]), 0),
            (_, _, &[a]) => (u32::from(a), 0),
            _ => (0, 0),
        };
        Word { head: u64::from(head), tail: u64::from(tail), middle: 0, length }
    }

    /// Whether a backslash is in the name, or the name is too long to say.
    #[inline(always)]
    fn may_be_escaped(self) -> bool {
        let found = backslash(self.head) | backslash(self.tail) | backslash(self.middle);
        self.length > Word::BYTES || found & HIGH != 0
    }

    #[inline(always)]
    fn place(self, multiplier: u64, shift: u32) -> usize {
        let mixed = self.head ^ self.tail.rotate_left(29) ^ self.length as u64;
        (mixed.wrapping_mul(multiplier) >> (shift & 63)) as usize
    }
}

/// The highest bit of each byte of a word.
pub(crate) const HIGH: u64 = 0x8080_8080_8080_8080;

/// A word of which some byte has its highest bit if and only if a byte of `word` is a backslash.
#[inline(always)]
pub(crate) fn backslash(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let word = word ^ (ONES * b'\\' as u64);
    word.wrapping_sub(ONES) & !word
}

#[cfg(test)]
mod tests {
    use super::Names;
    use crate::{Batch, Source};

    #[test]
    fn names_are_found_as_they_are_meant_and_nothing_else_is() {
        let many: Vec<String> = (0..300).map(|n| format!("name{n}")).collect();
        let few = ["", "a", "ab", "abc", "abcd", "eventName", "a name of more than 24 bytes", "a"];
        for names in [few.to_vec(), many.iter().map(String::as_str).collect(), vec![]] {
            let made = Names::new(names.iter().copied());
            assert_eq!(made.is_hashed(), names.len() < 255);
            let others = ["abce", "EventName", "a name of more than 24 bytez", "\u{e9}", "name300"];
            for name in names.iter().chain(&others).copied() {
                let escaped: String =
                    name.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
                for key in [name, &escaped] {
                    let mut batch = Batch::new();
                    let record = format!("{{\"{key}\":1}}");
                    batch.load_lines(record.as_bytes(), Source::default()).unwrap();
                    let event = batch.event(0);
                    let key = event.root().members().next().unwrap().key();
                    let expected = names.iter().position(|known| *known == name);
                    assert_eq!(made.find(key), expected, "{name}");
                }
            }
        }
    }
}
