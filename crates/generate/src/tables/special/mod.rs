//! Records that are templates as a whole, because they have members of their own.

mod events;
mod signin;
mod unusual;

use crate::book::Folder;

/// A row: how often, which folder, the service whose event it is, and the record.
pub(crate) type Row = (u32, Folder, &'static str, &'static str);

/// Every special record.
pub(crate) const SPECIAL: &[&[Row]] = &[signin::ROWS, events::ROWS, unusual::ROWS];
