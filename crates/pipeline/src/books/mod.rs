//! What was read and what became of it, counted so that it balances.

mod check;
mod merge;

pub use check::Imbalance;

use crate::pipeline::Pipeline;
use std::sync::Arc;
use trailmill_event::{Notes, Source};
use trailmill_stage::FaultKind;

/// The books of a run: of one worker, or of all together after [`merge`](Books::merge).
///
/// An event comes to one end at each output, and to one end at last:
///
/// | at its outputs | at last |
/// |---|---|
/// | filtered, dropped or sent to the quarantine by a stage that all outputs share | that; no output gets it |
/// | sent to the quarantine by a stage of any output | `quarantined`, whatever other outputs have written |
/// | written by any output | `written` |
/// | dropped by some, filtered by the others | `dropped` |
/// | filtered by all that took it, or taken by none | `filtered` |
///
/// So `read = written + filtered + dropped + quarantined` holds for the pipeline, and likewise for
/// each output and each stage; [`check`](Books::check) looks.
#[derive(Clone, Debug, Default)]
pub struct Books {
    /// Inputs that were run, dead ones among them.
    pub inputs: u64,
    /// Inputs that were bad as a whole. Their records up to there are counted like all others.
    pub dead_inputs: u64,
    /// Bytes read from inputs, as they are stored.
    pub bytes_in: u64,
    /// Bytes of text that the records took up, as the decoder handed them on: what the speed of a
    /// run is counted in. What stands between the records of a batch is counted too.
    pub text_bytes: u64,
    /// Records, and pieces of input that could not be opened.
    pub read: u64,
    /// Events of which at least one output has a row, and the quarantine none.
    pub written: u64,
    /// Events that no output wanted.
    pub filtered: u64,
    /// Those of them that no output took, as the `when` of none held.
    pub not_routed: u64,
    /// Events and pieces that `on_fault: drop` has dropped.
    pub dropped: u64,
    /// Events and pieces that are in the quarantine.
    pub quarantined: u64,
    /// Lines handed to the quarantine: one for each fault, so more than `quarantined` where
    /// several outputs had a fault on one event.
    pub quarantine_lines: u64,
    /// The decoder, the stages that all outputs share, then those of each output.
    pub stages: Vec<StageBook>,
    /// The outputs, in the order of the file.
    pub outputs: Vec<OutputBook>,
    /// Faults by stage and kind, in that order.
    pub faults: Vec<FaultBook>,
    /// What stages have noted that is no fault.
    pub notes: Notes,
}

/// The book of one stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageBook {
    /// The name of the stage.
    pub name: &'static str,
    /// The output that it belongs to; none for the stages that all outputs share.
    pub output: Option<usize>,
    /// Events that passed it by, as its `when` did not hold; they are not in the figures below.
    pub skipped: u64,
    /// Events that reached it; for the decoder, records and pieces.
    pub read: u64,
    /// Events that went on, marked ones among them.
    pub kept: u64,
    /// Events that it filtered.
    pub filtered: u64,
    /// Events that went on with its fault.
    pub marked: u64,
    /// Events that were dropped for its fault.
    pub dropped: u64,
    /// Events that went to the quarantine for its fault.
    pub quarantined: u64,
}

/// The book of one output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputBook {
    /// The name of the output.
    pub name: String,
    /// Events that were not routed here: its `when` did not hold, or it has `else` and another
    /// output took them. They are not in the figures below.
    pub not_routed: u64,
    /// Events that reached it.
    pub read: u64,
    /// Events that it has a row of.
    pub written: u64,
    /// Events that its stages filtered.
    pub filtered: u64,
    /// Events that its stages dropped for a fault.
    pub dropped: u64,
    /// Events that its stages sent to the quarantine.
    pub quarantined: u64,
    /// Bytes handed to the outlet.
    pub bytes: u64,
}

/// How often a stage met a kind of fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultBook {
    /// The stage, by its position in [`Books::stages`].
    pub stage: usize,
    /// The kind.
    pub kind: &'static FaultKind,
    /// How often.
    pub count: u64,
    /// Where first: by name of the source, then by offset.
    pub first: Spot,
}

/// A place in the input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The name of the source.
    pub source: Arc<str>,
    /// The byte, of the decompressed input, at which the record or the piece begins, or at which
    /// the input stops being readable.
    pub offset: u64,
}

/// How an event ends at a stage or an output; the greatest of all outputs is how it ends at last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum End {
    Filtered,
    Dropped,
    /// It goes on, or was written.
    Kept,
    Quarantined,
}

impl Books {
    /// Empty books for a pipeline.
    pub fn new(pipeline: &Pipeline) -> Self {
        let decoder = StageBook::new(pipeline.decoder().name, None);
        let steps = pipeline.steps().map(|step| StageBook::new(step.name, step.output));
        let outputs = pipeline.outputs().iter().map(|output| OutputBook::new(output.name()));
        Books {
            stages: std::iter::once(decoder).chain(steps).collect(),
            outputs: outputs.collect(),
            ..Books::default()
        }
    }

    /// Counts how an event, or a piece, has ended.
    #[inline]
    pub(crate) fn end(&mut self, end: End) {
        match end {
            End::Filtered => self.filtered += 1,
            End::Dropped => self.dropped += 1,
            End::Kept => self.written += 1,
            End::Quarantined => self.quarantined += 1,
        }
    }

    /// Counts a fault of a stage.
    pub(crate) fn fault(
        &mut self,
        stage: usize,
        kind: &'static FaultKind,
        source: &Source,
        offset: u64,
    ) {
        let first = Spot { source: Arc::clone(&source.name), offset };
        self.add_fault(FaultBook { stage, kind, count: 1, first });
    }
}

impl StageBook {
    fn new(name: &'static str, output: Option<usize>) -> Self {
        StageBook {
            name,
            output,
            skipped: 0,
            read: 0,
            kept: 0,
            filtered: 0,
            marked: 0,
            dropped: 0,
            quarantined: 0,
        }
    }

    /// Events on which the stage was at fault, whatever became of them.
    pub fn faulted(&self) -> u64 {
        self.marked + self.dropped + self.quarantined
    }

    #[inline]
    pub(crate) fn end(&mut self, end: End) {
        match end {
            End::Filtered => self.filtered += 1,
            End::Dropped => self.dropped += 1,
            End::Kept => self.kept += 1,
            End::Quarantined => self.quarantined += 1,
        }
    }
}

impl OutputBook {
    fn new(name: &str) -> Self {
        OutputBook {
            name: name.to_owned(),
            not_routed: 0,
            read: 0,
            written: 0,
            filtered: 0,
            dropped: 0,
            quarantined: 0,
            bytes: 0,
        }
    }

    #[inline]
    pub(crate) fn end(&mut self, end: End) {
        match end {
            End::Filtered => self.filtered += 1,
            End::Dropped => self.dropped += 1,
            End::Kept => self.written += 1,
            End::Quarantined => self.quarantined += 1,
        }
    }
}
