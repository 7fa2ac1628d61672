//! What is written for registers of 16 bytes misses no place, on any machine.

use super::sixteen::sixteen;
use super::{BLOCKS, CHUNK, Grams};
use crate::isa::Isa;
use crate::sixteen::Native;

/// The masks of the blocks that are said to have something.
fn masks(look: impl FnOnce(&mut [u64; BLOCKS]) -> u64) -> [u64; BLOCKS] {
    let mut masks = [!0; BLOCKS];
    let blocks = look(&mut masks);
    std::array::from_fn(|block| if blocks >> block & 1 == 1 { masks[block] } else { 0 })
}

#[test]
fn no_place_is_missed_and_none_is_behind_the_text() {
    let texts = [&b"pass"[..], b"key", b"\"Se", b"x", b"\xc3\xa9"];
    let grams = Grams::with_isa(Isa::Scalar, [0, 1, 2, 7], texts);
    let lengths: &[usize] = match cfg!(miri) {
        true => &[3, 71, 140],
        false => &[0, 1, 3, 63, 64, 65, 71, 72, 73, 128, 300, CHUNK - 1, CHUNK, CHUNK + 200],
    };
    for &length in lengths {
        for shift in 0..if cfg!(miri) { 2 } else { 40 } {
            let words = b"a PASSword, keys, \"sec\": max \xc3\xa9t\xc3\xa9 0123456789";
            let text: Vec<u8> = words.iter().cycle().skip(shift).copied().take(length).collect();
            let exact = masks(|masks| grams.masks(&text, 0, masks));
            let own = masks(|masks| sixteen::<Native>(&grams, &text, masks));
            for (block, (own, exact)) in own.iter().zip(exact).enumerate() {
                assert_eq!(exact & !own, 0, "{length} {shift} {block}");
                let left = text.len().saturating_sub(block * 64);
                assert!(left >= 64 || own >> left == 0, "{length} {shift} {block}");
            }
            same_as_avx2(&grams, &text, &own);
        }
    }
}

/// The look-ups are those of AVX2, and meet the same in vain.
fn same_as_avx2(grams: &Grams, text: &[u8], own: &[u64; BLOCKS]) {
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    if Isa::Avx2.is_usable() {
        // SAFETY: the machine has the instructions.
        let other = masks(|masks| unsafe { super::vector::avx2(grams, text, masks) });
        assert_eq!(*own, other);
    }
    let _ = (grams, text, own);
}
