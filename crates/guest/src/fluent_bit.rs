//! Fluent Bit's `filter_wasm`: one record in, one JSON object out, or an empty text.
//!
//! Fluent Bit drops a record for which it gets no valid object, and one that is followed by
//! anything else takes the rest of its chunk along; so whatever happens here ends in one object.

mod tame;

use crate::guest::{Guest, note};
use crate::stamp::Stamp;
use crate::trouble::{NO_RECORD, NOT_CONFIGURED, Trouble};
use std::ops::ControlFlow;
use tame::tame;
use trailmill_abi::FLUENT_BIT_DEPTH_MAX;
use trailmill_event::Source;
use trailmill_event::json::Index;
use trailmill_pipeline::{Books, Outlet};
use trailmill_stage::FaultKind;

/// How many bytes a record may have: what surely fits in the memory of the module, whatever the
/// record holds. Fluent Bit itself takes a few megabytes at most.
pub const RECORD_BYTES_MAX: usize = 8 << 20;

static NO_INPUT: FaultKind =
    FaultKind { name: "no-input", message: "the host had no memory to hand the record over" };
static TOO_LARGE: FaultKind =
    FaultKind { name: "host-record-too-large", message: "the record has more than 8388608 bytes" };
static SEVERAL: FaultKind = FaultKind {
    name: "several-rows",
    message: "it becomes several rows, and the host takes one for a record",
};
static NO_OBJECT: FaultKind =
    FaultKind { name: "row-no-object", message: "what the pipeline made of it is no object" };

/// How many brackets may be open at once in a record of a pipeline: its row holds what is left of
/// it one level deeper.
const RECORD_DEPTH_MAX: usize = FLUENT_BIT_DEPTH_MAX - 1;

/// The kinds of fault that are met here.
pub const FAULTS: [&FaultKind; 6] =
    [&NOT_CONFIGURED, &NO_INPUT, &TOO_LARGE, &NO_RECORD, &SEVERAL, &NO_OBJECT];

/// Memory for records one by one, used again and again.
#[derive(Debug)]
pub(crate) struct Shim {
    kept: Kept,
    answer: Vec<u8>,
    stamp: Stamp,
    index: Index,
    /// For an answer that has to be changed.
    copy: Vec<u8>,
}

impl Default for Shim {
    fn default() -> Self {
        Shim {
            kept: Kept::default(),
            answer: Vec::new(),
            stamp: Stamp::default(),
            index: Index::new().with_depth_max(FLUENT_BIT_DEPTH_MAX),
            copy: Vec::new(),
        }
    }
}

/// What came out of one record.
#[derive(Debug, Default)]
struct Kept {
    rows: Vec<u8>,
    /// The first quarantine line.
    line: Option<Vec<u8>>,
}

/// How a record ends, if it is not in trouble.
enum End {
    Row,
    /// The pipeline does not want it.
    Unwanted,
}

impl Guest<'_> {
    /// Takes a record through the pipeline; gives one JSON object and a zero byte behind it, or
    /// only the zero byte for a record that the pipeline filters or drops. It stands until the
    /// next call.
    ///
    /// `tag` names the source of the record; `seconds` since 1970 and `nanoseconds` are when it was
    /// collected. `record` is none if the host had no memory for it.
    pub fn filter(
        &mut self,
        tag: &[u8],
        (seconds, nanoseconds): (u32, u32),
        record: Option<&[u8]>,
    ) -> &[u8] {
        self.shim.answer.clear();
        self.worker.set_depth_max(RECORD_DEPTH_MAX);
        self.stamp(tag, seconds, nanoseconds);
        let end = match record {
            None => Err(Trouble::new(&NO_INPUT, true)),
            Some(record) => self.run(record),
        };
        match end {
            Ok(End::Row) => std::mem::swap(&mut self.shim.answer, &mut self.shim.kept.rows),
            Ok(End::Unwanted) => {}
            Err(trouble) => {
                let Shim { answer, index, .. } = &mut self.shim;
                trouble.write(record.unwrap_or_default(), index, answer);
            }
        }
        let Shim { answer, index, copy, .. } = &mut self.shim;
        if self.worker.take_extremes() | index.take_extremes() {
            tame(answer, index, copy);
        }
        answer.push(0);
        answer
    }

    fn run(&mut self, record: &[u8]) -> Result<End, Trouble> {
        let is_guarded = self.configured.pipeline.is_guarded();
        if record.len() > RECORD_BYTES_MAX {
            return Err(Trouble::new(&TOO_LARGE, is_guarded));
        }
        let before = Ends::of(self.worker.books());
        self.shim.kept.rows.clear();
        self.shim.kept.line = None;
        let outcome = self.worker.run_record(record, &self.source, &mut self.shim.kept);
        let after = Ends::of(self.worker.books());
        let Kept { rows, line } = &mut self.shim.kept;
        let written = after.rows - before.rows;
        if let (Err(fault), None, 0) = (outcome, &line, written) {
            let line = self.bury(fault, record);
            return line.map_or(Ok(End::Unwanted), |line| Err(told(&line, is_guarded)));
        }
        match (outcome, line, written) {
            (Ok(()), None, 0) if after.read == before.read => {
                Err(Trouble::new(&NO_RECORD, is_guarded))
            }
            (Ok(()), None, 0) => Ok(End::Unwanted),
            (Ok(()), None, 1) => match rows.pop() {
                Some(b'\n') if rows.starts_with(b"{") && rows.ends_with(b"}") => Ok(End::Row),
                _ => Err(Trouble::new(&NO_OBJECT, is_guarded)),
            },
            (Ok(()), Some(line), 0) if after.lines - before.lines == 1 => {
                Err(told(line, is_guarded))
            }
            _ => Err(Trouble::new(&SEVERAL, is_guarded)),
        }
    }

    /// Notes where the record comes from, without allocating if that is where the one before did.
    fn stamp(&mut self, tag: &[u8], seconds: u32, nanoseconds: u32) {
        let Source { name, collected_at, .. } = &mut self.source;
        note(name, tag);
        if let Some(time) = self.shim.stamp.text(seconds, nanoseconds) {
            *collected_at = time;
        }
    }
}

/// The trouble of a quarantine line; should the line be unreadable, that of the record.
fn told(line: &[u8], is_guarded: bool) -> Trouble {
    Trouble::of_line(line).unwrap_or_else(|| Trouble::new(&NO_RECORD, is_guarded))
}

/// The answer to a record of a module that is not ready: nobody has configured it. What a guard
/// would hide is not known, so nothing is passed on of the record.
pub fn unready() -> Vec<u8> {
    let mut answer = Vec::new();
    Trouble::new(&NOT_CONFIGURED, true).write(b"", &mut Index::new(), &mut answer);
    answer.push(0);
    answer
}

/// What is counted before and after a record.
struct Ends {
    read: u64,
    rows: u64,
    lines: u64,
}

impl Ends {
    fn of(books: &Books) -> Self {
        let rows = books.outputs.iter().map(|output| output.written).sum();
        Ends { read: books.read, rows, lines: books.quarantine_lines }
    }
}

impl Outlet for Kept {
    fn rows(&mut self, _: usize, _: Option<&str>, bytes: &mut Vec<u8>) -> ControlFlow<()> {
        match self.rows.is_empty() {
            true => std::mem::swap(&mut self.rows, bytes),
            false => self.rows.append(bytes),
        }
        ControlFlow::Continue(())
    }

    fn quarantine(&mut self, line: &[u8]) -> ControlFlow<()> {
        self.line.get_or_insert_with(|| line.to_vec());
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests;
