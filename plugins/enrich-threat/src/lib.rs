//! Finds addresses, domains, access keys and user agents of events in lists of threats.
//!
//! [`Indicators`] is what all lists together hold, compact and quick to look up; `read` has a
//! module for each format of list. The vocabulary stands in the details of [`SPEC`].

mod domain;
mod entry;
mod fields;
mod indicators;
mod options;
mod prefixes;
mod read;
mod spec;
mod stage;
mod tag;
mod texts;
mod words;
mod write;

pub use entry::IndicatorType;
pub use indicators::{Indicators, IndicatorsBuilder};
pub use spec::SPEC;
pub use stage::{EnrichThreat, THREAT_IN_THE_WAY};
