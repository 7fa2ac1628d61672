//! The key of hashes and pseudonyms: HMAC-SHA-256 with all that depends on the key done before.

use sha2::block_api::compress256;
use std::fmt;

/// The fewest bytes that a key may have.
pub(crate) const KEY_BYTES_MIN: usize = 16;

const BLOCK: usize = 64;

/// What SHA-256 begins with (FIPS 180-4, section 5.3.3).
const START: [u32; 8] = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];

/// A secret key; it shows itself nowhere.
#[derive(Clone)]
pub(crate) struct Key {
    /// SHA-256 once it has seen the key for the inner hash, and for the outer one.
    inner: [u32; 8],
    outer: [u32; 8],
}

/// What a value is hashed for: equal values give other digests for other purposes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose {
    Hash = 1,
    Check = 2,
    Account = 3,
    Id = 4,
    Email = 5,
    Name = 6,
    Address = 7,
    Prefix = 8,
}

impl Key {
    /// Takes the bytes of a key, of which there should be at least [`KEY_BYTES_MIN`].
    pub(crate) fn new(bytes: &[u8]) -> Self {
        let mut key = [0; BLOCK];
        if bytes.len() <= BLOCK {
            key[..bytes.len()].copy_from_slice(bytes);
        } else {
            key[..32].copy_from_slice(&hash(START, 0, &[bytes]));
        }
        let state = |pad: u8| {
            let mut state = START;
            compress256(&mut state, &[key.map(|byte| byte ^ pad)]);
            state
        };
        Key { inner: state(0x36), outer: state(0x5c) }
    }

    /// HMAC-SHA-256 (RFC 2104) of the purpose and a text.
    pub(crate) fn digest(&self, purpose: Purpose, text: &[u8]) -> [u8; 32] {
        let inner = hash(self.inner, BLOCK, &[&[purpose as u8], text]);
        hash(self.outer, BLOCK, &[&inner])
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(hidden)")
    }
}

/// Goes on with SHA-256 over texts, `before` bytes having been seen, to the end.
fn hash(mut state: [u32; 8], before: usize, texts: &[&[u8]]) -> [u8; 32] {
    let mut block = [0; BLOCK];
    let (mut filled, mut total) = (0, before);
    for text in texts {
        total += text.len();
        let mut rest = *text;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(rest.len().min(BLOCK - filled));
            block[filled..filled + now.len()].copy_from_slice(now);
            filled += now.len();
            rest = later;
            if filled == BLOCK {
                compress256(&mut state, &[block]);
                filled = 0;
            }
        }
    }
    block[filled] = 0x80;
    block[filled + 1..].fill(0);
    if filled + 1 > BLOCK - 8 {
        compress256(&mut state, &[block]);
        block.fill(0);
    }
    block[BLOCK - 8..].copy_from_slice(&(total as u64 * 8).to_be_bytes());
    compress256(&mut state, &[block]);
    let mut digest = [0; 32];
    for (bytes, word) in digest.chunks_exact_mut(4).zip(state) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
    digest
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    /// HMAC as RFC 2104 writes it down.
    fn plain(key: &[u8], text: &[u8]) -> Vec<u8> {
        let mut block = if key.len() > 64 { Sha256::digest(key).to_vec() } else { key.to_vec() };
        block.resize(64, 0);
        let pad = |byte| block.iter().map(|b| b ^ byte).collect::<Vec<u8>>();
        let inner = Sha256::digest([pad(0x36), text.to_vec()].concat());
        Sha256::digest([pad(0x5c), inner.to_vec()].concat()).to_vec()
    }

    #[test]
    fn the_same_as_by_the_book() {
        for key_length in [16, 63, 64, 65, 200] {
            let key: Vec<u8> = (0..key_length).map(|n| n as u8).collect();
            for length in [0, 1, 53, 54, 55, 62, 63, 64, 117, 118, 119, 127, 128, 1000] {
                let text = vec![b'x'; length];
                let message = [&[Purpose::Name as u8][..], &text].concat();
                let digest = Key::new(&key).digest(Purpose::Name, &text);
                assert_eq!(digest[..], plain(&key, &message), "{key_length} {length}");
            }
        }
    }

    #[test]
    fn it_shows_nothing() {
        assert_eq!(format!("{:?}", Key::new(b"0123456789abcdef")), "Key(hidden)");
    }
}
