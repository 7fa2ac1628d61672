//! Drops records that came before, told by their eventID.

mod dedupe;
mod seen;
mod spec;

pub use spec::SPEC;
