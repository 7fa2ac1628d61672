//! Escaping 16 or 32 bytes at a time.

use super::spread::{SLASHES, SPREAD};
use std::arch::x86_64::*;

/// What the loops below may write beyond the escaped text.
const SLACK: usize = 64;

/// 32 bytes become 64, each behind a backslash, and the backslashes that nobody needs are pressed
/// out again.
///
/// # Safety
/// The machine has the instructions of [`Isa::Avx512`](crate::Isa).
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,avx2,bmi2,popcnt")]
pub(super) unsafe fn avx512(text: &[u8], out: &mut Vec<u8>) {
    const BYTES: u64 = 0xaaaa_aaaa_aaaa_aaaa;
    out.reserve(text.len() * 2 + SLACK);
    let mut written = out.len();
    let mut at = 0;
    while at < text.len() {
        let take = (text.len() - at).min(32);
        let valid = if take == 32 { !0 } else { (1u32 << take) - 1 };
        // SAFETY: the load is masked to the bytes that exist; at most `2 * take` bytes count as
        // written, and 64 may be, for which there is room.
        unsafe {
            let bytes = _mm256_maskz_loadu_epi8(valid, text.as_ptr().add(at).cast());
            let special = _mm256_cmpeq_epi8_mask(bytes, _mm256_set1_epi8(b'"' as i8))
                | _mm256_cmpeq_epi8_mask(bytes, _mm256_set1_epi8(b'\\' as i8));
            let shifted = _mm512_slli_epi16::<8>(_mm512_cvtepu8_epi16(bytes));
            let pairs = _mm512_or_si512(shifted, _mm512_set1_epi16(i16::from(b'\\')));
            let keep = BYTES | _pdep_u64(u64::from(special), !BYTES);
            let packed = _mm512_maskz_compress_epi8(keep, pairs);
            _mm512_storeu_si512(out.as_mut_ptr().add(written).cast(), packed);
            written += take + special.count_ones() as usize;
        }
        at += take;
    }
    // SAFETY: `written` bytes have been written, within the capacity reserved.
    unsafe { out.set_len(written) }
}

/// 16 bytes at a time, of which eight at a time come apart by table.
///
/// # Safety
/// The machine has the instructions of [`Isa::Avx2`](crate::Isa).
#[target_feature(enable = "avx2,popcnt")]
pub(super) unsafe fn avx2(text: &[u8], out: &mut Vec<u8>) {
    out.reserve(text.len() * 2 + SLACK);
    let mut written = out.len();
    let mut at = 0;
    while at < text.len() {
        let take = (text.len() - at).min(16);
        let mut tail = [0u8; 16];
        let source = if take == 16 {
            text[at..].as_ptr()
        } else {
            tail[..take].copy_from_slice(&text[at..]);
            tail.as_ptr()
        };
        // SAFETY: 16 bytes are readable at `source`; at most 32 are written, for which there is
        // room.
        unsafe {
            let bytes = _mm_loadu_si128(source.cast());
            let quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'"' as i8));
            let slashes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'\\' as i8));
            let special = _mm_movemask_epi8(_mm_or_si128(quotes, slashes)) as usize;
            let to = out.as_mut_ptr().add(written);
            // Nearly always there is something to escape in JSON text.
            let low = special & 255;
            spread_eight(bytes, low, to);
            let behind = to.add(8 + low.count_ones() as usize);
            spread_eight(_mm_srli_si128::<8>(bytes), special >> 8, behind);
            written += take + special.count_ones() as usize;
        }
        at += take;
    }
    // SAFETY: `written` bytes have been written, within the capacity reserved.
    unsafe { out.set_len(written) }
}

/// Writes the first eight of `bytes`, those of `set` escaped, and up to 16 bytes in all.
///
/// # Safety
/// 16 bytes are writable at `to`.
#[target_feature(enable = "avx2")]
unsafe fn spread_eight(bytes: __m128i, set: usize, to: *mut u8) {
    // SAFETY: the caller promises the room; the tables have 256 rows and `set` is below 256.
    unsafe {
        let order = _mm_loadu_si128(SPREAD[set & 255].as_ptr().cast());
        let slashes = _mm_loadu_si128(SLASHES[set & 255].as_ptr().cast());
        let spread = _mm_or_si128(_mm_shuffle_epi8(bytes, order), slashes);
        _mm_storeu_si128(to.cast(), spread);
    }
}
