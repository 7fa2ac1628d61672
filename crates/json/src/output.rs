//! A buffer for rows: many short pieces appended, faster than with a call for each.

/// How many bytes a piece may be copied beyond its end.
const BLOCK: usize = 64;

/// Whether bytes are copied by one instruction, however many there are: what is said below of
/// blocks and calls does not hold in WebAssembly, where an interpreter takes as long for each of
/// its instructions. Hosts that have vectors compile, and their copies are calls again.
const COPIES_ARE_CHEAP: bool = cfg!(all(target_arch = "wasm32", not(target_feature = "simd128")));

/// Appends to a vector in whole blocks: the surplus of each piece is written over by the next.
///
/// The length is kept here and given to the vector when this is dropped. No code out of line takes
/// a reference to an `Output`, so that the length of one that is a local variable can stay in a
/// register, instead of being stored and loaded again for every piece.
#[derive(Debug)]
pub struct Output<'v> {
    vec: &'v mut Vec<u8>,
    length: usize,
}

impl<'v> Output<'v> {
    /// Appends to `vec`.
    #[inline]
    pub fn new(vec: &'v mut Vec<u8>) -> Self {
        let length = vec.len();
        Output { vec, length }
    }

    /// Appends what `write` appends to the vector.
    #[inline(always)]
    pub fn with(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        self.settle();
        // Should `write` panic, this is dropped with whatever it has left of the vector.
        self.length = 0;
        write(self.vec);
        self.length = self.vec.len();
    }

    /// Appends one byte.
    #[inline(always)]
    pub fn byte(&mut self, byte: u8) {
        self.room(1);
        // SAFETY: there is room for one byte at `length`.
        unsafe { self.vec.as_mut_ptr().add(self.length).write(byte) }
        self.length += 1;
    }

    /// Appends a short constant text.
    #[inline(always)]
    pub fn literal(&mut self, literal: &Literal) {
        if COPIES_ARE_CHEAP {
            return self.bytes(literal.text());
        }
        self.room(BLOCK);
        // SAFETY: `BLOCK` bytes are writable at `length`, and those of a literal are readable.
        unsafe {
            let to = self.vec.as_mut_ptr().add(self.length);
            std::ptr::copy_nonoverlapping(literal.bytes.as_ptr(), to, BLOCK);
        }
        self.length += literal.length;
    }

    /// Appends a number of bytes that is known beforehand.
    #[inline(always)]
    pub fn array<const N: usize>(&mut self, bytes: &[u8; N]) {
        self.room(N);
        // SAFETY: there is room for `N` bytes at `length`.
        unsafe {
            let to = self.vec.as_mut_ptr().add(self.length);
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), to, N);
        }
        self.length += N;
    }

    /// Appends any bytes.
    #[inline(always)]
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.room(bytes.len());
        // SAFETY: there is room for `bytes` at `length`.
        unsafe {
            let to = self.vec.as_mut_ptr().add(self.length);
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), to, bytes.len());
        }
        self.length += bytes.len();
    }

    /// Appends bytes that are few as a rule, without a call for them.
    #[inline(always)]
    pub fn short(&mut self, bytes: &[u8]) {
        let length = bytes.len();
        let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) else {
            return self.few(bytes);
        };
        if length > 64 || COPIES_ARE_CHEAP {
            return self.bytes(bytes);
        }
        self.room(length);
        // SAFETY: there is room for `length` bytes at `length` of this, and every piece of eight
        // or sixteen bytes lies within them.
        unsafe {
            let to = self.vec.as_mut_ptr().add(self.length);
            if length <= 16 {
                std::ptr::copy_nonoverlapping(first.as_ptr(), to, 8);
                std::ptr::copy_nonoverlapping(last.as_ptr(), to.add(length - 8), 8);
            } else {
                let mut done = 0;
                while done + 16 < length {
                    std::ptr::copy_nonoverlapping(bytes.as_ptr().add(done), to.add(done), 16);
                    done += 16;
                }
                let tail = length - 16;
                std::ptr::copy_nonoverlapping(bytes.as_ptr().add(tail), to.add(tail), 16);
            }
        }
        self.length += length;
    }

    /// Appends fewer than eight bytes.
    #[inline(always)]
    fn few(&mut self, bytes: &[u8]) {
        let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) else {
            return bytes.iter().for_each(|&byte| self.byte(byte));
        };
        self.room(bytes.len());
        // SAFETY: there is room for all of the bytes at `length`, and both pieces of four lie
        // within them.
        unsafe {
            let to = self.vec.as_mut_ptr().add(self.length);
            std::ptr::copy_nonoverlapping(first.as_ptr(), to, 4);
            std::ptr::copy_nonoverlapping(last.as_ptr(), to.add(bytes.len() - 4), 4);
        }
        self.length += bytes.len();
    }

    /// Takes the last bytes back.
    #[inline(always)]
    pub(crate) fn take_back(&mut self, bytes: usize) {
        self.length = self.length.saturating_sub(bytes);
    }

    /// Appends `text[start..end]`. Where there is text behind the span, whole blocks are copied,
    /// so that the usual span costs one block and no call.
    ///
    /// # Panics
    /// If `start..end` is no range of `text`.
    #[inline(always)]
    pub fn span(&mut self, text: &[u8], start: usize, end: usize) {
        assert!(start <= end && end <= text.len(), "no span of the text");
        let length = end - start;
        if COPIES_ARE_CHEAP || text.len() - end < BLOCK || length > 8 * BLOCK {
            return self.bytes(&text[start..end]);
        }
        self.room(length + BLOCK);
        // SAFETY: `BLOCK` bytes are readable behind `end` and `length + BLOCK` writable at
        // `self.length`, so every block that begins before `length` is within both.
        unsafe {
            let to = self.vec.as_mut_ptr().add(self.length);
            copy_blocks(text.as_ptr().add(start), to, length);
        }
        self.length += length;
    }

    /// Appends a literal and then `text[start..end]`.
    ///
    /// # Panics
    /// If `start..end` is no range of `text`.
    #[inline(always)]
    pub fn literal_and_span(
        &mut self,
        literal: &Literal,
        text: &[u8],
        (start, end): (usize, usize),
    ) {
        let length = end.wrapping_sub(start);
        let has_block = text.len().checked_sub(BLOCK).is_some_and(|last| end <= last);
        if COPIES_ARE_CHEAP || !has_block || length > 8 * BLOCK {
            let (name, span) = (literal.text(), &text[start..end]);
            self.room(name.len() + span.len());
            // SAFETY: there is room for both at `length`.
            unsafe {
                let to = self.vec.as_mut_ptr().add(self.length);
                std::ptr::copy_nonoverlapping(name.as_ptr(), to, name.len());
                std::ptr::copy_nonoverlapping(span.as_ptr(), to.add(name.len()), span.len());
            }
            self.length += name.len() + span.len();
            return;
        }
        self.room(2 * BLOCK + length);
        // SAFETY: a literal has `BLOCK` bytes at most, so two blocks and `length` bytes are
        // writable from it on. `length` is no more than a few blocks, so `start` is not behind
        // `end`, and `BLOCK` bytes are readable behind that: every block that begins before
        // `length` is within both.
        unsafe {
            let to = self.vec.as_mut_ptr().add(self.length);
            std::ptr::copy_nonoverlapping(literal.bytes.as_ptr(), to, BLOCK);
            copy_blocks(text.as_ptr().add(start), to.add(literal.length), length);
        }
        self.length += literal.length + length;
    }

    /// Makes sure that `more` bytes can be written at `length`.
    #[inline(always)]
    fn room(&mut self, more: usize) {
        if self.vec.capacity() - self.length < more {
            self.settle();
            grow(self.vec, more);
        }
    }

    /// Gives the vector its length.
    #[inline(always)]
    fn settle(&mut self) {
        // SAFETY: all bytes up to `length` have been written, within the capacity.
        unsafe { self.vec.set_len(self.length) }
    }
}

/// Copies the block at `from`, and all others that begin before `length`.
///
/// # Safety
/// These blocks are readable at `from` and writable at `to`, and they do not overlap.
#[inline(always)]
unsafe fn copy_blocks(from: *const u8, to: *mut u8, length: usize) {
    let mut done = 0;
    loop {
        // SAFETY: as the caller promises.
        unsafe { std::ptr::copy_nonoverlapping(from.add(done), to.add(done), BLOCK) };
        done += BLOCK;
        if done >= length {
            break;
        }
    }
}

/// Makes room for so many bytes, and some more.
#[cold]
#[inline(never)]
fn grow(vec: &mut Vec<u8>, more: usize) {
    vec.reserve(more + 64 * BLOCK);
}

impl Drop for Output<'_> {
    #[inline(always)]
    fn drop(&mut self) {
        self.settle();
    }
}

/// A short constant text with room behind it, to be appended in one block.
#[derive(Clone, Copy)]
pub struct Literal {
    bytes: [u8; BLOCK],
    length: usize,
}

impl Literal {
    /// The longest text that fits.
    pub const LENGTH_MAX: usize = BLOCK;

    /// Takes in a text, if it is no longer than [`LENGTH_MAX`](Literal::LENGTH_MAX).
    pub const fn new(text: &[u8]) -> Option<Self> {
        if text.len() > BLOCK {
            return None;
        }
        let mut bytes = [0; BLOCK];
        let mut at = 0;
        while at < text.len() {
            bytes[at] = text[at];
            at += 1;
        }
        Some(Literal { bytes, length: text.len() })
    }

    #[inline(always)]
    fn text(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

impl std::fmt::Debug for Literal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Literal({:?})", String::from_utf8_lossy(&self.bytes[..self.length]))
    }
}
