//! The configuration of a guest: a pipeline file, and the files and variables that it names.

use crate::description::describe_configured;
use bytes::Bytes;
use std::path::Path;
use trailmill_abi::{FILE, PIPELINE, TEXT, VARIABLE};
use trailmill_pipeline::{Format, Pipeline};
use trailmill_stage::Resources;

/// A pipeline that was made from a configuration. It does not change any more.
#[derive(Debug)]
pub struct Configured {
    pub(crate) pipeline: Pipeline,
    /// The name and the size of each file that the configuration holds.
    pub(crate) files: Vec<(String, usize)>,
    /// The names of the variables that it holds.
    pub(crate) variables: Vec<String>,
    /// What the guest says of itself from now on.
    description: String,
}

impl Configured {
    /// Whether a stage of the pipeline hides secrets.
    pub fn is_guarded(&self) -> bool {
        self.pipeline.is_guarded()
    }

    /// Builds the pipeline that a configuration describes: entries one after the other, as
    /// [`trailmill_abi::entry`] writes them, one of them the pipeline file.
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
        let mut configured = Configured {
            files: files.collect(),
            variables: variables.collect(),
            pipeline,
            description: String::new(),
        };
        configured.description = describe_configured(&configured);
        Ok(configured)
    }

    /// What a guest with this pipeline says of itself, as JSON; `ABI.md` lists its members.
    pub fn description(&self) -> &str {
        &self.description
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
        let list = trailmill_abi::Entries::of(&configuration).map(|entry| {
            let entry = entry.map_err(|unknown| unknown.to_string())?;
            let value = configuration.slice(entry.value);
            Ok(Entry { kind: entry.kind, name: entry.name.to_owned(), value })
        });
        Ok(Entries { list: list.collect::<Result<_, String>>()? })
    }

    fn of(&self, kind: u32) -> impl Iterator<Item = &Entry> {
        self.list.iter().filter(move |entry| entry.kind == kind)
    }

    fn find(&self, kind: u32, name: &str) -> Option<&Entry> {
        self.of(kind).find(|entry| entry.name == name)
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

    fn all_is_text(&self) -> bool {
        self.of(TEXT).next().is_some()
    }
}
