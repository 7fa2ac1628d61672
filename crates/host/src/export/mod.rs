//! Makes modules for hosts out of pipeline files.
//!
//! A generic guest, which can do all that any pipeline asks for, is instantiated, reads the
//! pipeline file with the tables that it names, and is written down again as it then stands in
//! memory, without what it can not reach any more. The module starts configured, and whoever
//! makes it needs no compiler.

mod broken;
mod component;
mod configured;
mod gather;
mod hosts;
mod inside;
mod prune;
mod table;

pub use hosts::{Host, UnknownHost};
pub use inside::{NoTrailmill, SECTION, inspect};
pub use table::Table;

use broken::Broken;
use configured::Configured;
use flate2::read::GzDecoder;
use gather::{Gathered, Gatherer};
use hosts::Profile;
use prune::{Wanted, prune};
use std::fmt;
use std::io::Read;
use trailmill_pipeline::{Format, LoadError, Pipeline};
use trailmill_stage::{Resources, StageSpec};

/// The guest that all modules are made from, packed.
const GENERIC: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/guest.wasm.gz"));

/// The same for hosts that have vectors.
const WITH_VECTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/guest-vectors.wasm.gz"));

/// What a module is to be made of.
pub struct Export<'a> {
    /// Who is to load it.
    pub host: Host,
    /// The name of the pipeline file, as messages and the module tell it; without folders.
    pub name: &'a str,
    /// What stands in it.
    pub text: &'a str,
    /// How it is written.
    pub format: Format,
    /// The plugins that the guest has.
    pub specs: &'a [&'static StageSpec],
    /// Hands out the files and variables that the pipeline file names.
    pub resources: &'a dyn Resources,
    /// Whether keys may stand in the module, where everybody who has it can read them.
    pub embed_keys: bool,
    /// Whether the module may use vectors (`simd128`), if its host is known to have them.
    pub vectors: bool,
}

/// A module for a host.
#[derive(Debug)]
pub struct Exported {
    /// Its bytes.
    pub module: Vec<u8>,
    /// The files that the pipeline names, which stand in it as far as they are read.
    pub tables: Vec<Table>,
    /// The names of the variables whose values stand in it.
    pub keys: Vec<String>,
}

/// Why a module can not be made.
#[derive(Debug)]
pub enum ExportError {
    /// The pipeline file is wrong.
    Pipeline(LoadError),
    /// The host can not run this pipeline, or it would hold what it must not.
    Refused(String),
    /// The guest is not what it should be.
    Guest(String),
}

impl Export<'_> {
    /// Makes the module.
    ///
    /// # Errors
    /// What is wrong with the pipeline file; what the host can not do of what it says; which keys
    /// would stand in the module.
    pub fn run(&self) -> Result<Exported, ExportError> {
        let gatherer = Gatherer::new(self.resources, self.embed_keys);
        let pipeline = Pipeline::load(self.text, self.format, self.specs, &gatherer)
            .map_err(ExportError::Pipeline)?;
        let gathered = gatherer.end();
        self.check(&pipeline, &gathered)?;
        let module = self.module(&gathered)?;
        let keys = gathered.variables.into_iter().map(|(name, _)| name).collect();
        Ok(Exported { module, tables: gathered.tables, keys })
    }

    /// Says what the host can not do.
    fn check(&self, pipeline: &Pipeline, gathered: &Gathered) -> Result<(), ExportError> {
        let Profile { name, takes_one_row, table_bytes_max, .. } = *self.host.profile();
        let refused = |message: String| Err(ExportError::Refused(message));
        if takes_one_row && pipeline.may_write_twice() {
            return refused(format!(
                "{name} takes one row for a record, and here one may go to several outputs; leave \
                 one output, or give one of two a `when` and the other `else: true`"
            ));
        }
        let bytes = gathered.table_bytes();
        if bytes > table_bytes_max {
            let files: Vec<String> = gathered.tables.iter().map(Table::to_string).collect();
            return refused(format!(
                "a module for {name} opens no files, so what the pipeline names has to stand in \
                 it; that is {bytes} bytes and may be {table_bytes_max}: {}",
                files.join(", ")
            ));
        }
        if !gathered.variables.is_empty() && !self.embed_keys {
            let names: Vec<&str> = gathered.variables.iter().map(|(name, _)| &**name).collect();
            return refused(format!(
                "the pipeline needs {}, and a module has no environment to take it from; it would \
                 stand in the module, for everybody to read who has the file (--embed-keys allows \
                 that)",
                names.join(", ")
            ));
        }
        Ok(())
    }

    fn module(&self, gathered: &Gathered) -> Result<Vec<u8>, Broken> {
        let profile = self.host.profile();
        let generic = generic(profile.vectors && self.vectors)?;
        let configuration = gathered.configuration(self.name, self.text, profile.all_is_text);
        let mut configured = Configured::new(&generic, &configuration)?;
        let told = inside::section(self, &configured.describe()?)?;
        let custom = [(SECTION, told.as_bytes())];
        let Profile { exports, pages_max, is_component, .. } = *profile;
        let of_core = if is_component { &[][..] } else { &custom };
        let wanted = Wanted { exports, pages_max, custom: of_core };
        let core = prune(&generic, configured.memory(), &wanted)?;
        if is_component { component::component(&core, &custom) } else { Ok(core) }
    }
}

/// The guest without vectors that modules are made from, with the entry points of all hosts and
/// without a pipeline.
///
/// # Errors
/// If this program does not hold one, which is a bug.
pub fn generic_guest() -> Result<Vec<u8>, ExportError> {
    Ok(generic(false)?)
}

/// The guest that all modules are made from.
fn generic(vectors: bool) -> Result<Vec<u8>, Broken> {
    let mut module = Vec::new();
    let packed = if vectors { WITH_VECTORS } else { GENERIC };
    let read = GzDecoder::new(packed).read_to_end(&mut module);
    read.map_err(|_| Broken::new("it can not be unpacked"))?;
    Ok(module)
}

impl From<Broken> for ExportError {
    fn from(broken: Broken) -> Self {
        ExportError::Guest(broken.to_string())
    }
}

impl fmt::Debug for Export<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Export({} for {})", self.name, self.host)
    }
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExportError::Pipeline(error) => error.fmt(f),
            ExportError::Refused(message) | ExportError::Guest(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for ExportError {}
