//! The look-ups of 64 bytes in registers of 16.

use super::{BLOCKS, Grams, REACH, each_block};
use crate::sixteen::Sixteen;
use std::array::from_fn;

/// See `Grams::masks`.
pub(super) fn sixteen<S: Sixteen>(grams: &Grams, text: &[u8], masks: &mut [u64; BLOCKS]) -> u64 {
    // Of bytes above 0x7f, too, the lower seven bits count.
    let high = grams.high.map(|own| S::load(from_fn(|nibble| own[nibble % 8])));
    let low = grams.low.map(S::load);
    each_block(text, masks, |bytes| {
        let registers = from_fn(|register| {
            let met = |n: usize| {
                let at = 16 * register + grams.positions[n] % REACH;
                let own = S::load(*bytes[at..].first_chunk().unwrap_or(&[0; 16]));
                let low = low[n].look_up(own.and(S::all(15)));
                low.and(high[n].look_up(own.upper()))
            };
            met(0).and(met(1)).and(met(2).and(met(3))).equal(S::all(0))
        });
        !S::mask_of_four(registers)
    })
}
