//! What the tests share: a model of an event as a plain tree, and a game that both must play alike.
// Each test file is a crate of its own and uses its own part of this module.
#![allow(dead_code)]

pub(crate) mod draw;
pub(crate) mod play;
pub(crate) mod tree;
