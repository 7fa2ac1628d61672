//! One input on its way: where records and faults go, and what is counted over all its texts.

use crate::feed::Feed;
use crate::inflate::Scratch;
use crate::paths::KnownPaths;
use crate::settings::Options;
use crate::text::{Level, Text};
use crate::unpack::{Unpack, Unpacker};
use std::mem::swap;
use trailmill_stage::event::json::Isa;
use trailmill_stage::event::{Batch, NoteKind, Notes, Shared, Source};
use trailmill_stage::{Fault, Sink};

/// Why decoding stops before the end of an input.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The sink has asked for it.
    Asked,
    /// The input is bad from here on.
    Dead(Fault),
}

/// How large the pieces are that a text is taken in, which tests make tiny, and what opens it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tuning {
    /// The text that is indexed at once. What an index costs beside its text should stay in the
    /// second-level cache with it; 128 KiB were fastest where it was measured.
    pub(crate) window: usize,
    /// The window behind a bad record, from which it doubles again: what is indexed behind a bad
    /// record has to be indexed once more.
    pub(crate) window_min: usize,
    /// The text that is read at once.
    pub(crate) chunk: usize,
    /// Compressed inputs up to this size are held whole, so that the faster decoder can be used.
    pub(crate) packed_max: usize,
    /// Compressed inputs are inflated whole up to this size, and checked before any record is
    /// handed on.
    pub(crate) whole_max: usize,
    /// What opens compressed input.
    pub(crate) unpack: &'static dyn Unpack,
}

impl Default for Tuning {
    fn default() -> Self {
        Tuning {
            window: 128 << 10,
            window_min: 4 << 10,
            chunk: 512 << 10,
            packed_max: 4 << 20,
            whole_max: 16 << 20,
            unpack: &Unpacker,
        }
    }
}

/// Memory that is kept from input to input.
#[derive(Default)]
pub(crate) struct Workspace {
    /// Batches for texts inside texts.
    batches: Vec<Batch>,
    /// What inflates packages.
    pub(crate) scratch: Scratch,
}

/// The index over a larger text is not worth keeping.
const KEPT_TEXT_MAX: usize = 4 << 20;

/// One input on its way.
pub(crate) struct Run<'r> {
    pub(crate) options: &'r Options,
    pub(crate) tuning: Tuning,
    pub(crate) work: &'r mut Workspace,
    pub(crate) paths: KnownPaths,
    /// What came out of compressed packages so far.
    pub(crate) inflated: u64,
    sink: &'r mut dyn Sink,
    source: Source,
    isa: Isa,
    /// Rows and notes on their way from one batch to another, so that a sink that gathers rows in
    /// the batch finds them in whichever it is given.
    rows: Vec<u8>,
    notes: Notes,
}

impl<'r> Run<'r> {
    /// A run over an input from `source`, with indexes like that of `batch`.
    pub(crate) fn new(
        options: &'r Options,
        tuning: Tuning,
        work: &'r mut Workspace,
        sink: &'r mut dyn Sink,
        source: Source,
        batch: &Batch,
    ) -> Self {
        Run {
            options,
            tuning,
            work,
            paths: KnownPaths::default(),
            inflated: 0,
            sink,
            source,
            isa: batch.index().isa(),
            rows: Vec::new(),
            notes: Notes::default(),
        }
    }

    /// The source of records that travel in `container`.
    pub(crate) fn source(&self, container: &'static str) -> Source {
        Source { container, ..self.source.clone() }
    }

    /// Hands on the records of a batch, if there are any.
    pub(crate) fn hand_on(&mut self, batch: &mut Batch) -> Result<(), Stop> {
        if batch.is_empty() {
            return Ok(());
        }
        let flow = self.sink.batch(batch);
        batch.clear_records();
        if flow.is_break() { Err(Stop::Asked) } else { Ok(()) }
    }

    /// Hands on a piece that could not be opened.
    pub(crate) fn fault(
        &mut self,
        fault: Fault,
        container: &'static str,
        offset: u64,
        raw: &[u8],
    ) -> Result<(), Stop> {
        self.source.container = container;
        let flow = self.sink.fault(fault, &self.source, offset, raw);
        if flow.is_break() { Err(Stop::Asked) } else { Ok(()) }
    }

    /// Counts something that is no fault.
    pub(crate) fn note(&mut self, kind: &'static NoteKind) {
        self.notes.add(kind, 1);
    }

    /// Exchanges the rows of `batch` with those on their way, and takes in the notes on their way.
    pub(crate) fn exchange(&mut self, batch: &mut Batch) {
        swap(&mut self.rows, batch.rows_mut());
        batch.notes_mut().take_from(&mut self.notes);
    }

    /// Decodes a text that came out of another one.
    pub(crate) fn inner(&mut self, text: Shared, offset: u64, level: Level) -> Result<(), Stop> {
        let isa = self.isa;
        let spare = self.work.batches.pop().filter(|spare| spare.index().isa() == isa);
        let mut batch = spare.unwrap_or_else(|| Batch::with_isa(isa));
        let keep = text.len() <= KEPT_TEXT_MAX;
        self.exchange(&mut batch);
        let outcome = Text::new(self, Feed::whole(text, offset), &mut batch, level).decode();
        self.exchange(&mut batch);
        self.notes.take_from(batch.notes_mut());
        if keep {
            batch.clear();
            self.work.batches.push(batch);
        }
        outcome
    }
}
