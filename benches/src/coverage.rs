//! The program `coverage`: what the enriching stages find in real records.
//!
//! It runs every stage of the catalog that is called `enrich-*` and can be built, and counts what
//! there is below `enrichment` then, whatever the stages put there.

mod count;
mod report;
mod stages;

use crate::report::tell;
use crate::trail::Trailmill;
use crate::way::Unmeasured;
use clap::Parser;
use count::Counts;
use serde_json::Value;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use trailmill_pipeline::Pipeline;
use trailmill_stage::event::json::Isa;

/// Counts what the enriching stages find in records.
#[derive(Debug, Parser)]
#[command(name = "coverage")]
struct Options {
    /// A file of records, or a folder of such files, in any container that is known
    records: PathBuf,

    /// A stage with its settings, in place of the one without: `enrich-account: { table: a.csv }`
    #[arg(long = "stage", value_name = "YAML")]
    stages: Vec<String>,
}

/// Reads the command line and prints the report.
///
/// The exit code is 0, or 2 if nothing could be counted.
pub fn main() -> ExitCode {
    tell("coverage", run(&Options::parse()))
}

fn run(options: &Options) -> Result<String, Unmeasured> {
    let mut files = Vec::new();
    gather(&options.records, &mut files)?;
    let chosen = stages::choose(&options.stages)?;
    let mut counts = Counts::default();
    for path in &files {
        let bytes = fs::read(path).map_err(|error| unread(path, &error))?;
        count_input(&chosen.pipeline, &bytes, &mut counts)?;
    }
    Ok(report::report(&chosen, files.len(), &counts))
}

/// Adds what the events of one input have.
fn count_input(pipeline: &Pipeline, input: &[u8], counts: &mut Counts) -> Result<(), Unmeasured> {
    let mut way = Trailmill::new(pipeline, Isa::best());
    let mut bad = None;
    way.input(input, &mut |_, lines| {
        for line in lines.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
            match serde_json::from_slice::<Value>(line) {
                Ok(event) => counts.add(&event),
                Err(error) => bad = Some(format!("an event is not JSON: {error}")),
            }
        }
    })?;
    let books = way.books();
    counts.read += books.read;
    counts.quarantined += books.quarantined;
    bad.map_or(Ok(()), |message| Err(Unmeasured(message)))
}

/// The files below a path, in the order of their names.
fn gather(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Unmeasured> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let entries = fs::read_dir(path).map_err(|error| unread(path, &error))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().try_for_each(|path| gather(path, files))
}

fn unread(path: &Path, error: &io::Error) -> Unmeasured {
    Unmeasured(format!("{} can not be read: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORDS: &str = concat!(
        r#"{"eventVersion":"1.08","eventName":"GetUser","userIdentity":{"type":"IAMUser","userName":"alice"},"#,
        r#""sourceIPAddress":"203.0.113.7","userAgent":"aws-cli/2.15.0"}"#,
        "\n",
        r#"{"eventVersion":"1.08","eventName":"Decrypt","userIdentity":{"type":"AWSService"},"userAgent":"x"}"#,
        "\nno record\n",
    );

    #[test]
    fn what_is_found_is_counted() {
        let chosen = stages::choose(&[]).unwrap();
        let mut counts = Counts::default();
        count_input(&chosen.pipeline, RECORDS.as_bytes(), &mut counts).unwrap();
        assert_eq!((counts.read, counts.quarantined, counts.events), (3, 1, 2));
        let report = report::report(&chosen, 1, &counts);
        for line in [
            "3 records in 1 file: 2 events, 1 in quarantine",
            "| IAMUser | 1 | 1 | 1 | 1 |",
            "| `userAgent` | 2 | 100.0 % |  |",
            "| `userAgent.kind` | 2 | 100.0 % | cli 1, unknown 1 |",
            "| `userAgent.version` | 1 | 50.0 % | 2.15.0 1 |",
        ] {
            assert!(report.contains(line), "{line}\n{report}");
        }
    }

    #[test]
    fn a_stage_with_settings_takes_the_place_of_the_one_without() {
        let chosen = stages::choose(&["enrich-action: {}".to_owned()]).unwrap();
        assert_eq!(chosen.stages.iter().filter(|stage| stage.contains("action")).count(), 1);
        let error = stages::choose(&["enrich-action: { no: 1 }".to_owned()]).err().unwrap();
        assert!(error.to_string().contains("`no`"), "{error}");
    }
}
