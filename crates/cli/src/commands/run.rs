//! `trailmill run`: a pipeline over its inputs.

use crate::args::{RunArgs, Simd, SummaryForm};
use crate::engine::{Ending, Report, Run, bug};
use crate::failure::{Failure, Status};
use crate::io::inputs::{Inputs, Named, look_up};
use crate::io::outputs::{Destination, Landed, Outputs, replaced};
use crate::io::sink::{compression_of, is_stdout};
use crate::io::temporary::Temporaries;
use crate::settings::{self, Loaded};
use crate::ui::progress::Progress;
use crate::ui::summary::Summary;
use crate::{clock, say};
use std::collections::HashSet;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::available_parallelism;
use trailmill_pipeline::{Compression, SourceSettings, Target};
use trailmill_stage::event::json::Isa;

/// Where faulty input goes if nobody says: it never goes nowhere.
const QUARANTINE: &str = "trailmill-quarantine.ndjson";

/// Runs the command. Inputs and outputs are looked up and opened before anything is read, so that
/// what is missing or can not be written costs nothing.
pub(super) fn run(args: RunArgs) -> Result<Status, Failure> {
    let loaded = settings::load(&args.pipeline)?;
    let pipeline = &loaded.pipeline;
    let isa = args.simd.map(isa).transpose()?;
    let destinations = destinations(&loaded, args.out.as_deref())?;
    let quarantine = match &args.quarantine {
        Some(path) => Some(destination_at(path)),
        None => pipeline.quarantine().map(destination_of),
    };
    let named = named(&args.inputs, &loaded)?;
    check_apart(&named, &destinations, quarantine.as_ref())?;
    let temporaries = Temporaries::default();
    let fallback = destination_at(Path::new(QUARANTINE));
    let outputs = Outputs::open(destinations.clone(), quarantine, fallback, &temporaries)
        .map_err(Failure::io)?;
    let report = Run {
        pipeline,
        inputs: Inputs::new(named.clone()),
        outputs,
        temporaries,
        threads: args.threads.map_or_else(cores, usize::from),
        collected_at: Arc::from(args.collected_at.clone().unwrap_or_else(clock::now)),
        isa,
        progress: progress(&args, named, &destinations),
    }
    .run()?;
    conclude(&args, &report, &destinations)
}

fn cores() -> usize {
    available_parallelism().map_or(1, usize::from)
}

fn isa(simd: Simd) -> Result<Isa, Failure> {
    let isa = match simd {
        Simd::Scalar => Isa::Scalar,
        Simd::Avx2 => Isa::Avx2,
        Simd::Avx512 => Isa::Avx512,
    };
    match isa.is_usable() {
        true => Ok(isa),
        false => Err(Failure::usage(format_args!("this machine has no {}", isa.name()))),
    }
}

/// Where the rows of each output go.
fn destinations(loaded: &Loaded, out: Option<&Path>) -> Result<Vec<Destination>, Failure> {
    let outputs = loaded.pipeline.outputs();
    match (out, outputs.len()) {
        (None, _) => Ok(outputs.iter().map(|output| destination_of(output.to())).collect()),
        (Some(path), 1) => Ok(vec![destination_at(path)]),
        (Some(_), count) => Err(Failure::usage(format_args!(
            "--out takes the place of an only output, and {} has {count}",
            loaded.path.display()
        ))),
    }
}

fn destination_of(target: &Target) -> Destination {
    match target {
        Target::Stdout => Destination::Stdout,
        Target::File { path, compression } if path.has_fields() => Destination::Files {
            root: PathBuf::from(path.root()),
            template: path.text().to_owned(),
            compression: *compression,
        },
        Target::File { path, compression } => file(Path::new(path.text()), *compression),
    }
}

fn destination_at(path: &Path) -> Destination {
    file(path, compression_of(path))
}

fn file(path: &Path, compression: Compression) -> Destination {
    match is_stdout(path) {
        true => Destination::Stdout,
        false => Destination::File(path.to_owned(), compression),
    }
}

/// What is to be read: what the command line names, or else the pipeline.
fn named(inputs: &[String], loaded: &Loaded) -> Result<Vec<Named>, Failure> {
    match (inputs, loaded.pipeline.source()) {
        ([], Some(SourceSettings::Stdin)) => Ok(vec![Named::Stdin]),
        ([], Some(SourceSettings::Files { patterns })) => look_up(patterns),
        ([], None) => Err(Failure::usage(format_args!(
            "{} has no source: name files or folders, or - for standard input",
            loaded.path.display()
        ))),
        (inputs, _) => look_up(inputs),
    }
}

/// No file may be written twice, and none be written that is read.
fn check_apart(
    named: &[Named],
    destinations: &[Destination],
    quarantine: Option<&Destination>,
) -> Result<(), Failure> {
    let all = || destinations.iter().chain(quarantine);
    let mut seen = HashSet::new();
    for path in replaced(all()) {
        if !seen.insert(path.clone()) {
            let message = format!("{} would be written twice", path.display());
            return Err(Failure::usage(message));
        }
    }
    if all().filter(|to| **to == Destination::Stdout).count() > 1 {
        return Err(Failure::usage("standard output would be written twice"));
    }
    for input in named {
        if let Named::File(path) = input
            && path.canonicalize().is_ok_and(|path| seen.contains(&path) && path.is_file())
        {
            let message = format!("{} would be read and written", path.display());
            return Err(Failure::usage(message));
        }
    }
    Ok(())
}

/// A progress bar, unless it is not wanted or would stand between the rows.
fn progress(args: &RunArgs, named: Vec<Named>, destinations: &[Destination]) -> Progress {
    let rows_shown = destinations.contains(&Destination::Stdout) && std::io::stdout().is_terminal();
    if args.quiet || rows_shown {
        return Progress::none();
    }
    Progress::on_terminal(|| Inputs::new(named).size())
}

/// Tells how the run went.
fn conclude(
    args: &RunArgs,
    report: &Report,
    destinations: &[Destination],
) -> Result<Status, Failure> {
    for message in &report.unreadable.messages {
        say(message);
    }
    let more = report.unreadable.count - report.unreadable.messages.len() as u64;
    if more > 0 {
        say(format_args!("{more} more inputs could not be read"));
    }
    match &report.ending {
        Ending::Complete(landed) => {
            report.books.check().map_err(bug)?;
            tell(args, report, landed, destinations);
            Ok(status(args, report))
        }
        Ending::Unwritten(error) if error.unwanted => Ok(Status::Good),
        Ending::Unwritten(error) => Err(Failure::io(error)),
        Ending::Interrupted(signal) => {
            say("interrupted; no output was completed");
            Ok(Status::Signal(*signal))
        }
    }
}

fn tell(args: &RunArgs, report: &Report, landed: &Landed, destinations: &[Destination]) {
    if args.quiet {
        return;
    }
    let summary = Summary {
        report,
        landed,
        destinations,
    };
    let text = match args.summary {
        SummaryForm::Text => summary.text(),
        SummaryForm::Json => summary.json() + "\n",
    };
    let _ = std::io::stderr().write_all(text.as_bytes());
}

fn status(args: &RunArgs, report: &Report) -> Status {
    let quarantined = report.books.quarantined + report.books.dead_inputs;
    if report.unreadable.count > 0 {
        Status::Io
    } else if args.strict && quarantined > 0 {
        Status::Unmet
    } else {
        Status::Good
    }
}
