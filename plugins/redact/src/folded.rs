//! Finds what belongs to a name in constant time, whatever the case of its letters.

/// Names of this length and longer share a word of the filter.
const LENGTHS: usize = 64;

/// Names, folded to lower case, with what belongs to them; made once.
#[derive(Clone, Debug)]
pub(crate) struct Folded<T> {
    /// By the length of a name, and in a word by its first and last letter: whether there is any.
    filter: Box<[u64; LENGTHS]>,
    entries: Vec<(Box<str>, T)>,
    /// Where the entries of each slot begin, and where those of the last one end.
    starts: Vec<u32>,
    shift: u32,
}

impl<T> Folded<T> {
    /// Takes names, each of which should be there once.
    pub(crate) fn new(entries: impl IntoIterator<Item = (String, T)>) -> Self {
        let fold = |(name, value): (String, T)| (name.to_ascii_lowercase().into(), value);
        let mut entries: Vec<(Box<str>, T)> = entries.into_iter().map(fold).collect();
        let bits = (entries.len() * 2).next_power_of_two().trailing_zeros().max(4);
        let shift = u64::BITS - bits;
        entries.sort_by_key(|(name, _)| hash(name.as_bytes()) >> shift);
        let mut filter = Box::new([0; LENGTHS]);
        for (name, _) in &entries {
            let (length, bit) = place(name.as_bytes());
            filter[length] |= bit;
        }
        let first = |slot: u64| {
            entries.partition_point(|(name, _)| hash(name.as_bytes()) >> shift < slot) as u32
        };
        let starts = (0..=1 << bits).map(first).collect();
        Folded { filter, entries, starts, shift }
    }

    /// The names, in lower case.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(name, _)| &**name)
    }

    /// What belongs to a name.
    #[inline(always)]
    pub(crate) fn get(&self, name: &[u8]) -> Option<&T> {
        let (length, bit) = place(name);
        if self.filter[length] & bit == 0 { None } else { self.look_up(name) }
    }

    #[inline(never)]
    fn look_up(&self, name: &[u8]) -> Option<&T> {
        let slot = (hash(name) >> self.shift) as usize;
        let (from, to) = (*self.starts.get(slot)?, *self.starts.get(slot + 1)?);
        let entries = self.entries.get(from as usize..to as usize)?;
        let found = entries.iter().find(|(known, _)| known.as_bytes().eq_ignore_ascii_case(name));
        found.map(|(_, value)| value)
    }
}

/// The word and the bit of a name in the filter; letters have the same in either case.
#[inline(always)]
fn place(name: &[u8]) -> (usize, u64) {
    let ([first, .., last] | [first @ last]) = name else { return (0, 1) };
    // Neither uses the bit that tells upper from lower case.
    let mixed = (first & 0x1f) ^ (last & 0x1f).wrapping_mul(11);
    (name.len().min(LENGTHS - 1), 1 << (mixed & 63))
}

/// The bit that tells upper from lower case, in all bytes. It makes some other characters equal as
/// well, which costs a comparison.
const CASE: u64 = 0x2020_2020_2020_2020;

/// A hash of a name by its length, its first eight bytes and its last eight, in lower case.
#[inline(always)]
fn hash(name: &[u8]) -> u64 {
    let (first, last) = match (name.first_chunk::<8>(), name.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => match (name.first_chunk::<4>(), name.last_chunk::<4>()) {
            (Some(first), Some(last)) => {
                (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into())
            }
            _ => (name.iter().fold(0, |all, &byte| all << 8 | u64::from(byte)), 0),
        },
    };
    // An odd number without a pattern: the fraction of the golden ratio.
    let mixed = (first | CASE) ^ (last | CASE).rotate_left(29) ^ name.len() as u64;
    let mixed = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ mixed << 32
}

#[cfg(test)]
mod tests {
    use super::Folded;

    #[test]
    fn every_name_is_found_and_nothing_else() {
        let names = ["", "a", "ab", "key", "aRN", "password", "masterUserPassword", "ünder"];
        let folded = Folded::new(names.iter().enumerate().map(|(n, name)| (name.to_string(), n)));
        for (number, name) in names.iter().enumerate() {
            assert_eq!(folded.get(name.as_bytes()), Some(&number), "{name}");
            assert_eq!(folded.get(name.to_ascii_uppercase().as_bytes()), Some(&number), "{name}");
        }
        for name in ["b", "passwor", "passwordx", "masterXserPassword", "\0", "[b"] {
            assert_eq!(folded.get(name.as_bytes()), None, "{name}");
        }
        assert!(Folded::<()>::new([]).get(b"a").is_none());
    }
}
