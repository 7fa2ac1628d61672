//! Says where the source address of an event is: country, region, city, location, network.
//!
//! The databases are in the format of MaxMind and stay where they are, mapped into memory. What an
//! address comes to is written once and copied for the events that follow.

mod address;
mod answer;
mod database;
mod fields;
mod memo;
mod record;
mod spec;
mod stage;
mod subset;

pub use spec::SPEC;
pub use stage::{EnrichGeoip, GEO_DATABASE_DAMAGED, GEO_IN_THE_WAY};
