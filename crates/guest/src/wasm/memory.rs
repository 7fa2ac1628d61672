//! Memory that hosts ask for, and what they may point to.

use trailmill_abi::memory;

/// What the host has written for the call at hand; none if it points nowhere.
pub(super) fn input<'a>(pointer: u32, length: u32) -> Option<&'a [u8]> {
    // SAFETY: The exports beside this module hand on what the host has handed to them, and look
    // at it until they answer.
    unsafe { memory::input(pointer, length) }
}

/// Gives memory to the host: `bytes` of them, aligned to 16, or 0 if there are not that many.
#[unsafe(no_mangle)]
extern "C" fn malloc(bytes: u32) -> *mut u8 {
    memory::allocate(bytes)
}

/// Takes back what [`malloc`] gave; anything else is let be.
#[unsafe(no_mangle)]
extern "C" fn free(pointer: u32) {
    // SAFETY: This is what the host has handed over.
    unsafe { memory::release(pointer) }
}
