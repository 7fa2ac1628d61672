//! Names the accounts of an event: whose they are and what they are for.
//!
//! The table comes from a file (CSV, JSON, what `aws organizations list-accounts` prints) or stands
//! in the pipeline file. It is read once, and what is to be said about each account is kept as
//! text: an event costs two look-ups and a copy.

mod account_id;
mod accounts;
mod fields;
mod spec;
mod stage;
mod table;

pub use spec::SPEC;
pub use stage::{ACCOUNT_IN_THE_WAY, EnrichAccount};
