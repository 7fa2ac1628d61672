//! 64 bytes in one register: one table look-up classifies them, one compression packs the tokens.

use super::{Blanks, Block, Masks};
use std::arch::x86_64::*;

/// The highest bit, for which there is a cheaper question than for others.
const OPERATOR: u8 = 128;
const CONTROL: u8 = 2;
const BACKSLASH: u8 = 4;
const QUOTE: u8 = 8;
/// May stand behind a backslash, and is not `u`.
const ESCAPED: u8 = 16;

/// The class bits of the ASCII characters.
static CLASS: [u8; 128] = {
    let mut class = [0; 128];
    let mut byte = 0;
    while byte < 0x20 {
        class[byte] = CONTROL;
        byte += 1;
    }
    class[b'{' as usize] = OPERATOR;
    class[b'}' as usize] = OPERATOR;
    class[b'[' as usize] = OPERATOR;
    class[b']' as usize] = OPERATOR;
    class[b':' as usize] = OPERATOR;
    class[b',' as usize] = OPERATOR;
    class[b'"' as usize] = QUOTE | ESCAPED;
    class[b'\\' as usize] = BACKSLASH | ESCAPED;
    class[b'/' as usize] = ESCAPED;
    class[b'b' as usize] = ESCAPED;
    class[b'f' as usize] = ESCAPED;
    class[b'n' as usize] = ESCAPED;
    class[b'r' as usize] = ESCAPED;
    class[b't' as usize] = ESCAPED;
    class
};

static IOTA: [u8; 64] = {
    let mut iota = [0; 64];
    let mut i = 0;
    while i < 64 {
        iota[i] = i as u8;
        i += 1;
    }
    iota
};

pub(super) struct Avx512;

impl Block for Avx512 {
    #[inline(always)]
    unsafe fn masks(block: *const u8) -> Masks {
        // SAFETY: the caller promises 64 readable bytes and the instructions; the tables are long
        // enough for the loads.
        unsafe {
            let bytes = _mm512_loadu_si512(block.cast());
            let low = _mm512_loadu_si512(CLASS.as_ptr().cast());
            let high = _mm512_loadu_si512(CLASS.as_ptr().add(64).cast());
            let non_ascii = _mm512_movepi8_mask(bytes);
            let class = _mm512_maskz_permutex2var_epi8(!non_ascii, low, bytes, high);
            let with = |bit: u8| _mm512_test_epi8_mask(class, _mm512_set1_epi8(bit as i8));
            const { assert!(OPERATOR == 128) };
            Masks {
                backslash: with(BACKSLASH),
                quote: with(QUOTE),
                operator: _mm512_movepi8_mask(class),
                low: _mm512_cmple_epu8_mask(bytes, _mm512_set1_epi8(b' ' as i8)),
                control: with(CONTROL),
                non_ascii,
            }
        }
    }

    #[inline(always)]
    unsafe fn blanks(block: *const u8) -> Blanks {
        // SAFETY: as above.
        unsafe {
            let bytes = _mm512_loadu_si512(block.cast());
            let equal = |byte: u8| _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(byte as i8));
            let newline = equal(b'\n');
            Blanks { all: equal(b' ') | equal(b'\t') | equal(b'\r') | newline, newline }
        }
    }

    #[inline(always)]
    unsafe fn simple_escapes(block: *const u8) -> u64 {
        // SAFETY: as above.
        unsafe {
            let bytes = _mm512_loadu_si512(block.cast());
            let low = _mm512_loadu_si512(CLASS.as_ptr().cast());
            let high = _mm512_loadu_si512(CLASS.as_ptr().add(64).cast());
            let ascii = !_mm512_movepi8_mask(bytes);
            let class = _mm512_maskz_permutex2var_epi8(ascii, low, bytes, high);
            _mm512_test_epi8_mask(class, _mm512_set1_epi8(ESCAPED as i8))
        }
    }

    #[inline(always)]
    unsafe fn prefix_xor(bits: u64) -> u64 {
        // SAFETY: the caller's promise.
        unsafe { super::avx2::prefix_xor(bits) }
    }

    #[inline(always)]
    unsafe fn emit(block: *const u8, bits: u64, base: u32, to: (*mut u32, *mut u8)) {
        let (positions, kinds) = to;
        // SAFETY: the caller promises 64 readable bytes, 64 writable entries and the instructions.
        unsafe {
            let bytes = _mm512_loadu_si512(block.cast());
            let iota = _mm512_loadu_si512(IOTA.as_ptr().cast());
            let places = _mm512_maskz_compress_epi8(bits, iota);
            // To pick bytes is cheaper than to pack them once more; those behind the last do not
            // matter. Nor do many blocks have more than sixteen tokens, and a short store is one
            // to a single line of the cache.
            let picked = _mm512_permutexvar_epi8(places, bytes);
            _mm_storeu_si128(kinds.cast(), _mm512_castsi512_si128(picked));
            let base = _mm512_set1_epi32(base as i32);
            let wide = |lane: __m128i| _mm512_add_epi32(base, _mm512_cvtepu8_epi32(lane));
            _mm512_storeu_si512(positions.cast(), wide(_mm512_castsi512_si128(places)));
            let count = bits.count_ones();
            if count > 16 {
                _mm512_storeu_si512(kinds.cast(), picked);
                let second = _mm512_extracti32x4_epi32::<1>(places);
                _mm512_storeu_si512(positions.add(16).cast(), wide(second));
            }
            if count > 32 {
                let third = _mm512_extracti32x4_epi32::<2>(places);
                _mm512_storeu_si512(positions.add(32).cast(), wide(third));
                let fourth = _mm512_extracti32x4_epi32::<3>(places);
                _mm512_storeu_si512(positions.add(48).cast(), wide(fourth));
            }
        }
    }
}
