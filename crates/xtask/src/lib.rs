//! Developer chores: the rules of the house as a test, and the pages derived from the SPECs.
//!
//! `cargo xtask tidy` checks the whole tree, `cargo xtask docs` writes the reference pages. Both
//! are run by `cargo test` as well, so that nobody has to think of them.

pub mod docs;
pub mod secrets;
pub mod tidy;

use std::path::PathBuf;

/// The root of the workspace.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}
