//! The command `cargo xtask`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a chore talks to a terminal")]

use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::{Command, ExitCode};
use trailmill_xtask::{docs, root, secrets, tidy};

const USAGE: &str = "\
Usage: cargo xtask CHORE

Chores:
  tidy  checks the rules of the house over the whole tree
  docs  writes docs/ from the SPECs of the plugins
  secrets CATALOG
        writes the table of secrets of plugin redact from a file of tab-separated rows
  instructions [--update --reason TEXT] [CASE...]
        counts what the cases of benches/ take, and holds it against what is recorded
  bench [--update-readme] [--growth]
        times trailmill beside its peers as whole processes, or how its cost grows";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["tidy"] => check(),
        ["docs"] => write(),
        ["secrets", catalog] => {
            println!("wrote {}", secrets::write(&root(), Path::new(catalog))?.display());
            Ok(())
        }
        ["instructions", ..] => benches("instructions", &arguments[1..]),
        ["bench", ..] => benches("processes", &arguments[1..]),
        _ => bail!("{USAGE}"),
    }
}

/// Runs a program of `benches/`, as it is released.
fn benches(program: &str, arguments: &[String]) -> Result<()> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["run", "--quiet", "--release", "--locked", "--package", "trailmill-benches"]);
    command.args(["--bin", program, "--"]).args(arguments).current_dir(root());
    match command.status().context(program.to_owned())?.success() {
        true => Ok(()),
        false => bail!("{program} has failed"),
    }
}

fn check() -> Result<()> {
    let problems = tidy::check(&root())?;
    for problem in &problems {
        println!("{problem}");
    }
    match problems.len() {
        0 => Ok(()),
        some => bail!("{some} things to tidy"),
    }
}

fn write() -> Result<()> {
    for path in docs::write(&root())? {
        println!("wrote {path}");
    }
    Ok(())
}
