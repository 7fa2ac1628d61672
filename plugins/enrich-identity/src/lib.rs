//! Says who acted: the kind of principal, and the human or workload behind a role.
//!
//! The way of a record: `record` picks the members that matter, one pass over each object;
//! `resolve` makes an `Identity` of them, with the parsers of `arn`, `principal_id` and
//! `access_key`; `write` puts it into the event as `enrichment.identity`. The vocabulary stands
//! in the details of [`SPEC`].

mod access_key;
mod arn;
mod decoded;
mod identity;
mod principal_id;
mod record;
mod resolve;
mod spec;
mod stage;
mod workload;
mod write;

pub use spec::SPEC;
pub use stage::{EnrichIdentity, IN_THE_WAY};
