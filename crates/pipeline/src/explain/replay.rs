//! The way of one event through the stages, walked again from the start for each stage.
//!
//! Stages are pure, and those that remember have nothing to remember here, so every walk comes out
//! the same; what the last stage of a walk has noted is
//! what the walk before has not.

use super::diff::{self, Members};
use super::{Column, Passage};
use crate::step::{OnFault, Step};
use crate::target::Target;
use trailmill_event::{Batch, Event, NoteKind, Notes};
use trailmill_stage::{Fault, Verdict};

/// How far an event has come.
#[derive(Clone)]
pub(super) struct Way<'p> {
    /// The record of the batch.
    number: usize,
    steps: Vec<&'p Step>,
    /// The event as it is now: compact JSON.
    text: String,
    /// What was noted so far.
    notes: Notes,
    /// Whether the event may be shown where no guard is still to come: the pipeline has none, or
    /// one has passed it.
    open: bool,
    guarded: bool,
}

/// Where a walk ends.
struct Walk {
    text: String,
    notes: Notes,
    last: Last,
}

/// What the last stage of a walk did.
struct Last {
    /// Whether the event passed it by.
    skipped: bool,
    outcome: Result<Verdict, Fault>,
    goes_on: bool,
}

impl<'p> Way<'p> {
    /// Stands before the first stage.
    pub(super) fn start(guarded: bool, batch: &mut Batch, number: usize) -> Self {
        let mut way = Way {
            number,
            steps: Vec::new(),
            text: String::new(),
            notes: Notes::default(),
            open: !guarded,
            guarded,
        };
        way.text = way.walk(batch).text;
        way
    }

    /// The event as it is now.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether the event may be shown as it is now, if no guard is still to come.
    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    /// Goes through more stages and says what each did; `false` if the event does not come through.
    pub(super) fn follow(
        &mut self,
        batch: &mut Batch,
        steps: &'p [Step],
        passages: &mut Vec<Passage>,
    ) -> bool {
        for step in steps {
            self.steps.push(step);
            let walk = self.walk(batch);
            let was_open = self.open;
            self.open |= step.guards && walk.last.goes_on && !walk.last.skipped;
            let mut passage = passage(step, self, &walk);
            if self.guarded {
                self.veil(step, was_open, &walk, &mut passage);
            }
            passages.push(passage);
            self.text = walk.text;
            self.notes = walk.notes;
            if !walk.last.goes_on {
                return false;
            }
        }
        true
    }

    /// Takes out of a passage what may not be shown in a guarded pipeline.
    fn veil(&self, step: &Step, was_open: bool, after: &Walk, passage: &mut Passage) {
        if !(self.open && step.clear) {
            passage.added.clear();
            passage.changed.clear();
            passage.columns.clear();
        } else if step.guards && after.last.goes_on && !after.last.skipped {
            passage.event = Some(after.text.clone());
        }
        if !was_open || !step.clear || step.guards {
            passage.removed.clear();
        }
    }

    /// The file that the event belongs to, below the root of a target whose path has fields.
    pub(super) fn path(&self, batch: &mut Batch, target: &Target) -> Option<String> {
        let Target::File { path: template, .. } = target else {
            return None;
        };
        let mut path = String::new();
        self.look(batch, |event| template.render(event, &mut path));
        template.has_fields().then_some(path)
    }

    /// Looks at the event as it is now.
    pub(super) fn look<T>(&self, batch: &mut Batch, see: impl FnOnce(&Event<'_>) -> T) -> T {
        let mut event = batch.event(self.number);
        through(&self.steps, &mut event);
        see(&event)
    }

    /// Walks from the start through all stages so far.
    fn walk(&self, batch: &mut Batch) -> Walk {
        *batch.notes_mut() = Notes::default();
        let mut event = batch.event(self.number);
        let last = through(&self.steps, &mut event);
        let mut text = Vec::new();
        event.write_into(&mut text);
        Walk {
            text: String::from_utf8_lossy(&text).into_owned(),
            notes: std::mem::take(batch.notes_mut()),
            last,
        }
    }
}

/// Takes an event through stages; gives what the last one did.
fn through(steps: &[&Step], event: &mut Event<'_>) -> Last {
    let mut last = Last { skipped: false, outcome: Ok(Verdict::Keep), goes_on: true };
    for step in steps {
        if !step.is_for(event) {
            last = Last { skipped: true, outcome: Ok(Verdict::Keep), goes_on: true };
            continue;
        }
        let outcome = step.apply_alone(event);
        let goes_on = match outcome {
            Ok(verdict) => verdict == Verdict::Keep,
            Err(fault) => step.on_fault == OnFault::Mark && step.mark(event, fault),
        };
        last = Last { skipped: false, outcome, goes_on };
    }
    last
}

fn passage(step: &Step, before: &Way<'_>, after: &Walk) -> Passage {
    let (old, new) = (diff::members(&before.text), diff::members(&after.text));
    let difference = diff::compare(&old, &new);
    Passage {
        stage: step.name,
        output: step.output,
        skipped: after.last.skipped,
        outcome: after.last.outcome,
        event: None,
        added: difference.added,
        removed: difference.removed,
        changed: difference.changed,
        notes: since(&before.notes, &after.notes),
        columns: match after.last.outcome.is_ok() && !after.last.skipped {
            true => columns(step, &new),
            false => Vec::new(),
        },
    }
}

/// What was noted since `before`.
fn since(before: &Notes, after: &Notes) -> Vec<(&'static NoteKind, u64)> {
    let count = |kind: &NoteKind| {
        let known = before.iter().find(|(known, _)| known.name == kind.name);
        known.map_or(0, |(_, count)| count)
    };
    let new = after.iter().map(|(kind, now)| (kind, now - count(kind)));
    new.filter(|(_, count)| *count > 0).collect()
}

fn columns(step: &Step, row: &Members) -> Vec<Column> {
    let made = step.columns().unwrap_or_default();
    let column = |made: trailmill_stage::Provenance| Column {
        value: diff::value(row, &made.column).map(str::to_owned),
        column: made.column,
        from: made.from,
        rule: made.rule,
    };
    made.into_iter().map(column).collect()
}
