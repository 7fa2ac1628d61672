//! `trailmill schema`: the JSON Schema of the pipeline file, for editors.

use crate::failure::{Failure, Status};
use crate::io::stdout::print;
use crate::settings::stages;

/// Runs the command.
pub(super) fn run() -> Result<Status, Failure> {
    let schema = trailmill_pipeline::schema(&stages());
    print(|out| writeln!(out, "{schema:#}"))
}
