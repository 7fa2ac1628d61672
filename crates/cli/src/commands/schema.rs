//! `trailmill schema`: the JSON Schema of the pipeline file, for editors.

use crate::failure::{Failure, Status};
use crate::io::stdout::print;

/// Runs the command.
pub(super) fn run() -> Result<Status, Failure> {
    let schema = trailmill_pipeline::schema(trailmill_catalog::STAGES);
    print(|out| writeln!(out, "{schema:#}"))
}
