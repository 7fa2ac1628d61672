//! The exports of the module: pointers and lengths on this side, safe code on the other.
//!
//! A module has one thread, and while it runs a host calls `malloc` at most. What it holds stands
//! in cells that are emptied while they are in use: after a trap in the middle of a call, the next
//! one finds them empty, and begins with fresh memory and the pipeline it had.
#![allow(unsafe_code, reason = "hosts hand over pointers")]

#[cfg(feature = "foreign-hosts")]
mod component;
#[cfg(feature = "foreign-hosts")]
mod extism;
mod memory;
#[cfg(feature = "foreign-hosts")]
mod redpanda_connect;
#[cfg(feature = "foreign-hosts")]
mod redpanda_transform;
mod scrub;

use crate::{Configured, Guest, describe, failure, unready};
use memory::input;
use std::cell::Cell;
use trailmill_abi::ABI_VERSION;
use trailmill_abi::memory::{keep, keep_blocks, packed};

thread_local! {
    /// Never freed, so that guests can refer to it for good; set once.
    static CONFIGURED: Cell<Option<&'static Configured>> = const { Cell::new(None) };
    /// What the module says of itself. A function that is chosen when the module is configured, so
    /// that nothing refers to the list of all stages any more in what is made of a configured one.
    static DESCRIBE: Cell<fn() -> String> = const { Cell::new(describe) };
    static GUEST: Cell<Option<Box<Guest<'static>>>> = const { Cell::new(None) };
}

const NO_INPUT: &str = "there is no memory at this pointer";
const NOT_CONFIGURED: &str = "the module holds no pipeline; call trailmill_configure first";

/// Lends the guest, a new one if there is none.
fn with_guest<T>(work: impl FnOnce(&mut Guest<'static>) -> T) -> Option<T> {
    let configured = CONFIGURED.get()?;
    scrub::end();
    keep_blocks();
    let mut guest = GUEST.take().unwrap_or_else(|| Box::new(Guest::new(configured, None)));
    let outcome = work(&mut guest);
    GUEST.set(Some(guest));
    Some(outcome)
}

/// What a configured module says of itself.
fn describe_configured() -> String {
    CONFIGURED.get().map_or_else(String::new, |configured| configured.description().to_owned())
}

#[unsafe(no_mangle)]
extern "C" fn trailmill_abi_version() -> u32 {
    ABI_VERSION
}

#[unsafe(no_mangle)]
extern "C" fn trailmill_describe() -> u64 {
    keep(DESCRIBE.get()().into_bytes())
}

#[unsafe(no_mangle)]
extern "C" fn trailmill_configure(pointer: u32, length: u32) -> u64 {
    let message = match (input(pointer, length), CONFIGURED.get()) {
        (None, _) => NO_INPUT.to_owned(),
        (_, Some(_)) => "the module holds a pipeline already".to_owned(),
        (Some(configuration), None) => match Configured::new(configuration) {
            Err(message) => message,
            Ok(configured) => {
                CONFIGURED.set(Some(Box::leak(Box::new(configured))));
                DESCRIBE.set(describe_configured);
                return 0;
            }
        },
    };
    keep(message.into_bytes())
}

#[unsafe(no_mangle)]
extern "C" fn trailmill_origin(pointer: u32, length: u32) -> u64 {
    let outcome = input(pointer, length).map(|text| with_guest(|guest| guest.origin(text)));
    match outcome {
        Some(Some(Ok(()))) => 0,
        Some(Some(Err(message))) => keep(message.as_bytes().to_vec()),
        Some(None) => keep(NOT_CONFIGURED.as_bytes().to_vec()),
        None => keep(NO_INPUT.as_bytes().to_vec()),
    }
}

#[unsafe(no_mangle)]
extern "C" fn trailmill_process(pointer: u32, length: u32) -> u64 {
    let Some(input) = input(pointer, length) else {
        return keep(failure(NO_INPUT));
    };
    let answer = with_guest(|guest| packed(guest.process(input)));
    answer.unwrap_or_else(|| keep(failure(NOT_CONFIGURED)))
}

/// The function that the option `function_name` of Fluent Bit's `filter_wasm` names.
#[unsafe(no_mangle)]
extern "C" fn trailmill_fluent_bit(
    tag: u32,
    tag_length: u32,
    seconds: u32,
    nanoseconds: u32,
    record: u32,
    record_length: u32,
) -> *const u8 {
    let tag = input(tag, tag_length).unwrap_or_default();
    let record = input(record, record_length);
    let answer = with_guest(|guest| {
        let answer = guest.filter(tag, (seconds, nanoseconds), record);
        answer.as_ptr()
    });
    answer.unwrap_or_else(|| (keep(unready()) >> 32) as *const u8)
}

/// What a pre-initializer calls last, before it takes its snapshot of the memory: makes the guest,
/// so that no record has to wait for that. It traps if nobody has configured the module, as such a
/// snapshot could do nothing.
#[unsafe(export_name = "wizer-initialize")]
extern "C" fn initialize() {
    if with_guest(|_| ()).is_none() {
        core::arch::wasm32::unreachable();
    }
}
