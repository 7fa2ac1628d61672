//! Turns a record into the row of a schema, and back.
//!
//! A [`Schema`] is a table that says which column comes from where. What no column claims goes,
//! with its nesting, into the column that takes the rest, so that [`unflatten`] gives the record
//! back. [`snare`] is the table of Snare's `AWSCloudTrailLog`.

mod cell;
mod claims;
mod error;
mod found;
mod learned;
mod members;
mod reference;
mod row;
mod schema;
mod snare;
mod spec;
mod time;
mod unflatten;

pub use error::{UnflattenError, UnflattenErrorKind};
pub use reference::reference;
pub use row::{CUT, Flatten, TIME_NOT_PARSED};
pub use schema::{Column, MakeSchema, Rule, SCHEMAS, Schema, SchemaError};
pub use snare::snare;
pub use spec::SPEC;
pub use unflatten::{Unflatten, unflatten};
