//! Where a big file of lines may be cut, and the reader of one piece.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt;
use std::sync::Arc;

/// How much is read at a time in the search for a line to cut before.
const LOOK_BYTES: usize = 16 << 10;

/// The first byte from `from` on at which a line begins with `{`; none up to the end of the file.
///
/// `from` must not be 0.
pub(crate) fn next_cut(file: &File, from: u64) -> io::Result<Option<u64>> {
    let mut buffer = vec![0; LOOK_BYTES];
    let mut at = from - 1;
    let mut after_line_feed = false;
    loop {
        let count = read_at(file, &mut buffer, at)?;
        if count == 0 {
            return Ok(None);
        }
        if let Some(position) = find(&buffer[..count], after_line_feed) {
            return Ok(Some(at + position as u64));
        }
        after_line_feed = buffer[count - 1] == b'\n';
        at += count as u64;
    }
}

/// Where in `bytes` the first line that begins with `{` begins.
fn find(bytes: &[u8], after_line_feed: bool) -> Option<usize> {
    if after_line_feed && bytes.first() == Some(&b'{') {
        return Some(0);
    }
    let mut line_feeds = memchr::memchr_iter(b'\n', bytes);
    line_feeds.find(|&position| bytes.get(position + 1) == Some(&b'{')).map(|position| position + 1)
}

/// Where in `bytes` the last line that begins with `{` begins, unless it is at 0.
pub(crate) fn last_cut(bytes: &[u8]) -> Option<usize> {
    let mut line_feeds = memchr::memrchr_iter(b'\n', bytes);
    line_feeds.find(|&position| bytes.get(position + 1) == Some(&b'{')).map(|position| position + 1)
}

/// Reads without moving the position that all users of a file share.
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    loop {
        match file.read_at(buffer, at) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            outcome => return outcome,
        }
    }
}

/// A part of a file.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) file: Arc<File>,
    /// Its first byte.
    pub(crate) start: u64,
    /// The byte behind its last; `u64::MAX` for all that the file has.
    pub(crate) end: u64,
}

impl Read for Piece {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.end - self.start).unwrap_or(usize::MAX);
        let wanted = left.min(buffer.len());
        let count = read_at(&self.file, &mut buffer[..wanted], self.start)?;
        self.start += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests;
