//! A stage in its place in a pipeline, and what becomes of an event on which it is at fault.

use crate::when::When;
use trailmill_event::json::quote_into;
use trailmill_event::{Event, Path, Put};
use trailmill_stage::{
    Decoder, Fault, FaultKind, Memory, Provenance, Remember, Stage, StageSpec, Trace, Verdict,
};

/// A stage has put a text in the place of the event that is not JSON: a bug of the stage.
pub(crate) static ROW_NOT_JSON: FaultKind =
    FaultKind { name: "row-not-json", message: "what the stage made of the event is not JSON" };

/// The member that a marked event carries.
pub const MARK: &str = "trailmillFault";

/// What becomes of an event on which a stage was at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnFault {
    /// It goes to the quarantine.
    Quarantine,
    /// It goes on as it was before the stage, with the member `trailmillFault`: an object of
    /// `stage`, `kind` and `message`. Only the last fault is kept there; the books have them all.
    Mark,
    /// It goes nowhere and is counted.
    Drop,
}

/// The decoder of a pipeline.
#[derive(Debug)]
pub(crate) struct DecoderStep {
    pub(crate) name: &'static str,
    pub(crate) decoder: Box<dyn Decoder>,
    pub(crate) on_fault: OnFault,
}

/// What a stage does.
#[derive(Debug)]
pub(crate) enum Action {
    /// It looks at one event alone.
    Stage(Box<dyn Stage>),
    /// It remembers the events before.
    Remember(Box<dyn Remember>),
}

/// A stage in its place.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) action: Action,
    pub(crate) on_fault: OnFault,
    /// Which events it is for; others pass it by.
    pub(crate) when: Option<Box<dyn When>>,
    /// Whether what it has not seen may not leave the pipeline.
    pub(crate) guards: bool,
    /// Whether no guard stands behind it, on any way that an event can go from here.
    pub(crate) clear: bool,
    /// Its position in the books.
    pub(crate) slot: usize,
    /// The output that it belongs to.
    pub(crate) output: Option<usize>,
    /// Whether anybody looks into the event after it.
    pub(crate) settle: bool,
}

impl Step {
    /// A stage that still needs its place.
    pub(crate) fn new(
        spec: &StageSpec,
        action: Action,
        on_fault: OnFault,
        when: Option<Box<dyn When>>,
    ) -> Self {
        let guards = spec.guards || matches!(&action, Action::Stage(stage) if stage.guards());
        Step {
            name: spec.name,
            action,
            on_fault,
            when,
            guards,
            clear: true,
            slot: 0,
            output: None,
            settle: true,
        }
    }

    /// Whether the stage is for this event.
    #[inline]
    pub(crate) fn is_for(&self, event: &Event<'_>) -> bool {
        self.when.as_ref().is_none_or(|when| when.matches(event))
    }

    /// Applies the stage and makes the event ready for whoever comes next; `replaced` becomes true
    /// if the stage has put another text in the place of the event, and somebody looks into it.
    ///
    /// `see` decides for a stage that remembers.
    #[inline]
    pub(crate) fn apply(
        &self,
        event: &mut Event<'_>,
        replaced: &mut bool,
        see: &mut dyn FnMut(Trace) -> Verdict,
    ) -> Result<Verdict, Fault> {
        let verdict = match &self.action {
            Action::Stage(stage) => stage.apply(event)?,
            Action::Remember(step) => return Ok(step.trace(event)?.map_or(Verdict::Keep, see)),
        };
        if self.settle && event.is_rewritten() {
            *replaced = true;
            event.settle().map_err(|_| Fault::new(&ROW_NOT_JSON))?;
        }
        Ok(verdict)
    }

    /// Applies the stage to an event looked at by itself, with nothing before it: a stage that
    /// remembers lets it go on.
    pub(crate) fn apply_alone(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        self.apply(event, &mut false, &mut |_| Verdict::Keep)
    }

    /// Where the columns come from, if it makes rows.
    pub(crate) fn columns(&self) -> Option<Vec<Provenance>> {
        match &self.action {
            Action::Stage(stage) => stage.columns(),
            Action::Remember(_) => None,
        }
    }

    /// An empty memory, if it remembers.
    pub(crate) fn memory(&self) -> Option<Box<dyn Memory>> {
        match &self.action {
            Action::Stage(_) => None,
            Action::Remember(step) => Some(step.memory()),
        }
    }

    /// Writes the fault of this stage into the event; says whether that was possible.
    pub(crate) fn mark(&self, event: &mut Event<'_>, fault: Fault) -> bool {
        let mut text = Vec::new();
        write_fault(self.name, fault.kind.name, &fault.to_string(), &mut text);
        event.set(&Path::member(MARK), Put::Json(&text)).is_ok()
    }
}

/// Appends a fault as records in trouble carry it in their member [`MARK`]: a JSON object.
pub fn write_fault(stage: &str, kind: &str, message: &str, out: &mut Vec<u8>) {
    let texts = [("{\"stage\":", stage), (",\"kind\":", kind), (",\"message\":", message)];
    for (before, text) in texts {
        out.extend_from_slice(before.as_bytes());
        quote_into(text, out);
    }
    out.push(b'}');
}
