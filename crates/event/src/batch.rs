//! A piece of text, its index, and the records found in it.

use crate::event::{Event, Scratch};
use crate::note::Notes;
use crate::origin::{Origin, Source};
use crate::shared::Shared;
use trailmill_json::{self as json, Index, Isa};

/// A batch of records, in memory that is used again for the next batch.
///
/// A decoder fills it: [`load`](Batch::load) a text, [`validate`](Batch::validate) the values in
/// it, [`push`](Batch::push) those that are records. Whoever runs the stages then takes
/// [`event`](Batch::event) after event.
#[derive(Debug)]
pub struct Batch {
    text: Shared,
    index: Index,
    offset: u64,
    dense: bool,
    source: Source,
    records: Vec<Record>,
    scratch: Scratch,
}

#[derive(Clone, Copy, Debug)]
struct Record {
    token: u32,
    logs_time_ms: Option<i64>,
}

/// How many brackets may be open at once in a record: one fewer than in any JSON text, since a row
/// holds what is left of its record one level deeper.
pub const RECORD_DEPTH_MAX: usize = json::DEPTH_MAX - 1;

impl Default for Batch {
    fn default() -> Self {
        Batch::new()
    }
}

impl Batch {
    /// An empty batch that uses the fastest instructions of this machine.
    pub fn new() -> Self {
        Batch::with_isa(Isa::best())
    }

    /// An empty batch that uses the instructions named.
    pub fn with_isa(isa: Isa) -> Self {
        Batch {
            text: Shared::default(),
            index: Index::with_isa(isa).with_depth_max(RECORD_DEPTH_MAX),
            offset: 0,
            dense: false,
            source: Source::default(),
            records: Vec::new(),
            scratch: Scratch::default(),
        }
    }

    /// Changes how many brackets may be open at once in a record, at most [`RECORD_DEPTH_MAX`].
    pub fn set_depth_max(&mut self, brackets: usize) {
        self.index.set_depth_max(brackets.min(RECORD_DEPTH_MAX));
    }

    /// Whether a number was validated, since this was last asked, that may be too large for a
    /// double; see [`Index::take_extremes`].
    pub fn take_extremes(&mut self) -> bool {
        self.index.take_extremes()
    }

    /// Takes in a text in place of the one before, and finds its tokens.
    ///
    /// `offset` is where the text begins in its input. Nothing is a record yet.
    pub fn load(&mut self, text: Shared, offset: u64, source: Source) {
        self.records.clear();
        self.index.scan(&text);
        self.text = text;
        self.offset = offset;
        self.source = source;
        self.dense = false;
    }

    /// Lets go of the text, so that its memory can be used for the next.
    pub fn clear(&mut self) {
        self.records.clear();
        self.index.clear();
        self.text = Shared::default();
    }

    /// Takes in JSON lines, each of them a record: for tests and small inputs.
    ///
    /// # Errors
    /// The first line that is not JSON.
    pub fn load_lines(&mut self, text: &[u8], source: Source) -> Result<(), json::Error> {
        self.load(text.to_vec().into(), 0, source);
        let mut token = 0;
        while token < self.index.len() {
            let next = self.validate(token)?;
            self.push(token, None);
            token = next;
        }
        self.index.stop().map_or(Ok(()), Err)
    }

    /// The text.
    pub fn text(&self) -> &Shared {
        &self.text
    }

    /// The tokens of the text.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Where the text begins in its input.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// What the records share.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Checks the value at `token`; gives the token behind it. See [`Index::validate`].
    ///
    /// # Errors
    /// The first place where it stops being JSON.
    pub fn validate(&mut self, token: usize) -> Result<usize, json::Error> {
        self.index.validate(&self.text, token)
    }

    /// The value at `token`, which [`validate`](Batch::validate) has accepted.
    pub fn value(&self, token: usize) -> json::Value<'_> {
        self.index.document(&self.text).value(token)
    }

    /// Says that there are no blanks inside the records, so that their text may be copied as it
    /// stands. Rows are wrong if that is not so; by default nothing is taken for granted.
    pub fn set_dense(&mut self, dense: bool) {
        self.dense = dense;
    }

    /// Adds the object at `token`, which [`validate`](Batch::validate) has accepted, to the
    /// records.
    pub fn push(&mut self, token: usize, logs_time_ms: Option<i64>) {
        self.records.push(Record { token: token as u32, logs_time_ms });
    }

    /// Forgets the records, but not the text.
    pub fn clear_records(&mut self) {
        self.records.clear();
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are no records.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The record of that number, fresh from its text.
    ///
    /// # Panics
    /// If there are not that many.
    pub fn event(&mut self, number: usize) -> Event<'_> {
        let record = self.records[number];
        self.scratch.start();
        let position = self.index.position(record.token as usize);
        Event {
            base: self.index.document(&self.text),
            root: record.token,
            dense: self.dense,
            origin: Origin {
                source: &self.source,
                offset: self.offset + position as u64,
                logs_time_ms: record.logs_time_ms,
            },
            scratch: &mut self.scratch,
        }
    }

    /// The text of the record of that number, as it stands.
    pub fn raw(&self, number: usize) -> &[u8] {
        self.value(self.records[number].token as usize).raw()
    }

    /// How many bytes there are from the first byte of the first record to the last of the last.
    pub fn records_bytes(&self) -> usize {
        let (Some(first), Some(last)) = (self.records.first(), self.records.last()) else {
            return 0;
        };
        let end = self.value(last.token as usize).span().end;
        end.saturating_sub(self.index.position(first.token as usize))
    }

    /// The rows that events were rewritten to since this was last emptied.
    pub fn rows_mut(&mut self) -> &mut Vec<u8> {
        &mut self.scratch.rows
    }

    /// What stages have counted since this was last emptied.
    pub fn notes_mut(&mut self) -> &mut Notes {
        &mut self.scratch.notes
    }
}
