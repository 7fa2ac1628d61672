//! What is measured on: records made from a seed, or a file.

use flate2::read::MultiGzDecoder;
use std::io::{self, Read};
use std::path::Path;
use trailmill_generate::Generator;

/// The first bytes of a gzip file.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The first `count` records of a seed as JSON lines.
pub fn records(seed: u64, count: u64) -> Vec<u8> {
    lines(seed, |made, _| made < count)
}

/// Records of a seed as JSON lines, until there are so many bytes.
pub fn bytes(seed: u64, bytes: usize) -> Vec<u8> {
    lines(seed, |_, length| length < bytes)
}

fn lines(seed: u64, goes_on: impl Fn(u64, usize) -> bool) -> Vec<u8> {
    let mut generator = Generator::new(seed);
    let (mut text, mut made) = (Vec::new(), 0);
    while goes_on(made, text.len()) {
        generator.record(&mut text);
        text.push(b'\n');
        made += 1;
    }
    text
}

/// The content of a file, inflated if it is gzip.
///
/// # Errors
/// If it can not be read.
pub fn file(path: &Path) -> io::Result<Vec<u8>> {
    inflated(std::fs::read(path)?)
}

/// What is stored, inflated if it is gzip.
///
/// # Errors
/// If it is broken gzip.
pub fn inflated(stored: Vec<u8>) -> io::Result<Vec<u8>> {
    if !stored.starts_with(&GZIP) {
        return Ok(stored);
    }
    let mut text = Vec::new();
    MultiGzDecoder::new(&stored[..]).read_to_end(&mut text)?;
    Ok(text)
}

/// The pieces of JSON lines, each of at most `size` bytes or else of one line.
pub fn pieces(text: &[u8], size: usize) -> impl Iterator<Item = &[u8]> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let head = &rest[..size.min(rest.len())];
        let end = if head.len() == rest.len() {
            rest.len()
        } else {
            let last = memchr::memrchr(b'\n', head);
            last.or_else(|| memchr::memchr(b'\n', rest)).map_or(rest.len(), |at| at + 1)
        };
        let (piece, behind) = rest.split_at(end);
        rest = behind;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_end_at_line_ends_and_lose_nothing() {
        let text = b"aa\nbbbbbbbb\nc\nd";
        let cut: Vec<&[u8]> = pieces(text, 5).collect();
        assert_eq!(cut, [&b"aa\n"[..], b"bbbbbbbb\n", b"c\nd"]);
        assert_eq!(pieces(text, 100).count(), 1);
        assert_eq!(pieces(b"", 5).count(), 0);
    }

    #[test]
    fn records_and_bytes_begin_alike() {
        let (by_count, by_bytes) = (records(3, 20), bytes(3, 20_000));
        assert_eq!(by_count.iter().filter(|&&byte| byte == b'\n').count(), 20);
        assert!(by_bytes.len() >= 20_000 && by_bytes.ends_with(b"}\n"));
        let both = by_count.len().min(by_bytes.len());
        assert_eq!(by_count[..both], by_bytes[..both]);
    }
}
