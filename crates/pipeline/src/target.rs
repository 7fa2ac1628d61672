//! Where lines go: a file by its path template, or the standard output.

use crate::template::PathTemplate;

/// Where the lines of an output, or of the quarantine, go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To a file, or to several by the fields of the path.
    File {
        /// Its path; relative ones start at the working directory.
        path: PathTemplate,
        /// How it is packed.
        compression: Compression,
    },
    /// To the standard output.
    Stdout,
}

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// Not at all.
    None,
    /// As gzip.
    Gzip,
    /// As Zstandard.
    Zstd,
}
