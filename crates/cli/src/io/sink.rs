//! One file or stream that lines go to, packed if wanted.

use super::places::is_special;
use super::temporary::{Temporaries, Temporary};
use flate2::write::GzEncoder;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::path::Path;
use trailmill_pipeline::Compression;

/// A file with what packs the bytes on their way into it.
pub(crate) enum Packer {
    Plain(File),
    Gzip(Box<GzEncoder<File>>),
    Zstd(Box<zstd::Encoder<'static, File>>),
}

impl Packer {
    pub(crate) fn new(file: File, compression: Compression) -> io::Result<Self> {
        Ok(match compression {
            Compression::None => Packer::Plain(file),
            Compression::Gzip => {
                Packer::Gzip(Box::new(GzEncoder::new(file, flate2::Compression::default())))
            }
            Compression::Zstd => {
                let level = zstd::DEFAULT_COMPRESSION_LEVEL;
                Packer::Zstd(Box::new(zstd::Encoder::new(file, level)?))
            }
        })
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Packer::Plain(file) => file.write_all(bytes),
            Packer::Gzip(encoder) => encoder.write_all(bytes),
            Packer::Zstd(encoder) => encoder.write_all(bytes),
        }
    }

    /// Writes what is still held back.
    pub(crate) fn finish(self) -> io::Result<File> {
        match self {
            Packer::Plain(file) => Ok(file),
            Packer::Gzip(encoder) => encoder.finish(),
            Packer::Zstd(encoder) => encoder.finish(),
        }
    }
}

/// Where lines go.
pub(crate) enum Sink {
    /// Straight to a pipe, a terminal, a device.
    Through(Packer),
    /// To a file that gets its name when it is complete.
    Pending(Temporary, Packer),
}

impl Sink {
    /// The standard output.
    pub(crate) fn stdout() -> io::Result<Self> {
        let file = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        Ok(Sink::Through(Packer::Plain(file)))
    }

    /// The file at `path`: under a temporary name for now, unless something stands there that is
    /// no regular file.
    pub(crate) fn file(
        path: &Path,
        compression: Compression,
        temporaries: &Temporaries,
    ) -> io::Result<Self> {
        if is_special(path) {
            let file = OpenOptions::new().write(true).open(path)?;
            return Ok(Sink::Through(Packer::new(file, compression)?));
        }
        let (temporary, file) = temporaries.create(path)?;
        Ok(Sink::Pending(temporary, Packer::new(file, compression)?))
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Sink::Through(packer) | Sink::Pending(_, packer) => packer.write(bytes),
        }
    }

    /// Brings everything to disk; what has yet to get its name is given back.
    pub(crate) fn finish(self) -> io::Result<Option<Temporary>> {
        match self {
            Sink::Through(packer) => {
                packer.finish()?;
                Ok(None)
            }
            Sink::Pending(temporary, packer) => {
                packer.finish()?.sync_all()?;
                Ok(Some(temporary))
            }
        }
    }
}
