//! The tree of networks: a node for each bit of an address, until it is clear what holds there.

use super::Result;
use std::collections::HashMap;

/// Where a side of a node leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Side {
    /// Nothing is known there.
    Nothing,
    /// To a node, by its number.
    Node(u32),
    /// To a record, by its offset in the data.
    Data(u32),
}

/// A tree of which no two parts are equal, grown from its ends to its root.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<[Side; 2]>,
    numbers: HashMap<[Side; 2], u32>,
}

impl Tree {
    /// A place that is divided so; no node, if the same holds on both sides.
    pub(super) fn join(&mut self, sides: [Side; 2]) -> Side {
        if sides[0] == sides[1] && !matches!(sides[0], Side::Node(_)) {
            return sides[0];
        }
        // There are no more than in the tree of a database, which have numbers of 32 bits.
        let number = *self.numbers.entry(sides).or_insert(self.nodes.len() as u32);
        if number as usize == self.nodes.len() {
            self.nodes.push(sides);
        }
        Side::Node(number)
    }

    /// All nodes, that of the root first.
    pub(super) fn into_nodes(mut self, root: Side) -> Vec<[Side; 2]> {
        if !matches!(root, Side::Node(_)) {
            self.nodes.push([root; 2]);
        }
        // What was joined last is the root.
        let last = self.nodes.len() as u32 - 1;
        let turned = |side| match side {
            Side::Node(number) => Side::Node(last - number),
            other => other,
        };
        self.nodes.iter().rev().map(|sides| sides.map(turned)).collect()
    }
}

/// The nodes of a database as they stand in its file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nodes<'d> {
    file: &'d [u8],
    record_size: u16,
    pub(super) count: u32,
}

impl<'d> Nodes<'d> {
    /// The nodes at the beginning of a file, with sides of `record_size` bits.
    ///
    /// # Errors
    /// If that is another size than those that are in use, or there are none.
    pub(super) fn new(file: &'d [u8], count: u32, record_size: u16) -> Result<Self> {
        let is_known = matches!(record_size, 24 | 28 | 32);
        let bytes = count as usize * usize::from(record_size) / 4;
        let is_whole = count > 0 && file.len() >= bytes;
        let nodes = Nodes { file, record_size, count };
        if is_known && is_whole { Ok(nodes) } else { Err("it is no whole database") }
    }

    /// What stands on a side of a node, which is one of the tree.
    pub(super) fn side(&self, node: u32, side: usize) -> u32 {
        let bytes = usize::from(self.record_size) / 4;
        let node = &self.file[node as usize * bytes..][..bytes];
        let number = |high: u8, low: &[u8]| u32::from_be_bytes([high, low[0], low[1], low[2]]);
        match (self.record_size, side) {
            (24, side) => number(0, &node[3 * side..]),
            // The byte in the middle has the highest bits of both.
            (28, 0) => number(node[3] >> 4, node),
            (28, _) => number(node[3] & 0xf, &node[4..]),
            (_, side) => number(node[4 * side], &node[4 * side + 1..]),
        }
    }
}
