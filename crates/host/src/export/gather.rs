//! The configuration of a guest: a pipeline file, and all that is read when it is loaded.

use super::table::Table;
use bytes::Bytes;
use std::cell::RefCell;
use trailmill_abi::{FILE, PIPELINE, TEXT, VARIABLE, entry};
use trailmill_stage::{Cut, Resources};

/// Hands on what a pipeline asks for, and keeps it.
pub(super) struct Gatherer<'r> {
    resources: &'r dyn Resources,
    /// Whether variables are read at all; else the pipeline is only to say which it needs.
    with_keys: bool,
    tables: RefCell<Vec<Table>>,
    variables: RefCell<Vec<(String, String)>>,
}

/// What a pipeline has asked for.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) tables: Vec<Table>,
    pub(super) variables: Vec<(String, String)>,
}

impl<'r> Gatherer<'r> {
    pub(super) fn new(resources: &'r dyn Resources, with_keys: bool) -> Self {
        let (tables, variables) = (RefCell::default(), RefCell::default());
        Gatherer { resources, with_keys, tables, variables }
    }

    /// All that was asked for.
    pub(super) fn end(self) -> Gathered {
        Gathered { tables: self.tables.into_inner(), variables: self.variables.into_inner() }
    }

    /// Keeps a table, once; of one that was read in parts, the part that serves everyone.
    fn keep(&self, table: Table) {
        let mut tables = self.tables.borrow_mut();
        match tables.iter_mut().find(|known| known.name == table.name) {
            Some(known) => known.join(table),
            None => tables.push(table),
        }
    }
}

impl Resources for Gatherer<'_> {
    fn file(&self, path: &str) -> Result<Vec<u8>, String> {
        self.mapped(path).map(Vec::from)
    }

    fn mapped(&self, path: &str) -> Result<Bytes, String> {
        let content = self.resources.mapped(path)?;
        self.keep(Table::whole(path, &content));
        Ok(content)
    }

    /// The stage is built with all of it, so that it finds whatever is wrong with it.
    fn mapped_part(&self, path: &str, cut: &Cut<'_>) -> Result<Bytes, String> {
        let whole = self.resources.mapped(path)?;
        self.keep(Table::cut(path, &whole, cut));
        Ok(whole)
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
    /// How many bytes the tables have.
    pub(super) fn table_bytes(&self) -> usize {
        self.tables.iter().map(Table::bytes).sum()
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
        self.tables.iter().for_each(|table| entry(FILE, &table.name, table.content(), &mut out));
        for (name, value) in &self.variables {
            entry(VARIABLE, name, value.as_bytes(), &mut out);
        }
        out
    }
}
