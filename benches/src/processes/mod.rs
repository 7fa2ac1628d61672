//! The program `processes`: whole programs on the same input, timed from outside.
//!
//! The parent stays small, since what it has at its peak is the least that the system will tell of
//! a child: inputs are written as they stream by, and rows are compared in a process of their own.

mod chart;
mod contenders;
mod contest;
mod growth;
mod inputs;
mod page;
mod places;
mod process;
mod rows;
mod table;

use crate::report::tell;
use crate::way::Unmeasured;
use clap::Parser;
use places::Places;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

/// Times trailmill, and what people would use in its place, as whole processes.
#[derive(Debug, Parser)]
#[command(name = "processes")]
struct Options {
    /// How many rounds are timed
    #[arg(long, value_name = "N", default_value_t = 5)]
    rounds: usize,

    /// How many records the whole input has
    #[arg(long, value_name = "N", default_value_t = 90_000)]
    records: u64,

    /// Only contenders whose name has this in it, beside the first
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,

    /// Take programs as they are, and build and install nothing
    #[arg(long)]
    as_is: bool,

    /// Write the tables into README.md, and the chart beside docs
    #[arg(long)]
    update_readme: bool,

    /// Compare the rows of two files as JSON, and say how many there are
    #[arg(long, value_names = ["EXPECTED", "FOUND"], num_args = 2, hide = true)]
    same: Vec<PathBuf>,

    /// Show how the cost of trailmill grows in place of comparing it, and write docs/growth.md
    #[arg(long)]
    growth: bool,
}

/// Reads the command line and does what it asks; the exit code is 2 if nothing could be timed, or
/// if rows differ.
pub fn main() -> ExitCode {
    tell("processes", run(&Options::parse()))
}

fn run(options: &Options) -> Result<String, Unmeasured> {
    if let [expected, found] = &options.same[..] {
        return rows::compare(expected, found).map(|count| format!("{count}\n"));
    }
    let places = Places::new();
    if !options.as_is {
        install(&places, options.growth)?;
    }
    if options.growth {
        return growth::run(&places, options.rounds);
    }
    let mut page = String::new();
    let mut chart = None;
    for job in contenders::jobs()? {
        let lines = contest::run(&places, &job, options)?;
        page += &table::table(&job, &lines);
        chart.get_or_insert_with(|| chart::svg(&job.title, &lines));
    }
    page += &table::footnote(options.rounds);
    if options.update_readme {
        page::put(&places.root().join("README.md"), "bench", &page)?;
        write(&places.root().join("docs/peers.svg"), &chart.unwrap_or_default())?;
    }
    Ok(page)
}

/// Builds what is timed.
fn install(places: &Places, only_trailmill: bool) -> Result<(), Unmeasured> {
    let mut command = match only_trailmill {
        true => Command::new("cargo"),
        false => Command::new(places.root().join("benches/peers/install")),
    };
    if only_trailmill {
        command.args(["build", "--release", "--locked"]).current_dir(places.root());
    }
    let status = command.stdout(Stdio::null()).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Unmeasured(format!("what is timed could not be built: {status}"))),
        Err(error) => Err(Unmeasured(format!("what is timed could not be built: {error}"))),
    }
}

fn write(path: &Path, text: &str) -> Result<(), Unmeasured> {
    let written = std::fs::write(path, text);
    written.map_err(|error| Unmeasured(format!("{}: {error}", path.display())))
}

/// Says how it goes, where it does not stand between the tables.
fn say(text: &str) {
    // There is nobody left to tell if this fails.
    let _ = writeln!(io::stderr(), "{text}");
}
