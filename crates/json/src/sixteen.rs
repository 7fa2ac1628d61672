//! 16 bytes in a register, for machines whose registers hold no more: one face for all of them.
//!
//! What stands on [`Sixteen`] is written once, for NEON and for the vectors of WebAssembly, and is
//! compiled and tested on every other machine too, where arrays take the place of registers.

use crate::isa::Isa;

cfg_select! {
    all(target_arch = "aarch64", target_feature = "neon", target_endian = "little", not(miri)) => {
        mod neon;
        pub(crate) use neon::Neon as Native;
    }
    all(target_arch = "wasm32", target_feature = "simd128") => {
        mod simd128;
        pub(crate) use simd128::Simd128 as Native;
    }
    _ => {
        mod plain;
        pub(crate) use plain::Plain as Native;
    }
}

/// Whether 16 bytes are in a register indeed.
pub(crate) const IS_NATIVE: bool = Native::ISA.is_some();

/// 16 bytes in a register, and what can be done to all of them at once.
///
/// Where the answer for a byte is yes or no, all bits are set for yes, and none for no.
pub(crate) trait Sixteen: Copy {
    /// Which path it is, if the machine has the registers.
    const ISA: Option<Isa>;

    /// Takes the bytes into the register.
    fn load(bytes: [u8; 16]) -> Self;

    /// The bytes in the register.
    fn bytes(self) -> [u8; 16];

    /// The same byte 16 times.
    fn all(byte: u8) -> Self;

    /// The bits that both have.
    fn and(self, other: Self) -> Self;

    /// The bits that either has.
    fn or(self, other: Self) -> Self;

    /// The bits that one has, and not both.
    fn xor(self, other: Self) -> Self;

    /// The lesser of each two bytes.
    fn least_unsigned(self, other: Self) -> Self;

    /// The same, as signed numbers.
    fn least(self, other: Self) -> Self;

    /// Which bytes are equal.
    fn equal(self, other: Self) -> Self;

    /// Which bytes are below those of the other, as signed numbers: those above 0x7f come first.
    fn below(self, other: Self) -> Self;

    /// The upper four bits of each byte.
    fn upper(self) -> Self;

    /// For each byte of `places`, the byte of this that is there; zero if it is above 15.
    fn look_up(self, places: Self) -> Self;

    /// Whether any bit is set.
    fn any(self) -> bool;

    /// A bit for each byte, all of which are yes or no.
    fn mask(self) -> u16;

    /// The same for four registers, the first of them lowest.
    fn mask_of_four(four: [Self; 4]) -> u64;

    /// The highest bit of each byte of four registers, whatever these are.
    fn high_bits_of_four(four: [Self; 4]) -> u64;
}
