//! The vectors of WebAssembly, where the module is compiled for hosts that have them.

use super::Sixteen;
use crate::isa::Isa;
use core::arch::wasm32::*;

/// A register of WebAssembly.
#[derive(Clone, Copy)]
pub(crate) struct Simd128(v128);

impl Sixteen for Simd128 {
    const ISA: Option<Isa> = Some(Isa::Simd128);

    #[inline(always)]
    fn load(bytes: [u8; 16]) -> Self {
        // SAFETY: 16 bytes are readable there, and loads need no alignment.
        Simd128(unsafe { v128_load(bytes.as_ptr().cast()) })
    }

    #[inline(always)]
    fn bytes(self) -> [u8; 16] {
        let mut bytes = [0; 16];
        // SAFETY: 16 bytes are writable there, and stores need no alignment.
        unsafe { v128_store(bytes.as_mut_ptr().cast(), self.0) };
        bytes
    }

    #[inline(always)]
    fn all(byte: u8) -> Self {
        Simd128(u8x16_splat(byte))
    }

    #[inline(always)]
    fn and(self, other: Self) -> Self {
        Simd128(v128_and(self.0, other.0))
    }

    #[inline(always)]
    fn or(self, other: Self) -> Self {
        Simd128(v128_or(self.0, other.0))
    }

    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        Simd128(v128_xor(self.0, other.0))
    }

    #[inline(always)]
    fn least_unsigned(self, other: Self) -> Self {
        Simd128(u8x16_min(self.0, other.0))
    }

    #[inline(always)]
    fn least(self, other: Self) -> Self {
        Simd128(i8x16_min(self.0, other.0))
    }

    #[inline(always)]
    fn equal(self, other: Self) -> Self {
        Simd128(u8x16_eq(self.0, other.0))
    }

    #[inline(always)]
    fn below(self, other: Self) -> Self {
        Simd128(i8x16_lt(self.0, other.0))
    }

    #[inline(always)]
    fn upper(self) -> Self {
        Simd128(u8x16_shr(self.0, 4))
    }

    #[inline(always)]
    fn look_up(self, places: Self) -> Self {
        Simd128(u8x16_swizzle(self.0, places.0))
    }

    #[inline(always)]
    fn any(self) -> bool {
        v128_any_true(self.0)
    }

    #[inline(always)]
    fn mask(self) -> u16 {
        u8x16_bitmask(self.0)
    }

    #[inline(always)]
    fn mask_of_four(four: [Self; 4]) -> u64 {
        let [one, two, three, four] = four.map(|own| u64::from(own.mask()));
        one | two << 16 | three << 32 | four << 48
    }

    #[inline(always)]
    fn high_bits_of_four(four: [Self; 4]) -> u64 {
        // A mask is made of the highest bits anyway.
        Simd128::mask_of_four(four)
    }
}
