//! Measures what the sandbox of the stage `wasm` costs, apart from what a guest does in it.

use std::process::ExitCode;

fn main() -> ExitCode {
    trailmill_benches::sandbox::main()
}
