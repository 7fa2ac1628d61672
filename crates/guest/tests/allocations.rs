//! Once its memory is warm, a guest takes record after record without asking for more.
#![allow(unsafe_code, reason = "an allocator that counts")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use trailmill_abi::{PIPELINE, entry};
use trailmill_event::json::Isa;
use trailmill_generate::Generator;
use trailmill_guest::{Configured, Guest};

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

struct Counting;

// SAFETY: the system's allocator does the work.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, bytes: usize) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: the caller's promise.
        unsafe { System.realloc(block, layout, bytes) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// The allocations for each record, once all of them have been there a few times.
fn allocations(pipeline: &str, isa: Isa) -> Vec<usize> {
    let mut configuration = Vec::new();
    entry(PIPELINE, "pipeline.yaml", pipeline.as_bytes(), &mut configuration);
    let configured = Configured::new(&configuration).expect("a pipeline");
    let mut guest = Guest::new(&configured, Some(isa));
    let mut generator = Generator::new(1);
    let records: Vec<Vec<u8>> = (0..1000)
        .map(|_| {
            let mut record = Vec::new();
            generator.record(&mut record);
            record
        })
        .collect();
    let mut run = |seconds: u32| -> Vec<usize> {
        let each = records.iter().enumerate().map(|(number, record)| {
            let time = (seconds + number as u32, number as u32 * 1_000_000);
            let before = ALLOCATIONS.get();
            let answer = guest.filter(b"aws.trail", time, Some(record));
            assert!(answer.starts_with(b"{\"DATE\":") && answer.ends_with(b"}\0"));
            ALLOCATIONS.get() - before
        });
        each.collect()
    };
    // There are a few buffers, which take turns, and each has to have met the largest record.
    for round in 0..4 {
        run(1_709_889_330 + round * 5000);
    }
    run(1_709_993_000)
}

#[test]
fn a_warm_guest_does_not_allocate() {
    for isa in Isa::ALL.iter().copied().filter(|isa| isa.is_usable()) {
        let each = allocations("stages: [decode-cloudtrail, { flatten: { schema: snare } }]", isa);
        let some = each.iter().enumerate().filter(|(_, count)| **count > 0);
        assert_eq!(some.collect::<Vec<_>>(), [], "{}: record and allocations", isa.name());
    }
}

/// Only what is found and hidden, and documents inside of strings, take memory.
#[test]
fn most_records_take_no_memory_in_all_stages_either() {
    let pipeline = "stages:\n  - decode-cloudtrail\n  - redact: { preset: secrets }\n  - \
                    enrich-identity\n  - enrich-action\n  - flatten: { schema: snare }\n";
    for isa in Isa::ALL.iter().copied().filter(|isa| isa.is_usable()) {
        let each = allocations(pipeline, isa);
        let none = each.iter().filter(|count| **count == 0).count();
        assert!(none >= 750, "{}: {none} of {}", isa.name(), each.len());
    }
}
