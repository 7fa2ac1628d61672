//! Makes inputs for the tests.

use flate2::write::{DeflateEncoder, GzEncoder};
use flate2::{Compression, Crc};
use std::io::Write;

/// Text that packs about as well as CloudTrail does, other for each seed.
pub(super) fn text(bytes: usize, seed: u64) -> Vec<u8> {
    let mut random = Random(seed);
    let mut text = Vec::with_capacity(bytes + 64);
    while text.len() < bytes {
        let n = random.next();
        writeln!(text, "{{\"eventName\":\"E{}\",\"id\":\"{n:016x}\"}}", n % 9).unwrap();
    }
    text.truncate(bytes);
    text
}

/// Bytes that do not pack.
pub(super) fn noise(bytes: usize, seed: u64) -> Vec<u8> {
    let mut random = Random(seed);
    (0..bytes).map(|_| random.next() as u8).collect()
}

/// One gzip member as the usual encoders write it.
pub(super) fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// One gzip member from its parts: flags, the header fields that they announce, the content.
pub(super) fn member(flags: u8, fields: &[u8], content: &[u8]) -> Vec<u8> {
    member_of(flags, fields, &deflate(content), content)
}

/// The same, with deflate data of one's own.
pub(super) fn member_of(flags: u8, fields: &[u8], deflated: &[u8], content: &[u8]) -> Vec<u8> {
    let mut member = vec![0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 255];
    member.extend(fields);
    member.extend(deflated);
    member.extend(crc(content).to_le_bytes());
    member.extend((content.len() as u32).to_le_bytes());
    member
}

pub(super) fn crc(content: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(content);
    crc.sum()
}

fn deflate(content: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// A generator of numbers that only have to differ (splitmix64).
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}
