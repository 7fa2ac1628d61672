//! The bytes that a guest and its host exchange: configurations and answers.
//!
//! This is the part of the batch ABI that is layout. What the exports of a module do stands in
//! `crates/guest/ABI.md`; both sides read and write with what is here, so that there is one
//! description of it in code. It depends on nothing, and a guest that somebody writes in Rust uses
//! it as ours does. For WebAssembly there is also `memory`, what stands behind `malloc` and `free`;
//! it exports nothing, as only the module itself may. And there is what a guest must not hand to
//! Fluent Bit.

mod answer;
mod configuration;
mod fluent_bit;
#[cfg(target_arch = "wasm32")]
pub mod memory;

pub use answer::{Answer, AnswerWriter, Counts, Frame, Full, Kind, Malformed, Status};
pub use configuration::{Entries, Entry, FILE, PIPELINE, TEXT, UnknownEntry, VARIABLE, entry};
pub use fluent_bit::{FLUENT_BIT_DEPTH_MAX, is_extreme};

/// The version of the ABI that a host asks for first. It grows when an export changes its meaning;
/// new exports and new members of the description do not change it.
pub const ABI_VERSION: u32 = 1;

/// How many bytes the header of an answer has.
pub const HEADER_BYTES: usize = 64;

/// How many bytes an answer may have; an input that would give more is not processed.
pub const ANSWER_BYTES_MAX: usize = 128 << 20;

/// How many bytes an input may have.
pub const INPUT_BYTES_MAX: usize = 64 << 20;
