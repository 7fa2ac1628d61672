//! Times whole processes: trailmill, and what people would use in its place.

use std::process::ExitCode;

fn main() -> ExitCode {
    trailmill_benches::processes::main()
}
