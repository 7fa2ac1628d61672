//! Which functions and which static data a configured module can still reach.

use super::links::{Links, Target};
use std::collections::HashSet;
use std::ops::Range;

/// A module as it stands in an instance that was configured.
#[derive(Debug)]
pub(super) struct Image<'a> {
    /// All of its memory.
    pub(super) memory: &'a [u8],
    /// Where the program keeps what it has asked for; behind the static data.
    pub(super) heap: Range<u32>,
}

/// What can be reached.
#[derive(Debug, Default)]
pub(super) struct Reach {
    pub(super) functions: HashSet<u32>,
    /// By position in [`Links::pieces`].
    pub(super) pieces: HashSet<usize>,
}

/// Follows the links from some functions and from what stands on the heap.
///
/// Code and constant data say exactly what they refer to. In memory that the program writes, every
/// word that could be an address is taken for one, as a conservative collector of garbage does: it
/// may keep something that nobody needs, and never loses what somebody does.
pub(super) fn reach(links: &Links, image: &Image<'_>, roots: &[u32]) -> Reach {
    let mut walk = Walk { links, image, found: Reach::default(), open: Vec::new() };
    roots.iter().for_each(|&function| walk.take(Target::Function(function)));
    walk.take_words(image.heap.clone());
    while let Some(target) = walk.open.pop() {
        walk.follow(target);
    }
    walk.found
}

struct Walk<'a> {
    links: &'a Links,
    image: &'a Image<'a>,
    found: Reach,
    open: Vec<Target>,
}

impl Walk<'_> {
    fn take(&mut self, target: Target) {
        let is_new = match target {
            Target::Function(index) => self.found.functions.insert(index),
            Target::Piece(position) => self.found.pieces.insert(position),
        };
        if is_new {
            self.open.push(target);
        }
    }

    fn follow(&mut self, target: Target) {
        let links = self.links;
        match target {
            Target::Function(index) => {
                links.of_functions[index as usize].iter().for_each(|&target| self.take(target));
            }
            Target::Piece(position) if links.pieces[position].constant => {
                links.of_pieces[position].iter().for_each(|&target| self.take(target));
            }
            // What it was linked with may be gone since.
            Target::Piece(position) => self.take_words(links.pieces[position].range.clone()),
        }
    }

    /// Takes every word of a piece of memory for an address.
    fn take_words(&mut self, range: Range<u32>) {
        let start = range.start.next_multiple_of(4) as usize;
        let end = (range.end as usize).min(self.image.memory.len());
        let Some(bytes) = self.image.memory.get(start..end) else { return };
        for word in bytes.chunks_exact(4) {
            let word = u32::from_le_bytes([word[0], word[1], word[2], word[3]]);
            if word == 0 {
                continue;
            }
            if let Some(&function) = self.links.table.get(&word) {
                self.take(Target::Function(function));
            }
            let pieces: Vec<usize> = self.links.pieces_at(word).collect();
            pieces.into_iter().for_each(|piece| self.take(Target::Piece(piece)));
        }
    }
}

#[cfg(test)]
mod tests;
