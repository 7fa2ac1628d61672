//! One way of doing the job, or a part of it, that can be run and timed.

use std::error::Error;
use std::fmt;
use trailmill_stage::event::Shared;

/// Takes finished rows: whole lines, in the order of the input.
pub type TakeRows<'r> = &'r mut dyn FnMut(&[u8]);

/// One way of doing the job, or a part of it, over JSON lines.
pub trait Way {
    /// What it is called in tables.
    fn name(&self) -> &str;

    /// The vector instructions that it uses, or `-` where that is not told.
    fn instructions(&self) -> &str;

    /// Whether it makes rows, which can then be compared; a part of the job may not.
    fn makes_rows(&self) -> bool;

    /// Takes all records of `text`; says how many there were.
    ///
    /// # Errors
    /// If it could not take all of them.
    fn run(&mut self, text: &[u8], rows: TakeRows<'_>) -> Result<u64, Unmeasured>;

    /// The same for a text that others share: for ways that would have to copy any other.
    ///
    /// # Errors
    /// As for `run`.
    fn run_shared(&mut self, text: &Shared, rows: TakeRows<'_>) -> Result<u64, Unmeasured> {
        self.run(text, rows)
    }
}

/// Why there is nothing to measure, in a sentence without a full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmeasured(pub String);

impl fmt::Display for Unmeasured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Unmeasured {}

/// How many bytes of rows are gathered before they are handed over.
pub(crate) const ROWS_BYTES: usize = 1 << 20;

/// Appends the row of one record, without a line feed.
pub type WriteRow = fn(&str, &mut Vec<u8>) -> Result<(), Box<dyn Error>>;

/// A way that knows one record at a time, and no container but JSON lines.
#[derive(Debug)]
pub struct ByLine {
    name: &'static str,
    instructions: &'static str,
    makes_rows: bool,
    write_row: WriteRow,
    rows: Vec<u8>,
}

impl ByLine {
    /// A way that makes a row of each record.
    pub fn new(name: &'static str, instructions: &'static str, write_row: WriteRow) -> Self {
        ByLine { name, instructions, makes_rows: true, write_row, rows: Vec::new() }
    }

    /// A way that only reads the records; it writes nothing.
    #[must_use]
    pub fn without_rows(self) -> Self {
        ByLine { makes_rows: false, ..self }
    }
}

impl Way for ByLine {
    fn name(&self) -> &str {
        self.name
    }

    fn instructions(&self) -> &str {
        self.instructions
    }

    fn makes_rows(&self) -> bool {
        self.makes_rows
    }

    fn run(&mut self, text: &[u8], rows: TakeRows<'_>) -> Result<u64, Unmeasured> {
        let mut records = 0;
        self.rows.clear();
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', text).chain([text.len()]) {
            let line = &text[start..end];
            start = end + 1;
            if line.is_empty() {
                continue;
            }
            records += 1;
            // What the parser has to say may quote the record, and is not repeated.
            let refused = |_| Unmeasured(format!("{} refuses record {records}", self.name));
            let line = std::str::from_utf8(line).map_err(|error| refused(error.into()))?;
            (self.write_row)(line, &mut self.rows).map_err(refused)?;
            if self.makes_rows {
                self.rows.push(b'\n');
            }
            if self.rows.len() >= ROWS_BYTES {
                rows(&self.rows);
                self.rows.clear();
            }
        }
        rows(&self.rows);
        Ok(records)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn echo() -> ByLine {
        ByLine::new("echo", "-", |line, out| {
            if line == "bad" {
                return Err("no".into());
            }
            out.extend_from_slice(line.as_bytes());
            Ok(())
        })
    }

    #[test]
    fn every_line_is_a_record_with_or_without_a_line_feed() {
        let mut out = Vec::new();
        let records = echo().run(b"a\n\nb", &mut |rows| out.extend_from_slice(rows));
        assert_eq!((records, out.as_slice()), (Ok(2), &b"a\nb\n"[..]));
    }

    #[test]
    fn a_refused_record_is_named_but_not_shown() {
        let error = echo().run(b"a\nbad\n", &mut |_| {}).unwrap_err();
        assert_eq!(error.to_string(), "echo refuses record 2");
        assert!(echo().run(b"a\n\xff\n", &mut |_| {}).is_err());
    }
}
