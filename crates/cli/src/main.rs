//! The program `trailmill`: files, terminal, clock and environment live here and nowhere else.

mod args;
mod clock;
mod commands;
mod engine;
mod failure;
mod io;
mod settings;
mod ui;

use clap::Parser;
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        // The message of a panic may hold a piece of the input, so only its place is told.
        let place = panic.location().map(ToString::to_string);
        say(format_args!("internal error at {}", place.unwrap_or_default()));
    }));
    let command = args::Cli::parse().command;
    match commands::run(command) {
        Ok(status) => status.into(),
        Err(failure) => {
            say(format_args!("{:#}", failure.error));
            failure.status.into()
        }
    }
}

/// Tells the user something on standard error; if nobody listens, nothing can be done about it.
fn say(message: impl std::fmt::Display) {
    let _ = writeln!(std::io::stderr(), "trailmill: {message}");
}
