//! A reader that hands out its bytes in small pieces of changing size.

use std::io::{self, Read};

/// A reader that hands out its bytes in small pieces of changing size.
pub(crate) struct Pieces<'a> {
    rest: &'a [u8],
    calls: usize,
}

impl<'a> Pieces<'a> {
    /// The longest piece, in bytes: small enough to cut every token and every magic number.
    const LENGTH_MAX: usize = 7;

    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Pieces { rest: bytes, calls: 0 }
    }
}

impl Read for Pieces<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let piece = 1 + self.calls % Self::LENGTH_MAX;
        let length = piece.min(to.len()).min(self.rest.len());
        let (head, rest) = self.rest.split_at(length);
        to[..length].copy_from_slice(head);
        self.rest = rest;
        self.calls += 1;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::Pieces;
    use std::io::Read;

    #[test]
    fn hands_out_everything() {
        let bytes: Vec<u8> = (0..100).collect();
        let mut read = Vec::new();
        Pieces::new(&bytes).read_to_end(&mut read).unwrap();
        assert_eq!(read, bytes);
    }
}
