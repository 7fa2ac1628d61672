//! `trailmill redact-report`: what a pipeline would hide, with no value shown.

use crate::args::RedactReportArgs;
use crate::clock;
use crate::failure::{Failure, Status};
use crate::io::inputs::{Found, Inputs, look_up};
use crate::io::stdout::print;
use crate::settings::{self, Variables};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use trailmill_pipeline::{Outlet, Worker};
use trailmill_redact::{Finding, Redactor};
use trailmill_stage::event::{Event, Source};
use trailmill_stage::{
    Build, Fault, Input, Resources, Settings, SettingsError, Stage, StageSpec, Verdict,
};

/// How often each thing was found. Stages are built from settings alone, so that this is the one
/// place in which they and the command can meet.
static COUNTS: Mutex<BTreeMap<Finding, u64>> = Mutex::new(BTreeMap::new());

/// `redact`, with someone who looks on.
static WATCHED: StageSpec = StageSpec { build: Build::Stage(watched), ..trailmill_redact::SPEC };

/// Runs the command: the pipeline as it stands, but for its outputs.
pub(super) fn run(args: &RedactReportArgs) -> Result<Status, Failure> {
    let own = |spec: &'static StageSpec| match spec.name == WATCHED.name {
        true => &WATCHED,
        false => spec,
    };
    let specs: Vec<&'static StageSpec> = settings::stages().into_iter().map(own).collect();
    let loaded = settings::load_with(&args.pipeline, &specs, Variables::Environment)?;
    let mut worker = Worker::new(&loaded.pipeline, None);
    for found in Inputs::new(look_up(&args.inputs)?) {
        let found = found.map_err(Failure::io)?;
        read(&found, &mut worker)?;
    }
    let (read, faulty) = (worker.books().read, worker.books().quarantined);
    let counts = std::mem::take(&mut *COUNTS.lock().unwrap_or_else(PoisonError::into_inner));
    print(|out| match args.json {
        true => as_json(read, faulty, &counts, out),
        false => as_text(read, faulty, &counts, out),
    })
}

/// Takes one input through the pipeline.
fn read(found: &Found, worker: &mut Worker<'_>) -> Result<(), Failure> {
    let (name, mut reader): (String, Box<dyn Read + Send>) = match found {
        Found::Stdin => ("stdin".to_owned(), Box::new(io::stdin())),
        Found::File(path) => (path.display().to_string(), open(path)?),
    };
    let source = Source {
        name: Arc::from(name.as_str()),
        collected_at: Arc::from(clock::now()),
        ..Source::default()
    };
    let mut input = Input::whole(&mut *reader, source);
    let outcome = worker.run(&mut input, &mut Nowhere);
    outcome.map_err(|fault| Failure::io(format_args!("{name}: {fault}")))
}

fn open(path: &Path) -> Result<Box<dyn Read + Send>, Failure> {
    let file = File::open(path).map_err(|error| Failure::reading(path.display(), &error))?;
    Ok(Box::new(file))
}

fn as_text(
    read: u64,
    faulty: u64,
    counts: &BTreeMap<Finding, u64>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let rules = counts.keys().map(|finding| finding.rule.chars().count());
    let width = rules.max().unwrap_or(0).max("rule".len());
    writeln!(out, "{:>10}  {:width$}  path", "count", "rule")?;
    for (Finding { rule, path }, count) in counts {
        writeln!(out, "{count:>10}  {rule:width$}  {path}")?;
    }
    writeln!(out, "{read} events read, {faulty} quarantined")
}

fn as_json(
    read: u64,
    faulty: u64,
    counts: &BTreeMap<Finding, u64>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut findings = Vec::new();
    for (Finding { rule, path }, count) in counts {
        findings.push(json!({ "rule": rule, "path": path, "count": count }));
    }
    writeln!(out, "{}", json!({ "read": read, "quarantined": faulty, "findings": findings }))
}

/// Where rows go that nobody wants.
struct Nowhere;

impl Outlet for Nowhere {
    fn rows(&mut self, _: usize, _: Option<&str>, bytes: &mut Vec<u8>) -> ControlFlow<()> {
        bytes.clear();
        ControlFlow::Continue(())
    }

    fn quarantine(&mut self, _: &[u8]) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// Counts what is found, and then hides it as the pipeline says.
#[derive(Debug)]
struct Watched(Redactor);

fn watched(
    settings: &Settings,
    resources: &dyn Resources,
) -> Result<Box<dyn Stage>, SettingsError> {
    Ok(Box::new(Watched(Redactor::new(settings, resources)?)))
}

impl Stage for Watched {
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        let findings = self.0.findings(event);
        let mut counts = COUNTS.lock().unwrap_or_else(PoisonError::into_inner);
        for finding in findings {
            *counts.entry(finding).or_default() += 1;
        }
        drop(counts);
        self.0.apply(event)
    }
}
