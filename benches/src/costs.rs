//! The program `costs`: what each stage of a pipeline costs an event.
//!
//! Every stage runs where it would in a pipeline, between the decoder and `flatten`; its cost is
//! what that takes longer than without it. All ways run in turn, on one thread, and the quickest
//! round of each counts, by the time of the thread on its processor.

use crate::contest::{Contender, Speed, race, round};
use crate::input;
use crate::parts::{Part, Reach};
use crate::report::tell;
use crate::trail::Trailmill;
use crate::way::{Unmeasured, Way};
use clap::Parser;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use trailmill_pipeline::{Format, Pipeline};
use trailmill_stage::Resources;
use trailmill_stage::event::Shared;
use trailmill_stage::event::json::Isa;

/// Says what each stage costs an event.
#[derive(Debug, Parser)]
#[command(name = "costs")]
struct Options {
    /// JSON lines to run, perhaps gzip, in place of made records
    file: Option<PathBuf>,

    /// How many megabytes of records to make
    #[arg(long, default_value_t = 20)]
    megabytes: usize,

    /// How many rounds
    #[arg(long, default_value_t = 15)]
    rounds: usize,
}

/// What is measured: a name, and the stages between `decode-cloudtrail` and `flatten`.
const ROWS: &[(&str, &[&str])] = &[
    ("redact: secrets", &["redact: { preset: secrets }"]),
    ("redact: secrets, with a key", &["redact: { preset: secrets, key: { variable: KEY } }"]),
    ("redact: pii, with a key", &["redact: { preset: pii, key: { variable: KEY } }"]),
    ("redact: share", &["redact: { preset: share, key: { variable: KEY } }"]),
    ("enrich-identity", &["enrich-identity"]),
    ("enrich-action", &["enrich-action"]),
    ("enrich-source-address", &["enrich-source-address"]),
    ("enrich-user-agent", &["enrich-user-agent"]),
    ("enrich-account", &["enrich-account: { accounts: { '111122223333': { name: mill } } }"]),
    (
        "enrich-threat",
        &["enrich-threat: { lists: [{ name: own, type: address, entries: [192.0.2.0/24] }] }"],
    ),
    ("filter: an expression", &["filter: { drop: 'eventName == \"NoSuchCall\"' }"]),
    ("sample: all", &["sample: { rate: 1.0 }"]),
    (FULL, &["redact: { preset: secrets }", "enrich-identity", "enrich-action"]),
];

/// The stages of the ready pipeline.
const FULL: &str = "cloudtrail-snare, all stages";

/// The job without any of them.
const BASE: &str = "decode, flatten";

/// A key that is nobody's.
struct Key;

impl Resources for Key {
    fn file(&self, path: &str) -> Result<Vec<u8>, String> {
        Err(format!("there are no files here, so no `{path}`"))
    }

    fn variable(&self, name: &str) -> Result<String, String> {
        Ok(format!("{name} of the benchmarks, and of nothing else"))
    }
}

/// Reads the command line and prints the table; the exit code is 2 if nothing could be measured.
pub fn main() -> ExitCode {
    tell("costs", run(&Options::parse()))
}

fn run(options: &Options) -> Result<String, Unmeasured> {
    let text = match &options.file {
        Some(path) => input::file(path)
            .map_err(|error| Unmeasured(format!("{} can not be read: {error}", path.display())))?,
        None => input::bytes(1, options.megabytes * 1_000_000),
    };
    let text = Shared::from(text);
    let pipelines = pipelines()?;
    let isa = Isa::best();
    let mut decode = Part::new(Reach::Decode, isa);
    let records = decode.run_shared(&text, &mut |_| {})?;
    let mut contenders = vec![contender("decode", decode, &text)];
    for (name, pipeline) in &pipelines {
        contenders.push(contender(name, Trailmill::new(pipeline, isa), &text));
    }
    let speeds = race(&mut contenders, options.rounds)?;
    Ok(table(&speeds, records, &format!("{records} records, {} bytes, {isa:?}", text.len())))
}

/// All that is measured: the job without any stage between decoding and flattening, and with each.
///
/// # Errors
/// If one of them can not be built.
pub fn pipelines() -> Result<Vec<(&'static str, Pipeline)>, Unmeasured> {
    let mut pipelines = vec![(BASE, pipeline(&[])?)];
    for &(name, stages) in ROWS {
        pipelines.push((name, pipeline(stages)?));
    }
    Ok(pipelines)
}

fn pipeline(stages: &[&str]) -> Result<Pipeline, Unmeasured> {
    let mut yaml = "stages:\n  - decode-cloudtrail\n".to_owned();
    for stage in stages {
        let _ = writeln!(yaml, "  - {stage}");
    }
    yaml += "  - flatten: { schema: snare }\n";
    Pipeline::load(&yaml, Format::Yaml, trailmill_catalog::STAGES, &Key)
        .map_err(|error| Unmeasured(format!("{stages:?} can not be built: {error}")))
}

fn contender<'c>(name: &str, mut way: impl Way + 'c, text: &'c Shared) -> Contender<'c> {
    Contender {
        name: name.to_owned(),
        instructions: way.instructions().to_owned(),
        round: Box::new(move || round(&mut way, text)),
    }
}

/// A line for each way: nanoseconds an event, what is added to the job without the stage, and how
/// much of the speed of that job is left.
fn table(speeds: &[Speed], records: u64, title: &str) -> String {
    let least = |speed: &Speed| speed.costs.iter().map(|cost| cost.cpu).min().unwrap_or_default();
    let each = |speed: &Speed| least(speed).as_secs_f64() * 1e9 / records.max(1) as f64;
    let base = speeds.iter().find(|speed| speed.name == BASE).map_or(0.0, each);
    let mut table =
        format!("{title}\n\n| | ns an event | added | speed left |\n|---|---|---|---|\n");
    for speed in speeds {
        let (name, whole) = (&speed.name, each(speed));
        let (added, left) = match speed.name == BASE || whole < base {
            true => (String::new(), String::new()),
            false => (format!("{:.0}", whole - base), format!("{:.2}", base / whole)),
        };
        let _ = writeln!(table, "| {name} | {whole:.0} | {added} | {left} |");
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_can_be_measured() {
        let options = Options { file: None, megabytes: 0, rounds: 1 };
        let table = run(&options).unwrap();
        for name in ROWS.iter().map(|(name, _)| *name).chain(["decode", BASE]) {
            assert!(table.contains(&format!("| {name} | ")), "{name}: {table}");
        }
    }

    /// The row of the ready pipeline has the stages that the pipeline has.
    #[test]
    fn the_full_pipeline_is_the_ready_one() {
        let ready = include_str!("../../pipelines/cloudtrail-snare/pipeline.yaml");
        let stages = ROWS.iter().find(|(name, _)| *name == FULL).unwrap().1;
        let written: String = stages.iter().map(|stage| format!("  - {stage}\n")).collect();
        assert!(ready.contains(&format!("  - decode-cloudtrail\n{written}  - flatten:")));
    }
}
