//! Files under construction: under a name of their own until they are complete.

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Numbers of errors of the system that are found out before it is asked.
const EACCES: i32 = 13;
const ENOTDIR: i32 = 20;
const EISDIR: i32 = 21;

/// All files under construction, so that they can be removed at once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Temporaries {
    paths: Arc<Mutex<BTreeSet<PathBuf>>>,
}

impl Temporaries {
    /// Makes a file under a temporary name beside `path`, and the folders above it.
    ///
    /// # Errors
    /// Why that is not possible.
    pub(crate) fn create(&self, path: &Path) -> io::Result<(Temporary, File)> {
        // Through a link, it is the file behind it that is replaced.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let earlier = path.metadata().ok();
        if earlier.as_ref().is_some_and(Metadata::is_dir) {
            return Err(io::Error::from_raw_os_error(EISDIR));
        }
        if earlier.as_ref().is_some_and(|earlier| earlier.permissions().readonly()) {
            return Err(io::Error::from_raw_os_error(EACCES));
        }
        let last = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
        let name = format!(".{}.trailmill-{}.tmp", last.to_string_lossy(), std::process::id());
        let temporary = path.with_file_name(name);
        fs::create_dir_all(folder_of(&path)).map_err(not_a_folder)?;
        self.lock().insert(temporary.clone());
        let guard = Temporary { all: self.clone(), temporary, path };
        let file = File::create(&guard.temporary)?;
        if let Some(earlier) = earlier {
            file.set_permissions(earlier.permissions())?;
        }
        Ok((guard, file))
    }

    /// Removes all files under construction. As long as the result is held, none can be made.
    pub(crate) fn remove_all(&self) -> MutexGuard<'_, BTreeSet<PathBuf>> {
        let mut paths = self.lock();
        for path in std::mem::take(&mut *paths) {
            let _ = fs::remove_file(path);
        }
        paths
    }

    fn lock(&self) -> MutexGuard<'_, BTreeSet<PathBuf>> {
        self.paths.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A file under construction; removed when this is dropped.
#[derive(Debug)]
pub(crate) struct Temporary {
    all: Temporaries,
    temporary: PathBuf,
    path: PathBuf,
}

impl Temporary {
    /// Opens the file again to go on at its end.
    pub(crate) fn reopen(&self) -> io::Result<File> {
        OpenOptions::new().append(true).open(&self.temporary)
    }

    /// The folder that holds it.
    pub(crate) fn folder(&self) -> &Path {
        folder_of(&self.path)
    }

    /// Gives the file its final name, in place of what had it; its content must be on disk.
    pub(crate) fn rename(self) -> io::Result<()> {
        fs::rename(&self.temporary, &self.path)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if self.all.lock().remove(&self.temporary) {
            // After a renaming there is nothing under this name.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// Says of a file in the place of a folder what is wrong with it: not that it is there.
fn not_a_folder(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::AlreadyExists => io::Error::from_raw_os_error(ENOTDIR),
        _ => error,
    }
}

/// Brings the names in a folder to disk.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        // Some file systems can not do that, and say so.
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        outcome => outcome,
    }
}

/// The folder that holds a file; that of a bare name is the working directory.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
