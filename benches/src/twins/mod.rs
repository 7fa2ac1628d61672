//! The whole job done in two other ways, as yardsticks: a JSON tree, and typed spans.
//!
//! Both take one record as one line of compact JSON and append one row of the table
//! `AWSCloudTrailLog`. They are written as somebody would who wants to be done by tonight: no
//! limits but those of the table, no faults but the first error, no record in any wrapping. What
//! they do not reproduce is listed with each; `tests/twins.rs` compares them with trailmill.

pub mod cell;
pub mod columns;
pub mod spans;
pub mod typed;
pub mod value;
