//! What a guest answers to a batch: a header with counts, then frames of lines.

use std::ops::ControlFlow;
use trailmill_pipeline::{Books, Outlet};

/// How many bytes the header of an answer has.
pub const HEADER_BYTES: usize = 64;

/// How many bytes an answer may have; an input that would give more is not processed.
pub const ANSWER_BYTES_MAX: usize = 128 << 20;

/// The counts of a header, from byte 8 on.
const COUNTS: usize = 7;

/// How a call has ended; the first word of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Status {
    /// The input was processed; the counts say what became of it.
    Done = 0,
    /// Nothing of the input was processed; all counts are zero, and a frame says why.
    Failed = 1,
}

/// What a frame holds; its first word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Kind {
    /// Lines of an output.
    Rows = 0,
    /// Lines of the quarantine.
    Quarantine = 1,
    /// Why a call has failed: text.
    Message = 2,
}

/// What was counted in one call, in the order of the header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts([u64; COUNTS]);

impl Counts {
    /// All that was counted so far.
    pub(crate) fn of(books: &Books) -> Counts {
        Counts([
            books.read,
            books.written,
            books.filtered,
            books.dropped,
            books.quarantined,
            books.quarantine_lines,
            books.dead_inputs,
        ])
    }

    /// What was counted since `before`.
    pub(crate) fn since(self, before: Counts) -> Counts {
        let mut counts = self;
        counts.0.iter_mut().zip(before.0).for_each(|(now, then)| *now -= then);
        counts
    }

    /// Counts a line that the worker has not written.
    pub(crate) fn add_quarantine_line(&mut self) {
        self.0[5] += 1;
    }
}

/// An answer while it is written, in memory that is used again.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    bytes: Vec<u8>,
    frames: u32,
    /// The frame that more can be added to.
    open: Option<Frame>,
    is_full: bool,
}

/// The frame that was written last.
#[derive(Debug)]
struct Frame {
    kind: Kind,
    output: u32,
    /// Where its bytes begin.
    at: usize,
    path: Option<String>,
}

impl Answer {
    /// Forgets the answer before.
    pub(crate) fn start(&mut self) {
        self.bytes.clear();
        self.bytes.resize(HEADER_BYTES, 0);
        self.frames = 0;
        self.open = None;
        self.is_full = false;
    }

    /// Whether something did not fit.
    pub(crate) fn is_full(&self) -> bool {
        self.is_full
    }

    /// Adds bytes to the frame that is open, if they belong there, or else to a new one.
    pub(crate) fn add(
        &mut self,
        kind: Kind,
        output: u32,
        path: Option<&str>,
        bytes: &[u8],
    ) -> ControlFlow<()> {
        if self.bytes.len() + bytes.len() > ANSWER_BYTES_MAX {
            self.is_full = true;
            return ControlFlow::Break(());
        }
        let belongs = |frame: &Frame| {
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
        ControlFlow::Continue(())
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
        self.open = Some(Frame { kind, output, at, path: path.map(str::to_owned) });
        at
    }

    /// Ends the answer to an input that was processed.
    pub(crate) fn done(&mut self, counts: Counts) -> &[u8] {
        self.end(Status::Done, counts)
    }

    /// Answers that nothing was processed, and why.
    pub(crate) fn failed(&mut self, message: &str) -> &[u8] {
        self.start();
        // A message fits always.
        let _ = self.add(Kind::Message, 0, None, message.as_bytes());
        self.end(Status::Failed, Counts::default())
    }

    fn end(&mut self, status: Status, counts: Counts) -> &[u8] {
        self.bytes[..4].copy_from_slice(&(status as u32).to_le_bytes());
        self.bytes[4..8].copy_from_slice(&self.frames.to_le_bytes());
        for (to, count) in self.bytes[8..HEADER_BYTES].chunks_exact_mut(8).zip(counts.0) {
            to.copy_from_slice(&count.to_le_bytes());
        }
        &self.bytes
    }
}

impl Outlet for Answer {
    fn rows(&mut self, output: usize, path: Option<&str>, bytes: &mut Vec<u8>) -> ControlFlow<()> {
        let flow = self.add(Kind::Rows, output as u32, path, bytes);
        bytes.clear();
        flow
    }

    fn quarantine(&mut self, line: &[u8]) -> ControlFlow<()> {
        self.add(Kind::Quarantine, 0, None, line)
    }
}
