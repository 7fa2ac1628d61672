//! The way through the tree of a database, from its ends to its root.

use super::data::Data;
use super::keep::Keeper;
use super::tree::{Nodes, Side, Tree};
use super::{Result, SEPARATOR};
use crate::record::Record;
use maxminddb::Reader;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

const DAMAGED_TREE: &str = "its tree of networks is damaged";
const DAMAGED_RECORD: &str = "a record in it is damaged";

/// How many bits an address has.
const V6_BITS: usize = 128;
const V4_BITS: usize = 32;

/// What a node has become, and how many bits there are from it to the end that is furthest.
#[derive(Clone, Copy, Debug)]
struct Done {
    side: Side,
    height: usize,
}

/// A node whose sides are not all done.
#[derive(Debug)]
struct Open {
    node: u32,
    /// The bits of the first address that it holds.
    path: u128,
    sides: Vec<Done>,
}

impl Open {
    fn at(node: u32, path: u128) -> Self {
        Open { node, path, sides: Vec::with_capacity(2) }
    }
}

/// The way; nodes that are under way stand on a stack of their own.
pub(super) struct Walk<'w, 'd> {
    reader: &'w Reader<&'d [u8]>,
    file: &'d [u8],
    keeper: Keeper<'w>,
    tree: Tree,
    /// What nodes have become: several ways may lead to one.
    nodes: Vec<Option<Done>>,
    /// What records have become, by what stands for them in the tree.
    records: HashMap<u32, Side>,
}

impl<'w, 'd> Walk<'w, 'd> {
    pub(super) fn new(reader: &'w Reader<&'d [u8]>, file: &'d [u8], keeper: Keeper<'w>) -> Self {
        let (tree, records) = (Tree::default(), HashMap::new());
        Walk { reader, file, keeper, tree, nodes: Vec::new(), records }
    }

    /// The new tree, its root, and the data that it leads to.
    ///
    /// # Errors
    /// If an address is known whose bits end within the tree, or whose record can not be read.
    pub(super) fn run(mut self) -> Result<(Tree, Side, Data)> {
        let metadata = self.reader.metadata();
        let nodes = Nodes::new(self.file, metadata.node_count, metadata.record_size)?;
        self.nodes = vec![None; nodes.count as usize];
        let mut open = vec![Open::at(0, 0)];
        while let Some(top) = open.last_mut() {
            let [left, right] = top.sides[..] else {
                self.go_on(nodes, &mut open)?;
                continue;
            };
            let done = self.close(top.node, left, right);
            open.pop();
            match open.last_mut() {
                Some(outer) => outer.sides.push(done),
                None => return Ok((self.tree, done.side, self.keeper.into_data())),
            }
        }
        Err(DAMAGED_TREE)
    }

    /// Goes to the next side of the node on top: it is done, or a node to be opened.
    fn go_on(&mut self, nodes: Nodes<'_>, open: &mut Vec<Open>) -> Result<()> {
        let bits = if self.reader.metadata().ip_version == 4 { V4_BITS } else { V6_BITS };
        let depth = open.len();
        let Some(top) = open.last_mut() else { return Ok(()) };
        let side = top.sides.len();
        let number = nodes.side(top.node, side);
        let path = top.path | (side as u128) << (V6_BITS - depth);
        let known = match number < nodes.count {
            true => self.nodes[number as usize],
            false => Some(self.end(number, nodes.count, path)?),
        };
        match known {
            Some(done) if depth + done.height <= bits => top.sides.push(done),
            None if depth < bits => open.push(Open::at(number, path)),
            _ => return Err(DAMAGED_TREE),
        }
        Ok(())
    }

    fn close(&mut self, node: u32, left: Done, right: Done) -> Done {
        let side = self.tree.join([left.side, right.side]);
        let done = Done { side, height: 1 + left.height.max(right.height) };
        self.nodes[node as usize] = Some(done);
        done
    }

    /// What an end of the tree becomes, to which an address leads.
    fn end(&mut self, number: u32, node_count: u32, path: u128) -> Result<Done> {
        let known = self.records.get(&number).copied();
        let side = match known.or((number == node_count).then_some(Side::Nothing)) {
            Some(side) => side,
            None => {
                let side = self.record((number - node_count) as usize, path)?;
                self.records.insert(number, side);
                side
            }
        };
        Ok(Done { side, height: 0 })
    }

    /// What a record becomes, that stands so far behind the end of the tree.
    fn record(&mut self, distance: usize, path: u128) -> Result<Side> {
        let address = match self.reader.metadata().ip_version {
            4 => IpAddr::from(Ipv4Addr::from_bits((path >> (V6_BITS - V4_BITS)) as u32)),
            _ => IpAddr::from(Ipv6Addr::from_bits(path)),
        };
        let found = self.reader.lookup(address).map_err(|_| DAMAGED_TREE)?;
        if found.offset().map(|offset| offset + SEPARATOR) != Some(distance) {
            return Err(DAMAGED_TREE);
        }
        let record: Record<'_> = found.decode().ok().flatten().ok_or(DAMAGED_RECORD)?;
        Ok(self.keeper.keep(&record)?.map_or(Side::Nothing, Side::Data))
    }
}
