//! A buffer for rows: many short pieces appended, faster than with a call for each.

use std::fmt;
use std::ops::Range;

/// How many bytes a piece may be copied beyond its end.
const BLOCK: usize = 64;

/// Whether bytes are copied by one instruction, however many there are: what is said below of
/// blocks and calls does not hold in WebAssembly, where an interpreter takes as long for each of
/// its instructions. Hosts that have vectors compile, and their copies are calls again.
const COPIES_ARE_CHEAP: bool = cfg!(all(target_arch = "wasm32", not(target_feature = "simd128")));

/// Appends to a vector in whole blocks: the surplus of each piece is written over by the next.
///
/// Where the next piece goes is kept here, and the vector gets its length when this is dropped. No
/// code out of line takes a reference to an `Output`, so that all of one that is a local variable
/// can stay in registers, instead of being stored and loaded again for every piece.
pub struct Output<'v> {
    vec: &'v mut Vec<u8>,
    /// Where the next byte goes, within what the vector has allocated, or just behind it; null
    /// while somebody else has the vector.
    to: *mut u8,
    /// Behind what the vector has allocated.
    end: *mut u8,
}

impl<'v> Output<'v> {
    /// Appends to `vec`.
    #[inline]
    pub fn new(vec: &'v mut Vec<u8>) -> Self {
        let (to, end) = free(vec);
        Output { vec, to, end }
    }

    /// Appends what `write` appends to the vector.
    #[inline(always)]
    pub fn with(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        self.settle();
        // Should `write` panic, the vector keeps what it has left there.
        self.to = std::ptr::null_mut();
        write(self.vec);
        (self.to, self.end) = free(self.vec);
    }

    /// Appends one byte.
    #[inline(always)]
    pub fn byte(&mut self, byte: u8) {
        self.room(1);
        // SAFETY: there is room for one byte.
        unsafe {
            self.to.write(byte);
            self.to = self.to.add(1);
        }
    }

    /// Appends a short constant text.
    #[inline(always)]
    pub fn literal(&mut self, literal: &Literal) {
        if COPIES_ARE_CHEAP {
            return self.bytes(literal.text());
        }
        self.room(BLOCK);
        // SAFETY: there is room for a block, and a literal is no longer than one.
        unsafe {
            literal.copy_to(self.to);
            self.to = self.to.add(literal.len());
        }
    }

    /// Appends a number of bytes that is known beforehand.
    #[inline(always)]
    pub fn array<const N: usize>(&mut self, bytes: &[u8; N]) {
        self.room(N);
        // SAFETY: there is room for `N` bytes.
        unsafe {
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), self.to, N);
            self.to = self.to.add(N);
        }
    }

    /// Appends a number of bytes that is known beforehand, between quotes.
    #[inline(always)]
    pub fn quoted<const N: usize>(&mut self, bytes: &[u8; N]) {
        self.room(N + 2);
        // SAFETY: there is room for `N` bytes and two quotes.
        unsafe {
            self.to.write(b'"');
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), self.to.add(1), N);
            self.to.add(N + 1).write(b'"');
            self.to = self.to.add(N + 2);
        }
    }

    /// Appends any bytes.
    #[inline(always)]
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.room(bytes.len());
        // SAFETY: there is room for `bytes`.
        unsafe {
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), self.to, bytes.len());
            self.to = self.to.add(bytes.len());
        }
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
        // SAFETY: there is room for `length` bytes, and every piece of eight or sixteen bytes lies
        // within them.
        unsafe {
            let to = self.to;
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
            self.to = to.add(length);
        }
    }

    /// Appends fewer than eight bytes.
    #[inline(always)]
    fn few(&mut self, bytes: &[u8]) {
        let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) else {
            return bytes.iter().for_each(|&byte| self.byte(byte));
        };
        self.room(bytes.len());
        // SAFETY: there is room for all of the bytes, and both pieces of four lie within them.
        unsafe {
            std::ptr::copy_nonoverlapping(first.as_ptr(), self.to, 4);
            self.to = self.to.add(bytes.len());
            std::ptr::copy_nonoverlapping(last.as_ptr(), self.to.sub(4), 4);
        }
    }

    /// Takes the last bytes back.
    #[inline(always)]
    pub(crate) fn take_back(&mut self, bytes: usize) {
        let written = self.to.addr() - self.vec.as_ptr().addr();
        // SAFETY: at least so many bytes lie before `to`.
        self.to = unsafe { self.to.sub(bytes.min(written)) };
    }

    /// Appends `text[start..end]`. Where there is text behind the span, whole blocks are copied,
    /// so that the usual span costs one block and no call.
    ///
    /// # Panics
    /// If `start..end` is no range of `text`.
    #[inline(always)]
    pub fn span(&mut self, text: &[u8], start: usize, end: usize) {
        if COPIES_ARE_CHEAP {
            return self.bytes(&text[start..end]);
        }
        let Some(length) = Spans::of(text).blocks(start, end) else {
            return self.with(|vec| vec.extend_from_slice(&text[start..end]));
        };
        self.room(length + BLOCK);
        // SAFETY: there is room for the span and a block more, and so much is readable at `start`:
        // every block that begins before `length` is within both.
        unsafe {
            copy_blocks(text.as_ptr().add(start), self.to, length);
            self.to = self.to.add(length);
        }
    }

    /// Appends a literal and then the bytes from `start` to `end` of a text.
    ///
    /// # Panics
    /// If `start..end` is no range of the text.
    #[inline(always)]
    pub fn literal_and_span(
        &mut self,
        literal: &Literal,
        spans: Spans<'_>,
        (start, end): (usize, usize),
    ) {
        let Spans { text, .. } = spans;
        if COPIES_ARE_CHEAP {
            self.bytes(literal.text());
            return self.bytes(&text[start..end]);
        }
        let Some(length) = spans.blocks(start, end) else {
            return self.with(|vec| append(vec, literal, text, start..end));
        };
        self.room(2 * BLOCK + length);
        // SAFETY: a literal has `BLOCK` bytes at most, so there is room for it, the span and a
        // block more; the span and a block are readable at `start`. Every block that begins before
        // `length` is within both.
        unsafe {
            literal.copy_to(self.to);
            let to = self.to.add(literal.len());
            copy_blocks(text.as_ptr().add(start), to, length);
            self.to = to.add(length);
        }
    }

    /// Makes sure that `more` bytes can be written.
    #[inline(always)]
    fn room(&mut self, more: usize) {
        if self.end.addr() - self.to.addr() < more {
            self.with(|vec| grow(vec, more));
        }
    }

    /// Gives the vector its length.
    #[inline(always)]
    fn settle(&mut self) {
        // SAFETY: all bytes before `to` have been written, within what is allocated.
        unsafe { self.vec.set_len(self.to.addr() - self.vec.as_ptr().addr()) }
    }
}

/// Where the free part of a vector begins, and where it ends.
#[inline(always)]
fn free(vec: &mut Vec<u8>) -> (*mut u8, *mut u8) {
    let (start, length, capacity) = (vec.as_mut_ptr(), vec.len(), vec.capacity());
    // SAFETY: both places are within what is allocated, or just behind it.
    unsafe { (start.add(length), start.add(capacity)) }
}

/// A text of which spans are to be appended.
#[derive(Clone, Copy)]
pub struct Spans<'t> {
    text: &'t [u8],
    /// Behind the last place with a block behind it; 0 if there is none.
    last: usize,
}

impl<'t> Spans<'t> {
    /// Spans of `text`.
    #[inline(always)]
    pub fn of(text: &'t [u8]) -> Self {
        Spans { text, last: (text.len() + 1).saturating_sub(BLOCK) }
    }

    /// The text.
    #[inline(always)]
    pub fn text(self) -> &'t [u8] {
        self.text
    }

    /// The length of a span if it can be copied in blocks: it is short, and a block is readable
    /// behind it.
    #[inline(always)]
    fn blocks(self, start: usize, end: usize) -> Option<usize> {
        let length = end.checked_sub(start)?;
        (length <= 8 * BLOCK && end < self.last).then_some(length)
    }
}

impl fmt::Debug for Spans<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Spans({} bytes)", self.text.len())
    }
}

/// Appends a literal and a span that can not be copied in blocks.
#[inline(never)]
fn append(vec: &mut Vec<u8>, literal: &Literal, text: &[u8], span: Range<usize>) {
    vec.extend_from_slice(literal.text());
    vec.extend_from_slice(&text[span]);
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
        if !self.to.is_null() {
            self.settle();
        }
    }
}

impl fmt::Debug for Output<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Output").field("free", &(self.end.addr() - self.to.addr())).finish()
    }
}

/// A short constant text with room behind it, to be appended in one block, which is a line of the
/// cache.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
pub struct Literal {
    bytes: [u8; Literal::LENGTH_MAX],
    length: u8,
}

const _: () = assert!(size_of::<Literal>() == BLOCK);

impl Literal {
    /// The longest text that fits.
    pub const LENGTH_MAX: usize = BLOCK - 1;

    /// Takes in a text, if it is no longer than [`LENGTH_MAX`](Literal::LENGTH_MAX).
    pub const fn new(text: &[u8]) -> Option<Self> {
        if text.len() > Literal::LENGTH_MAX {
            return None;
        }
        let mut bytes = [0; Literal::LENGTH_MAX];
        let mut at = 0;
        while at < text.len() {
            bytes[at] = text[at];
            at += 1;
        }
        Some(Literal { bytes, length: text.len() as u8 })
    }

    #[inline(always)]
    fn len(&self) -> usize {
        usize::from(self.length)
    }

    #[inline(always)]
    fn text(&self) -> &[u8] {
        self.bytes.get(..self.len()).unwrap_or_default()
    }

    /// Copies all of it, and whatever stands behind the text.
    ///
    /// # Safety
    /// A block is writable at `to`.
    #[inline(always)]
    unsafe fn copy_to(&self, to: *mut u8) {
        // SAFETY: this is a block; the caller promises the rest.
        unsafe { std::ptr::copy_nonoverlapping(std::ptr::from_ref(self).cast(), to, BLOCK) }
    }
}

impl fmt::Debug for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Literal({:?})", String::from_utf8_lossy(self.text()))
    }
}
