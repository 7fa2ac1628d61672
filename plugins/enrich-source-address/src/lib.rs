//! Says what `sourceIPAddress` is: a public, private or reserved address, an address of AWS, of a
//! VPC behind an endpoint, an AWS service, AWS itself, or nothing of the kind.
//!
//! The vocabulary stands in the details of [`SPEC`].

mod aws_ranges;
mod service;
mod spec;
mod stage;

pub use aws_ranges::{AwsRange, AwsRanges};
pub use spec::SPEC;
pub use stage::{EnrichSourceAddress, SOURCE_ADDRESS_IN_THE_WAY};
