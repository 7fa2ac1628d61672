//! What a guest answers to an input: a header with counts, then frames of lines.

mod read;
mod write;

pub use read::{Answer, Frame, Malformed};
pub use write::{AnswerWriter, Full};

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

/// What was counted in one call, in the order of the header, from byte 8 on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records, and pieces of input that could not be opened.
    pub read: u64,
    /// Records that have become rows.
    pub written: u64,
    /// Records that are not wanted.
    pub filtered: u64,
    /// Records in trouble that are dropped on purpose.
    pub dropped: u64,
    /// Records in trouble that are in the quarantine.
    pub quarantined: u64,
    /// Lines of the quarantine.
    pub quarantine_lines: u64,
    /// 1 if the input was bad as a whole from some place on.
    pub dead_inputs: u64,
}

impl Counts {
    /// In the order of the header.
    pub fn words(self) -> [u64; 7] {
        [
            self.read,
            self.written,
            self.filtered,
            self.dropped,
            self.quarantined,
            self.quarantine_lines,
            self.dead_inputs,
        ]
    }

    pub(crate) fn from_words(words: [u64; 7]) -> Self {
        let [read, written, filtered, dropped, quarantined, quarantine_lines, dead_inputs] = words;
        Counts { read, written, filtered, dropped, quarantined, quarantine_lines, dead_inputs }
    }

    /// What was counted since `before`.
    #[must_use]
    pub fn since(self, before: Counts) -> Counts {
        let (mut words, before) = (self.words(), before.words());
        words.iter_mut().zip(before).for_each(|(now, then)| *now = now.wrapping_sub(then));
        Counts::from_words(words)
    }

    /// Whether every record that was read has gone one way.
    pub fn balance(self) -> bool {
        let ways = [self.written, self.filtered, self.dropped, self.quarantined];
        let sum = ways.into_iter().try_fold(0u64, u64::checked_add);
        sum == Some(self.read)
    }
}

#[cfg(test)]
mod tests;
