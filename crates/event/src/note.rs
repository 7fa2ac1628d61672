//! Things worth counting that are no faults: a text that was cut, a time that did not parse.

/// Something that a stage counts.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct NoteKind {
    /// Its name in the summary, in kebab-case: `time-not-parsed`.
    pub name: &'static str,
    /// What it means, in one sentence.
    pub help: &'static str,
}

/// How often each kind was noted.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    counts: Vec<(&'static NoteKind, u64)>,
}

impl Notes {
    /// Counts one more of a kind.
    pub fn add(&mut self, kind: &'static NoteKind, count: u64) {
        match self.counts.iter_mut().find(|(known, _)| known.name == kind.name) {
            Some((_, total)) => *total += count,
            None => self.counts.push((kind, count)),
        }
    }

    /// Adds the counts of others and leaves them empty.
    pub fn take_from(&mut self, other: &mut Notes) {
        for (kind, count) in other.counts.drain(..) {
            self.add(kind, count);
        }
    }

    /// The kinds noted, in the order in which they were first met.
    pub fn iter(&self) -> impl Iterator<Item = (&'static NoteKind, u64)> + '_ {
        self.counts.iter().copied()
    }

    /// Whether nothing was noted.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }
}
