//! Says what each stage costs an event.

use std::process::ExitCode;

fn main() -> ExitCode {
    trailmill_benches::costs::main()
}
