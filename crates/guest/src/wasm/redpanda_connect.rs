//! Redpanda Connect's processor `wasm`: one message at a time, by functions of its own.

use super::memory::input;
use super::with_guest;
use crate::{End, Lines};
use std::cell::Cell;

#[link(wasm_import_module = "benthos_wasm")]
unsafe extern "C" {
    fn v0_msg_as_bytes() -> u64;
    fn v0_msg_set_bytes(pointer: *const u8, length: usize);
    fn v0_msg_get_meta(key: *const u8, key_length: usize) -> u64;
    fn v0_msg_set_meta(key: *const u8, key_length: usize, value: *const u8, length: usize);
}

thread_local! {
    static LINES: Cell<Lines> = Cell::default();
}

/// The function that the option `function` of the processor names.
#[unsafe(no_mangle)]
extern "C" fn trailmill_connect_process() {
    // SAFETY: It takes nothing, and gives a packed text in a block of `malloc`.
    let Some(message) = block(unsafe { v0_msg_as_bytes() }) else {
        // The host has noted why, and flags the message, which stays as it is.
        return;
    };
    let [source, collected_at] = ["trailmill_source", "trailmill_collected_at"].map(meta);
    let mut lines = LINES.take();
    let end = with_guest(|guest| {
        guest.comes_from(source, collected_at);
        guest.lines(message, &mut lines)
    });
    match end.unwrap_or_else(|| lines.unready()) {
        End::Lines => {
            let text = lines.text();
            set_bytes(text.strip_suffix(b"\n").unwrap_or(text));
        }
        End::Unwanted => {
            set_bytes(b"");
            set_meta("trailmill_filtered", b"true");
        }
        End::Untouched => {}
    }
    if let Some(fault) = lines.fault() {
        set_meta("trailmill_fault", fault.kind.as_bytes());
        set_meta("trailmill_fault_stage", fault.stage.as_bytes());
    }
    LINES.set(lines);
}

/// The `malloc` of this host, which does not look whether it got any: it would write the message
/// to address 0, over the stack. A trap it does notice.
#[unsafe(no_mangle)]
extern "C" fn trailmill_connect_malloc(bytes: u32) -> *mut u8 {
    let block = trailmill_abi::memory::allocate(bytes);
    if block.is_null() {
        core::arch::wasm32::unreachable();
    }
    block
}

/// What the host has written into a block that it frees after the call; none if it could not.
fn block(packed: u64) -> Option<&'static [u8]> {
    let pointer = (packed >> 32) as u32;
    if pointer == 0 { None } else { input(pointer, packed as u32) }
}

fn meta(key: &str) -> &'static [u8] {
    // SAFETY: The key stands there; the host gives a packed text in a block of `malloc`.
    let packed = unsafe { v0_msg_get_meta(key.as_ptr(), key.len()) };
    block(packed).unwrap_or_default()
}

fn set_bytes(text: &[u8]) {
    // SAFETY: The text stands there, and the host copies it.
    unsafe { v0_msg_set_bytes(text.as_ptr(), text.len()) }
}

fn set_meta(key: &str, value: &[u8]) {
    // SAFETY: Both texts stand there, and the host copies them.
    unsafe { v0_msg_set_meta(key.as_ptr(), key.len(), value.as_ptr(), value.len()) }
}
