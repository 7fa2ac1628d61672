//! Counts what the enriching stages find in a folder of records.

use std::process::ExitCode;

fn main() -> ExitCode {
    trailmill_benches::coverage::main()
}
