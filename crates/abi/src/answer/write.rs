//! Answers while they are written, in memory that is used again.

use super::{Counts, Kind, Status};
use crate::{ANSWER_BYTES_MAX, HEADER_BYTES};

/// An answer while it is written.
#[derive(Debug, Default)]
pub struct AnswerWriter {
    bytes: Vec<u8>,
    frames: u32,
    /// The frame that more can be added to.
    open: Option<Open>,
}

/// The frame that was written last.
#[derive(Debug)]
struct Open {
    kind: Kind,
    output: u32,
    /// Where its bytes begin.
    at: usize,
    path: Option<String>,
}

/// An answer has no room for these bytes: it would have more than [`ANSWER_BYTES_MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

impl AnswerWriter {
    /// Forgets the answer before.
    pub fn start(&mut self) {
        self.bytes.clear();
        self.bytes.resize(HEADER_BYTES, 0);
        self.frames = 0;
        self.open = None;
    }

    /// Adds lines to the frame that is open, if they belong there, or else to a new one. `output`
    /// is the position of the output for rows, and else 0; `path` is none unless the output has a
    /// path with fields.
    ///
    /// # Errors
    /// If there is no room for them; the answer is as it was.
    pub fn add(
        &mut self,
        kind: Kind,
        output: u32,
        path: Option<&str>,
        bytes: &[u8],
    ) -> Result<(), Full> {
        if self.bytes.len() + bytes.len() > ANSWER_BYTES_MAX {
            return Err(Full);
        }
        let belongs = |frame: &Open| {
            (frame.kind, frame.output, frame.path.as_deref()) == (kind, output, path)
        };
        let at = match &self.open {
            Some(frame) if belongs(frame) => frame.at,
            _ => self.frame(kind, output, path),
        };
        self.bytes.extend_from_slice(bytes);
        // What fits in an answer fits in 32 bits.
        let length = (self.bytes.len() - at) as u32;
        self.bytes[at - path.map_or(0, str::len) - 4..][..4].copy_from_slice(&length.to_le_bytes());
        Ok(())
    }

    /// Begins a frame; gives where its bytes are to stand.
    fn frame(&mut self, kind: Kind, output: u32, path: Option<&str>) -> usize {
        let path_bytes = path.unwrap_or_default().as_bytes();
        for word in [kind as u32, output, path_bytes.len() as u32, 0] {
            self.bytes.extend_from_slice(&word.to_le_bytes());
        }
        self.bytes.extend_from_slice(path_bytes);
        self.frames += 1;
        let at = self.bytes.len();
        self.open = Some(Open { kind, output, at, path: path.map(str::to_owned) });
        at
    }

    /// Ends the answer to an input that was processed. It stands until the next is started.
    pub fn done(&mut self, counts: Counts) -> &[u8] {
        self.end(Status::Done, counts)
    }

    /// Answers that nothing was processed, and why.
    pub fn failed(&mut self, message: &str) -> &[u8] {
        self.start();
        // A message fits always.
        let _ = self.add(Kind::Message, 0, None, message.as_bytes());
        self.end(Status::Failed, Counts::default())
    }

    fn end(&mut self, status: Status, counts: Counts) -> &[u8] {
        self.bytes[..4].copy_from_slice(&(status as u32).to_le_bytes());
        self.bytes[4..8].copy_from_slice(&self.frames.to_le_bytes());
        for (to, count) in self.bytes[8..HEADER_BYTES].chunks_exact_mut(8).zip(counts.words()) {
            to.copy_from_slice(&count.to_le_bytes());
        }
        &self.bytes
    }
}
