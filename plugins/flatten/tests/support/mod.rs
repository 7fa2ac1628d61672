//! What the tests share: rows made in every way, records given back, and what they must be.
// Each test file is a crate of its own and uses its own part of this module.
#![allow(dead_code)]
// Tests read files and say what they skip; stages do neither.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::print_stderr)]

pub(crate) mod equal;
pub(crate) mod mill;
pub(crate) mod oracle;
pub(crate) mod sample;
pub(crate) mod text;
