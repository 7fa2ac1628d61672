//! All that a run writes: opened before it starts, complete under its final names or not there.

use super::fan::Fan;
use super::places::{Destination, Places};
use super::sink::Sink;
use super::temporary::{Temporaries, Temporary, sync_folder};
use crate::failure::reason;
use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::PathBuf;
use trailmill_pipeline::Compression;

/// Something could not be written.
#[derive(Debug)]
pub(crate) struct WriteError {
    /// Whether a reader has gone away from the standard output, and there is no other output.
    pub(crate) unwanted: bool,
    name: String,
    error: io::Error,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot write {}: {}", self.name, reason(&self.error))
    }
}

/// What stands under its final name after a run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Landed {
    /// How many files each output has, in the order of the outputs.
    pub(crate) files: Vec<usize>,
    /// Where the quarantine is, if there is something in it.
    pub(crate) quarantine: Option<String>,
}

/// All outputs of a run and its quarantine.
pub(crate) struct Outputs {
    rows: Vec<(Destination, Open)>,
    quarantine: Quarantine,
    temporaries: Temporaries,
}

enum Open {
    One(Sink),
    Many(Fan),
}

struct Quarantine {
    destination: Destination,
    /// None as long as a quarantine that nobody asked for is not needed.
    sink: Option<Sink>,
    used: bool,
}

impl Outputs {
    /// Opens everything, so that what can not be written is found out before anything is done.
    /// A quarantine that nobody asked for is opened only when it is needed.
    ///
    /// # Errors
    /// The first that can not be written.
    pub(crate) fn open(places: Places, temporaries: &Temporaries) -> Result<Self, WriteError> {
        let rows = places.rows.into_iter().map(|destination| {
            let open = Open::new(&destination, temporaries);
            let open = open.map_err(|error| failed(&destination, error))?;
            Ok((destination, open))
        });
        let rows = rows.collect::<Result<_, _>>()?;
        let mut quarantine = Quarantine { destination: places.quarantine, sink: None, used: false };
        if places.quarantine_is_wanted {
            quarantine.open(temporaries)?;
        }
        Ok(Outputs { rows, quarantine, temporaries: temporaries.clone() })
    }

    /// Writes lines of an output.
    ///
    /// # Errors
    /// If it can not be written; the run can not go on then.
    pub(crate) fn rows(
        &mut self,
        output: usize,
        path: Option<&str>,
        bytes: &[u8],
    ) -> Result<(), WriteError> {
        let only = self.rows.len() == 1 && !self.quarantine.used;
        let (destination, open) = &mut self.rows[output];
        let outcome = match open {
            Open::One(sink) => sink.write(bytes),
            Open::Many(fan) => fan.write(path.unwrap_or_default(), bytes),
        };
        outcome.map_err(|error| WriteError {
            unwanted: only
                && *destination == Destination::Stdout
                && error.kind() == io::ErrorKind::BrokenPipe,
            ..failed(destination, error)
        })
    }

    /// Writes lines of the quarantine.
    ///
    /// # Errors
    /// If it can not be written; the run can not go on then.
    pub(crate) fn quarantine(&mut self, lines: &[u8]) -> Result<(), WriteError> {
        let quarantine = &mut self.quarantine;
        quarantine.used = true;
        let sink = match &mut quarantine.sink {
            Some(sink) => sink,
            None => quarantine.open(&self.temporaries)?,
        };
        let outcome = sink.write(lines);
        outcome.map_err(|error| failed(&self.quarantine.destination, error))
    }

    /// Brings everything to disk, and only then gives all files their final names.
    ///
    /// # Errors
    /// The first that can not be written.
    pub(crate) fn commit(self) -> Result<Landed, WriteError> {
        let mut landed = Landed::default();
        let mut pending: Vec<(Destination, Temporary)> = Vec::new();
        for (destination, open) in self.rows {
            let outcome = match open {
                Open::One(sink) => sink.finish().map(Vec::from_iter),
                Open::Many(fan) => fan.finish(),
            };
            let files = outcome.map_err(|error| failed(&destination, error))?;
            landed.files.push(files.len());
            pending.extend(files.into_iter().map(|file| (destination.clone(), file)));
        }
        let Quarantine { destination, sink, used } = self.quarantine;
        if let Some(sink) = sink.filter(|_| used) {
            let file = sink.finish().map_err(|error| failed(&destination, error))?;
            landed.quarantine = Some(destination.to_string());
            pending.extend(file.map(|file| (destination, file)));
        }
        rename_all(pending)?;
        Ok(landed)
    }
}

/// Gives all files their final names, and brings these to disk.
fn rename_all(pending: Vec<(Destination, Temporary)>) -> Result<(), WriteError> {
    let mut folders: BTreeSet<PathBuf> = BTreeSet::new();
    for (destination, file) in pending {
        folders.insert(file.folder().to_owned());
        file.rename().map_err(|error| failed(&destination, error))?;
    }
    for folder in folders {
        sync_folder(&folder).map_err(|error| WriteError {
            unwanted: false,
            name: folder.display().to_string(),
            error,
        })?;
    }
    Ok(())
}

fn failed(destination: &Destination, error: io::Error) -> WriteError {
    WriteError { unwanted: false, name: destination.to_string(), error }
}

impl Open {
    fn new(destination: &Destination, temporaries: &Temporaries) -> io::Result<Self> {
        Ok(match destination {
            Destination::Stdout => Open::One(Sink::stdout()?),
            Destination::File(path, compression) => {
                Open::One(Sink::file(path, *compression, temporaries)?)
            }
            Destination::Files { root, compression, .. } => {
                Open::Many(Fan::new(root, *compression, temporaries)?)
            }
        })
    }
}

impl Quarantine {
    fn open(&mut self, temporaries: &Temporaries) -> Result<&mut Sink, WriteError> {
        let sink = match &self.destination {
            Destination::Stdout => Sink::stdout(),
            Destination::File(path, compression) => Sink::file(path, *compression, temporaries),
            // Quarantine lines have no fields that a path could be made of.
            Destination::Files { root, .. } => Sink::file(root, Compression::None, temporaries),
        };
        let sink = sink.map_err(|error| failed(&self.destination, error))?;
        Ok(self.sink.insert(sink))
    }
}

#[cfg(test)]
mod tests;
