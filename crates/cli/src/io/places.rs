//! Where everything that a run writes is to go.

use super::inputs::Named;
use crate::failure::Failure;
use crate::settings::Loaded;
use std::collections::HashSet;
use std::fmt;
use std::path::{Path, PathBuf};
use trailmill_pipeline::{Compression, Target};

/// Where faulty input goes if nobody says: it never goes nowhere.
const QUARANTINE: &str = "trailmill-quarantine.ndjson";

/// Where the lines of an output, or of the quarantine, are to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// To the standard output.
    Stdout,
    /// To one file.
    File(PathBuf, Compression),
    /// To files below a folder, named by their rows; with the template of their paths.
    Files { root: PathBuf, template: String, compression: Compression },
}

impl fmt::Display for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Destination::Stdout => f.write_str("standard output"),
            Destination::File(path, _) => path.display().fmt(f),
            Destination::Files { template, .. } => f.write_str(template),
        }
    }
}

/// The places of all that a run writes.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    /// Of the rows of each output.
    pub(crate) rows: Vec<Destination>,
    /// Of faulty input.
    pub(crate) quarantine: Destination,
    /// Whether somebody asked for this quarantine.
    pub(crate) quarantine_is_wanted: bool,
}

impl Places {
    /// The places that the pipeline names, or that are named instead of those.
    ///
    /// # Errors
    /// If one output is named in place of several.
    pub(crate) fn new(
        loaded: &Loaded,
        out: Option<&Path>,
        quarantine: Option<&Path>,
    ) -> Result<Self, Failure> {
        let outputs = loaded.pipeline.outputs();
        let rows = match (out, outputs.len()) {
            (None, _) => outputs.iter().map(|output| Destination::of(output.to())).collect(),
            (Some(path), 1) => vec![Destination::at(path)],
            (Some(_), count) => {
                return Err(Failure::usage(format_args!(
                    "--out takes the place of an only output, and {} has {count}",
                    loaded.path.display()
                )));
            }
        };
        let wanted = match quarantine {
            Some(path) => Some(Destination::at(path)),
            None => loaded.pipeline.quarantine().map(Destination::of),
        };
        Ok(Places {
            rows,
            quarantine_is_wanted: wanted.is_some(),
            quarantine: wanted.unwrap_or_else(|| Destination::at(Path::new(QUARANTINE))),
        })
    }

    /// Checks that no file is written twice, and none written that is read.
    ///
    /// # Errors
    /// The first file for which that does not hold.
    pub(crate) fn check_apart(&self, named: &[Named]) -> Result<(), Failure> {
        let mut seen = HashSet::new();
        for path in self.files() {
            if !seen.insert(path.clone()) {
                let message = format!("{} would be written twice", path.display());
                return Err(Failure::usage(message));
            }
        }
        if self.all().filter(|to| **to == Destination::Stdout).count() > 1 {
            return Err(Failure::usage("standard output would be written twice"));
        }
        for input in named {
            if let Named::File(path) = input
                && path.canonicalize().is_ok_and(|path| seen.contains(&path))
            {
                let message = format!("{} would be read and written", path.display());
                return Err(Failure::usage(message));
            }
        }
        Ok(())
    }

    fn all(&self) -> impl Iterator<Item = &Destination> {
        self.rows.iter().chain([&self.quarantine])
    }

    /// The files that may be replaced, by their absolute paths; devices and pipes are none.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let files = self.all().filter_map(|destination| match destination {
            Destination::File(path, _) if !is_special(path) => Some(absolute(path)),
            _ => None,
        });
        files.collect()
    }
}

impl Destination {
    /// What the pipeline names.
    fn of(target: &Target) -> Self {
        match target {
            Target::Stdout => Destination::Stdout,
            Target::File { path, compression } if path.has_fields() => Destination::Files {
                root: PathBuf::from(path.root()),
                template: path.text().to_owned(),
                compression: *compression,
            },
            Target::File { path, compression } => {
                Destination::file(Path::new(path.text()), *compression)
            }
        }
    }

    /// What the command line names: the extension tells how it is packed.
    fn at(path: &Path) -> Self {
        let extension = path.extension().map(|name| name.to_ascii_lowercase());
        let compression = match extension.as_deref().and_then(|name| name.to_str()) {
            Some("gz") => Compression::Gzip,
            Some("zst") => Compression::Zstd,
            _ => Compression::None,
        };
        Destination::file(path, compression)
    }

    fn file(path: &Path, compression: Compression) -> Self {
        match [Path::new("-"), Path::new("/dev/stdout")].contains(&path) {
            true => Destination::Stdout,
            false => Destination::File(path.to_owned(), compression),
        }
    }
}

/// Whether something is there that is neither a regular file nor a folder, and so is written to
/// as it stands.
pub(crate) fn is_special(path: &Path) -> bool {
    path.metadata().is_ok_and(|there| !there.is_file() && !there.is_dir())
}

/// The same path for the same file, whether it is there already or not.
fn absolute(path: &Path) -> PathBuf {
    std::fs::canonicalize(path)
        .or_else(|_| std::path::absolute(path))
        .unwrap_or_else(|_| path.to_owned())
}
