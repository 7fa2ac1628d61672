//! Hashes of outputs, by which answers are told apart.

use sha2::{Digest as _, Sha256};

/// The SHA-256 of whatever is added, with its length and its lines.
#[derive(Clone, Debug, Default)]
pub struct Digest {
    hash: Sha256,
    bytes: u64,
    lines: u64,
}

impl Digest {
    /// Adds bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        self.lines += memchr::memchr_iter(b'\n', bytes).count() as u64;
    }

    /// How many bytes were added.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// How many line feeds were among them.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// The hash in hexadecimal.
    pub fn hex(&self) -> String {
        self.hash.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Digest;

    #[test]
    fn is_the_same_however_the_bytes_come() {
        let (mut whole, mut parts) = (Digest::default(), Digest::default());
        whole.add(b"a\nbc\n");
        parts.add(b"a");
        parts.add(b"\nbc\n");
        assert_eq!((whole.hex(), whole.bytes(), whole.lines()), (parts.hex(), 5, 2));
        // From `printf 'a\nbc\n' | sha256sum`.
        assert!(whole.hex().starts_with("4b8d1dd1e2b97bee"), "{}", whole.hex());
    }
}
