//! Appending short pieces of text to a buffer, faster than a call for each.

/// How many bytes a piece may be copied beyond its end.
const BLOCK: usize = 64;

/// Appends `text[start..end]` to `out`.
///
/// For rows made of dozens of short spans. Where there is text behind the span, whole blocks are
/// copied and the surplus is written over later, so that the usual span costs one block and no
/// call.
///
/// # Panics
/// If `start..end` is no range of `text`.
#[inline]
pub fn append_span(out: &mut Vec<u8>, text: &[u8], start: usize, end: usize) {
    assert!(start <= end && end <= text.len(), "no span of the text");
    let length = end - start;
    if text.len() - end < BLOCK || length > 4 * BLOCK {
        out.extend_from_slice(&text[start..end]);
        return;
    }
    out.reserve(length + BLOCK);
    // SAFETY: `BLOCK` bytes are readable behind `end` and `length + BLOCK` writable behind the
    // end of `out`, so every block that begins before `length` is within both.
    unsafe {
        let from = text.as_ptr().add(start);
        let to = out.as_mut_ptr().add(out.len());
        let mut done = 0;
        loop {
            std::ptr::copy_nonoverlapping(from.add(done), to.add(done), BLOCK);
            done += BLOCK;
            if done >= length {
                break;
            }
        }
        out.set_len(out.len() + length);
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
        Some(Literal {
            bytes,
            length: text.len(),
        })
    }

    /// Appends the text to `out`.
    #[inline]
    pub fn append(&self, out: &mut Vec<u8>) {
        out.reserve(BLOCK);
        // SAFETY: `BLOCK` bytes are writable behind the end of `out`, and `length` is at most
        // `BLOCK`.
        unsafe {
            let to = out.as_mut_ptr().add(out.len());
            std::ptr::copy_nonoverlapping(self.bytes.as_ptr(), to, BLOCK);
            out.set_len(out.len() + self.length);
        }
    }
}

impl std::fmt::Debug for Literal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Literal({:?})",
            String::from_utf8_lossy(&self.bytes[..self.length])
        )
    }
}
