//! Finds a value by a text in constant time, from a table that never changes.

/// How many slots there are: some for each row of the largest table.
const SLOTS: usize = 1 << SLOT_BITS;
const SLOT_BITS: u32 = 11;

/// Rows in the order of their slots; made once.
#[derive(Debug)]
pub(crate) struct Index<T> {
    rows: Vec<(&'static str, T)>,
    /// Where the rows of each slot begin, and where those of the last one end.
    starts: Vec<u16>,
}

impl<T> Index<T> {
    /// Takes rows, several of which may have the same key.
    pub(crate) fn new(rows: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let mut rows: Vec<_> = rows.into_iter().collect();
        rows.sort_by_key(|(key, _)| (slot(key), *key));
        let first = |number| rows.partition_point(|(key, _)| slot(key) < number) as u16;
        Index { starts: (0..=SLOTS).map(first).collect(), rows }
    }

    /// The values of a key.
    #[inline]
    pub(crate) fn get<'i>(&'i self, key: &str) -> impl Iterator<Item = &'i T> {
        let slot = slot(key);
        let (start, end) = (self.starts[slot], self.starts[slot + 1]);
        let rows = self.rows.get(usize::from(start)..usize::from(end)).unwrap_or_default();
        rows.iter().filter(move |(known, _)| *known == key).map(|(_, value)| value)
    }
}

/// The slot of a key, by its length, its first eight bytes and its last eight.
#[inline]
fn slot(key: &str) -> usize {
    let bytes = key.as_bytes();
    let (first, last) = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => (bytes.iter().fold(0, |all, &byte| all << 8 | u64::from(byte)), 0),
    };
    // Odd numbers without a pattern: the fractions of the golden ratio and of the root of two.
    let mixed = (first ^ last.rotate_left(29) ^ bytes.len() as u64)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .rotate_left(32)
        .wrapping_mul(0x6a09_e667_f3bc_c909);
    (mixed >> (u64::BITS - SLOT_BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::Index;

    #[test]
    fn every_row_is_found_and_nothing_else() {
        let keys = ["", "a", "ab", "iam", "GetUser", "CreateUser", "DeleteUserPolicy", "ü"];
        let rows = keys.iter().enumerate().map(|(at, key)| (*key, at));
        let index = Index::new(rows.chain([("iam", 100)]));
        for (at, key) in keys.iter().enumerate() {
            let mut found: Vec<usize> = index.get(key).copied().collect();
            found.sort_unstable();
            let expected = if *key == "iam" { vec![at, 100] } else { vec![at] };
            assert_eq!(found, expected, "{key}");
        }
        for key in ["b", "CreateUserX", "DeleteGroupPolicy", "a\0"] {
            assert_eq!(index.get(key).count(), 0, "{key}");
        }
    }
}
