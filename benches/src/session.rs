//! What the program `compare` does, with further ways from whoever calls it.

mod alone;
mod case;
mod options;

use crate::contest::{Ways, check, contenders, race, table};
use crate::input;
use crate::parts::{Part, Reach};
use crate::trail::{SNARE, Trailmill, pipeline, usable};
use crate::twins::{typed, value};
use crate::way::{ByLine, Unmeasured};
use clap::Parser;
use options::Options;
use std::io::{self, Write};
use std::process::ExitCode;
use trailmill_pipeline::Pipeline;
use trailmill_stage::event::Shared;

/// Reads the command line and does what it asks; `further` ways run beside those known here.
///
/// The exit code is 0 if all ways agree, 1 if they do not, and 2 if nothing could be measured.
pub fn main(further: fn() -> Vec<ByLine>) -> ExitCode {
    match run(&Options::parse(), further) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            // There is nobody left to tell if this fails too.
            let _ = writeln!(io::stderr(), "compare: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(options: &Options, further: fn() -> Vec<ByLine>) -> Result<bool, Unmeasured> {
    if let Some(name) = &options.case {
        return case::run(name, options.rounds);
    }
    let pipeline = pipeline(SNARE)?;
    let mut ways = ways(&pipeline, further());
    if let Some(name) = &options.only {
        return alone::run(&mut ways, name, options).map(|()| true);
    }
    let text = Shared::from(text(options)?);
    say(&format!("{} bytes of JSON lines\n\nOutputs, held against the first:\n", text.len()))?;
    let check = check(&mut ways, &text)?;
    say(&check.report)?;
    if !check.agrees && !options.anyway {
        say("\nWhat differs is not timed; --anyway does it nonetheless.\n")?;
        return Ok(false);
    }
    say(&format!("\nThe job, {} rounds in turn:\n", options.rounds))?;
    let speeds = race(&mut contenders(&mut ways, &text), options.rounds)?;
    say(&table(&speeds, text.len()))?;
    say("\nThe job step by step, each way with the steps before:\n")?;
    let speeds = race(&mut contenders(&mut parts(), &text), options.rounds)?;
    say(&table(&speeds, text.len()))?;
    Ok(check.agrees)
}

/// All ways of doing the whole job.
fn ways(pipeline: &Pipeline, further: Vec<ByLine>) -> Ways<'_> {
    let mut ways: Ways<'_> = Vec::new();
    for isa in usable() {
        ways.push(Box::new(Trailmill::new(pipeline, isa)));
    }
    for way in [typed_twin(), value_twin()].into_iter().chain(further) {
        ways.push(Box::new(way));
    }
    ways
}

/// The steps of the job for every instruction set.
fn parts() -> Ways<'static> {
    let mut ways: Ways<'_> = Vec::new();
    for isa in usable() {
        for reach in Reach::ALL {
            ways.push(Box::new(Part::new(reach, isa)));
        }
    }
    ways
}

/// The twin that builds trees.
pub fn value_twin() -> ByLine {
    ByLine::new("serde_json::Value", "-", |line, out| Ok(value::row(line, out)?))
}

/// The twin that reads typed spans.
pub fn typed_twin() -> ByLine {
    ByLine::new("typed serde", "-", |line, out| Ok(typed::row(line, out)?))
}

fn text(options: &Options) -> Result<Vec<u8>, Unmeasured> {
    match &options.file {
        Some(path) => input::file(path)
            .map_err(|error| Unmeasured(format!("{} can not be read: {error}", path.display()))),
        None => Ok(input::bytes(options.seed, options.megabytes * 1_000_000)),
    }
}

fn say(text: &str) -> Result<(), Unmeasured> {
    let mut out = io::stdout().lock();
    let said = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    said.map_err(|error| Unmeasured(format!("can not be told: {error}")))
}
