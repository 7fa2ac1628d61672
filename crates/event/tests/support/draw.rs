//! Decisions drawn from bytes, so that a property test and a fuzzer can lead the same game.

use super::tree::{Name, Tree};
use trailmill_event::{Path, Segment};

/// Few enough names that paths meet each other, and the odd ones among them.
const NAMES: &[&str] = &["a", "b", "c", "a.b", "", "\u{e9}", "q\"\\", "userIdentity", "\t", "0"];

/// Values that are no containers, as they stand.
const LEAVES: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "1.50",
    "1e400",
    "9223372036854775807",
    "9223372036854775808",
    "\"\"",
    "\"a\"",
    "\"two words, \\\"quoted\\\": {}\"",
    "\"\\u0041\\n\\/\"",
    "\"\u{1f600}\\ud83d\\ude00\"",
    "\" \"",
];

/// A source of decisions; when the bytes are used up, every decision is the first choice.
#[derive(Debug)]
pub(crate) struct Draw<'a> {
    bytes: &'a [u8],
}

impl<'a> Draw<'a> {
    /// Decisions from these bytes.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Draw { bytes }
    }

    /// Whether the bytes are used up.
    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// A number below `end`, which is at most 256.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        match self.bytes.split_first() {
            Some((&first, rest)) => {
                self.bytes = rest;
                usize::from(first) % end
            }
            None => 0,
        }
    }

    /// One of these.
    pub(crate) fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// Whether something happens that happens once in `times`.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    /// A member's name.
    pub(crate) fn name(&mut self) -> &'static str {
        self.one_of(NAMES)
    }

    /// An object, with duplicate names if so wanted.
    pub(crate) fn object(&mut self, duplicates: bool) -> Tree {
        let mut members: Vec<(Name, Tree)> = Vec::new();
        for _ in 0..self.below(7) {
            let name = self.name();
            if duplicates || members.iter().all(|(known, _)| known.decoded != name) {
                let name = if self.once_in(4) { Name::escaped(name) } else { Name::new(name) };
                members.push((name, self.tree(3, duplicates)));
            }
        }
        Tree::Object(members)
    }

    /// Any value, nested at most so deep.
    pub(crate) fn tree(&mut self, depth: usize, duplicates: bool) -> Tree {
        match self.below(if depth == 0 { 3 } else { 6 }) {
            0..3 => Tree::Leaf(self.one_of(LEAVES).to_owned()),
            3 => {
                let count = self.below(4);
                Tree::Array((0..count).map(|_| self.tree(depth - 1, duplicates)).collect())
            }
            _ => {
                let mut members: Vec<(Name, Tree)> = Vec::new();
                for _ in 0..self.below(4) {
                    let name = self.name();
                    if duplicates || members.iter().all(|(known, _)| known.decoded != name) {
                        members.push((Name::new(name), self.tree(depth - 1, duplicates)));
                    }
                }
                Tree::Object(members)
            }
        }
    }

    /// A path that leads some way into `tree`, and perhaps beyond it.
    pub(crate) fn path(&mut self, tree: &Tree) -> Path {
        let mut segments = Vec::new();
        let mut here = Some(tree);
        for _ in 0..=self.below(4) {
            let segment = self.segment(here);
            here = here.and_then(|tree| tree.step(&segment));
            segments.push(segment);
        }
        if self.once_in(64) {
            segments.clear();
        }
        Path::new(segments)
    }

    fn segment(&mut self, here: Option<&Tree>) -> Segment {
        match here {
            Some(Tree::Array(elements)) if !self.once_in(8) => {
                Segment::Element(self.below(elements.len() + 1))
            }
            Some(Tree::Object(members)) if !members.is_empty() && !self.once_in(4) => {
                Segment::Member(members[self.below(members.len())].0.decoded.clone())
            }
            _ if self.once_in(16) => Segment::Element(self.below(3)),
            _ => Segment::Member(self.name().to_owned()),
        }
    }
}
