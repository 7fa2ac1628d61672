//! Keeps or drops events by a condition.

mod examples;
mod spec;

pub use spec::SPEC;
