//! New text: what stages put into an event, indexed like the record itself.

use trailmill_json::{self as json, Index};

/// A text that grows by one JSON value at a time, and its index.
#[derive(Debug, Default)]
pub(crate) struct Arena {
    text: Vec<u8>,
    index: Index,
}

impl Arena {
    /// Forgets everything, keeps the memory.
    pub(crate) fn clear(&mut self) {
        if !self.text.is_empty() {
            self.text.clear();
            self.index.clear();
        }
    }

    /// Adds the JSON value that `write` appends, without its blanks; gives its token, or the error
    /// if it is not JSON.
    pub(crate) fn add(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> Result<u32, json::Error> {
        let from = self.text.len();
        write(&mut self.text);
        let token = self.index.append(&self.text, from);
        let end = match self.index.stop() {
            Some(stop) => Err(stop),
            None => self.index.validate(&self.text, token),
        };
        match end {
            Ok(end) if end == self.index.len() => Ok(self.without_blanks(token, from)),
            Ok(end) => Err(json::Error {
                kind: json::ErrorKind::Trailing,
                offset: self.index.position(end) - from,
            }),
            Err(error) => Err(error),
        }
    }

    /// The token of the value added last, which was at `token`, once it has no blanks.
    fn without_blanks(&mut self, token: usize, from: usize) -> u32 {
        if self.index.blanks() == json::Blanks::default() {
            return token as u32;
        }
        let mut dense = Vec::new();
        json::compact_into(&self.text[from..], &mut dense);
        self.add(|out| out.append(&mut dense)).unwrap_or(token as u32)
    }

    /// The text and its index together.
    pub(crate) fn document(&self) -> json::Document<'_> {
        self.index.document(&self.text)
    }
}
