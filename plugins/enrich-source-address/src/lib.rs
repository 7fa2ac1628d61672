//! Says what `sourceIPAddress` is: an address of which kind, an AWS service, or neither.
//!
//! The vocabulary stands in the details of [`SPEC`].

mod aws_ranges;
mod service;
mod spec;
mod stage;

pub use aws_ranges::{AwsRange, AwsRanges};
pub use spec::SPEC;
pub use stage::{EnrichSourceAddress, SOURCE_ADDRESS_IN_THE_WAY};
