//! `trailmill check`: pipeline files, without running them.

use crate::args::PipelinesArgs;
use crate::failure::{Failure, Status};
use crate::io::stdout::print;
use crate::say;
use crate::settings::{self, Loaded};
use crate::ui::figures::counted;
use trailmill_stage::Resources;

/// Runs the command: a line for each pipeline that is good, a message for each that is not.
pub(super) fn run(args: &PipelinesArgs) -> Result<Status, Failure> {
    let mut status = Status::Good;
    let mut lines = String::new();
    for path in &args.pipelines {
        match settings::load(path).and_then(|loaded| describe(&loaded)) {
            Ok(line) => lines.push_str(&line),
            Err(failure) => {
                say(&failure.error);
                status = Status::Usage;
            }
        }
    }
    print(|out| out.write_all(lines.as_bytes()))?;
    Ok(status)
}

/// What the pipeline has, once its tests are found to be complete.
fn describe(loaded: &Loaded) -> Result<String, Failure> {
    let pipeline = &loaded.pipeline;
    for test in pipeline.tests() {
        let outs = test.outs.iter().map(|out| &out.path);
        for file in outs.chain([&test.input]).chain(&test.quarantine) {
            loaded.resources.file(file).map_err(|message| {
                let path = loaded.path.display();
                Failure::usage(format_args!("{path}: test `{}`: {message}", test.name))
            })?;
        }
    }
    Ok(format!(
        "{}: good ({}, {}, {})\n",
        loaded.path.display(),
        counted(pipeline.stage_names().count() as u64, "stage"),
        counted(pipeline.outputs().len() as u64, "output"),
        counted(pipeline.tests().len() as u64, "test"),
    ))
}
