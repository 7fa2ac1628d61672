//! `trailmill explain`: what each stage does to one event.

use crate::args::ExplainArgs;
use crate::clock;
use crate::failure::{Failure, Status, cannot_read, reason};
use crate::io::stdout::print;
use crate::settings;
use crate::ui::explanation::explanation;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use trailmill_stage::Input;
use trailmill_stage::event::Source;

/// Runs the command.
pub(super) fn run(args: &ExplainArgs) -> Result<Status, Failure> {
    let loaded = settings::load(&args.pipeline)?;
    let name = args.input.to_string_lossy();
    let mut reader = open(&args.input)?;
    let source = Source {
        name: Arc::from(name.as_ref()),
        collected_at: Arc::from(args.collected_at.clone().unwrap_or_else(clock::now)),
        ..Source::default()
    };
    let mut input = Input::whole(&mut *reader, source);
    let found = loaded.pipeline.explain(&mut input, args.event.as_deref());
    let found = found.map_err(|fault| Failure::io(format_args!("{name}: {fault}")))?;
    let found = found.ok_or_else(|| match &args.event {
        Some(_) => Failure::io(format_args!("{name} holds no event of that eventID")),
        None => Failure::io(format_args!("{name} holds no event")),
    })?;
    let text = explanation(&loaded.pipeline, &found);
    print(|out| out.write_all(text.as_bytes()))
}

fn open(path: &Path) -> Result<Box<dyn Read + Send>, Failure> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin()));
    }
    let name = path.display();
    let file = File::open(path).map_err(|error| Failure::reading(name, &error))?;
    match file.metadata() {
        Ok(metadata) if metadata.is_dir() => {
            let message = "name one file of the folder";
            Err(Failure::io(cannot_read(path.display(), &io::Error::other(message))))
        }
        Ok(_) => Ok(Box::new(file)),
        Err(error) => Err(Failure::io(reason(&error))),
    }
}
