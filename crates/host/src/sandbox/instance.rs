//! An instance of a module: what a host can ask of it.

use super::core::{Core, OfText, store};
use super::failure::quoted;
use super::{Description, Failure, Module};
use std::fmt;
use trailmill_event::json::quote_into;
use wasmtime::TypedFunc;

/// An instance of a module, for one call at a time.
pub struct Instance {
    core: Core,
    process: OfText,
    configure: Option<OfText>,
    origin: Option<OfText>,
    version: TypedFunc<(), u32>,
    describe: TypedFunc<(), u64>,
}

impl Instance {
    /// A fresh instance without a configuration.
    pub(crate) fn start(module: &Module) -> Result<Self, Failure> {
        let mut store = store(&module.engine, &module.bounds);
        let instance = module.ready.instantiate(&mut store);
        let instance = instance.map_err(|error| Failure::of(&error, store.data().denied))?;
        // The types were checked when the module was loaded.
        let missing = || Failure::Malformed("an export is not what it was");
        let mut core = Core::new(store, &instance, module.bounds.deadline).ok_or_else(missing)?;
        let of_text = |core: &mut Core, name| instance.get_typed_func(&mut core.store, name).ok();
        let version = instance.get_typed_func(&mut core.store, "trailmill_abi_version");
        let describe = instance.get_typed_func(&mut core.store, "trailmill_describe");
        Ok(Instance {
            process: of_text(&mut core, "trailmill_process").ok_or_else(missing)?,
            configure: of_text(&mut core, "trailmill_configure"),
            origin: of_text(&mut core, "trailmill_origin"),
            version: version.map_err(|_| missing())?,
            describe: describe.map_err(|_| missing())?,
            core,
        })
    }

    /// Processes an input; gives the bytes of the answer, which stand until the next call.
    ///
    /// # Errors
    /// Why there is no answer.
    pub fn process(&mut self, input: &[u8]) -> Result<&[u8], Failure> {
        self.core.call(&self.process, input)
    }

    /// Says where the inputs from now on come from, if the guest wants to know.
    ///
    /// # Errors
    /// Why it was not told.
    pub fn origin(&mut self, source: &str, collected_at: &str) -> Result<(), Failure> {
        let Some(function) = &self.origin else { return Ok(()) };
        let mut text = b"{\"source\":".to_vec();
        quote_into(source, &mut text);
        text.extend_from_slice(b",\"collectedAt\":");
        quote_into(collected_at, &mut text);
        text.push(b'}');
        taken(self.core.call(function, &text)?)
    }

    /// Has the guest take its configuration.
    pub(crate) fn configure(&mut self, configuration: &[u8]) -> Result<(), Failure> {
        match &self.configure {
            Some(function) => taken(self.core.start(function, configuration)?),
            None => Err(Failure::Refused("it takes no settings, files or variables".to_owned())),
        }
    }

    /// The version of the ABI that the guest has.
    pub(crate) fn version(&mut self) -> Result<u32, Failure> {
        self.core.ask(&self.version)
    }

    /// What the guest says of itself.
    pub(crate) fn describe(&mut self) -> Result<Description, Failure> {
        let packed = self.core.ask(&self.describe)?;
        let description = Description::read(self.core.at(packed)?);
        description.ok_or(Failure::Malformed("its description can not be read"))
    }
}

/// An empty text, or why the guest does not take what it was given.
fn taken(answer: &[u8]) -> Result<(), Failure> {
    match answer {
        b"" => Ok(()),
        why => Err(Failure::Refused(quoted(&String::from_utf8_lossy(why)))),
    }
}

impl fmt::Debug for Instance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Instance").finish_non_exhaustive()
    }
}
