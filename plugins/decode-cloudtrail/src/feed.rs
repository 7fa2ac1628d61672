//! The text of an input as it comes in: what is at hand, and more of it on request.

use crate::fault::{READ_FAILED, of_inflate};
use crate::inflate::Inflater;
use std::io::{ErrorKind, Read};
use std::sync::Arc;
use trailmill_stage::Fault;
use trailmill_stage::event::Shared;

/// Memory that texts are read into. Pieces of the text share it while somebody holds them.
pub(crate) type Memory = Arc<Vec<u8>>;

/// Where more text comes from.
pub(crate) trait Fill {
    /// Reads to `memory[filled..]`, up to about `memory[..up_to]`, and says how many bytes; 0 is
    /// the end. The length of `memory` may change, but what is filled stays.
    fn fill(&mut self, memory: &mut Vec<u8>, filled: usize, up_to: usize) -> Result<usize, Fault>;
}

/// Fills from a reader of plain text: one read at a time, so that a slow reader is not waited for
/// longer than need be.
pub(crate) struct Plain<'r>(pub(crate) &'r mut dyn Read);

impl Fill for Plain<'_> {
    fn fill(&mut self, memory: &mut Vec<u8>, filled: usize, up_to: usize) -> Result<usize, Fault> {
        // The memory stays initialized from read to read, so this costs once.
        if memory.len() < up_to {
            memory.resize(up_to, 0);
        }
        loop {
            match self.0.read(&mut memory[filled..up_to]) {
                Ok(read) => return Ok(read),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return Err(Fault::new(&READ_FAILED)),
            }
        }
    }
}

impl<R: Read> Fill for Inflater<'_, R> {
    fn fill(&mut self, memory: &mut Vec<u8>, filled: usize, up_to: usize) -> Result<usize, Fault> {
        fill_by_steps(memory, filled, up_to, |memory| {
            self.read_into(memory, usize::MAX).map_err(of_inflate)
        })
    }
}

/// Fills by whole steps of an inflater, each of which is appended; `step` says how long it was. At
/// the end and where it fails it says the same again whenever it is asked.
pub(crate) fn fill_by_steps(
    memory: &mut Vec<u8>,
    filled: usize,
    up_to: usize,
    mut step: impl FnMut(&mut Vec<u8>) -> Result<usize, Fault>,
) -> Result<usize, Fault> {
    memory.truncate(filled);
    while memory.len() < up_to {
        match step(memory) {
            Ok(0) => break,
            Ok(_) => {}
            Err(fault) if memory.len() == filled => return Err(fault),
            Err(_) => break,
        }
    }
    Ok(memory.len() - filled)
}

/// A text and the place up to which it was read.
pub(crate) struct Feed<'f> {
    fill: Option<&'f mut dyn Fill>,
    memory: Option<&'f mut Memory>,
    text: Shared,
    /// What of `text` was read.
    at: usize,
    /// Where the unread text begins in the input.
    offset: u64,
    /// How much to ask for next, and at most.
    chunk: usize,
    chunk_max: usize,
    /// Whether all that was asked for has come.
    flowing: bool,
}

impl<'f> Feed<'f> {
    /// A text that is at hand whole.
    pub(crate) fn whole(text: Shared, offset: u64) -> Self {
        Feed {
            fill: None,
            memory: None,
            text,
            at: 0,
            offset,
            chunk: 0,
            chunk_max: 0,
            flowing: false,
        }
    }

    /// A text of which `memory[..filled]` is at hand.
    pub(crate) fn held(memory: &'f mut Memory, filled: usize, offset: u64) -> Self {
        let text = Shared::new(Arc::clone(memory), 0..filled);
        Feed { memory: Some(memory), ..Feed::whole(text, offset) }
    }

    /// The same with more to come, in chunks of up to `chunk_max` bytes.
    pub(crate) fn and_more(self, fill: &'f mut dyn Fill, chunk_max: usize) -> Self {
        Feed { fill: Some(fill), chunk: chunk_max.min(FIRST_CHUNK), chunk_max, ..self }
    }

    /// The unread text at hand.
    pub(crate) fn rest(&self) -> &[u8] {
        &self.text[self.at..]
    }

    /// Where the unread text begins in the input.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// Whether all there is is at hand.
    pub(crate) fn is_ended(&self) -> bool {
        self.fill.is_none()
    }

    /// Whether there is more that need not be waited for, as far as can be told.
    pub(crate) fn is_flowing(&self) -> bool {
        self.flowing && !self.is_ended()
    }

    /// The first `length` bytes of the unread text.
    pub(crate) fn window(&self, length: usize) -> Shared {
        self.text.slice(self.at..self.at + length)
    }

    /// Counts bytes as read.
    pub(crate) fn advance(&mut self, bytes: usize) {
        self.at += bytes;
        self.offset += bytes as u64;
    }

    /// Gets more text, if there is more, and says so. Nobody should hold a window, else what is at
    /// hand has to be copied.
    pub(crate) fn more(&mut self) -> Result<bool, Fault> {
        let (Some(fill), Some(memory)) = (&mut self.fill, &mut self.memory) else {
            return Ok(false);
        };
        let rest = self.text.len() - self.at;
        self.text = Shared::default();
        let bytes = Arc::make_mut(memory);
        bytes.copy_within(self.at..self.at + rest, 0);
        self.at = 0;
        let up_to = (rest * 2).max(self.chunk);
        let added = fill.fill(bytes, rest, up_to)?;
        self.flowing = rest + added >= up_to;
        self.text = Shared::new(Arc::clone(memory), 0..rest + added);
        self.chunk = (self.chunk * 8).min(self.chunk_max);
        if added == 0 {
            self.fill = None;
        }
        Ok(added > 0)
    }
}

/// Small, so that small inputs cost little memory; it grows from there.
const FIRST_CHUNK: usize = 64 << 10;
