//! What each stage did to one event.

mod diff;
mod replay;

use crate::pipeline::Pipeline;
use replay::Way;
use std::ops::ControlFlow;
use trailmill_event::{Batch, NoteKind, Path, Source};
use trailmill_stage::{Fault, Input, Sink, Verdict};

/// What became of one event, stage by stage.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The name of the source.
    pub source: String,
    /// What the record travelled in.
    pub container: &'static str,
    /// Its byte offset in the decompressed input.
    pub offset: u64,
    /// The record as it was read: compact JSON. None in a guarded pipeline, where nothing of the
    /// event is shown but what the last guard has left.
    pub record: Option<String>,
    /// Its way through the stages, in their order.
    pub passages: Vec<Passage>,
    /// How it arrived at the outputs that it reached.
    pub finished: Vec<Finished>,
    /// The outputs that it was not routed to.
    pub not_routed: Vec<usize>,
}

/// What one stage did to the event.
#[derive(Clone, Debug)]
pub struct Passage {
    /// The name of the stage.
    pub stage: &'static str,
    /// The output that the stage belongs to; none for the stages that all outputs share.
    pub output: Option<usize>,
    /// Whether the event passed it by, since its `when` did not hold.
    pub skipped: bool,
    /// What it said. An event that is marked for a fault goes on to the next passage.
    pub outcome: Result<Verdict, Fault>,
    /// In a guarded pipeline, behind the last guard on the way: the event as it was left, as
    /// compact JSON. In others it is not given.
    pub event: Option<String>,
    /// Top-level members that it added.
    pub added: Vec<String>,
    /// Top-level members that it removed.
    pub removed: Vec<String>,
    /// Top-level members whose values it changed.
    pub changed: Vec<String>,
    /// What it noted, and how often.
    pub notes: Vec<(&'static NoteKind, u64)>,
    /// For a stage that makes columns: where the value of each came from.
    pub columns: Vec<Column>,
}

/// A column of a row, and where its value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub column: String,
    /// The member, or members, of the record that it is made from.
    pub from: String,
    /// How it is made.
    pub rule: String,
    /// Its value, as JSON text; none if the row has no such column.
    pub value: Option<String>,
}

/// The event as an output writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// The output.
    pub output: usize,
    /// The file below the root of the output, if its path has fields.
    pub path: Option<String>,
    /// The line, without its line feed; none if the pipeline is guarded and no guard has passed
    /// the event on this way.
    pub line: Option<String>,
}

impl Pipeline {
    /// Explains the first event of an input, or the first whose `eventID` is `select`; none if
    /// there is no such event. Pieces that could not be opened are passed over.
    ///
    /// # Errors
    /// Why the input could not be read, if that was before the event was found.
    pub fn explain(
        &self,
        input: &mut Input<'_>,
        select: Option<&str>,
    ) -> Result<Option<Explanation>, Fault> {
        let mut finder = Finder { pipeline: self, select, found: None };
        let outcome = self.decoder().decoder.decode(input, &mut Batch::new(), &mut finder);
        match finder.found {
            Some(explanation) => Ok(Some(explanation)),
            None => outcome.map(|()| None),
        }
    }

    /// Explains one record of a batch.
    fn explain_record(&self, batch: &mut Batch, number: usize) -> Explanation {
        let mut way = Way::start(self.is_guarded(), batch, number);
        let mut explanation = Explanation {
            source: batch.source().name.to_string(),
            container: batch.source().container,
            offset: batch.event(number).origin().offset,
            record: (!self.is_guarded()).then(|| way.text().to_owned()),
            passages: Vec::new(),
            finished: Vec::new(),
            not_routed: Vec::new(),
        };
        if !way.follow(batch, self.shared(), &mut explanation.passages) {
            return explanation;
        }
        let mut taken = false;
        for (output, settings) in self.outputs().iter().enumerate() {
            let mut way = way.clone();
            if !way.look(batch, |event| settings.takes(event, &mut taken)) {
                explanation.not_routed.push(output);
                continue;
            }
            if way.follow(batch, &settings.steps, &mut explanation.passages) {
                let (path, line) = match way.is_open() {
                    true => (way.path(batch, settings.to()), Some(way.text().to_owned())),
                    false => (None, None),
                };
                explanation.finished.push(Finished { output, path, line });
            }
        }
        explanation
    }
}

/// Looks for the event to explain.
struct Finder<'a> {
    pipeline: &'a Pipeline,
    select: Option<&'a str>,
    found: Option<Explanation>,
}

impl Sink for Finder<'_> {
    fn batch(&mut self, batch: &mut Batch) -> ControlFlow<()> {
        let id = Path::member("eventID");
        for number in 0..batch.len() {
            let wanted = match self.select {
                None => true,
                Some(wanted) => {
                    let event = batch.event(number);
                    event.get(&id).is_some_and(|value| value.is_text(wanted))
                }
            };
            if wanted {
                self.found = Some(self.pipeline.explain_record(batch, number));
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    }

    fn fault(&mut self, _: Fault, _: &Source, _: u64, _: &[u8]) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}
