//! 64 bytes in four registers of 16: two look-ups by low nibble find blanks and operators.

use super::{Blanks, Block, Masks, emit_by_eight};
use crate::sixteen::Sixteen;
use std::marker::PhantomData;

/// By low nibble, the one blank of that nibble; zero is none, since its own nibble has another.
const BLANKS: [u8; 16] = [0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0x09, 0x0a, 0, 0, 0x0d, 0, 0];

/// The same of operators, with the bit of 0x20 set.
const OPERATORS: [u8; 16] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x3a, 0x7b, 0x2c, 0x7d, 0, 0];

/// The same of what may stand behind a backslash, but for `"` and `r`, whose nibble `b` has.
const ESCAPES: [u8; 16] = [1, 0, b'b', 0, b't', 0, b'f', 0, 0, 0, 0, 0, b'\\', 0, b'n', b'/'];

/// Blocks in registers of that kind, which the target has.
pub(super) struct Registers<S>(PhantomData<S>);

/// The 64 bytes at `block`.
///
/// # Safety
/// They are readable.
#[inline(always)]
unsafe fn load<S: Sixteen>(block: *const u8) -> [S; 4] {
    // SAFETY: the caller's promise; bytes need no alignment.
    unsafe { block.cast::<[[u8; 16]; 4]>().read() }.map(S::load)
}

impl<S: Sixteen> Registers<S> {
    /// Whether there is a backslash, a control character or a byte above 0x7f: few blocks have any.
    #[inline(always)]
    fn has_rare([one, two, three, four]: [S; 4]) -> bool {
        // Controls and what is above 0x7f are below the space as signed numbers. A backslash is
        // made the least of all bytes.
        let least = one.least(two).least(three.least(four));
        let [one, two, three, four] = [one, two, three, four].map(|v| v.xor(S::all(b'\\')));
        let zero = one.least_unsigned(two).least_unsigned(three.least_unsigned(four));
        least.below(S::all(b' ')).mask() | zero.equal(S::all(0)).mask() != 0
    }
}

impl<S: Sixteen> Block for Registers<S> {
    #[inline(always)]
    unsafe fn masks(block: *const u8) -> Masks {
        // SAFETY: the caller promises 64 readable bytes.
        let bytes = unsafe { load::<S>(block) };
        let equal = |byte: u8| S::mask_of_four(bytes.map(|v| v.equal(S::all(byte))));
        let case = S::all(0x20);
        let operators = S::load(OPERATORS);
        let operator = |v: S| operators.look_up(v.and(S::all(0x0f))).equal(v.or(case));
        let mut masks = Masks {
            backslash: 0,
            quote: equal(b'"'),
            // Folding the case makes 0x0c and 0x1a look like operators; the scan stops there.
            operator: S::mask_of_four(bytes.map(operator)),
            low: equal(b' '),
            control: 0,
            non_ascii: 0,
        };
        if Self::has_rare(bytes) {
            masks.backslash = equal(b'\\');
            masks.non_ascii = S::high_bits_of_four(bytes);
            masks.control = S::mask_of_four(bytes.map(|v| v.below(case))) & !masks.non_ascii;
            masks.low |= masks.control;
        }
        masks
    }

    #[inline(always)]
    unsafe fn blanks(block: *const u8) -> Blanks {
        // SAFETY: as above.
        let bytes = unsafe { load::<S>(block) };
        let blanks = S::load(BLANKS);
        let blank = |v: S| blanks.look_up(v.and(S::all(0x0f))).equal(v);
        Blanks {
            all: S::mask_of_four(bytes.map(blank)),
            newline: S::mask_of_four(bytes.map(|v| v.equal(S::all(b'\n')))),
        }
    }

    #[inline(always)]
    unsafe fn simple_escapes(block: *const u8) -> u64 {
        // SAFETY: as above.
        let bytes = unsafe { load::<S>(block) };
        let escapes = S::load(ESCAPES);
        let equal = |byte: u8| S::mask_of_four(bytes.map(|v| v.equal(S::all(byte))));
        let others = bytes.map(|v| escapes.look_up(v.and(S::all(0x0f))).equal(v));
        equal(b'"') | equal(b'r') | S::mask_of_four(others)
    }

    /// By shifts, since the machine may not have carry-less multiplication.
    #[inline(always)]
    unsafe fn prefix_xor(mut bits: u64) -> u64 {
        for shift in [1, 2, 4, 8, 16, 32] {
            bits ^= bits << shift;
        }
        bits
    }

    #[inline(always)]
    unsafe fn emit(block: *const u8, bits: u64, base: u32, to: (*mut u32, *mut u8)) {
        // SAFETY: the caller's promises are those of `emit_by_eight`.
        unsafe { emit_by_eight(block, bits, base, to) }
    }
}
