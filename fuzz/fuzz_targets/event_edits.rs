//! The bytes lead a game of edits that an event and a plain tree must play alike.
#![no_main]

#[path = "../../crates/event/tests/support/mod.rs"]
mod support;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| support::play::play(bytes));
