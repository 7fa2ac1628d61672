//! What is run over: records of seed 1, made by `trailmill generate`.

use super::places::Places;
use super::process;
use crate::way::Unmeasured;
use serde::Deserialize;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// What records travel in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    /// A file of JSON lines.
    Lines,
    /// A folder of S3 log files, compressed.
    Gz,
}

/// An input that lies there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Input {
    /// The file or folder.
    pub(super) path: PathBuf,
    /// How many records it holds.
    pub(super) records: u64,
    /// How many bytes of text these are.
    pub(super) text_bytes: u64,
}

/// Makes an input, in the place of what was there.
///
/// # Errors
/// If there is no trailmill, or it can not write.
pub(super) fn make(places: &Places, kind: Kind, records: u64) -> Result<Input, Unmeasured> {
    let (layout, folder) = match kind {
        Kind::Lines => ("lines", places.made(&format!("lines-{records}"))),
        Kind::Gz => ("s3", places.made(&format!("gz-{records}"))),
    };
    let failed = |error: io::Error| Unmeasured(format!("{}: {error}", folder.display()));
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(failed)?;
    }
    let number = records.to_string();
    let arguments = ["generate", "--events", &number, "--seed", "1", "--layout", layout];
    let mut command = vec![trailmill(places)?];
    command.extend(arguments.map(str::to_owned));
    command.push(folder.display().to_string());
    process::run(&command, None)?;
    let path = match kind {
        Kind::Lines => folder.join("events.ndjson"),
        Kind::Gz => folder.clone(),
    };
    let text_bytes = text_bytes(&path).map_err(failed)?;
    Ok(Input { path, records, text_bytes })
}

/// The program.
///
/// # Errors
/// If it is not built.
pub(super) fn trailmill(places: &Places) -> Result<String, Unmeasured> {
    let program = places.program("target/release/trailmill");
    let program = program.ok_or_else(|| Unmeasured("trailmill is not built".to_owned()))?;
    Ok(program.display().to_string())
}

/// The bytes of text in a file, or in all files of a folder; of a gzip file, what its end says.
pub(super) fn text_bytes(path: &Path) -> io::Result<u64> {
    if path.is_dir() {
        let entries: Result<Vec<_>, _> = fs::read_dir(path)?.collect();
        return entries?.iter().map(|entry| text_bytes(&entry.path())).sum();
    }
    let mut file = File::open(path)?;
    if path.extension().is_none_or(|extension| extension != "gz") {
        return Ok(file.metadata()?.len());
    }
    let mut length = [0; 4];
    file.seek(SeekFrom::End(-4))?;
    file.read_exact(&mut length)?;
    Ok(u32::from_le_bytes(length).into())
}
