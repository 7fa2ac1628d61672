//! The command `cargo xtask`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a chore talks to a terminal")]

use anyhow::{Result, bail};
use std::path::Path;
use std::process::ExitCode;
use trailmill_xtask::{docs, root, secrets, tidy};

const USAGE: &str = "\
Usage: cargo xtask CHORE

Chores:
  tidy  checks the rules of the house over the whole tree
  docs  writes docs/ from the SPECs of the plugins
  secrets CATALOG
        writes the table of secrets of plugin redact from a file of tab-separated rows";

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
        _ => bail!("{USAGE}"),
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
