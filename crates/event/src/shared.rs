//! Text in memory that several share, each a piece of it.

use std::ops::{Deref, Range};
use std::sync::Arc;

/// A piece of text whose memory others may hold pieces of, too. To take a piece of it, or to give
/// the memory out and back for text after text, costs no allocation.
#[derive(Clone, Debug, Default)]
pub struct Shared {
    /// None for no text.
    memory: Option<Arc<Vec<u8>>>,
    range: Range<usize>,
}

impl Shared {
    /// A piece of a memory.
    ///
    /// # Panics
    /// If `range` is none of it.
    pub fn new(memory: Arc<Vec<u8>>, range: Range<usize>) -> Self {
        assert!(range.start <= range.end && range.end <= memory.len(), "no piece of the memory");
        Shared { memory: Some(memory), range }
    }

    /// A piece of this one.
    ///
    /// # Panics
    /// If `range` is none of it.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        assert!(range.start <= range.end && range.end <= self.range.len(), "no piece of the text");
        let start = self.range.start;
        Shared { memory: self.memory.clone(), range: start + range.start..start + range.end }
    }

    /// The piece of this one that `text`, a slice of it, is.
    ///
    /// # Panics
    /// If it is none.
    #[must_use]
    pub fn slice_ref(&self, text: &[u8]) -> Self {
        let start = (text.as_ptr() as usize).wrapping_sub(self.as_ptr() as usize);
        self.slice(start..start.saturating_add(text.len()))
    }
}

impl Deref for Shared {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        let memory = self.memory.as_ref().and_then(|memory| memory.get(self.range.clone()));
        memory.unwrap_or_default()
    }
}

impl From<Vec<u8>> for Shared {
    fn from(text: Vec<u8>) -> Self {
        let range = 0..text.len();
        Shared { memory: Some(Arc::new(text)), range }
    }
}

#[cfg(test)]
mod tests {
    use super::Shared;

    #[test]
    fn pieces_of_pieces_share_the_memory() {
        let whole = Shared::from(b"one two three".to_vec());
        let piece = whole.slice(4..13);
        assert_eq!(&piece.slice(0..3)[..], b"two");
        let three = piece.slice_ref(&piece[4..]);
        assert_eq!((&three[..], three.as_ptr()), (&b"three"[..], whole[8..].as_ptr()));
        assert!(Shared::default().is_empty() && piece.slice(9..9).is_empty());
    }

    #[test]
    #[should_panic(expected = "no piece of the text")]
    fn what_is_somewhere_else_is_no_piece() {
        let _ = Shared::from(b"abc".to_vec()).slice(1..2).slice_ref(&[1, 2, 3]);
    }
}
