//! Compares trailmill with its yardsticks: outputs first, then speeds.

use std::process::ExitCode;

fn main() -> ExitCode {
    trailmill_benches::session::main(Vec::new)
}
