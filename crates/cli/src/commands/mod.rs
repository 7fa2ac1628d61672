//! The commands, one file each.

mod check;
mod completions;
mod explain;
mod export;
mod generate;
mod inspect;
mod redact_report;
mod run;
mod schema;
mod stages;
mod test;
mod unflatten;

use crate::args::Command;
use crate::failure::{Failure, Status};

/// Runs a command.
///
/// # Errors
/// Why it could not do its work.
pub(crate) fn run(command: Command) -> Result<Status, Failure> {
    match command {
        Command::Run(args) => run::run(args),
        Command::Check(args) => check::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Stages(args) => stages::run(&args),
        Command::Unflatten(args) => unflatten::run(&args),
        Command::Schema => schema::run(),
        Command::Completions(args) => completions::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Generate(args) => generate::run(&args),
        Command::RedactReport(args) => redact_report::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Inspect(args) => inspect::run(&args),
    }
}
