//! The configuration of a guest: a pipeline file, and the files and variables that it names.

use bytes::Bytes;
use std::path::Path;
use trailmill_pipeline::{Format, Pipeline};
use trailmill_stage::Resources;

/// The kind of the entry that holds the pipeline file; its name says the format, by extension.
pub const PIPELINE: u32 = 0;
/// The kind of an entry that holds a file which the pipeline file names, under that name.
pub const FILE: u32 = 1;
/// The kind of an entry that holds a variable, such as a key.
pub const VARIABLE: u32 = 2;

/// Kind, length of the name, length of the value.
const HEAD_BYTES: usize = 12;

/// A pipeline that was made from a configuration. It does not change any more.
#[derive(Debug)]
pub struct Configured {
    pub(crate) pipeline: Pipeline,
    /// The name and the size of each file that the configuration holds.
    pub(crate) files: Vec<(String, usize)>,
    /// The names of the variables that it holds.
    pub(crate) variables: Vec<String>,
}

/// Appends an entry to a configuration: `kind` is one of [`PIPELINE`], [`FILE`], [`VARIABLE`].
///
/// # Panics
/// If name or value have 4 GiB or more.
pub fn entry(kind: u32, name: &str, value: &[u8], out: &mut Vec<u8>) {
    let length = |bytes: usize| u32::try_from(bytes).expect("an entry below 4 GiB").to_le_bytes();
    out.extend_from_slice(&kind.to_le_bytes());
    out.extend_from_slice(&length(name.len()));
    out.extend_from_slice(&length(value.len()));
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(value);
}

impl Configured {
    /// Builds the pipeline that a configuration describes: entries one after the other, as
    /// [`entry`] writes them, one of them the pipeline file.
    ///
    /// # Errors
    /// What is wrong with the configuration, or with the pipeline file, then as
    /// `name:line:column: message`.
    pub fn new(configuration: &[u8]) -> Result<Configured, String> {
        let entries = Entries::read(Bytes::copy_from_slice(configuration))?;
        let mut pipelines = entries.of(PIPELINE);
        let (Some(file), None) = (pipelines.next(), pipelines.next()) else {
            return Err("the configuration must hold one pipeline file".to_owned());
        };
        let name = &file.name;
        let text = std::str::from_utf8(&file.value).map_err(|_| format!("{name}: not UTF-8"))?;
        let format = Format::of_path(Path::new(name));
        let pipeline = Pipeline::load(text, format, trailmill_catalog::STAGES, &entries)
            .map_err(|error| format!("{name}:{error}"))?;
        let files = entries.of(FILE).map(|entry| (entry.name.clone(), entry.value.len()));
        let variables = entries.of(VARIABLE).map(|entry| entry.name.clone());
        Ok(Configured { files: files.collect(), variables: variables.collect(), pipeline })
    }
}

/// What a configuration holds.
struct Entries {
    list: Vec<Entry>,
}

struct Entry {
    kind: u32,
    name: String,
    value: Bytes,
}

impl Entries {
    fn read(configuration: Bytes) -> Result<Entries, String> {
        let mut list = Vec::new();
        let mut at = 0;
        while at < configuration.len() {
            let (entry, behind) = Entry::read(&configuration, at)
                .ok_or_else(|| format!("no entry can be read at byte {at} of the configuration"))?;
            list.push(entry);
            at = behind;
        }
        Ok(Entries { list })
    }

    fn of(&self, kind: u32) -> impl Iterator<Item = &Entry> {
        self.list.iter().filter(move |entry| entry.kind == kind)
    }

    fn find(&self, kind: u32, name: &str) -> Option<&Entry> {
        self.of(kind).find(|entry| entry.name == name)
    }
}

impl Entry {
    /// The entry that begins at a byte, and where the next one does.
    fn read(configuration: &Bytes, at: usize) -> Option<(Entry, usize)> {
        let head = configuration.get(at..at.checked_add(HEAD_BYTES)?)?;
        let number = |from: usize| Some(u32::from_le_bytes(*head.get(from..)?.first_chunk()?));
        let kind = number(0).filter(|kind| [PIPELINE, FILE, VARIABLE].contains(kind))?;
        let value_at = (at + HEAD_BYTES).checked_add(number(4)? as usize)?;
        let end = value_at.checked_add(number(8)? as usize)?;
        let name = configuration.get(at + HEAD_BYTES..value_at)?;
        let name = std::str::from_utf8(name).ok()?.to_owned();
        let value = (end <= configuration.len()).then(|| configuration.slice(value_at..end))?;
        Some((Entry { kind, name, value }, end))
    }
}

impl Resources for Entries {
    fn file(&self, path: &str) -> Result<Vec<u8>, String> {
        self.mapped(path).map(Vec::from)
    }

    fn mapped(&self, path: &str) -> Result<Bytes, String> {
        let file = self.find(FILE, path).map(|entry| entry.value.clone());
        file.ok_or_else(|| format!("the configuration holds no file `{path}`"))
    }

    fn variable(&self, name: &str) -> Result<String, String> {
        let found = self.find(VARIABLE, name);
        let found = found.ok_or_else(|| format!("the configuration holds no variable `{name}`"))?;
        let text = std::str::from_utf8(&found.value);
        text.map(str::to_owned).map_err(|_| format!("the variable `{name}` is not UTF-8"))
    }
}
