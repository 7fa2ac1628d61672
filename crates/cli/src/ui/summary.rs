//! What is told at the end of a run, for people or for machines.

use super::figures::{bytes, count, counted, rate, time};
use crate::engine::Report;
use crate::io::outputs::Landed;
use crate::io::places::Destination;
use serde_json::{Value, json};
use std::fmt::Write;
use trailmill_pipeline::Books;

/// A run that was completed, to be told of.
pub(crate) struct Summary<'r> {
    pub(crate) report: &'r Report,
    pub(crate) landed: &'r Landed,
    /// Where the rows of each output went.
    pub(crate) destinations: &'r [Destination],
}

impl Summary<'_> {
    /// The summary for people, over several lines.
    pub(crate) fn text(&self) -> String {
        let Report { books, files, .. } = self.report;
        let mut text = format!(
            "{} from {}: {}\n",
            counted(books.read, "event"),
            counted(*files, "file"),
            self.speed()
        );
        let _ = writeln!(
            text,
            "read {} = written {} + filtered {} + dropped {} + quarantined {}",
            count(books.read),
            count(books.written),
            count(books.filtered),
            count(books.dropped),
            count(books.quarantined)
        );
        self.outputs(&mut text);
        faults(books, &mut text);
        for (kind, times) in books.notes.iter() {
            let _ = writeln!(text, "  {} {}: {}", count(times), kind.name, kind.help);
        }
        if self.report.unreadable.count > 0 {
            let inputs = counted(self.report.unreadable.count, "input");
            let _ = writeln!(text, "{inputs} could not be read");
        }
        text
    }

    fn speed(&self) -> String {
        let Report { books, wall, .. } = self.report;
        let unpacked = match books.text_bytes {
            text if text > books.bytes_in => format!(" ({} of text)", bytes(text)),
            _ => String::new(),
        };
        format!(
            "{}{unpacked} in {}, {} events/s, {}/s",
            bytes(books.bytes_in),
            time(*wall),
            count(rate(books.read, *wall)),
            bytes(rate(books.text_bytes.max(books.bytes_in), *wall))
        )
    }

    fn outputs(&self, text: &mut String) {
        let books = &self.report.books;
        for (number, (book, to)) in books.outputs.iter().zip(self.destinations).enumerate() {
            let rows = counted(book.written, "row");
            let files = match (to, self.landed.files.get(number)) {
                (Destination::Files { .. }, Some(&files)) => {
                    format!(" in {}", counted(files as u64, "file"))
                }
                _ => String::new(),
            };
            let elsewhere = match book.not_routed {
                0 => String::new(),
                events => format!(", {} not routed here", counted(events, "event")),
            };
            let _ = writeln!(text, "{to}: {rows}{files}, {}{elsewhere}", bytes(book.bytes));
        }
        if books.not_routed > 0 {
            let _ = writeln!(text, "no output: {}", counted(books.not_routed, "event"));
        }
        if let Some(name) = &self.landed.quarantine {
            let mut parts = Vec::new();
            if books.quarantine_lines > 0 {
                parts.push(counted(books.quarantine_lines, "record"));
            }
            if books.dead_inputs > 0 {
                parts.push(format!("{} as a whole", counted(books.dead_inputs, "input")));
            }
            let _ = writeln!(text, "{name}: {} in quarantine", parts.join(" and "));
        }
    }

    /// The summary for machines: one line of JSON.
    pub(crate) fn json(&self) -> String {
        let Report { books, files, wall, .. } = self.report;
        let mut summary = json!({
            "files": files,
            "unreadableInputs": self.report.unreadable.count,
            "deadInputs": books.dead_inputs,
            "bytes": books.bytes_in,
            "textBytes": books.text_bytes,
            "read": books.read,
            "written": books.written,
            "filtered": books.filtered,
            "notRouted": books.not_routed,
            "dropped": books.dropped,
            "quarantined": books.quarantined,
            "quarantine": self.landed.quarantine,
            "seconds": wall.as_secs_f64(),
            "eventsPerSecond": rate(books.read, *wall),
            "textBytesPerSecond": rate(books.text_bytes, *wall),
        });
        summary["outputs"] = self.outputs_json();
        summary["stages"] = stages_json(books);
        summary["faults"] = faults_json(books);
        let notes = books.notes.iter();
        let notes = notes.map(|(kind, count)| json!({"kind": kind.name, "count": count}));
        summary["notes"] = notes.collect();
        summary.to_string()
    }

    fn outputs_json(&self) -> Value {
        let outputs = self.report.books.outputs.iter().zip(self.destinations);
        let outputs = outputs.zip(&self.landed.files).map(|((book, to), files)| {
            json!({
                "name": book.name,
                "to": to.to_string(),
                "files": files,
                "notRouted": book.not_routed,
                "read": book.read,
                "rows": book.written,
                "filtered": book.filtered,
                "dropped": book.dropped,
                "quarantined": book.quarantined,
                "bytes": book.bytes,
            })
        });
        outputs.collect()
    }
}

/// Faults by kind, with the first place of each.
fn faults(books: &Books, text: &mut String) {
    for fault in &books.faults {
        let stage = books.stages.get(fault.stage).map_or("", |stage| stage.name);
        let _ = writeln!(
            text,
            "  {} {} by {stage}: {}; first at byte {} of {}",
            count(fault.count),
            fault.kind.name,
            fault.kind.message,
            fault.first.offset,
            fault.first.source
        );
    }
}

fn faults_json(books: &Books) -> Value {
    let faults = books.faults.iter().map(|fault| {
        json!({
            "stage": books.stages.get(fault.stage).map(|stage| stage.name),
            "kind": fault.kind.name,
            "message": fault.kind.message,
            "count": fault.count,
            "first": {"source": &*fault.first.source, "offset": fault.first.offset},
        })
    });
    faults.collect()
}

fn stages_json(books: &Books) -> Value {
    let stages = books.stages.iter().map(|stage| {
        json!({
            "name": stage.name,
            "output": stage.output.and_then(|number| books.outputs.get(number)).map(|o| &o.name),
            "skipped": stage.skipped,
            "read": stage.read,
            "kept": stage.kept,
            "filtered": stage.filtered,
            "marked": stage.marked,
            "dropped": stage.dropped,
            "quarantined": stage.quarantined,
        })
    });
    stages.collect()
}
