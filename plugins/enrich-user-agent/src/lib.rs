//! Says what called: console, CLI, SDK, Terraform, service, browser, offensive tool.
//!
//! A user agent is read once, from its first word to its last; what its words mean stands in the
//! tables below `tables`, each with its source. The vocabulary stands in the details of [`SPEC`].

mod agent;
mod browser;
mod client;
mod kind;
mod metadata;
mod parse;
mod products;
mod spec;
mod stage;
mod systems;
mod tables;
mod words;

pub use spec::SPEC;
pub use stage::{EnrichUserAgent, USER_AGENT_IN_THE_WAY};
