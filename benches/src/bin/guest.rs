//! Measures the pipeline as a WebAssembly module, compiled and interpreted, beside native code.

use std::process::ExitCode;

fn main() -> ExitCode {
    trailmill_benches::guest::main()
}
