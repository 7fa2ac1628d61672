//! NEON, which every 64-bit ARM with an operating system has.

use super::Sixteen;
use crate::isa::Isa;
use core::arch::aarch64::*;

/// A register of NEON.
///
/// This module is compiled only where the target as such has NEON, so that its instructions are
/// there wherever this code runs.
#[derive(Clone, Copy)]
pub(crate) struct Neon(uint8x16_t);

/// The place of each byte among eight, as a bit.
const PLACES: [u8; 16] = [1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128];

impl Sixteen for Neon {
    const ISA: Option<Isa> = Some(Isa::Neon);

    #[inline(always)]
    fn load(bytes: [u8; 16]) -> Self {
        // SAFETY: 16 bytes are readable there; the target has NEON.
        Neon(unsafe { vld1q_u8(bytes.as_ptr()) })
    }

    #[inline(always)]
    fn bytes(self) -> [u8; 16] {
        let mut bytes = [0; 16];
        // SAFETY: 16 bytes are writable there; the target has NEON.
        unsafe { vst1q_u8(bytes.as_mut_ptr(), self.0) };
        bytes
    }

    #[inline(always)]
    fn all(byte: u8) -> Self {
        // SAFETY: the target has NEON.
        Neon(unsafe { vdupq_n_u8(byte) })
    }

    #[inline(always)]
    fn and(self, other: Self) -> Self {
        // SAFETY: the target has NEON.
        Neon(unsafe { vandq_u8(self.0, other.0) })
    }

    #[inline(always)]
    fn or(self, other: Self) -> Self {
        // SAFETY: the target has NEON.
        Neon(unsafe { vorrq_u8(self.0, other.0) })
    }

    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        // SAFETY: the target has NEON.
        Neon(unsafe { veorq_u8(self.0, other.0) })
    }

    #[inline(always)]
    fn least_unsigned(self, other: Self) -> Self {
        // SAFETY: the target has NEON.
        Neon(unsafe { vminq_u8(self.0, other.0) })
    }

    #[inline(always)]
    fn least(self, other: Self) -> Self {
        // SAFETY: the target has NEON.
        Neon(unsafe {
            let (one, two) = (vreinterpretq_s8_u8(self.0), vreinterpretq_s8_u8(other.0));
            vreinterpretq_u8_s8(vminq_s8(one, two))
        })
    }

    #[inline(always)]
    fn equal(self, other: Self) -> Self {
        // SAFETY: the target has NEON.
        Neon(unsafe { vceqq_u8(self.0, other.0) })
    }

    #[inline(always)]
    fn below(self, other: Self) -> Self {
        // SAFETY: the target has NEON.
        Neon(unsafe { vcltq_s8(vreinterpretq_s8_u8(self.0), vreinterpretq_s8_u8(other.0)) })
    }

    #[inline(always)]
    fn upper(self) -> Self {
        // SAFETY: the target has NEON.
        Neon(unsafe { vshrq_n_u8::<4>(self.0) })
    }

    #[inline(always)]
    fn look_up(self, places: Self) -> Self {
        // SAFETY: the target has NEON.
        Neon(unsafe { vqtbl1q_u8(self.0, places.0) })
    }

    #[inline(always)]
    fn any(self) -> bool {
        // SAFETY: the target has NEON.
        unsafe { vmaxvq_u32(vreinterpretq_u32_u8(self.0)) != 0 }
    }

    /// There is no instruction for it: each byte keeps the bit of its place, and neighbors are
    /// added up three times.
    #[inline(always)]
    fn mask(self) -> u16 {
        let own = self.and(Neon::load(PLACES)).0;
        // SAFETY: the target has NEON.
        unsafe {
            let sums = vpaddq_u8(own, own);
            let sums = vpaddq_u8(sums, sums);
            vgetq_lane_u16::<0>(vreinterpretq_u16_u8(vpaddq_u8(sums, sums)))
        }
    }

    #[inline(always)]
    fn mask_of_four(four: [Self; 4]) -> u64 {
        let places = Neon::load(PLACES);
        let [one, two, three, four] = four.map(|own| own.and(places).0);
        // SAFETY: the target has NEON.
        unsafe {
            let sums = vpaddq_u8(vpaddq_u8(one, two), vpaddq_u8(three, four));
            vgetq_lane_u64::<0>(vreinterpretq_u64_u8(vpaddq_u8(sums, sums)))
        }
    }

    #[inline(always)]
    fn high_bits_of_four(four: [Self; 4]) -> u64 {
        Neon::mask_of_four(four.map(|own| own.below(Neon::all(0))))
    }
}
