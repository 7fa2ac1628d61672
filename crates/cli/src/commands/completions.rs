//! `trailmill completions`: a script that completes commands in a shell.

use crate::args::{Cli, CompletionsArgs};
use crate::failure::{Failure, Status};
use crate::io::stdout::print;
use clap::CommandFactory;

/// Runs the command.
pub(super) fn run(args: &CompletionsArgs) -> Result<Status, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "trailmill", &mut script);
    print(|out| out.write_all(&script))
}
