//! Cuts a database down to what the stage reads of it, for modules, in which it has to stand.
//!
//! Every address is answered as by the whole database. Records keep the members that the settings
//! ask for, names in one language; records that are equal then are one, neighbors with equal
//! records one network, and parts of the tree that are equal one part, which is also how IPv4
//! addresses are found under several networks of IPv6. A database of which that can not be said,
//! since something in it is damaged, is not cut.
//!
//! The format is that of "MaxMind DB File Format Specification", version 2.0.

mod data;
mod file;
mod keep;
mod tree;
mod walk;

use crate::fields::Field;
use data::Data;
use keep::Keeper;
use maxminddb::Reader;
use walk::Walk;

/// Or else why the database is not cut.
type Result<T> = std::result::Result<T, &'static str>;

/// How many zeros stand between the tree and the data; pointers in the tree count them.
const SEPARATOR: usize = 16;

/// What the stage reads of a record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'s> {
    pub(crate) fields: &'s [Field],
    /// The language of names; the English one stands in for a name that is missing.
    pub(crate) language: &'s str,
}

/// The part of a database that is wanted, as a database of its own.
///
/// Each node and each record is looked at once, and what comes out is no larger than `whole`.
///
/// # Errors
/// Why the whole database is needed, in a few words.
pub(crate) fn cut(whole: &[u8], wanted: Wanted<'_>) -> Result<Vec<u8>> {
    let reader = Reader::from_source(whole).map_err(|_| "it is no whole database")?;
    let keeper = Keeper::new(wanted, Data::new(whole.len()));
    let (tree, root, data) = Walk::new(&reader, whole, keeper).run()?;
    let file = file::write(tree.into_nodes(root), &data, reader.metadata(), wanted)?;
    if file.len() < whole.len() { Ok(file) } else { Err(data::NOT_SMALLER) }
}
