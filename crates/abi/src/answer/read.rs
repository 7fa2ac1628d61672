//! Answers as a host reads them, who trusts nothing in them.

use super::{Counts, Kind, Status};
use crate::HEADER_BYTES;
use std::fmt;

/// Kind, output, length of the path, length of the lines.
const FRAME_HEAD_BYTES: usize = 16;

/// An answer that is laid out as it should be; what its lines hold is for others to check.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// How the call has ended.
    pub status: Status,
    /// What was counted.
    pub counts: Counts,
    frames: &'a [u8],
}

/// Lines that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    /// What it holds.
    pub kind: Kind,
    /// For rows the output, by its position in the pipeline.
    pub output: u32,
    /// For rows of an output whose path has fields: the file that they belong to.
    pub path: &'a str,
    /// Lines, each ended by a line feed; or the message.
    pub bytes: &'a [u8],
}

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed(pub &'static str);

impl<'a> Answer<'a> {
    /// Takes an answer apart.
    ///
    /// # Errors
    /// If anything in it is not as `ABI.md` lays it out: no answer is then to be believed.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let (header, frames) =
            bytes.split_at_checked(HEADER_BYTES).ok_or(Malformed("it has no header"))?;
        let status = match word(header, 0) {
            Some(0) => Status::Done,
            Some(1) => Status::Failed,
            _ => return Err(Malformed("its status is unknown")),
        };
        let mut words = [0; 7];
        for (count, bytes) in words.iter_mut().zip(header[8..].chunks_exact(8)) {
            *count = bytes.try_into().map_or(0, u64::from_le_bytes);
        }
        let answer = Answer { status, counts: Counts::from_words(words), frames };
        let mut rest = frames;
        for _ in 0..word(header, 4).unwrap_or_default() {
            rest = Frame::read(rest)?.1;
        }
        match rest {
            [] => Ok(answer),
            _ => Err(Malformed("there is something behind its last frame")),
        }
    }

    /// Its frames, in their order.
    pub fn frames(&self) -> impl Iterator<Item = Frame<'a>> {
        let mut rest = self.frames;
        std::iter::from_fn(move || {
            let (frame, behind) = Frame::read(rest).ok()?;
            rest = behind;
            Some(frame)
        })
    }
}

impl<'a> Frame<'a> {
    /// The first frame, and what is behind it.
    fn read(bytes: &'a [u8]) -> Result<(Self, &'a [u8]), Malformed> {
        let cut = Malformed("a frame is cut");
        let (head, rest) = bytes.split_at_checked(FRAME_HEAD_BYTES).ok_or(cut)?;
        let number = |at: usize| word(head, at).ok_or(cut);
        let kind = match number(0)? {
            0 => Kind::Rows,
            1 => Kind::Quarantine,
            2 => Kind::Message,
            _ => return Err(Malformed("the kind of a frame is unknown")),
        };
        let (path, rest) = rest.split_at_checked(number(8)? as usize).ok_or(cut)?;
        let (bytes, behind) = rest.split_at_checked(number(12)? as usize).ok_or(cut)?;
        let path = std::str::from_utf8(path).map_err(|_| Malformed("a path is not UTF-8"))?;
        Ok((Frame { kind, output: number(4)?, path, bytes }, behind))
    }
}

/// The number of 32 bits at a byte.
fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the answer of the guest is not laid out as it should be: {}", self.0)
    }
}

impl std::error::Error for Malformed {}
