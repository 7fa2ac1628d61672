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
        self.add_inside(from, 0)
    }

    /// Adds `{"name":value}`, with as many such objects around the value as there are names; gives
    /// the token of the first bracket. The value has to be JSON by itself, not by what is around
    /// it.
    pub(crate) fn add_object<'n>(
        &mut self,
        names: impl ExactSizeIterator<Item = &'n str>,
        value: &[u8],
    ) -> Result<u32, json::Error> {
        let (from, count) = (self.text.len(), names.len());
        for name in names {
            self.text.push(b'{');
            json::quote_into(name, &mut self.text);
            self.text.push(b':');
        }
        self.text.extend_from_slice(value);
        self.text.resize(self.text.len() + count, b'}');
        self.add_inside(from, count)
    }

    /// Adds an object; gives its token.
    pub(crate) fn adopt(&mut self, draft: &json::Draft) -> u32 {
        self.index.adopt(draft, &mut self.text) as u32
    }

    /// Indexes what was written from `from` on, a value inside so many objects of one member;
    /// gives the token of the outermost.
    fn add_inside(&mut self, from: usize, objects: usize) -> Result<u32, json::Error> {
        let first = self.index.append(&self.text, from);
        if let Some(stop) = self.index.stop() {
            return Err(stop);
        }
        // Bracket, key and colon of each object precede the value; the other bracket follows it.
        let (value, behind) = (first + 3 * objects, self.index.len().saturating_sub(objects));
        let end = self.index.validate(&self.text, value)?;
        if end != behind {
            let offset = self.index.position(end) - from;
            return Err(json::Error { kind: json::ErrorKind::Trailing, offset });
        }
        if objects > 0 {
            self.index.validate(&self.text, first)?;
        }
        if self.index.blanks() == json::Blanks::default() {
            return Ok(first as u32);
        }
        let mut dense = Vec::new();
        json::compact_into(&self.text[from..], &mut dense);
        let from = self.text.len();
        self.text.append(&mut dense);
        self.add_inside(from, objects)
    }

    /// The text and its index together.
    pub(crate) fn document(&self) -> json::Document<'_> {
        self.index.document(&self.text)
    }
}
