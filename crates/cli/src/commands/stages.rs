//! `trailmill stages`: what stages there are and what can be set, from their descriptors.

use crate::args::StagesArgs;
use crate::failure::{Failure, Status};
use crate::io::stdout::print;
use crate::settings::stages;
use crate::ui::reference;
use trailmill_pipeline::tree::nearest;
use trailmill_stage::StageSpec;

/// Runs the command: a list of all stages, or all about one.
pub(super) fn run(args: &StagesArgs) -> Result<Status, Failure> {
    let text = match (&args.name, args.markdown) {
        (None, false) => reference::list(&stages()),
        (None, true) => stages().into_iter().map(reference::markdown).collect(),
        (Some(name), false) => reference::text(find(name)?),
        (Some(name), true) => reference::markdown(find(name)?),
    };
    print(|out| out.write_all(text.as_bytes()))
}

fn find(name: &str) -> Result<&'static StageSpec, Failure> {
    let stages = stages();
    stages.iter().find(|spec| spec.name == name).copied().ok_or_else(|| {
        let names = stages.iter().map(|spec| spec.name);
        let hint = match nearest(name, names) {
            Some(near) => format!("; did you mean `{near}`?"),
            None => format!("; `trailmill stages` lists all {}", stages.len()),
        };
        Failure::usage(format_args!("unknown stage `{name}`{hint}"))
    })
}
