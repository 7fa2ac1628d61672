//! An allocator that leaves nothing behind while a pipeline is built.
//!
//! A snapshot of a configured module holds all of its memory. What was needed to read settings
//! would stand there for good: in the way of whoever looks for what the module still needs, and
//! for everybody to read. So what is given back until the first input comes is filled with zeros.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, Ordering};

struct Scrubbing;

#[global_allocator]
static ALLOCATOR: Scrubbing = Scrubbing;

/// Whether what is given back is filled with zeros.
static SCRUBS: AtomicBool = AtomicBool::new(true);

/// Ends it: the pipeline is built.
pub(super) fn end() {
    SCRUBS.store(false, Ordering::Relaxed);
}

fn scrubs() -> bool {
    SCRUBS.load(Ordering::Relaxed)
}

// SAFETY: Everything comes from the system's allocator and goes back to it with the same layout;
// what is written is written to blocks that are about to be given back.
unsafe impl GlobalAlloc for Scrubbing {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: The caller's promises are those that the system's allocator asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: As above.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: The block has the bytes of its layout, and nobody uses it any more.
        unsafe {
            if scrubs() {
                block.write_bytes(0, layout.size());
            }
            System.dealloc(block, layout);
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, bytes: usize) -> *mut u8 {
        if !scrubs() {
            // SAFETY: As above.
            return unsafe { System.realloc(block, layout, bytes) };
        }
        // SAFETY: The caller promises that the new size is not zero and fits with this alignment;
        // both blocks have the bytes that are copied, and the old one is given back as above.
        unsafe {
            let new = System.alloc(Layout::from_size_align_unchecked(bytes, layout.align()));
            if !new.is_null() {
                new.copy_from_nonoverlapping(block, layout.size().min(bytes));
                self.dealloc(block, layout);
            }
            new
        }
    }
}
