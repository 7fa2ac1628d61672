//! Which members of a record some column claims: a tree of names, each level looked up at once.

use crate::schema::Schema;
use trailmill_stage::event::json::Str;
use trailmill_stage::event::{Names, Segment, Word};

/// What the columns want with the member of a name. Every claim has a slot of its own.
#[derive(Clone, Debug)]
pub(crate) enum Claim {
    /// The value.
    Value(usize),
    /// Values inside the object.
    Inside(usize, Claims),
}

/// The claimed members of one object.
#[derive(Clone, Debug, Default)]
pub(crate) struct Claims {
    names: Names,
    entries: Vec<Entry>,
}

/// A name that is claimed.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
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

    /// What is claimed.
    #[inline(always)]
    pub(crate) fn claim(&self) -> &Claim {
        &self.claim
    }
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
            self.entries.push(Entry { name: name.clone(), claim, text_slot: u32::MAX });
            self.entries.len() - 1
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
        self.names.find(key).and_then(|number| self.entries.get(number)).map(|entry| &entry.claim)
    }

    /// Whether [`look_up_word`](Claims::look_up_word) finds every name.
    #[inline(always)]
    pub(crate) fn is_hashed(&self) -> bool {
        self.names.is_hashed()
    }

    /// What is claimed under a name without escapes, as fast as can be.
    #[inline(always)]
    pub(crate) fn look_up_word(&self, name: &[u8], word: Word) -> Option<&Entry> {
        self.names.find_word(name, word).and_then(|number| self.entries.get(number))
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
        assert!(claims.is_hashed());
    }
}
