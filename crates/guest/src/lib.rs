//! The whole pipeline as one WebAssembly module that other collectors load.
//!
//! Built for `wasm32-unknown-unknown`, this crate is a module without imports. What it exports,
//! and what a host has to do, stands in `ABI.md` beside its manifest; the exports themselves are
//! thin (`wasm.rs`), and everything behind them is safe code that runs natively as well:
//!
//! - [`Configured`] is a pipeline made from a configuration, which holds the pipeline file and the
//!   files that it names, as a module opens none.
//! - [`Guest`] takes input through it: whole inputs with [`process`](Guest::process), for hosts of
//!   our own ABI, records one by one with [`filter`](Guest::filter), for Fluent Bit, and
//!   [`lines`](Guest::lines) for hosts that take any text.

mod answer;
pub mod component;
mod configuration;
mod description;
mod fluent_bit;
mod guest;
mod lines;
pub mod redpanda_transform;
mod stamp;
mod trouble;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use configuration::Configured;
pub use description::describe;
pub use fluent_bit::{FAULTS, RECORD_BYTES_MAX, unready};
pub use guest::{Guest, failure};
pub use lines::{End, Fault, LINE_FAULTS, Lines};
