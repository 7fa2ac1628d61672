//! What the exports of a module do: pointers and lengths on this side, safe code on the other.
//!
//! A module has one thread, and no import that could call back. Its guest stands in a cell that is
//! empty while it works: after a trap in the middle of a call, the next one finds it empty, and
//! makes another of the same configuration.
#![allow(unsafe_code, reason = "hosts hand over pointers")]

use crate::guest::{Guest, failure};
use crate::stage::Stage;
use std::cell::Cell;
use trailmill_abi::ABI_VERSION;
use trailmill_abi::memory::{self, keep, keep_blocks, packed};

thread_local! {
    /// What the host has configured, never freed; set once.
    static CONFIGURATION: Cell<Option<&'static [u8]>> = const { Cell::new(None) };
    static GUEST: Cell<Option<Box<Guest>>> = const { Cell::new(None) };
}

const NO_INPUT: &str = "there is no memory at this pointer";

/// What the host has written for the call at hand; none if it points nowhere.
fn input<'a>(pointer: u32, length: u32) -> Option<&'a [u8]> {
    // SAFETY: The exports hand on what the host has handed to them, and look at it until they
    // answer.
    unsafe { memory::input(pointer, length) }
}

/// An empty text where all is well, and else what is wrong.
fn said(outcome: Result<(), String>) -> u64 {
    outcome.map_or_else(|message| keep(message.into_bytes()), |()| 0)
}

/// Lends the guest, a new one if there is none.
fn with_guest<T>(stage: &'static Stage, work: impl FnOnce(&mut Guest) -> T) -> T {
    let mut guest = GUEST.take().unwrap_or_else(|| {
        let mut guest = Guest::new(stage);
        if let Some(configuration) = CONFIGURATION.get() {
            // It was taken once, so it is taken now.
            let _ = guest.configure(configuration);
        }
        Box::new(guest)
    });
    let outcome = work(&mut guest);
    GUEST.set(Some(guest));
    outcome
}

/// `malloc`.
pub fn malloc(bytes: u32) -> *mut u8 {
    memory::allocate(bytes)
}

/// `free`.
pub fn free(pointer: u32) {
    // SAFETY: This is what the host has handed over.
    unsafe { memory::release(pointer) }
}

/// `trailmill_abi_version`.
pub fn abi_version() -> u32 {
    ABI_VERSION
}

/// `trailmill_describe`.
pub fn describe(stage: &'static Stage) -> u64 {
    keep(with_guest(stage, |guest| guest.describe()).into_bytes())
}

/// `trailmill_configure`.
pub fn configure(stage: &'static Stage, pointer: u32, length: u32) -> u64 {
    let Some(configuration) = input(pointer, length) else {
        return said(Err(NO_INPUT.to_owned()));
    };
    let outcome = with_guest(stage, |guest| guest.configure(configuration));
    if outcome.is_ok() {
        CONFIGURATION.set(Some(Box::leak(configuration.into())));
    }
    said(outcome)
}

/// `trailmill_origin`.
pub fn origin(stage: &'static Stage, pointer: u32, length: u32) -> u64 {
    let outcome = match input(pointer, length) {
        Some(text) => with_guest(stage, |guest| guest.origin(text)),
        None => Err(NO_INPUT),
    };
    said(outcome.map_err(str::to_owned))
}

/// `trailmill_process`.
pub fn process(stage: &'static Stage, pointer: u32, length: u32) -> u64 {
    keep_blocks();
    match input(pointer, length) {
        Some(input) => with_guest(stage, |guest| packed(guest.process(input))),
        None => keep(failure(NO_INPUT)),
    }
}

/// `trailmill_fluent_bit`.
pub fn fluent_bit(stage: &'static Stage, record: u32, length: u32) -> *const u8 {
    keep_blocks();
    with_guest(stage, |guest| guest.filter(input(record, length)).as_ptr())
}

/// `wizer-initialize`: reads the settings, so that no record has to wait for that; traps if they
/// are refused, as such a snapshot could do nothing.
pub fn initialize(stage: &'static Stage) {
    if with_guest(stage, Guest::start).is_err() {
        core::arch::wasm32::unreachable();
    }
}
