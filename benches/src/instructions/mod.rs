//! The program `instructions`: a guard that fails when a case takes more of them than is recorded.
//!
//! Every case runs under valgrind, over its small amount of input and over half of it; what the
//! other half takes, by records, has no start-up in it. It is the same to one in a thousand on
//! every machine that has the instructions.

mod count;
mod ledger;
mod work;

use crate::cases::{Amount, Case};
use crate::report::tell;
use crate::way::Unmeasured;
use clap::Parser;
use count::Counter;
use ledger::{Counts, Ledger};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use trailmill_stage::event::json::Isa;

/// What is counted. Valgrind has no AVX-512.
const ISAS: [Isa; 2] = [Isa::Avx2, Isa::Swar];

/// Counts the instructions of cases and holds them against those in `benches/instructions.toml`.
#[derive(Debug, Parser)]
#[command(name = "instructions")]
struct Options {
    /// Only these cases, in place of all that are recorded
    cases: Vec<String>,

    /// Record what is counted, in place of comparing it
    #[arg(long, requires = "reason")]
    update: bool,

    /// Why the counts have changed; it is recorded too
    #[arg(long, value_name = "TEXT", requires = "update")]
    reason: Option<String>,

    /// Do the work that is counted: the only case, over the files of a folder
    #[arg(long, value_name = "FOLDER", hide = true, requires = "isa")]
    work: Option<PathBuf>,

    /// The instruction set of that work
    #[arg(long, hide = true)]
    isa: Option<String>,
}

/// Reads the command line and does what it asks; the exit code is 1 if a case takes more
/// instructions than it may, and 2 if nothing could be counted.
pub fn main() -> ExitCode {
    let options = Options::parse();
    if let (Some(folder), Some(isa)) = (&options.work, &options.isa) {
        return tell("instructions", work(&options.cases, isa, folder));
    }
    match run(&options) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => tell("instructions", Err(error)),
    }
}

fn work(cases: &[String], isa: &str, folder: &Path) -> Result<String, Unmeasured> {
    match (cases, Isa::named(isa)) {
        ([case], Some(isa)) => work::run(case, isa, folder).map(|read| format!("{read}\n")),
        _ => Err(Unmeasured("work is one case with one instruction set".to_owned())),
    }
}

/// Counts, and compares or records; says whether no case takes more than it may.
fn run(options: &Options) -> Result<bool, Unmeasured> {
    let Some(counter) = Counter::find()? else {
        say("\nSKIPPED: there is no valgrind, so NO INSTRUCTIONS WERE COUNTED.\n\
             Install it (apt-get install valgrind) and run this again.\n\n")?;
        return Ok(true);
    };
    if let Some(isa) = ISAS.iter().find(|isa| !isa.is_usable()) {
        say(&format!("\nSKIPPED: no {} here, so NO INSTRUCTIONS WERE COUNTED.\n\n", isa.name()))?;
        return Ok(true);
    }
    let mut ledger = Ledger::read()?;
    let cases = match options.cases.is_empty() {
        true => ledger.cases(),
        false => options.cases.clone(),
    };
    let mut holds = true;
    say("| case | SIMD | recorded | counted | change |\n|---|---|---|---|---|\n")?;
    for case in cases {
        let counts = counted(&counter, &case)?;
        for (isa, &count) in &counts {
            let verdict = ledger.verdict(&case, isa, count);
            holds &= verdict.holds;
            say(&format!("| {case} | {isa} | {verdict} |\n"))?;
        }
        ledger.set(case, counts);
    }
    match &options.reason {
        Some(reason) => ledger.write(reason).map(|()| true),
        None => say(&ledger.conclusion(holds)).map(|()| holds),
    }
}

/// The instructions that a case takes for a record, by instruction set.
fn counted(counter: &Counter, name: &str) -> Result<Counts, Unmeasured> {
    let case = Case::read(name)?;
    let folders = [(Amount::Half, "half"), (Amount::Checked, "checked")].map(|(amount, folder)| {
        let folder = counter.folder().join(folder);
        let made = case.input.make(amount)?;
        let laid = work::lay_out(&made, &folder);
        laid.map(|()| folder).map_err(|error| Unmeasured(format!("the inputs: {error}")))
    });
    let [half, checked] = folders;
    let (half, checked) = (half?, checked?);
    let mut counts = Counts::new();
    for (isa, [less, more]) in counter.run_all(name, [&half, &checked]) {
        let (less, more) = (less?, more?);
        if more.records != case.expect.read || more.records <= less.records {
            return Err(Unmeasured(format!("`{name}` has read {} records", more.records)));
        }
        let records = more.records - less.records;
        counts.insert(isa.name().to_owned(), (more.instructions - less.instructions) / records);
    }
    Ok(counts)
}

fn say(text: &str) -> Result<(), Unmeasured> {
    let mut out = io::stdout().lock();
    let said = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    said.map_err(|error| Unmeasured(format!("can not be told: {error}")))
}
