//! Texts that are looked up as a whole, and the entries that each of them is of.

use crate::tag::Tag;
use crate::texts::{Texts, make_room};

/// Texts with the tags of their entries.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    texts: Texts,
    /// The first tag of each text.
    first: Vec<Tag>,
    /// Further tags of texts that are in several lists, sorted.
    further: Vec<(u32, Tag)>,
}

impl Words {
    /// How many texts there are.
    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }

    /// Adds an entry; `None` if there is no room for more text.
    pub(crate) fn add(&mut self, text: &[u8], tag: Tag) -> Option<()> {
        let number = self.texts.add(text)?;
        match self.first.get(number as usize) {
            None => {
                make_room(&mut self.first, 1);
                self.first.push(tag);
            }
            Some(known) if *known != tag => self.further.push((number, tag)),
            Some(_) => {}
        }
        Some(())
    }

    /// Makes ready for look-ups.
    pub(crate) fn seal(&mut self) {
        self.texts.seal();
        self.first.shrink_to_fit();
        self.further.sort_unstable();
        self.further.dedup();
        self.further.shrink_to_fit();
    }

    /// The text of a number.
    pub(crate) fn text(&self, number: u32) -> &[u8] {
        self.texts.get(number)
    }

    /// The tags of the text of a number, those of the first list first.
    pub(crate) fn tags(&self, number: u32) -> impl Iterator<Item = Tag> {
        let from = self.further.partition_point(|(known, _)| *known < number);
        let further = self.further[from..].iter().take_while(move |(known, _)| *known == number);
        let first = self.first.get(number as usize).copied();
        first.into_iter().chain(further.map(|(_, tag)| *tag))
    }

    /// The tags of a text.
    #[inline]
    pub(crate) fn find(&self, text: &[u8]) -> impl Iterator<Item = Tag> {
        self.texts.find(text).into_iter().flat_map(|number| self.tags(number))
    }
}
