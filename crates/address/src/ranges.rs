//! Networks of one family, laid out flat: which of them is the narrowest at any address.

use std::fmt::Debug;

/// No network.
pub(crate) const NONE: u32 = u32::MAX;

/// The most bits of an address that the directory looks at.
const DIRECTORY_BITS_MAX: u32 = 16;

/// An address as a number.
pub(crate) trait Address: Copy + Ord + Debug {
    /// The last address of the network that begins here, of which `bits` bits count.
    fn last(self, bits: u8) -> Self;
    /// The address behind this one.
    fn next(self) -> Option<Self>;
    /// Its next `bits` bits, which are 16 at most, behind the first `skip`.
    fn head(self, skip: u32, bits: u32) -> usize;
    /// How many bits it has in common with another, from the first on.
    fn common(self, other: Self) -> u32;
}

macro_rules! address {
    ($number:ty) => {
        impl Address for $number {
            fn last(self, bits: u8) -> Self {
                self | <$number>::MAX.checked_shr(bits.into()).unwrap_or(0)
            }

            fn next(self) -> Option<Self> {
                self.checked_add(1)
            }

            #[inline]
            fn head(self, skip: u32, bits: u32) -> usize {
                let rest = self.checked_shl(skip).unwrap_or(0);
                rest.checked_shr(<$number>::BITS - bits).unwrap_or(0) as usize
            }

            fn common(self, other: Self) -> u32 {
                (self ^ other).leading_zeros()
            }
        }
    };
}

address!(u32);
address!(u128);

/// One network of a family.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Row<A, T> {
    pub(crate) first: A,
    pub(crate) bits: u8,
    pub(crate) value: T,
}

/// The networks of one family.
///
/// The line of all addresses is cut wherever a network begins or ends. A piece knows the narrowest
/// network that it is in, and a network knows the next wider one. So a look-up is one search for
/// the piece, however many networks there are and however they are nested.
#[derive(Clone, Debug)]
pub(crate) struct Ranges<A, T> {
    values: Box<[T]>,
    bits: Box<[u8]>,
    /// The next wider network of each, or [`NONE`].
    wider: Box<[u32]>,
    /// Where each piece begins.
    starts: Box<[A]>,
    /// The narrowest network of each piece, or [`NONE`].
    narrowest: Box<[u32]>,
    directory: Directory,
}

impl<A: Address, T: PartialEq> Ranges<A, T> {
    /// Lays networks out. Of several that are equal, the first is found first.
    pub(crate) fn new(mut rows: Vec<Row<A, T>>) -> Self {
        // The narrower behind the wider, and equal ones with the first behind the others: then
        // what comes later is inside of, or behind, what came before.
        rows.reverse();
        rows.sort_by_key(|row| (row.first, row.bits));
        // Whoever merges lists has the same row over and over; each step to a wider one would cost.
        rows.dedup();
        let mut layout = Layout::with_capacity(rows.len());
        for (number, row) in rows.iter().enumerate() {
            layout.add(number as u32, row.first, row.first.last(row.bits));
        }
        layout.leave(None);
        let bits = rows.iter().map(|row| row.bits).collect();
        let directory = Directory::new(&layout.starts);
        Ranges {
            values: rows.into_iter().map(|row| row.value).collect(),
            bits,
            wider: layout.wider.into_boxed_slice(),
            starts: layout.starts.into_boxed_slice(),
            narrowest: layout.narrowest.into_boxed_slice(),
            directory,
        }
    }
}

impl<A: Address, T> Ranges<A, T> {
    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    /// The narrowest network that an address is in, or [`NONE`].
    #[inline]
    pub(crate) fn narrowest(&self, address: A) -> u32 {
        let (Some(first), Some(last)) = (self.starts.first(), self.starts.last()) else {
            return NONE;
        };
        if address < *first {
            return NONE;
        }
        let (from, to) = self.directory.pieces(address.min(*last));
        let here = self.starts.get(from..to).unwrap_or_default();
        // The piece may have begun before all addresses with this head.
        let behind = from + here.partition_point(|start| *start <= address);
        let piece = behind.checked_sub(1);
        piece.and_then(|piece| self.narrowest.get(piece)).copied().unwrap_or(NONE)
    }

    /// A network by its number: its value, how many of its bits count, and the next wider one.
    #[inline]
    pub(crate) fn network(&self, number: u32) -> Option<(&T, u8, u32)> {
        let at = number as usize;
        Some((self.values.get(at)?, *self.bits.get(at)?, *self.wider.get(at)?))
    }
}

/// Says where to look for an address among the pieces, by its head: the first bits behind those
/// that all pieces have in common.
#[derive(Clone, Debug)]
struct Directory {
    /// How many pieces begin before the addresses with each head, and how many there are.
    counts: Box<[u32]>,
    skip: u32,
    bits: u32,
}

impl Directory {
    fn new<A: Address>(starts: &[A]) -> Self {
        let ends = starts.first().zip(starts.last());
        let skip = ends.map_or(0, |(first, last)| first.common(*last));
        let bits = starts.len().checked_ilog2().unwrap_or(0).min(DIRECTORY_BITS_MAX);
        let mut counts = vec![0; (1 << bits) + 1];
        for start in starts {
            counts[start.head(skip, bits) + 1] += 1;
        }
        let mut sum = 0;
        for count in &mut counts {
            sum += *count;
            *count = sum;
        }
        Directory { counts: counts.into_boxed_slice(), skip, bits }
    }

    /// The pieces that begin at addresses with the head of this one, which is between the first
    /// and the last of them.
    #[inline]
    fn pieces<A: Address>(&self, address: A) -> (usize, usize) {
        let head = address.head(self.skip, self.bits);
        let count = |at: usize| self.counts.get(at).copied().unwrap_or(0) as usize;
        (count(head), count(head + 1))
    }
}

/// The pieces so far, and the networks that are open where the last one begins.
struct Layout<A> {
    wider: Vec<u32>,
    starts: Vec<A>,
    narrowest: Vec<u32>,
    open: Vec<(u32, A)>,
}

impl<A: Address> Layout<A> {
    fn with_capacity(networks: usize) -> Self {
        let pieces = 2 * networks;
        Layout {
            wider: Vec::with_capacity(networks),
            starts: Vec::with_capacity(pieces),
            narrowest: Vec::with_capacity(pieces),
            open: Vec::new(),
        }
    }

    fn add(&mut self, number: u32, first: A, last: A) {
        self.leave(Some(first));
        self.wider.push(self.open.last().map_or(NONE, |(number, _)| *number));
        self.begin(first, number);
        self.open.push((number, last));
    }

    /// Closes the networks that end before an address; all of them if there is none.
    fn leave(&mut self, before: Option<A>) {
        while let Some((_, last)) = self.open.last().copied() {
            if before.is_some_and(|before| last >= before) {
                break;
            }
            self.open.pop();
            let outer = self.open.last().map_or(NONE, |(number, _)| *number);
            if let Some(next) = last.next() {
                self.begin(next, outer);
            }
        }
    }

    /// Begins a piece, in place of one that is empty.
    fn begin(&mut self, start: A, narrowest: u32) {
        if self.starts.last() == Some(&start) {
            self.starts.pop();
            self.narrowest.pop();
        }
        self.starts.push(start);
        self.narrowest.push(narrowest);
    }
}
