//! The exports of a component, by the canonical ABI: arguments are the guest's to free, and what
//! it answers with stays its own.

use super::{DESCRIBE, NOT_CONFIGURED, keep, with_guest};
use crate::component::{RESULT_BYTES, Told};
use crate::failure;
use std::alloc::{Layout, alloc, realloc};
use std::cell::RefCell;

/// What a function answers with, when that is more than one number.
#[repr(C, align(8))]
struct Area([u8; RESULT_BYTES]);

thread_local! {
    static AREA: RefCell<(Area, Told)> = RefCell::default();
}

impl Default for Area {
    fn default() -> Self {
        Area([0; RESULT_BYTES])
    }
}

/// `cabi_realloc`: memory for arguments, which the function that they are for gives back. If there
/// is none, the call has to end here.
#[unsafe(no_mangle)]
extern "C" fn trailmill_component_realloc(
    block: *mut u8,
    bytes: usize,
    align: usize,
    wanted: usize,
) -> *mut u8 {
    let new = match (wanted, Layout::from_size_align(bytes.max(1), align)) {
        (_, Err(_)) => std::ptr::null_mut(),
        // Any aligned address does for nothing.
        (0, Ok(_)) => return align as *mut u8,
        // SAFETY: The layout is not empty.
        (_, Ok(_)) if bytes == 0 => unsafe {
            Layout::from_size_align(wanted, align)
                .map_or(std::ptr::null_mut(), |layout| alloc(layout))
        },
        // SAFETY: The host hands back a block that was made here, with its size.
        (_, Ok(layout)) => unsafe { realloc(block, layout, wanted) },
    };
    if new.is_null() {
        core::arch::wasm32::unreachable();
    }
    new
}

/// `trailmill:pipeline/pipeline@0.1.0#describe`
#[unsafe(no_mangle)]
extern "C" fn trailmill_component_describe() -> *const Area {
    let packed = keep(DESCRIBE.get()().into_bytes());
    answer(|area, _| {
        area[..4].copy_from_slice(&((packed >> 32) as u32).to_le_bytes());
        area[4..8].copy_from_slice(&(packed as u32).to_le_bytes());
    })
}

/// `trailmill:pipeline/pipeline@0.1.0#process`
///
/// # Safety
/// All pointers with their lengths are texts in memory that `cabi_realloc` gave for them.
#[unsafe(no_mangle)]
unsafe extern "C" fn trailmill_component_process(
    input: *mut u8,
    input_length: usize,
    source: *mut u8,
    source_length: usize,
    collected_at: *mut u8,
    collected_at_length: usize,
) -> *const Area {
    // SAFETY: The caller promises it.
    let (input, source, collected_at) = unsafe {
        (
            taken(input, input_length),
            taken(source, source_length),
            taken(collected_at, collected_at_length),
        )
    };
    let result = with_guest(|guest| {
        guest.comes_from(&source, &collected_at);
        let told = guest.process(&input);
        answer(|area, parts| *area = parts.result(told, |byte| byte as u32))
    });
    result.unwrap_or_else(|| {
        let told = failure(NOT_CONFIGURED);
        answer(|area, parts| *area = parts.result(&told, |byte| byte as u32));
        // What is told has to stay when this is left.
        keep(told);
        AREA.with_borrow(|(area, _)| std::ptr::from_ref(area))
    })
}

/// Fills the area; gives its address.
fn answer(fill: impl FnOnce(&mut [u8; RESULT_BYTES], &mut Told)) -> *const Area {
    AREA.with(|cell| {
        // Only a call that was cut off by a trap has it borrowed still, and then no other comes.
        let Ok(mut place) = cell.try_borrow_mut() else { core::arch::wasm32::unreachable() };
        let (area, told) = &mut *place;
        fill(&mut area.0, told);
        std::ptr::from_ref(area)
    })
}

/// Takes over an argument.
///
/// # Safety
/// The text stands in memory that `cabi_realloc` gave for it; an empty one stands nowhere.
unsafe fn taken(pointer: *mut u8, length: usize) -> Vec<u8> {
    if length == 0 {
        return Vec::new();
    }
    // SAFETY: The block was made with the layout that a vector of so many bytes has.
    unsafe { Vec::from_raw_parts(pointer, length, length) }
}
