//! What the user sees on the terminal.

pub(crate) mod diff;
pub(crate) mod explanation;
pub(crate) mod figures;
pub(crate) mod progress;
pub(crate) mod reference;
pub(crate) mod summary;
