//! The look-ups of 64 bytes at a time.

use super::{BLOCKS, Grams, REACH, WIDTH, each_block};
use std::arch::x86_64::*;

/// See `Grams::masks`.
///
/// # Safety
/// The machine has the instructions of [`Isa::Avx512`](crate::Isa).
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2")]
#[target_feature(enable = "avx2,pclmulqdq,bmi1,bmi2,lzcnt,popcnt")]
pub(super) unsafe fn avx512(grams: &Grams, text: &[u8], masks: &mut [u64; BLOCKS]) -> u64 {
    // SAFETY: the tables have 128 bytes. A load reads only the bytes that its mask names, which are
    // those that there are; those without a mask end before the text does.
    unsafe {
        let half = |position: usize, at: usize| {
            _mm512_loadu_si512(grams.groups[position].as_ptr().add(at).cast())
        };
        let tables: [_; WIDTH] =
            std::array::from_fn(|position| (half(position, 0), half(position, 64)));
        let mut blocks = 0;
        let mut block = 0;
        while block < BLOCKS && text.len() >= block * 64 + 64 + REACH {
            let start = text.as_ptr().add(block * 64);
            let met = |n: usize| {
                let bytes = _mm512_loadu_si512(start.add(grams.positions[n]).cast());
                _mm512_permutex2var_epi8(tables[n].0, bytes, tables[n].1)
            };
            let (one, two) = (_mm512_and_si512(met(0), met(1)), _mm512_and_si512(met(2), met(3)));
            let mask = _mm512_test_epi8_mask(one, two);
            masks[block] = mask;
            blocks |= u64::from(mask != 0) << block;
            block += 1;
        }
        for (block, mask) in masks.iter_mut().enumerate().skip(block) {
            let Some(rest) = text.get(block * 64..).filter(|rest| !rest.is_empty()) else { break };
            let mut met = _mm512_set1_epi8(-1);
            for ((low, high), position) in tables.iter().zip(grams.positions) {
                let readable = _bzhi_u64(!0, rest.len().saturating_sub(position).min(64) as u32);
                let start = rest.as_ptr().wrapping_add(position);
                let bytes = _mm512_maskz_loadu_epi8(readable, start.cast());
                met = _mm512_and_si512(met, _mm512_permutex2var_epi8(*low, bytes, *high));
            }
            *mask = _bzhi_u64(_mm512_test_epi8_mask(met, met), rest.len().min(64) as u32);
            blocks |= u64::from(*mask != 0) << block;
        }
        blocks
    }
}

/// See `Grams::masks`.
///
/// # Safety
/// The machine has the instructions of [`Isa::Avx2`](crate::Isa).
#[target_feature(enable = "avx2,pclmulqdq,bmi1,bmi2,lzcnt,popcnt")]
pub(super) unsafe fn avx2(grams: &Grams, text: &[u8], masks: &mut [u64; BLOCKS]) -> u64 {
    // SAFETY: the tables have 16 bytes.
    let tables = unsafe {
        let table =
            |table: &[u8; 16]| _mm256_broadcastsi128_si256(_mm_loadu_si128(table.as_ptr().cast()));
        (grams.low.each_ref().map(table), grams.high.each_ref().map(table))
    };
    each_block(text, masks, |bytes| {
        let half = |from| {
            // SAFETY: the caller's promise is that of `half`, which reads 32 bytes and those that
            // are looked at behind them.
            u64::from(unsafe { half(&tables, &grams.positions, bytes, from) })
        };
        half(0) | half(32) << 32
    })
}

/// Tables of the lower halves of bytes and of the upper ones.
type Tables = ([__m256i; WIDTH], [__m256i; WIDTH]);

/// Where groups may be met among the 32 bytes from `from` on.
///
/// # Safety
/// The machine has AVX2; `from` is 0 or 32, and positions are below `REACH`.
#[target_feature(enable = "avx2")]
#[inline]
unsafe fn half(
    (lows, highs): &Tables,
    positions: &[usize; WIDTH],
    bytes: &[u8; 64 + REACH],
    from: usize,
) -> u32 {
    let mut met = _mm256_set1_epi8(-1);
    for n in 0..WIDTH {
        // SAFETY: the last load ends within the bytes.
        let bytes = unsafe { _mm256_loadu_si256(bytes.as_ptr().add(from + positions[n]).cast()) };
        let low = _mm256_and_si256(bytes, _mm256_set1_epi8(15));
        let high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(7));
        let low = _mm256_shuffle_epi8(lows[n], low);
        let high = _mm256_shuffle_epi8(highs[n], high);
        met = _mm256_and_si256(met, _mm256_and_si256(low, high));
    }
    !(_mm256_movemask_epi8(_mm256_cmpeq_epi8(met, _mm256_setzero_si256())) as u32)
}
