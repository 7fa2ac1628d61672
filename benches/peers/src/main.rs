//! Compares trailmill with its yardsticks and with other libraries: outputs first, then speeds.

use std::process::ExitCode;

fn main() -> ExitCode {
    trailmill_benches::session::main(trailmill_peers::ways)
}
