//! Texts that stand for all that begin with them.

use crate::tag::Tag;
use crate::words::Words;

/// No prefix.
const NONE: u32 = u32::MAX;

/// Prefixes with the tags of their entries; finds all that a text begins with.
///
/// In the order of their bytes, a prefix stands before all that begins with it. So the last one
/// that is not behind a text either is a prefix of it, or begins with all those that are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Prefixes {
    words: Words,
    /// The numbers of the prefixes in the order of their bytes.
    order: Vec<u32>,
    /// The place in that order of the longest other prefix that each begins with, or [`NONE`].
    shorter: Vec<u32>,
}

impl Prefixes {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// Adds an entry; `None` if there is no room for more text.
    pub(crate) fn add(&mut self, text: &[u8], tag: Tag) -> Option<()> {
        self.words.add(text, tag)
    }

    /// Makes ready for look-ups.
    pub(crate) fn seal(&mut self) {
        self.words.seal();
        self.order = (0..self.words.len() as u32).collect();
        self.order.sort_unstable_by_key(|&number| self.words.text(number));
        let mut shorter = Vec::with_capacity(self.order.len());
        let mut open: Vec<u32> = Vec::new();
        for (place, &number) in self.order.iter().enumerate() {
            let text = self.words.text(number);
            while open.pop_if(|last| !text.starts_with(self.at(*last))).is_some() {}
            shorter.push(open.last().copied().unwrap_or(NONE));
            open.push(place as u32);
        }
        self.shorter = shorter;
    }

    /// The prefix at a place in the order.
    fn at(&self, place: u32) -> &[u8] {
        self.order.get(place as usize).map_or(&[], |&number| self.words.text(number))
    }

    /// The prefixes that a text begins with, the longest first, each with a tag.
    pub(crate) fn find<'f>(&'f self, text: &'f [u8]) -> impl Iterator<Item = (&'f [u8], Tag)> {
        let behind = self.order.partition_point(|&number| self.words.text(number) <= text);
        let last = behind.checked_sub(1).map(|place| place as u32);
        let next =
            move |&place: &u32| self.shorter.get(place as usize).copied().filter(|&p| p != NONE);
        let found = std::iter::successors(last, next)
            .filter(move |&place| text.starts_with(self.at(place)));
        found.flat_map(move |place| {
            let number = self.order.get(place as usize).copied().unwrap_or(NONE);
            self.words.tags(number).map(move |tag| (self.words.text(number), tag))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn all_prefixes_are_found(
            prefixes in proptest::collection::vec("[ab]{1,4}", 0..24),
            text in "[abc]{0,6}",
        ) {
            let mut made = Prefixes::default();
            for prefix in &prefixes {
                made.add(prefix.as_bytes(), Tag { list: 0, label: 0 }).unwrap();
            }
            made.seal();
            let found: Vec<&[u8]> = made.find(text.as_bytes()).map(|(prefix, _)| prefix).collect();
            let mut expected: Vec<&[u8]> = prefixes.iter().map(String::as_bytes).collect();
            expected.retain(|prefix| text.as_bytes().starts_with(prefix));
            expected.sort_by_key(|prefix| std::cmp::Reverse(prefix.len()));
            expected.dedup();
            prop_assert_eq!(found, expected);
        }
    }
}
