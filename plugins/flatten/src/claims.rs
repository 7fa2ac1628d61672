//! Which members of a record some column claims: a tree of names, each level looked up at once.

use crate::schema::Schema;
use trailmill_stage::event::Segment;
use trailmill_stage::event::json::Str;

/// What the columns want with the member of a name. Every claim has a slot of its own.
#[derive(Clone, Debug)]
pub(crate) enum Claim {
    /// The value.
    Value(usize),
    /// Values inside the object.
    Inside(usize, Names),
}

/// The claimed members of one object, in a perfect hash.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    entries: Vec<Entry>,
    /// Number of an entry, or one that is too high; empty where no perfect hash was found.
    table: Vec<u8>,
    multiplier: u64,
    shift: u32,
}

/// A name that is claimed.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    word: Word,
    name: String,
    claim: Claim,
    /// The slot, if its column takes any string as it stands; else a number too high.
    text_slot: u32,
}

impl Entry {
    /// The slot, if its column takes any string as it stands; else a number too high.
    #[inline(always)]
    pub(crate) fn text_slot(&self) -> usize {
        self.text_slot as usize
    }
}

impl Names {
    /// The claims of a schema: for each column its slot, the tree, and how many slots there are.
    pub(crate) fn of(schema: &Schema) -> (Vec<Option<usize>>, Self, usize) {
        let mut names = Names::default();
        let mut count = 0;
        let paths = schema.columns.iter().map(|column| column.rule.from());
        let slots = paths.map(|path| names.insert(path?.segments(), &mut count)).collect();
        names.seal();
        (slots, names, count)
    }

    fn insert(&mut self, segments: &[Segment], count: &mut usize) -> Option<usize> {
        let [Segment::Member(name), rest @ ..] = segments else { return None };
        let known = self.entries.iter().position(|entry| entry.name == *name);
        let position = known.unwrap_or_else(|| {
            let slot = *count;
            *count += 1;
            let claim = match rest {
                [] => Claim::Value(slot),
                _ => Claim::Inside(slot, Names::default()),
            };
            let word = Word::of(name.as_bytes());
            self.entries.push(Entry { word, name: name.clone(), claim, text_slot: u32::MAX });
            self.entries.len() - 1
        });
        match &mut self.entries[position].claim {
            Claim::Inside(_, names) => names.insert(rest, count),
            Claim::Value(slot) => Some(*slot),
        }
    }

    /// Finds a multiplier that gives every name a place of its own, here and inside.
    fn seal(&mut self) {
        for entry in &mut self.entries {
            if let Claim::Inside(_, names) = &mut entry.claim {
                names.seal();
            }
        }
        if self.entries.len() >= usize::from(u8::MAX) {
            return;
        }
        // Larger tables make it easier.
        let odd = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        for (bits, n) in (5..12).flat_map(|bits| (1..400).map(move |n| (bits, n))) {
            let (shift, multiplier) = (64 - bits, odd(n));
            let mut table = vec![u8::MAX; 1 << bits];
            let free = self.entries.iter().enumerate().all(|(number, entry)| {
                let place = entry.word.place(multiplier, shift);
                std::mem::replace(&mut table[place], number as u8) == u8::MAX
            });
            if free {
                (self.table, self.multiplier, self.shift) = (table, multiplier, shift);
                return;
            }
        }
    }

    /// Notes which slots take any string as it stands.
    pub(crate) fn note_texts(&mut self, is_text: &impl Fn(usize) -> bool) {
        for entry in &mut self.entries {
            match &mut entry.claim {
                Claim::Inside(_, inner) => inner.note_texts(is_text),
                Claim::Value(slot) if is_text(*slot) => entry.text_slot = *slot as u32,
                Claim::Value(_) => {}
            }
        }
    }

    /// What is claimed under a key, escaped or not.
    pub(crate) fn get(&self, key: Str<'_>) -> Option<&Claim> {
        let found = self.look_up(key.raw());
        let found = found.or_else(|| match self.table.is_empty() || key.raw().contains(&b'\\') {
            true => self.entries.iter().find(|entry| key.is(&entry.name)),
            false => None,
        });
        found.map(|entry| &entry.claim)
    }

    /// Whether [`look_up`](Names::look_up) finds every name.
    #[inline(always)]
    pub(crate) fn is_hashed(&self) -> bool {
        !self.table.is_empty()
    }

    /// What is claimed under a name without escapes, as fast as can be.
    #[inline(always)]
    pub(crate) fn look_up(&self, name: &[u8]) -> Option<&Entry> {
        self.look_up_word(name, Word::of(name))
    }

    #[inline(always)]
    pub(crate) fn look_up_word(&self, name: &[u8], word: Word) -> Option<&Entry> {
        let number = *self.table.get(word.place(self.multiplier, self.shift))?;
        let entry = self.entries.get(usize::from(number))?;
        let is_it = entry.word == word && (name.len() <= 24 || entry.name.as_bytes() == name);
        is_it.then_some(entry)
    }

    /// All names claimed, with their claims.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Claim)> {
        self.entries.iter().map(|entry| (entry.name.as_str(), &entry.claim))
    }
}

/// A name in three machine words: all of it if it has at most 24 bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    head: u64,
    tail: u64,
    /// The bytes behind the head, if there are more than 16 in all.
    middle: u64,
    length: usize,
}

impl Word {
    #[inline(always)]
    pub(crate) fn of(name: &[u8]) -> Self {
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
    pub(crate) fn may_be_escaped(self) -> bool {
        const ONES: u64 = 0x0101_0101_0101_0101;
        let zero_where_backslash = |word: u64| word ^ (ONES * b'\\' as u64);
        let has_zero = |word: u64| word.wrapping_sub(ONES) & !word & (ONES << 7);
        let words = [self.head, self.tail, self.middle].map(zero_where_backslash).map(has_zero);
        self.length > 24 || words[0] | words[1] | words[2] != 0
    }

    #[inline(always)]
    fn place(self, multiplier: u64, shift: u32) -> usize {
        let mixed = self.head ^ self.tail.rotate_left(29) ^ self.length as u64;
        (mixed.wrapping_mul(multiplier) >> (shift & 63)) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn the_table_of_snare_has_a_perfect_hash() {
        let (_, names, _) = Names::of(&crate::snare());
        assert!(!names.table.is_empty());
    }
}
