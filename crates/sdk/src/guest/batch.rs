//! Batches: JSON lines in, rows and quarantine lines out.

use super::trouble::{write_raw, write_text};
use super::{Fault, Guest, Outcome, Source, State, judge};
use crate::json::{self, Checks};
use std::fmt::Write;
use trailmill_abi::{AnswerWriter, Counts, Full, INPUT_BYTES_MAX, Kind};

impl Guest {
    /// Takes JSON lines through the stage; gives an answer as `ABI.md` lays it out, which stands
    /// until the next call. Lines of blanks are no records.
    pub fn process(&mut self, input: &[u8]) -> &[u8] {
        if input.len() > INPUT_BYTES_MAX {
            return self.writer.failed("the input has more than 67108864 bytes");
        }
        if let Err(message) = self.start() {
            return self.writer.failed(&format!("the module holds no settings: {message}"));
        }
        self.writer.start();
        match self.lines(input) {
            Ok(counts) => self.writer.done(counts),
            Err(Full) => self.writer.failed("the answer would have more than 134217728 bytes"),
        }
    }

    fn lines(&mut self, input: &[u8]) -> Result<Counts, Full> {
        let mut counts = Counts::default();
        let State::Told(apply) = &self.state else { return Ok(counts) };
        let mut checks = Checks::new(json::DEPTH_MAX);
        let mut offset = 0;
        for line in input.split(|byte| *byte == b'\n') {
            let begins = offset;
            offset += line.len() + 1;
            let is_blank = |byte: &u8| json::BLANKS.contains(&char::from(*byte));
            let Some(from) = line.iter().position(|byte| !is_blank(byte)) else { continue };
            let to = line.iter().rposition(|byte| !is_blank(byte)).map_or(from, |last| last + 1);
            let (at, line) = (begins + from, &line[from..to]);
            counts.read += 1;
            let memory = (&mut self.row, &mut self.members);
            match judge(self.stage, apply, line, memory, &mut checks) {
                Ok(Outcome::Row(row)) => {
                    counts.written += 1;
                    add(&mut self.writer, Kind::Rows, row)?;
                }
                Ok(Outcome::Unwanted) => counts.filtered += 1,
                Err(fault) => {
                    counts.quarantined += 1;
                    counts.quarantine_lines += 1;
                    let case = fault.case(line, at, &self.source, self.stage.guards);
                    add(&mut self.writer, Kind::Quarantine, &case)?;
                }
            }
        }
        Ok(counts)
    }
}

fn add(writer: &mut AnswerWriter, kind: Kind, line: &str) -> Result<(), Full> {
    writer.add(kind, 0, None, line.as_bytes())?;
    writer.add(kind, 0, None, b"\n")
}

impl Fault {
    /// The quarantine line of a record, without a line feed: what the program would write, less
    /// the hash, which whoever keeps the line can add. A guard withholds the record.
    fn case(&self, record: &[u8], offset: usize, source: &Source, withholds: bool) -> String {
        let mut out = String::with_capacity(record.len() + 512);
        for (name, value) in [
            ("{fault", self.trouble.kind),
            (",message", self.trouble.message),
            (",stage", self.stage),
            (",scope", "record"),
            (",source", &source.name),
            (",container", "json-lines"),
        ] {
            write_text(name, value, &mut out);
        }
        // Writing to memory does not fail.
        let _ = write!(out, ",\"offset\":{offset}");
        write_text(",collectedAt", &source.collected_at, &mut out);
        let _ = write!(out, ",\"bytes\":{},", record.len());
        match withholds {
            true => out.push_str("\"withheld\":true"),
            false => write_raw(record, &mut out),
        }
        out.push('}');
        out
    }
}
