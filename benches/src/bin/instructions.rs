//! Counts the instructions of the main cases and holds them against those that are recorded.

use std::process::ExitCode;

fn main() -> ExitCode {
    trailmill_benches::instructions::main()
}
