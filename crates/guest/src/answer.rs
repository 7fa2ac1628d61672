//! Answers to batches: what a worker gives, in the frames of the ABI.

use std::ops::ControlFlow;
use trailmill_abi::{AnswerWriter, Counts, Full, Kind};
use trailmill_pipeline::{Books, Outlet};

/// All that was counted so far.
pub(crate) fn counts(books: &Books) -> Counts {
    Counts {
        read: books.read,
        written: books.written,
        filtered: books.filtered,
        dropped: books.dropped,
        quarantined: books.quarantined,
        quarantine_lines: books.quarantine_lines,
        dead_inputs: books.dead_inputs,
    }
}

/// An answer while a worker writes it.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) writer: AnswerWriter,
    is_full: bool,
}

impl Answer {
    /// Forgets the answer before.
    pub(crate) fn start(&mut self) {
        self.writer.start();
        self.is_full = false;
    }

    /// Whether something did not fit.
    pub(crate) fn is_full(&self) -> bool {
        self.is_full
    }

    fn noted(&mut self, added: Result<(), Full>) -> ControlFlow<()> {
        self.is_full |= added.is_err();
        added.map_or(ControlFlow::Break(()), ControlFlow::Continue)
    }
}

impl Outlet for Answer {
    fn rows(&mut self, output: usize, path: Option<&str>, bytes: &mut Vec<u8>) -> ControlFlow<()> {
        let added = self.writer.add(Kind::Rows, output as u32, path, bytes);
        bytes.clear();
        self.noted(added)
    }

    fn quarantine(&mut self, line: &[u8]) -> ControlFlow<()> {
        let added = self.writer.add(Kind::Quarantine, 0, None, line);
        self.noted(added)
    }
}
