//! Inputs that are bad as a whole: what of them goes into the quarantine.

use sha2::{Digest, Sha256};
use std::io::{self, Read};
use trailmill_pipeline::Remains;

/// No more than this of an input is kept; hash and size are those of all of it.
pub(crate) const RAW_BYTES_MAX: usize = 16 << 20;

/// How much is read at a time to get to the end of an input.
const READ_BYTES: usize = 64 << 10;

/// Reads an input to its end, or as far as that goes.
pub(crate) fn remains_of(reader: impl Read) -> Remains {
    Kept::new(reader).remains()
}

/// Reads an input that can be read only once, and keeps what the quarantine would need.
pub(crate) struct Kept<R> {
    reader: R,
    raw: Vec<u8>,
    bytes: u64,
    digest: Sha256,
}

impl<R: Read> Kept<R> {
    pub(crate) fn new(reader: R) -> Self {
        Kept { reader, raw: Vec::new(), bytes: 0, digest: Sha256::new() }
    }

    /// Reads to the end, or as far as that goes.
    pub(crate) fn remains(mut self) -> Remains {
        let mut buffer = vec![0; READ_BYTES];
        // An input that can not be read to its end is told of elsewhere.
        while self.read(&mut buffer).is_ok_and(|count| count > 0) {}
        Remains { raw: self.raw, bytes: self.bytes, sha256: self.digest.finalize().into() }
    }
}

impl<R: Read> Read for Kept<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        let fresh = &buffer[..count];
        self.bytes += count as u64;
        self.digest.update(fresh);
        let room = RAW_BYTES_MAX - self.raw.len();
        self.raw.extend_from_slice(&fresh[..count.min(room)]);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_and_hash_are_of_all_bytes() {
        let remains = remains_of(&b"abc"[..]);
        assert_eq!((remains.raw.as_slice(), remains.bytes), (&b"abc"[..], 3));
        assert_eq!(remains.sha256[..4], [0xba, 0x78, 0x16, 0xbf]);
        let long = io::repeat(b'x').take(RAW_BYTES_MAX as u64 + 5);
        let remains = remains_of(long);
        assert_eq!(remains.raw.len(), RAW_BYTES_MAX);
        assert_eq!(remains.bytes, RAW_BYTES_MAX as u64 + 5);
    }
}
