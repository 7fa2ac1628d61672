//! Hides the secrets and personal data of an event, and fails closed.
//!
//! Settings become a [`Plan`](plan::Plan): rules, and for each of them what has to be met in the
//! text of a record before anyone looks closer. A record without any such thing, which is most of
//! them, is passed over three times at the speed of the index: its keys, its backslashes and the
//! beginnings of secrets. Whatever is found becomes a list of changes to spans of the text, and
//! the event is written anew with them.

mod anchors;
mod catalog;
mod change;
mod detect;
mod encoded;
mod examples;
#[cfg(test)]
mod exhaustive;
mod findings;
mod folded;
mod hide;
mod key;
mod look;
mod marks;
mod names;
mod options;
mod pass;
mod pattern;
mod place;
mod plan;
mod preset;
mod pseudonym;
mod rule;
mod spec;
mod stage;
mod tables;
mod text;

pub use findings::Finding;
pub use spec::SPEC;
pub use stage::{NOT_REDACTED, Redactor};
