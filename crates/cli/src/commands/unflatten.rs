//! `trailmill unflatten`: rows back to the records they were made from.

use crate::args::UnflattenArgs;
use crate::failure::{Failure, Status, cannot_read};
use crate::io::stdout::print;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use trailmill_flatten::{Unflatten, snare};

/// Runs the command: a record for each row, in order, up to the first line that is no row.
pub(super) fn run(args: &UnflattenArgs) -> Result<Status, Failure> {
    let (name, reader): (String, Box<dyn BufRead>) = match &args.file {
        Some(path) if path != Path::new("-") => {
            let name = path.display().to_string();
            let file = File::open(path).map_err(|error| Failure::reading(&name, &error))?;
            (name, Box::new(BufReader::with_capacity(1 << 20, file)))
        }
        _ => ("stdin".to_owned(), Box::new(io::stdin().lock())),
    };
    let mut failure = None;
    let status = print(|out| {
        let mut rows = Rows::new(reader, name);
        while let Some(record) = rows.next() {
            match record {
                Ok(record) => out.write_all(record)?,
                Err(error) => {
                    failure = Some(error);
                    break;
                }
            }
        }
        Ok(())
    })?;
    failure.map_or(Ok(status), |error| Err(Failure::io(error)))
}

/// Reads rows and makes records of them, one at a time.
struct Rows {
    reader: Box<dyn BufRead>,
    name: String,
    unflatten: Unflatten,
    line: u64,
    row: Vec<u8>,
    record: Vec<u8>,
}

impl Rows {
    fn new(reader: Box<dyn BufRead>, name: String) -> Self {
        Rows {
            reader,
            name,
            unflatten: Unflatten::new(snare()),
            line: 0,
            row: Vec::new(),
            record: Vec::new(),
        }
    }

    /// The next record with its line feed, or the message about the line that is no row.
    fn next(&mut self) -> Option<Result<&[u8], String>> {
        loop {
            self.row.clear();
            match self.reader.read_until(b'\n', &mut self.row) {
                Ok(0) => return None,
                Err(error) => return Some(Err(cannot_read(&self.name, &error))),
                Ok(_) => self.line += 1,
            }
            if !self.row.trim_ascii().is_empty() {
                break;
            }
        }
        self.record.clear();
        let outcome = self.unflatten.record(self.row.trim_ascii(), &mut self.record);
        self.record.push(b'\n');
        Some(match outcome {
            Ok(()) => Ok(&self.record),
            Err(error) => Err(format!("{}:{}: {error}", self.name, self.line)),
        })
    }
}
