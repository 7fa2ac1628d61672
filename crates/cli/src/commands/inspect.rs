//! `trailmill inspect`: which pipeline a module holds.

use crate::args::InspectArgs;
use crate::failure::{Failure, Status};
use crate::io::stdout::print;
use std::fs;
use trailmill_host::export::inspect;

/// Runs the command: prints what the module says of itself, as JSON. Nothing of it is run.
pub(super) fn run(args: &InspectArgs) -> Result<Status, Failure> {
    let name = args.module.display();
    let module = fs::read(&args.module).map_err(|error| Failure::reading(name, &error))?;
    let name = args.module.display();
    let told = inspect(&module).map_err(|e| Failure::usage(format_args!("{name}: {e}")))?;
    let told = serde_json::Value::Object(told);
    print(|out| writeln!(out, "{told:#}"))
}
