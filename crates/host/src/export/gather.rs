//! The configuration of a guest: a pipeline file, and all that is read when it is loaded.

use bytes::Bytes;
use std::cell::RefCell;
use trailmill_abi::{FILE, PIPELINE, TEXT, VARIABLE, entry};
use trailmill_stage::Resources;

/// Hands on what a pipeline asks for, and keeps it.
pub(super) struct Gatherer<'r> {
    resources: &'r dyn Resources,
    /// Whether variables are read at all; else the pipeline is only to say which it needs.
    with_keys: bool,
    files: RefCell<Vec<(String, Bytes)>>,
    variables: RefCell<Vec<(String, String)>>,
}

/// What a pipeline has asked for.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) files: Vec<(String, Bytes)>,
    pub(super) variables: Vec<(String, String)>,
}

impl<'r> Gatherer<'r> {
    pub(super) fn new(resources: &'r dyn Resources, with_keys: bool) -> Self {
        let (files, variables) = (RefCell::default(), RefCell::default());
        Gatherer { resources, with_keys, files, variables }
    }

    /// All that was asked for.
    pub(super) fn end(self) -> Gathered {
        Gathered { files: self.files.into_inner(), variables: self.variables.into_inner() }
    }
}

impl Resources for Gatherer<'_> {
    fn file(&self, path: &str) -> Result<Vec<u8>, String> {
        self.mapped(path).map(Vec::from)
    }

    fn mapped(&self, path: &str) -> Result<Bytes, String> {
        let content = self.resources.mapped(path)?;
        let mut files = self.files.borrow_mut();
        if files.iter().all(|(known, _)| known != path) {
            files.push((path.to_owned(), content.clone()));
        }
        Ok(content)
    }

    fn variable(&self, name: &str) -> Result<String, String> {
        let value = match self.with_keys {
            true => self.resources.variable(name)?,
            // As long as a key has to be.
            false => format!("{name}, which is not read"),
        };
        let mut variables = self.variables.borrow_mut();
        if variables.iter().all(|(known, _)| known != name) {
            variables.push((name.to_owned(), value.clone()));
        }
        Ok(value)
    }
}

impl Gathered {
    /// How many bytes the files have.
    pub(super) fn table_bytes(&self) -> usize {
        self.files.iter().map(|(_, content)| content.len()).sum()
    }

    /// The configuration, as a guest takes it.
    ///
    /// `all_is_text` says that its host hands over nothing compressed.
    pub(super) fn configuration(&self, name: &str, pipeline: &str, all_is_text: bool) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.table_bytes() + pipeline.len() + 1024);
        entry(PIPELINE, name, pipeline.as_bytes(), &mut out);
        if all_is_text {
            entry(TEXT, "", b"", &mut out);
        }
        self.files.iter().for_each(|(name, content)| entry(FILE, name, content, &mut out));
        for (name, value) in &self.variables {
            entry(VARIABLE, name, value.as_bytes(), &mut out);
        }
        out
    }
}
