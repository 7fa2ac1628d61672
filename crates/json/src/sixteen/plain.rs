//! 16 bytes in an array: what the registers are tested against.

use super::Sixteen;
use crate::isa::Isa;
use std::array::from_fn;

/// No register.
#[derive(Clone, Copy)]
pub(crate) struct Plain([u8; 16]);

/// All bits for yes, none for no.
fn answer(yes: bool) -> u8 {
    if yes { 0xff } else { 0 }
}

impl Sixteen for Plain {
    const ISA: Option<Isa> = None;

    fn load(bytes: [u8; 16]) -> Self {
        Plain(bytes)
    }

    fn bytes(self) -> [u8; 16] {
        self.0
    }

    fn all(byte: u8) -> Self {
        Plain([byte; 16])
    }

    fn and(self, other: Self) -> Self {
        Plain(from_fn(|i| self.0[i] & other.0[i]))
    }

    fn or(self, other: Self) -> Self {
        Plain(from_fn(|i| self.0[i] | other.0[i]))
    }

    fn xor(self, other: Self) -> Self {
        Plain(from_fn(|i| self.0[i] ^ other.0[i]))
    }

    fn least_unsigned(self, other: Self) -> Self {
        Plain(from_fn(|i| self.0[i].min(other.0[i])))
    }

    fn least(self, other: Self) -> Self {
        Plain(from_fn(|i| (self.0[i] as i8).min(other.0[i] as i8) as u8))
    }

    fn equal(self, other: Self) -> Self {
        Plain(from_fn(|i| answer(self.0[i] == other.0[i])))
    }

    fn below(self, other: Self) -> Self {
        Plain(from_fn(|i| answer((self.0[i] as i8) < other.0[i] as i8)))
    }

    fn upper(self) -> Self {
        Plain(self.0.map(|byte| byte >> 4))
    }

    fn look_up(self, places: Self) -> Self {
        Plain(places.0.map(|place| self.0.get(usize::from(place)).copied().unwrap_or(0)))
    }

    fn any(self) -> bool {
        self.0 != [0; 16]
    }

    fn mask(self) -> u16 {
        let bytes = self.0.iter().enumerate();
        bytes.fold(0, |mask, (i, byte)| mask | u16::from(byte >> 7) << i)
    }

    fn mask_of_four(four: [Self; 4]) -> u64 {
        four.iter().rev().fold(0, |mask, own| mask << 16 | u64::from(own.mask()))
    }

    fn high_bits_of_four(four: [Self; 4]) -> u64 {
        Plain::mask_of_four(four)
    }
}
