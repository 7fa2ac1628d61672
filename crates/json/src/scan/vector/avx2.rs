//! 64 bytes in two registers: a look-up by low nibble finds operators, another blanks.

use super::{Blanks, Block, Masks};
use std::arch::x86_64::*;

pub(super) struct Avx2;

/// Two registers of 32 bytes each.
type Pair = (__m256i, __m256i);

/// Bit `i` is the parity of the bits up to `i`.
#[inline(always)]
pub(super) unsafe fn prefix_xor(bits: u64) -> u64 {
    // SAFETY: the caller's machine has carry-less multiplication.
    unsafe {
        let ones = _mm_set1_epi8(-1);
        let product = _mm_clmulepi64_si128::<0>(_mm_set_epi64x(0, bits as i64), ones);
        _mm_cvtsi128_si64(product) as u64
    }
}

#[inline(always)]
unsafe fn mask(pair: Pair) -> u64 {
    // SAFETY: the caller's machine has AVX2.
    unsafe {
        let low = _mm256_movemask_epi8(pair.0) as u32;
        let high = _mm256_movemask_epi8(pair.1) as u32;
        u64::from(low) | u64::from(high) << 32
    }
}

#[inline(always)]
unsafe fn each(pair: Pair, f: impl Fn(__m256i) -> __m256i) -> u64 {
    // SAFETY: the caller's machine has AVX2.
    unsafe { mask((f(pair.0), f(pair.1))) }
}

impl Block for Avx2 {
    #[inline(always)]
    unsafe fn masks(block: *const u8) -> Masks {
        // SAFETY: the caller promises 64 readable bytes and the instructions.
        unsafe {
            let bytes =
                (_mm256_loadu_si256(block.cast()), _mm256_loadu_si256(block.add(32).cast()));
            let equal = |byte: u8| {
                let wanted = _mm256_set1_epi8(byte as i8);
                each(bytes, |v| _mm256_cmpeq_epi8(v, wanted))
            };
            // By low nibble: the one character of that nibble that counts, or one that can not be
            // met because its nibble is another.
            let operators = _mm256_setr_epi8(
                1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x3a, 0x7b, 0x2c, 0x7d, 0, 0, //
                1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x3a, 0x7b, 0x2c, 0x7d, 0, 0,
            );
            let case = _mm256_set1_epi8(0x20);
            let up_to = |byte: u8| {
                let most = _mm256_set1_epi8(byte as i8);
                each(bytes, |v| _mm256_cmpeq_epi8(_mm256_min_epu8(v, most), v))
            };
            let operator = each(bytes, |v| {
                let folded = _mm256_or_si256(v, case);
                _mm256_cmpeq_epi8(_mm256_shuffle_epi8(operators, v), folded)
            });
            Masks {
                backslash: equal(b'\\'),
                quote: equal(b'"'),
                // Folding the case makes 0x0c and 0x1a look like operators; the scan stops there.
                operator,
                low: up_to(b' '),
                control: up_to(0x1f),
                non_ascii: _mm256_movemask_epi8(_mm256_or_si256(bytes.0, bytes.1)) as u64,
            }
        }
    }

    #[inline(always)]
    unsafe fn blanks(block: *const u8) -> Blanks {
        // SAFETY: as above.
        unsafe {
            let bytes =
                (_mm256_loadu_si256(block.cast()), _mm256_loadu_si256(block.add(32).cast()));
            let blanks = _mm256_setr_epi8(
                0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0x09, 0x0a, 0, 0, 0x0d, 0, 0, //
                0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0x09, 0x0a, 0, 0, 0x0d, 0, 0,
            );
            let newline = _mm256_set1_epi8(b'\n' as i8);
            Blanks {
                all: each(bytes, |v| _mm256_cmpeq_epi8(_mm256_shuffle_epi8(blanks, v), v)),
                newline: each(bytes, |v| _mm256_cmpeq_epi8(v, newline)),
            }
        }
    }

    #[inline(always)]
    unsafe fn simple_escapes(block: *const u8) -> u64 {
        // SAFETY: as above.
        unsafe {
            let bytes =
                (_mm256_loadu_si256(block.cast()), _mm256_loadu_si256(block.add(32).cast()));
            let mut found = 0;
            for byte in *b"\"\\/bfnrt" {
                let wanted = _mm256_set1_epi8(byte as i8);
                found |= each(bytes, |v| _mm256_cmpeq_epi8(v, wanted));
            }
            found
        }
    }

    #[inline(always)]
    unsafe fn prefix_xor(bits: u64) -> u64 {
        // SAFETY: the caller's promise.
        unsafe { prefix_xor(bits) }
    }

    #[inline(always)]
    unsafe fn emit(block: *const u8, bits: u64, base: u32, to: (*mut u32, *mut u8)) {
        // SAFETY: the caller's promises are those of `emit_by_eight`.
        unsafe { super::emit_by_eight(block, bits, base, to) }
    }
}
