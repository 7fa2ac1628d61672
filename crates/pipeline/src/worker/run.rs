//! One input on its way: every event through the stages and to the outputs, every fault counted.

use super::Outlet;
use super::sheets::Sheets;
use crate::books::{Books, End};
use crate::guard;
use crate::pipeline::{Fork, Pipeline};
use crate::quarantine::{Case, Evidence};
use crate::step::{OnFault, Step};
use std::ops::ControlFlow;
use trailmill_event::{Batch, Event, Mark, Source};
use trailmill_stage::{Fault, Memory, Sink, Verdict};

/// Takes what the decoder finds in one input.
pub(super) struct Run<'a> {
    pipeline: &'a Pipeline,
    books: &'a mut Books,
    sheets: &'a mut Sheets,
    outlet: &'a mut dyn Outlet,
    /// Faults of the event at hand that want a quarantine line each.
    troubles: Vec<Trouble<'a>>,
    /// The event as the shared stages have left it, where it must be put back.
    copy: Vec<u8>,
    /// Whether a stage has replaced the event at hand, and it was looked into since.
    replaced: bool,
    /// Whether the outlet has broken the run.
    broken: bool,
    /// What the stage that remembers has seen; made when it is first asked for.
    pub(super) memory: Option<Box<dyn Memory>>,
    pub(super) line: Vec<u8>,
}

struct Trouble<'a> {
    step: &'a Step,
    fault: Fault,
}

impl<'a> Run<'a> {
    pub(super) fn new(
        pipeline: &'a Pipeline,
        books: &'a mut Books,
        sheets: &'a mut Sheets,
        outlet: &'a mut dyn Outlet,
    ) -> Self {
        Run {
            pipeline,
            books,
            sheets,
            outlet,
            troubles: Vec::new(),
            copy: Vec::new(),
            replaced: false,
            broken: false,
            memory: None,
            line: Vec::new(),
        }
    }

    /// Hands over what is left.
    pub(super) fn end(&mut self) {
        if !self.broken {
            // There is nothing left that a break could stop.
            let _ = self.sheets.hand_over(self.outlet, self.books);
        }
        self.sheets.forget();
    }

    fn event(&mut self, batch: &mut Batch, number: usize) -> ControlFlow<()> {
        let pipeline = self.pipeline;
        self.books.read += 1;
        self.books.stages[0].read += 1;
        self.books.stages[0].kept += 1;
        self.replaced = false;
        let mut event = batch.event(number);
        let mut end = self.pass(pipeline.shared(), &mut event);
        if end == End::Kept {
            end = self.deliver(&mut event);
        }
        if end != End::Kept && event.is_rewritten() {
            // What a stage has written before it let go of the event stands among the rows.
            event.start_over();
        }
        self.books.end(end);
        if !self.troubles.is_empty() {
            let offset = event.origin().offset;
            self.quarantine_event(batch, number, offset)?;
        }
        self.sheets.hand_over_full(batch, self.outlet, self.books)
    }

    /// Takes an event through stages; `Kept` if it has come through all of them.
    #[inline]
    fn pass(&mut self, steps: &'a [Step], event: &mut Event<'_>) -> End {
        for step in steps {
            if !step.is_for(event) {
                self.books.stages[step.slot].skipped += 1;
                continue;
            }
            self.books.stages[step.slot].read += 1;
            let end = match self.apply(step, event) {
                Ok(Verdict::Keep) => End::Kept,
                Ok(Verdict::Filter) => End::Filtered,
                Err(fault) => self.fault(step, fault, event),
            };
            self.books.stages[step.slot].end(end);
            if end != End::Kept {
                return end;
            }
        }
        End::Kept
    }

    #[inline]
    fn apply(&mut self, step: &Step, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        let Run { pipeline, outlet, replaced, memory, .. } = self;
        step.apply(event, replaced, &mut |trace| {
            outlet.see(trace).unwrap_or_else(|| {
                if memory.is_none() {
                    *memory = pipeline.memory();
                }
                memory.as_mut().map_or(Verdict::Keep, |memory| memory.see(trace))
            })
        })
    }

    /// Acts on a fault as the file says.
    #[cold]
    fn fault(&mut self, step: &'a Step, fault: Fault, event: &mut Event<'_>) -> End {
        let origin = event.origin();
        self.books.fault(step.slot, fault.kind, origin.source, origin.offset);
        match step.on_fault {
            OnFault::Mark if step.mark(event, fault) => {
                self.books.stages[step.slot].marked += 1;
                End::Kept
            }
            OnFault::Drop => End::Dropped,
            OnFault::Quarantine | OnFault::Mark => {
                self.troubles.push(Trouble { step, fault });
                End::Quarantined
            }
        }
    }

    /// Takes an event to every output.
    #[inline]
    fn deliver(&mut self, event: &mut Event<'_>) -> End {
        let outputs = self.pipeline.outputs();
        let state = if outputs.len() > 1 { self.state(event) } else { State::Untouched };
        let mut end = None;
        let mut taken = false;
        for (number, output) in outputs.iter().enumerate() {
            if !output.takes(event, &mut taken) {
                self.books.outputs[number].not_routed += 1;
                continue;
            }
            self.books.outputs[number].read += 1;
            let here = self.pass(&output.steps, event);
            if here == End::Kept {
                self.sheets.write(number, event);
            }
            self.books.outputs[number].end(here);
            end = end.max(Some(here));
            if number + 1 < outputs.len() {
                self.restore(event, &state);
            }
        }
        end.unwrap_or_else(|| {
            self.books.not_routed += 1;
            End::Filtered
        })
    }

    /// What it takes to bring the event back to what it is now.
    fn state(&mut self, event: &Event<'_>) -> State {
        match self.pipeline.fork() {
            Fork::Nothing => State::Untouched,
            Fork::Replace if self.replaced => {
                self.copy.clear();
                event.write_into(&mut self.copy);
                State::Copied
            }
            Fork::Reset | Fork::Replace => State::Marked(event.mark()),
        }
    }

    fn restore(&self, event: &mut Event<'_>, state: &State) {
        match state {
            State::Untouched => {}
            State::Marked(mark) => event.reset(mark),
            State::Copied => {
                let written = event.rewrite(|_, out| {
                    out.extend_from_slice(&self.copy);
                    Ok::<(), std::convert::Infallible>(())
                });
                // What an event has written of itself is JSON.
                let settled = event.settle();
                debug_assert!(written.is_ok() && settled.is_ok());
            }
        }
    }

    #[cold]
    fn quarantine_event(
        &mut self,
        batch: &mut Batch,
        number: usize,
        offset: u64,
    ) -> ControlFlow<()> {
        for trouble in std::mem::take(&mut self.troubles) {
            let Trouble { step, fault } = trouble;
            let guarded = self.pipeline.is_guarded().then(|| self.evidence(batch, number, step));
            let raw = batch.raw(number);
            self.quarantine(&Case {
                scope: "record",
                fault,
                stage: step.name,
                output: step.output.map(|number| self.pipeline.outputs()[number].name()),
                source: batch.source(),
                offset,
                bytes: raw.len() as u64,
                evidence: guarded.unwrap_or_else(|| Evidence::whole(raw)),
            })?;
        }
        ControlFlow::Continue(())
    }

    /// What a guarded pipeline keeps of an event.
    fn evidence(&self, batch: &mut Batch, number: usize, at: &Step) -> Evidence<'static> {
        match guard::passed(self.pipeline, batch, number, at) {
            Some(event) => Evidence::Redacted(event),
            None => Evidence::Withheld(guard::known(&batch.event(number))),
        }
    }

    fn quarantine(&mut self, case: &Case<'_>) -> ControlFlow<()> {
        self.line.clear();
        case.write(&mut self.line);
        self.books.quarantine_lines += 1;
        self.outlet.quarantine(&self.line)
    }

    /// Counts a piece that could not be opened, and sends it to the quarantine.
    fn piece(&mut self, fault: Fault, source: &Source, offset: u64, raw: &[u8]) -> ControlFlow<()> {
        let decoder = self.pipeline.decoder();
        let end = match decoder.on_fault {
            OnFault::Drop => End::Dropped,
            OnFault::Quarantine | OnFault::Mark => End::Quarantined,
        };
        self.books.read += 1;
        self.books.end(end);
        self.books.stages[0].read += 1;
        self.books.stages[0].end(end);
        self.books.fault(0, fault.kind, source, offset);
        if end == End::Dropped {
            return ControlFlow::Continue(());
        }
        self.quarantine(&Case {
            scope: "piece",
            fault,
            stage: decoder.name,
            output: None,
            source,
            offset,
            bytes: raw.len() as u64,
            evidence: match self.pipeline.is_guarded() {
                true => Evidence::Withheld(Vec::new()),
                false => Evidence::whole(raw),
            },
        })
    }
}

enum State {
    Untouched,
    Marked(Mark),
    Copied,
}

impl Sink for Run<'_> {
    fn batch(&mut self, batch: &mut Batch) -> ControlFlow<()> {
        // A batch may hold other text too, that comes again in the next one.
        self.books.text_bytes += batch.records_bytes() as u64;
        self.sheets.exchange(batch);
        let flow = (0..batch.len()).try_for_each(|number| self.event(batch, number));
        self.sheets.exchange(batch);
        self.books.notes.take_from(batch.notes_mut());
        self.broken |= flow.is_break();
        flow
    }

    fn fault(&mut self, fault: Fault, source: &Source, offset: u64, raw: &[u8]) -> ControlFlow<()> {
        let flow = self.piece(fault, source, offset, raw);
        self.broken |= flow.is_break();
        flow
    }
}
