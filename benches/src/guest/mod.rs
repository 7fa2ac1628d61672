//! The program `guest`: the pipeline as a WebAssembly module beside the same code made natively.
//!
//! All ways first have to give the same answers. Then they run in turn, on one thread, and the
//! quickest round of each counts, by the time of the thread on its processor.

mod engines;
mod ways;

use crate::contest::{Contender, Speed, race};
use crate::input;
use crate::report::tell;
use crate::way::Unmeasured;
use clap::Parser;
use engines::{Compiled, Interpreted};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use trailmill_abi::{PIPELINE, entry};
use trailmill_guest::Configured;
use trailmill_stage::event::json::Isa;
use ways::{Guests, Hosted, Native, Records, contender};

/// Measures the module, compiled and interpreted, beside native code.
#[derive(Debug, Parser)]
#[command(name = "guest")]
struct Options {
    /// JSON lines to run, perhaps gzip, in place of made records
    file: Option<PathBuf>,

    /// The module, configured or not, in place of one that is built
    #[arg(long, value_name = "WASM")]
    module: Option<PathBuf>,

    /// The module for hosts that have vectors, configured or not, in place of one that is built
    #[arg(long, value_name = "WASM")]
    vectors: Option<PathBuf>,

    /// The pipeline to run, in place of both; that of the module if it is configured
    #[arg(long, value_name = "YAML")]
    pipeline: Option<PathBuf>,

    /// How many records to run
    #[arg(long, default_value_t = 2000)]
    records: usize,

    /// How many bytes a record has; those that are a sixth smaller or larger are passed over
    #[arg(long, default_value_t = 1800)]
    record_bytes: usize,

    /// How many rounds
    #[arg(long, default_value_t = 7)]
    rounds: usize,
}

/// The pipelines that are run: the main job, and all stages of the ready pipeline.
const PIPELINES: [(&str, &str); 2] = [
    ("flatten", crate::trail::SNARE),
    (
        "full",
        "stages:\n  - decode-cloudtrail\n  - redact: { preset: secrets }\n  - enrich-identity\n  \
         - enrich-action\n  - flatten: { schema: snare }\n",
    ),
];

/// Reads the command line and prints the table; the exit code is 2 if nothing could be measured.
pub fn main() -> ExitCode {
    tell("guest", run(&Options::parse()))
}

fn run(options: &Options) -> Result<String, Unmeasured> {
    let built = |given: &Option<PathBuf>, vectors| {
        let given = given.clone().map_or_else(|| build(vectors), Ok)?;
        read(&given)
    };
    let modules = (built(&options.module, false)?, built(&options.vectors, true)?);
    let records = records(options)?;
    let own = match &options.pipeline {
        Some(path) => Some(String::from_utf8_lossy(&read(path)?).into_owned()),
        None => None,
    };
    let pipelines: Vec<(&str, &str)> = match &own {
        Some(own) => vec![("own", own)],
        None => PIPELINES.to_vec(),
    };
    let mut table = format!(
        "{} records, {} bytes each on average; the module has {} bytes, with vectors {}\n\n\
         | pipeline | way | us a record | MB/s | of native scalar | fuel a record |\n\
         |---|---|---|---|---|---|\n",
        records.list.len(),
        records.bytes / records.list.len().max(1),
        modules.0.len(),
        modules.1.len()
    );
    for (name, pipeline) in pipelines {
        measure(name, pipeline, &modules, &records, options.rounds, &mut table)?;
    }
    Ok(table)
}

/// Runs one pipeline in all ways, and adds their lines to the table.
fn measure(
    name: &str,
    pipeline: &str,
    (module, with_vectors): &(Vec<u8>, Vec<u8>),
    records: &Records,
    rounds: usize,
    table: &mut String,
) -> Result<(), Unmeasured> {
    let mut configuration = Vec::new();
    entry(PIPELINE, "pipeline.yaml", pipeline.as_bytes(), &mut configuration);
    let configured = Configured::new(&configuration)
        .map_err(|error| Unmeasured(format!("the pipeline can not be built: {error}")))?;
    let mut guests: Vec<(&str, Box<dyn Guests + '_>)> = vec![
        ("native, scalar", Box::new(Native::new(&configured, Isa::Scalar))),
        ("native, fastest", Box::new(Native::new(&configured, Isa::best()))),
        ("wasmtime", Box::new(Hosted::new(Compiled::new(module)?, &configuration)?)),
        ("wasmtime, vectors", Box::new(Hosted::new(Compiled::new(with_vectors)?, &configuration)?)),
        ("wasmi", Box::new(Hosted::new(Interpreted::new(module, false)?, &configuration)?)),
    ];
    for (_, other) in &mut guests {
        other.agree(&mut Native::new(&configured, Isa::Scalar), records)?;
    }
    let mut metered = Hosted::new(Interpreted::new(module, true)?, &configuration)?;
    let fuel = metered.fuel(records)?;
    let mut speeds = Vec::new();
    for (title, one_by_one) in [("batches", false), ("one by one", true)] {
        let guests = guests.iter_mut().filter(|(name, _)| one_by_one || *name != "wasmi");
        let mut contenders: Vec<Contender<'_>> = guests
            .map(|(name, guest)| {
                contender(format!("{name}, {title}"), &mut **guest, records, one_by_one)
            })
            .collect();
        speeds.push(race(&mut contenders, rounds)?);
    }
    for speeds in &speeds {
        let scalar = speeds.first().map_or(f64::NAN, |speed| micros(speed, records));
        for speed in speeds {
            let own = micros(speed, records);
            let rate = records.bytes as f64 / records.list.len() as f64 / own;
            let fuel = match speed.name.starts_with("wasmi,") {
                true => fuel.to_string(),
                false => String::new(),
            };
            let _ = writeln!(
                table,
                "| {name} | {} | {own:.2} | {rate:.0} | {:.2} | {fuel} |",
                speed.name,
                scalar / own
            );
        }
    }
    Ok(())
}

/// What the quickest round took for a record.
fn micros(speed: &Speed, records: &Records) -> f64 {
    let least = speed.costs.iter().map(|cost| cost.cpu).min().unwrap_or_default();
    least.as_secs_f64() * 1e6 / records.list.len().max(1) as f64
}

fn read(path: &Path) -> Result<Vec<u8>, Unmeasured> {
    std::fs::read(path)
        .map_err(|error| Unmeasured(format!("{} can not be read: {error}", path.display())))
}

/// The records to run: of about the size that is asked for, if they are made.
fn records(options: &Options) -> Result<Records, Unmeasured> {
    let wanted = options.record_bytes;
    let fits = |line: &&[u8]| {
        options.file.is_some() || line.len().abs_diff(wanted) <= wanted / 6 && !line.is_empty()
    };
    let text = match &options.file {
        Some(path) => input::file(path)
            .map_err(|error| Unmeasured(format!("{} can not be read: {error}", path.display())))?,
        None => input::records(1, options.records as u64 * 20),
    };
    let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).filter(fits);
    let list: Vec<Vec<u8>> = lines.take(options.records).map(<[u8]>::to_vec).collect();
    match list.is_empty() {
        true => Err(Unmeasured("there are no records of that size".to_owned())),
        false => Ok(Records::new(list)),
    }
}

/// Builds the module as a release has it, or for hosts that have vectors; gives its path.
fn build(vectors: bool) -> Result<PathBuf, Unmeasured> {
    let (target, workspace) = ("wasm32-unknown-unknown", Path::new(env!("CARGO_MANIFEST_DIR")));
    let (folder, flags) = match vectors {
        false => ("../target/guest", ""),
        true => ("../target/guest-vectors", "-Ctarget-feature=+simd128"),
    };
    let output = Command::new(env!("CARGO"))
        .current_dir(workspace)
        .args(["build", "--locked", "--package", "trailmill-guest", "--profile", "guest"])
        .args(["--target", target, "--target-dir"])
        .arg(workspace.join(folder))
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env("RUSTFLAGS", flags)
        .output()
        .map_err(|error| Unmeasured(format!("cargo can not be run: {error}")))?;
    match output.status.success() {
        true => Ok(workspace.join(folder).join(target).join("guest/trailmill_guest.wasm")),
        false => Err(Unmeasured(format!(
            "the module can not be built:\n{}",
            String::from_utf8_lossy(&output.stderr)
        ))),
    }
}
