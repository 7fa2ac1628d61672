//! Redpanda Data Transforms: a call that never ends, and asks the host for batch after batch.

use super::{CONFIGURED, GUEST, with_guest};
use crate::redpanda_transform::{Refused, Transform, working_bytes};

#[link(wasm_import_module = "redpanda_transform")]
unsafe extern "C" {
    fn check_abi_version_1();
    fn read_batch_header(
        base_offset: *mut i64,
        record_count: *mut i32,
        partition_leader_epoch: *mut i32,
        attributes: *mut i16,
        last_offset_delta: *mut i32,
        base_timestamp: *mut i64,
        max_timestamp: *mut i64,
        producer_id: *mut i64,
        producer_epoch: *mut i16,
        base_sequence: *mut i32,
    ) -> i32;
    fn read_next_record(
        attributes: *mut u8,
        timestamp: *mut i64,
        offset: *mut i64,
        buffer: *mut u8,
        length: usize,
    ) -> i32;
    fn write_record(buffer: *const u8, length: usize) -> i32;
}

/// Room for a header more, behind the largest record of a batch.
const SPARE_BYTES: usize = 64;

/// A page of memory.
const PAGE_BYTES: usize = 64 << 10;

/// The most memory that is taken before there is a record.
const GROWN_BYTES_MAX: usize = 64 * PAGE_BYTES;

/// What the host calls as `_start`. It ends when there are no more batches to come, and in a trap
/// when a record can be neither read nor written: the host then has to do the batch again.
#[unsafe(no_mangle)]
extern "C" fn trailmill_redpanda_start() {
    // SAFETY: It does nothing; hosts look whether it is imported.
    unsafe { check_abi_version_1() };
    grow();
    let mut transform = Transform::default();
    while let Some((records, largest)) = next_batch() {
        // A buffer of its own, so that one large record does not keep the memory of all others.
        let mut payload = Vec::new();
        if payload.try_reserve_exact(largest + SPARE_BYTES).is_err() {
            core::arch::wasm32::unreachable();
        }
        for _ in 0..records {
            payload.resize(largest, 0);
            let done =
                next_record(&mut payload).and_then(|time| one(&mut transform, time, &mut payload));
            if done.is_err() {
                core::arch::wasm32::unreachable();
            }
        }
    }
}

/// Waits for a batch; gives the number of its records and the size of the largest.
fn next_batch() -> Option<(i32, usize)> {
    let (mut long, mut word, mut short) = ([0; 4], [0; 4], [0; 2]);
    let [base_offset, base_timestamp, max_timestamp, producer_id] = &mut long;
    let [record_count, partition_leader_epoch, last_offset_delta, base_sequence] = &mut word;
    let [attributes, producer_epoch] = &mut short;
    // SAFETY: All of them stand there, for the host to write.
    let largest = unsafe {
        read_batch_header(
            base_offset,
            record_count,
            partition_leader_epoch,
            attributes,
            last_offset_delta,
            base_timestamp,
            max_timestamp,
            producer_id,
            producer_epoch,
            base_sequence,
        )
    };
    Some((*record_count, usize::try_from(largest).ok()?))
}

/// Reads the next record of the batch; gives its time. `payload` is as long as the largest, and
/// as long as the record then.
fn next_record(payload: &mut Vec<u8>) -> Result<i64, Refused> {
    let (mut attributes, mut time, mut offset) = (0, 0, 0);
    // SAFETY: All of them stand there, for the host to write.
    let length = unsafe {
        let buffer = payload.as_mut_ptr();
        read_next_record(&mut attributes, &mut time, &mut offset, buffer, payload.len())
    };
    let length = usize::try_from(length).ok().filter(|length| *length <= payload.len());
    payload.truncate(length.ok_or(Refused)?);
    Ok(time)
}

fn one(transform: &mut Transform, time: i64, payload: &mut Vec<u8>) -> Result<(), Refused> {
    let bytes = working_bytes(payload);
    if !is_free(bytes) {
        // Memory that earlier records have filled is free without them.
        GUEST.set(None);
        *transform = Transform::default();
    }
    if !is_free(bytes) {
        let is_guarded = CONFIGURED.get().is_none_or(|configured| configured.is_guarded());
        return transform.too_large(is_guarded, payload, &mut write);
    }
    let done = with_guest(|guest| transform.record(Some(guest), time, payload, &mut write));
    done.unwrap_or_else(|| transform.record(None, time, payload, &mut write))
}

/// Takes the memory that a broker gives in one piece. Else the allocator asks for each large block
/// as a whole, though part of it is free already.
fn grow() {
    let mut bytes = GROWN_BYTES_MAX;
    while bytes > 0 && !is_free(bytes) {
        bytes -= PAGE_BYTES;
    }
}

/// Whether there are so many bytes of memory in one piece.
fn is_free(bytes: usize) -> bool {
    Vec::<u8>::new().try_reserve_exact(bytes).is_ok()
}

fn write(payload: &[u8]) -> bool {
    // SAFETY: The payload stands there, and the host copies it.
    let written = unsafe { write_record(payload.as_ptr(), payload.len()) };
    usize::try_from(written).is_ok_and(|written| written == payload.len())
}
