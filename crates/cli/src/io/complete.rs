//! Files that are written at once and stand under their names only when they are complete.

use super::sink::Sink;
use super::temporary::{Temporaries, folder_of, sync_folder};
use crate::failure::Failure;
use std::io;
use std::path::Path;
use trailmill_pipeline::Compression;

/// Writes the file at `path`: `fill` gives what stands in it.
///
/// # Errors
/// If it can not be written; what stood there before still does.
pub(crate) fn write(
    path: &Path,
    compression: Compression,
    fill: impl FnOnce(&mut Sink) -> io::Result<()>,
) -> Result<(), Failure> {
    let complete = || {
        let mut sink = Sink::file(path, compression, &Temporaries::default())?;
        fill(&mut sink)?;
        if let Some(temporary) = sink.finish()? {
            temporary.rename()?;
        }
        sync_folder(folder_of(path))
    };
    complete().map_err(|error| Failure::writing(path.display(), &error))
}
