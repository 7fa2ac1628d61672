//! Memory of a module that hosts ask for, and what they may point to.
#![allow(unsafe_code, reason = "hosts hand over pointers")]

use std::alloc::{Layout, alloc, dealloc};
use std::cell::{Cell, RefCell};

/// Before each block: its size and a mark, in as many bytes as keep the block aligned.
const HEAD_BYTES: usize = 16;

/// Shows that a block was handed out here, and not given back since.
const MARK: u32 = 0x7472_6d6c;

const PAGE_BYTES: u64 = 65_536;

fn layout(bytes: usize) -> Option<Layout> {
    Layout::from_size_align(bytes.checked_add(HEAD_BYTES)?, HEAD_BYTES).ok()
}

/// Whether a piece of memory exists.
fn exists(pointer: u32, length: u32) -> bool {
    let end = u64::from(pointer) + u64::from(length);
    end <= core::arch::wasm32::memory_size::<0>() as u64 * PAGE_BYTES
}

/// What the host has written for the call at hand; none if it points nowhere. With length 0 the
/// pointer does not matter.
///
/// # Safety
/// Pointer and length are what the host has handed to an export, and what they show is looked at
/// only until that export answers: hosts are bound by `ABI.md` to point to a block of theirs,
/// which nobody writes during a call.
pub unsafe fn input<'a>(pointer: u32, length: u32) -> Option<&'a [u8]> {
    if length == 0 {
        return Some(&[]);
    }
    if pointer == 0 || !exists(pointer, length) {
        return None;
    }
    // SAFETY: The memory exists, all of it is initialized as WebAssembly has it, and the caller
    // vouches that nobody writes there.
    Some(unsafe { std::slice::from_raw_parts(pointer as *const u8, length as usize) })
}

/// How many bytes the blocks have that are kept for the next call, by class.
const CLASSES: [u32; 3] = [256, 4 << 10, 32 << 10];

thread_local! {
    /// Whether blocks are kept.
    static KEEPS: Cell<bool> = const { Cell::new(false) };
    /// A block of each class that was given back, or null.
    static SPARE: [Cell<*mut u8>; CLASSES.len()] =
        const { [const { Cell::new(std::ptr::null_mut()) }; CLASSES.len()] };
}

/// Keeps a few blocks from now on when they are given back, since a host that hands over record
/// by record asks for the like again at once: an interpreter saves a sixth of its time.
pub fn keep_blocks() {
    KEEPS.set(true);
}

/// The class of a block, if blocks of its size are kept.
fn class(bytes: u32) -> Option<usize> {
    CLASSES.iter().position(|class| bytes <= *class).filter(|_| KEEPS.get())
}

/// Gives memory to the host: `bytes` of them, aligned to 16, or 0 if there are not that many.
pub fn allocate(bytes: u32) -> *mut u8 {
    let class = class(bytes);
    let bytes = class.map_or(bytes, |class| CLASSES[class]);
    let mut block = class.map_or(std::ptr::null_mut(), |class| {
        SPARE.with(|spare| spare[class].replace(std::ptr::null_mut()))
    });
    if block.is_null()
        && let Some(layout) = layout(bytes as usize)
    {
        // SAFETY: The layout has at least the bytes of the head.
        block = unsafe { alloc(layout) };
    }
    if block.is_null() {
        return block;
    }
    // SAFETY: The head is the beginning of the block, aligned to 16; the host gets what is behind.
    unsafe {
        block.cast::<[u32; 2]>().write([bytes, MARK]);
        block.add(HEAD_BYTES)
    }
}

/// Takes back what [`allocate`] gave; anything else is let be.
///
/// # Safety
/// The pointer is what the host has handed to `free`: it does not point into what the module uses
/// itself.
pub unsafe fn release(pointer: u32) {
    let Some(head) = pointer.checked_sub(HEAD_BYTES as u32) else {
        return;
    };
    if head == 0 || head % HEAD_BYTES as u32 != 0 || !exists(head, HEAD_BYTES as u32) {
        return;
    }
    let head = head as *mut [u32; 2];
    // SAFETY: The memory exists and is aligned.
    let [bytes, mark] = unsafe { head.read() };
    if mark != MARK {
        return;
    }
    // SAFETY: Only `allocate` writes the mark, and it is taken away, so that a block is not taken
    // back twice. It is volatile, as what is written to memory that is given up below would else
    // be left out.
    unsafe { head.write_volatile([0, 0]) };
    if let Some(class) = class(bytes).filter(|class| CLASSES[*class] == bytes) {
        let is_kept = SPARE.with(|spare| {
            let is_free = spare[class].get().is_null();
            if is_free {
                spare[class].set(head.cast());
            }
            is_free
        });
        if is_kept {
            return;
        }
    }
    if let Some(layout) = layout(bytes as usize) {
        // SAFETY: It was allocated with this layout, and nobody has it any more.
        unsafe { dealloc(head.cast(), layout) };
    }
}

thread_local! {
    /// Texts that are handed to the host and that nobody else keeps.
    static TEXT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Pointer and length as one number, the pointer in the upper half.
pub fn packed(bytes: &[u8]) -> u64 {
    (bytes.as_ptr() as u64) << 32 | bytes.len() as u64
}

/// Keeps a text until the next is kept; gives pointer and length.
pub fn keep(text: Vec<u8>) -> u64 {
    TEXT.with(|cell| {
        let answer = packed(&text);
        // Only a call that was cut off by a trap has it borrowed still, and then the old text
        // stays where it is.
        match cell.try_borrow_mut() {
            Ok(mut kept) => *kept = text,
            Err(_) => std::mem::forget(text),
        }
        answer
    })
}
