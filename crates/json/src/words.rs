//! Short texts looked at eight bytes at a time.

/// The highest bit of each byte of a word.
pub(crate) const HIGH: u64 = 0x8080_8080_8080_8080;

/// One in each byte of a word.
pub(crate) const ONES: u64 = 0x0101_0101_0101_0101;

/// The high bit of each byte that is below `limit`, which is at most 0x80; above the lowest such
/// byte some that are not.
#[inline(always)]
pub(crate) fn below(word: u64, limit: u8) -> u64 {
    word.wrapping_sub(ONES * limit as u64) & !word & HIGH
}

/// The high bit of each byte that is `byte`; above the lowest such byte some that are not.
#[inline(always)]
pub(crate) fn equal(word: u64, byte: u8) -> u64 {
    below(word ^ (ONES * byte as u64), 1)
}

/// The high bit of each byte that is `byte`, and of no other.
#[inline(always)]
pub(crate) fn all_equal(word: u64, byte: u8) -> u64 {
    let word = word ^ (ONES * byte as u64);
    !((word & !HIGH).wrapping_add(!HIGH) | word | !HIGH)
}

/// Where the first of two bytes below 0x80 is among the eight of a word; 8 if there is none.
#[inline(always)]
pub(crate) fn first_of_two(word: u64, one: u8, two: u8) -> usize {
    let (one, two) = (word ^ (ONES * one as u64), word ^ (ONES * two as u64));
    let found = (one.wrapping_sub(ONES) | two.wrapping_sub(ONES)) & !word & HIGH;
    found.trailing_zeros() as usize / 8
}

/// Whether `find` finds something in any word of a text. Words may overlap, and the bytes that a
/// short text lacks are spaces, which nobody looks for.
#[inline(always)]
pub(crate) fn any(text: &[u8], find: impl Fn(u64) -> u64) -> bool {
    let Some(last) = text.last_chunk::<8>() else {
        return find(short(text)) != 0;
    };
    let mut found = find(u64::from_le_bytes(*last));
    for chunk in text.as_chunks::<8>().0 {
        found |= find(u64::from_le_bytes(*chunk));
    }
    found != 0
}

/// A text of fewer than eight bytes as a word, with spaces behind it.
#[inline(always)]
fn short(text: &[u8]) -> u64 {
    const SPACES: u64 = ONES * b' ' as u64;
    if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        return u64::from(first) | u64::from(last) << 32;
    }
    text.iter().fold(SPACES, |word, &byte| word << 8 | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every byte at every place of texts of every short length.
    #[test]
    fn what_is_there_is_found_and_nothing_else() {
        for length in 0..40 {
            let clean = vec![b'a'; length];
            assert!(!any(&clean, |word| equal(word, b'\\') | below(word, b' ') | word & HIGH));
            for at in 0..length {
                for byte in 0..=u8::MAX {
                    let mut text = clean.clone();
                    text[at] = byte;
                    let found = |find: fn(u64) -> u64| any(&text, find);
                    let place = format!("{byte} at {at} of {length}");
                    assert_eq!(found(|word| equal(word, b'"')), byte == b'"', "{place}");
                    assert_eq!(found(|word| below(word, b' ')), byte < b' ', "{place}");
                    assert_eq!(found(|word| word & HIGH), byte >= 0x80, "{place}");
                }
            }
        }
    }
}
