//! Many texts, each kept once, end to end in one piece of memory, and found in constant time.

/// How many slots there are at first.
const SLOTS_MIN: usize = 16;

/// What a slot holds that is free; others hold the number of a text and one.
const FREE: u32 = 0;

/// Texts and their numbers, from zero on in the order in which they came.
///
/// A text takes its bytes, four more for where it ends, and six to eleven for its slot.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts {
    bytes: Vec<u8>,
    ends: Vec<u32>,
    /// Open addressing: a text is in the first slots from the one that its hash names.
    slots: Vec<u32>,
}

impl Texts {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text of a number; empty if there is none.
    pub(crate) fn get(&self, number: u32) -> &[u8] {
        let at = number as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        let end = self.ends.get(at).copied().unwrap_or(0);
        self.bytes.get(start.unwrap_or(0) as usize..end as usize).unwrap_or_default()
    }

    /// The number of a text.
    #[inline]
    pub(crate) fn find(&self, text: &[u8]) -> Option<u32> {
        self.probe(text).ok()
    }

    /// The number that a text has, or the free slot that is for it.
    fn probe(&self, text: &[u8]) -> Result<u32, usize> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = hash(text) as usize & mask;
        loop {
            match self.slots.get(slot) {
                // There is always a free slot; without any slots the first is none.
                None | Some(&FREE) => return Err(slot),
                Some(&number) if self.get(number - 1) == text => return Ok(number - 1),
                Some(_) => slot = (slot + 1) & mask,
            }
        }
    }

    /// Adds a text unless it is there; its number. `None` if all texts together are longer than
    /// 4 GiB.
    pub(crate) fn add(&mut self, text: &[u8]) -> Option<u32> {
        // Three quarters of the slots are used at most, so that runs of them stay short.
        if (self.ends.len() + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        let slot = match self.probe(text) {
            Ok(number) => return Some(number),
            Err(slot) => slot,
        };
        let end = u32::try_from(self.bytes.len() + text.len()).ok()?;
        let number = u32::try_from(self.ends.len()).ok()?;
        make_room(&mut self.bytes, text.len());
        self.bytes.extend_from_slice(text);
        make_room(&mut self.ends, 1);
        self.ends.push(end);
        self.slots[slot] = number + 1;
        Some(number)
    }

    fn grow(&mut self) {
        let slots = (self.slots.len() * 2).max(SLOTS_MIN);
        // The old ones are gone before the new ones are there.
        self.slots = Vec::new();
        self.slots = vec![FREE; slots];
        for number in 0..self.ends.len() as u32 {
            if let Err(slot) = self.probe(self.get(number)) {
                self.slots[slot] = number + 1;
            }
        }
    }

    /// Gives back the memory for more texts.
    pub(crate) fn seal(&mut self) {
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

/// Makes room in a long list, by a quarter, so that it never takes twice the memory it needs.
pub(crate) fn make_room<T>(list: &mut Vec<T>, more: usize) {
    if list.capacity() - list.len() < more {
        list.reserve_exact(more.max(list.len() / 4 + 16));
    }
}

/// A hash of a text. It need not withstand anybody: what is in the slots comes from the lists of
/// the user, and whoever writes an event can make a look-up no longer than the longest run of
/// slots.
#[inline]
fn hash(text: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut state = (text.len() as u64).wrapping_mul(FACTOR);
    let (words, rest) = text.as_chunks::<8>();
    for word in words {
        state = mix(state ^ u64::from_le_bytes(*word), FACTOR);
    }
    let last = rest.iter().rev().fold(0, |word, byte| (word << 8) | u64::from(*byte));
    mix(state ^ last, FACTOR)
}

/// Both halves of a product, so that every bit in changes the lower bits of what comes out.
fn mix(one: u64, two: u64) -> u64 {
    let product = u128::from(one) * u128::from(two);
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn texts_keep_their_numbers() {
        let (mut texts, mut expected) = (Texts::default(), HashMap::new());
        assert_eq!(texts.find(b""), None);
        for number in 0..20_000u32 {
            let text = format!("{}.example", number % 15_000).repeat(1 + number as usize % 3);
            let known = expected.len() as u32;
            let expected = *expected.entry(text.clone()).or_insert(known);
            assert_eq!(texts.add(text.as_bytes()), Some(expected));
        }
        assert_eq!(texts.add(b""), Some(expected.len() as u32));
        texts.seal();
        assert_eq!(texts.len(), expected.len() + 1);
        for (text, number) in expected {
            assert_eq!(texts.find(text.as_bytes()), Some(number));
            assert_eq!(texts.get(number), text.as_bytes());
            assert_eq!(texts.find(format!("{text}x").as_bytes()), None);
        }
        assert_eq!(texts.get(1 << 30), b"");
    }
}
