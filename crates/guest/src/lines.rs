//! What becomes of an input as lines of JSON: its rows, and behind them what is in trouble.
//!
//! This is for hosts that take any text for a message and have no second way out of it. A record
//! in trouble goes the way of the rows, with the fault in it, as Fluent Bit gets it; so whatever
//! goes in comes out, or was filtered.

use crate::guest::{Guest, note};
use crate::trouble::{NO_RECORD, NOT_CONFIGURED, Trouble, evidence};
use std::ops::ControlFlow;
use trailmill_abi::{ANSWER_BYTES_MAX, INPUT_BYTES_MAX};
use trailmill_event::RECORD_DEPTH_MAX;
use trailmill_event::json::Index;
use trailmill_pipeline::Outlet;
use trailmill_stage::{FaultKind, Input};

static INPUT_TOO_LARGE: FaultKind =
    FaultKind { name: "input-too-large", message: "the input has more than 67108864 bytes" };
static ANSWER_TOO_LARGE: FaultKind = FaultKind {
    name: "answer-too-large",
    message: "what the pipeline makes of it is too large for the memory",
};

/// How many times over the bytes of a quarantine line may stand in memory until it is told.
const COPIES: usize = 12;

/// The kinds of fault that are met here.
pub const LINE_FAULTS: [&FaultKind; 4] =
    [&NO_RECORD, &INPUT_TOO_LARGE, &ANSWER_TOO_LARGE, &NOT_CONFIGURED];

/// The lines of one input after the other, in memory that is used again.
#[derive(Debug, Default)]
pub struct Lines {
    text: Vec<u8>,
    /// What is in trouble, and the fault of each line.
    marked: Vec<u8>,
    faults: Vec<Fault>,
    /// How many rows there are before the first of them, if there is one.
    rows: usize,
    index: Index,
    is_full: bool,
}

/// How an input has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// There are lines.
    Lines,
    /// There are none: the pipeline does not want it.
    Unwanted,
    /// It is too much to be handed back in another form, and may go on as it is.
    Untouched,
}

/// A fault, as a host is told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The stage that met it, or `guest`.
    pub stage: String,
    /// The name of its kind.
    pub kind: String,
}

impl Lines {
    /// The lines, each ended by a line feed: first all rows, then each record in trouble.
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// Each line without its line feed, and its fault if it is a record in trouble.
    pub fn each(&self) -> impl Iterator<Item = (&[u8], Option<&Fault>)> {
        let lines = self.text.split_inclusive(|byte| *byte == b'\n').enumerate();
        let rows = self.rows;
        lines.map(move |(number, line)| {
            let fault = number.checked_sub(rows).and_then(|number| self.faults.get(number));
            (line.strip_suffix(b"\n").unwrap_or(line), fault)
        })
    }

    /// The first fault, if there is any.
    pub fn fault(&self) -> Option<&Fault> {
        self.faults.first()
    }

    /// For a module that nobody has configured: what a guard would hide is not known, so nothing
    /// is passed on but the fault.
    pub fn unready(&mut self) -> End {
        self.refuse(&NOT_CONFIGURED, true)
    }

    fn start(&mut self) {
        self.text.clear();
        self.marked.clear();
        self.faults.clear();
        self.is_full = false;
    }

    fn end(&mut self) -> End {
        if !self.marked.is_empty() {
            self.rows = self.text.iter().filter(|byte| **byte == b'\n').count();
            self.text.append(&mut self.marked);
        }
        if self.text.is_empty() { End::Unwanted } else { End::Lines }
    }

    /// Writes down what may be passed on of a record in trouble, as one line.
    #[cold]
    fn mark(&mut self, trouble: &Trouble, record: &[u8]) {
        self.tell(trouble);
        let start = self.marked.len();
        trouble.write(record, &mut self.index, &mut self.marked);
        // In JSON there are line feeds between tokens only, where a blank does as well.
        for byte in &mut self.marked[start..] {
            if matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
        self.marked.push(b'\n');
    }

    fn tell(&mut self, trouble: &Trouble) {
        let (stage, kind) = (trouble.stage().to_owned(), trouble.kind().to_owned());
        self.faults.push(Fault { stage, kind });
    }

    /// What is done with an input of which nothing was made. In a guarded pipeline only the fault
    /// is passed on of it.
    #[cold]
    pub(crate) fn refuse(&mut self, kind: &'static FaultKind, is_guarded: bool) -> End {
        self.start();
        let trouble = Trouble::new(kind, is_guarded);
        match is_guarded {
            true => {
                self.mark(&trouble, b"");
                self.end()
            }
            false => {
                self.tell(&trouble);
                End::Untouched
            }
        }
    }

    fn flow(&mut self) -> ControlFlow<()> {
        self.is_full |= self.text.len() + self.marked.len() > ANSWER_BYTES_MAX;
        if self.is_full { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

impl Guest<'_> {
    /// Takes an input, in whatever container, through the pipeline.
    pub fn lines(&mut self, input: &[u8], lines: &mut Lines) -> End {
        let is_guarded = self.configured.pipeline.is_guarded();
        if input.len() > INPUT_BYTES_MAX {
            return lines.refuse(&INPUT_TOO_LARGE, is_guarded);
        }
        lines.start();
        self.worker.set_depth_max(RECORD_DEPTH_MAX);
        let read = self.worker.books().read;
        let mut reader = input;
        let source = self.source.clone();
        let mut run = Input::whole(&mut reader, source);
        let outcome = self.worker.run(&mut run, lines);
        let is_dead = outcome.is_err();
        if let Err(fault) = outcome
            && let Some(line) = self.bury(fault, input)
        {
            // If it does not fit, that is seen below.
            let _ = lines.quarantine(&line);
        }
        if lines.is_full {
            return lines.refuse(&ANSWER_TOO_LARGE, is_guarded);
        }
        if !is_dead && self.worker.books().read == read {
            lines.mark(&Trouble::new(&NO_RECORD, is_guarded), input);
        }
        lines.end()
    }

    /// Notes where the inputs from now on come from, without allocating if that is where those
    /// before did.
    pub fn comes_from(&mut self, name: &[u8], collected_at: &[u8]) {
        note(&mut self.source.name, name);
        note(&mut self.source.collected_at, collected_at);
    }
}

impl Outlet for Lines {
    fn rows(&mut self, _: usize, _: Option<&str>, bytes: &mut Vec<u8>) -> ControlFlow<()> {
        match self.text.is_empty() {
            true => std::mem::swap(&mut self.text, bytes),
            false => self.text.append(bytes),
        }
        self.flow()
    }

    fn quarantine(&mut self, line: &[u8]) -> ControlFlow<()> {
        if Vec::<u8>::new().try_reserve_exact(line.len() * COPIES).is_err() {
            self.is_full = true;
            return ControlFlow::Break(());
        }
        match Trouble::of_line(line) {
            Some(trouble) => self.mark(&trouble, &evidence(line)),
            // A line is always readable, unless there is a bug.
            None => self.mark(&Trouble::new(&NO_RECORD, true), b""),
        }
        self.flow()
    }
}

#[cfg(test)]
mod tests;
