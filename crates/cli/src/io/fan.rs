//! Many files at once, named as rows come.

use super::sink::Packer;
use super::temporary::{Temporaries, Temporary};
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use trailmill_pipeline::Compression;

/// Files below a folder, named as rows come: only so many are open at a time.
pub(crate) struct Fan {
    root: PathBuf,
    compression: Compression,
    temporaries: Temporaries,
    /// Those that are open, the one used last at the end.
    open: Vec<(Box<str>, Packer)>,
    files: HashMap<Box<str>, Temporary>,
}

/// More files than this are not open at once. A packed file that is opened again goes on with
/// another gzip member or Zstandard frame.
const OPEN_MAX: usize = 64;

impl Fan {
    /// Files below `root`, which must be a folder that can be written to.
    pub(crate) fn new(
        root: &Path,
        compression: Compression,
        temporaries: &Temporaries,
    ) -> io::Result<Self> {
        drop(temporaries.create(&root.join("probe"))?);
        Ok(Fan {
            root: root.to_owned(),
            compression,
            temporaries: temporaries.clone(),
            open: Vec::new(),
            files: HashMap::new(),
        })
    }

    pub(crate) fn write(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let mut entry = match self.open.iter().position(|(open, _)| &**open == path) {
            Some(position) => self.open.remove(position),
            None => (Box::from(path), self.packer(path)?),
        };
        let outcome = entry.1.write(bytes);
        self.open.push(entry);
        outcome
    }

    /// Opens one more file, and closes the one that was not used for longest.
    fn packer(&mut self, path: &str) -> io::Result<Packer> {
        if self.open.len() >= OPEN_MAX {
            self.open.remove(0).1.finish()?;
        }
        let file = match self.files.get(path) {
            Some(temporary) => temporary.reopen()?,
            None => {
                let (temporary, file) = self.temporaries.create(&self.root.join(path))?;
                self.files.insert(Box::from(path), temporary);
                file
            }
        };
        Packer::new(file, self.compression)
    }

    /// Brings everything to disk; gives back what has yet to get its name.
    pub(crate) fn finish(self) -> io::Result<Vec<Temporary>> {
        for (_, packer) in self.open {
            packer.finish()?;
        }
        let mut files: Vec<_> = self.files.into_iter().collect();
        files.sort_by(|one, other| one.0.cmp(&other.0));
        let files = files.into_iter().map(|(_, temporary)| {
            temporary.reopen()?.sync_all()?;
            Ok(temporary)
        });
        files.collect()
    }
}
