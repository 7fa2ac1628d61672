//! Keeps a share of the events, the same one every time.
//!
//! Whether an event is kept depends on nothing but the text at its key, so that every run, every
//! thread and every copy of a record comes to the same decision.

mod hash;
mod rate;
mod spec;
mod stage;

pub use hash::hash;
pub use spec::SPEC;
pub use stage::KEY_MISSING;
