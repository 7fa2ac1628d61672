//! `trailmill run`: a pipeline over its inputs.

use crate::args::{RunArgs, SummaryForm};
use crate::engine::signals::Signals;
use crate::engine::{Ending, Report, Run, bug};
use crate::failure::{Failure, Status};
use crate::io::inputs::{Inputs, Named, look_up};
use crate::io::outputs::{Landed, Outputs};
use crate::io::places::{Destination, Places};
use crate::io::temporary::Temporaries;
use crate::settings::{self, Loaded};
use crate::ui::progress::Progress;
use crate::ui::summary::Summary;
use crate::{clock, say};
use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::thread::available_parallelism;
use trailmill_pipeline::SourceSettings;
use trailmill_stage::event::json::Isa;

/// Runs the command. Inputs and outputs are looked up and opened before anything is read, so that
/// what is missing or can not be written costs nothing.
pub(super) fn run(args: RunArgs) -> Result<Status, Failure> {
    let loaded = settings::load(&args.pipeline)?;
    let pipeline = &loaded.pipeline;
    let isa = args.simd.map(usable).transpose()?;
    let places = Places::new(&loaded, args.out.as_deref(), args.quarantine.as_deref())?;
    let named = named(&args.inputs, &loaded)?;
    places.check_apart(&named)?;
    let signals = Signals::catch()?;
    let temporaries = Temporaries::default();
    let outputs = Outputs::open(places.clone(), &temporaries).map_err(Failure::io)?;
    let destinations = &places.rows;
    let report = Run {
        pipeline,
        inputs: Inputs::new(named.clone()).without(places.files()),
        outputs,
        temporaries,
        threads: args.threads.map_or_else(cores, usize::from),
        collected_at: Arc::from(args.collected_at.clone().unwrap_or_else(clock::now)),
        isa,
        progress: progress(&args, named, destinations),
        signals,
    }
    .run()?;
    conclude(&args, &report, destinations)
}

fn cores() -> usize {
    available_parallelism().map_or(1, usize::from)
}

fn usable(isa: Isa) -> Result<Isa, Failure> {
    match isa.is_usable() {
        true => Ok(isa),
        false => Err(Failure::usage(format_args!("this machine has no {}", isa.name()))),
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
    let summary = Summary { report, landed, destinations };
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
