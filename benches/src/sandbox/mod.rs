//! The program `sandbox`: what the stage `wasm` costs an event, and what its look at the clock
//! costs a loop.
//!
//! The guests do next to nothing, so that what is measured is the way to them and back. Each has to
//! make the right row of every record first; then all run in turn, on one thread, and the quickest
//! round of each counts, by the time of the thread on its processor.

mod epochs;

use crate::contest::{Answer, Contender, Speed, race};
use crate::input;
use crate::report::tell;
use crate::way::Unmeasured;
use clap::Parser;
use std::cell::RefCell;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use trailmill_host::SPEC;
use trailmill_stage::event::{Batch, Event, Source};
use trailmill_stage::{Build, Fault, Resources, Settings, Stage, Verdict};

/// Measures what the sandbox costs.
#[derive(Debug, Parser)]
#[command(name = "sandbox")]
struct Options {
    /// JSON lines to run, perhaps gzip, in place of made records
    file: Option<PathBuf>,

    /// How many records to make
    #[arg(long, default_value_t = 5000)]
    records: u64,

    /// How many rounds
    #[arg(long, default_value_t = 7)]
    rounds: usize,
}

/// The guests, as texts: one that gives each record back, and one that answers without a look.
const IDENTITY: &str = include_str!("identity.wat");
const CONSTANT: &str = include_str!("constant.wat");

/// What the stage is measured against: the same row, made without a guest.
#[derive(Debug)]
struct Native;

impl Stage for Native {
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        event.rewrite(|event, out| {
            event.write_into(out);
            Ok(())
        })?;
        Ok(Verdict::Keep)
    }
}

/// A module in the place of every file.
struct File(Vec<u8>);

impl Resources for File {
    fn file(&self, _: &str) -> Result<Vec<u8>, String> {
        Ok(self.0.clone())
    }
}

/// Reads the command line and prints the table; the exit code is 2 if nothing could be measured.
pub fn main() -> ExitCode {
    tell("sandbox", run(&Options::parse()))
}

fn run(options: &Options) -> Result<String, Unmeasured> {
    let text = match &options.file {
        Some(path) => input::file(path)
            .map_err(|error| Unmeasured(format!("{} can not be read: {error}", path.display())))?,
        None => input::records(1, options.records),
    };
    let mut batch = Batch::new();
    let loaded = batch.load_lines(&text, Source::default());
    loaded.map_err(|error| Unmeasured(format!("the records can not be read: {error}")))?;
    let count = batch.len().max(1);
    let mut out = format!(
        "{count} records, {} bytes each on average\n\n\
         | way | ns an event | of native |\n|---|---|---|\n",
        text.len() / count
    );
    let speeds = stages(&mut batch, options.rounds)?;
    for speed in &speeds {
        let nanos = quickest(speed).as_nanos() / count as u128;
        let ratio = speed.times(&speeds[0]).recip();
        let _ = writeln!(out, "| {} | {nanos} | {ratio:.2} |", speed.name);
    }
    out.push_str(&epochs::table(options.rounds)?);
    Ok(out)
}

/// Checks the rows of all stages, and times them.
fn stages(batch: &mut Batch, rounds: usize) -> Result<Vec<Speed>, Unmeasured> {
    let stages: [(&str, Box<dyn Stage>); 3] = [
        ("native, the same row", Box::new(Native)),
        ("guest, the same row", guest(IDENTITY)?),
        ("guest, always {}", guest(CONSTANT)?),
    ];
    for number in 0..batch.len() {
        let same = row(&*stages[0].1, &mut batch.event(number))?;
        let agrees = row(&*stages[1].1, &mut batch.event(number))? == same
            && row(&*stages[2].1, &mut batch.event(number))? == b"{}";
        if !agrees {
            return Err(Unmeasured(format!("a guest makes another row of record {number}")));
        }
    }
    let batch = &RefCell::new(batch);
    let mut contenders: Vec<Contender<'_>> = stages
        .iter()
        .map(|(name, stage)| Contender {
            name: (*name).to_owned(),
            instructions: String::new(),
            round: Box::new(move || round(&mut batch.borrow_mut(), &**stage)),
        })
        .collect();
    race(&mut contenders, rounds)
}

/// The stage `wasm` with a module.
fn guest(text: &str) -> Result<Box<dyn Stage>, Unmeasured> {
    let module = wat::parse_str(text).map_err(|error| Unmeasured(error.to_string()))?;
    let Build::Stage(build) = SPEC.build else {
        return Err(Unmeasured("`wasm` is no stage".to_owned()));
    };
    let settings = Settings::new(serde_json::json!({ "module": "guest.wasm" }));
    build(&settings, &File(module)).map_err(|error| Unmeasured(error.to_string()))
}

fn row(stage: &dyn Stage, event: &mut Event<'_>) -> Result<Vec<u8>, Unmeasured> {
    stage.apply(event).map_err(|fault| Unmeasured(fault.to_string()))?;
    let mut row = Vec::new();
    event.write_into(&mut row);
    Ok(row)
}

fn round(batch: &mut Batch, stage: &dyn Stage) -> Result<Answer, Unmeasured> {
    for number in 0..batch.len() {
        let verdict = stage.apply(&mut batch.event(number));
        verdict.map_err(|fault| Unmeasured(fault.to_string()))?;
    }
    Ok(Answer { records: Some(batch.len() as u64), bytes: 0 })
}

fn quickest(speed: &Speed) -> std::time::Duration {
    speed.costs.iter().map(|cost| cost.cpu).min().unwrap_or_default()
}
