//! Says what an event did: read or write, success or failure, its category, and whether the guides
//! name the call.
//!
//! Everything is looked up in the tables below `tables`, each with its source. The vocabulary
//! stands in the details of [`SPEC`].

mod access;
mod call;
mod category;
mod index;
mod notable;
mod outcome;
mod spec;
mod stage;
mod tables;
mod technique;

pub use spec::SPEC;
pub use stage::{ACTION_IN_THE_WAY, EnrichAction};
