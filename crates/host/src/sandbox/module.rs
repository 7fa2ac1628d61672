//! A module, compiled and checked, of which instances are made.

use super::bounds::{Bounds, Keeper};
use super::clock::Clock;
use super::description::Description;
use super::failure::quoted;
use super::{Failure, Instance};
use super::{engine, exports};
use std::fmt;
use trailmill_abi::ABI_VERSION;
use wasmtime::{Engine, InstancePre, Linker};

/// A module of the batch ABI, compiled and checked. One value serves all threads.
pub struct Module {
    pub(crate) engine: Engine,
    pub(crate) ready: InstancePre<Keeper>,
    pub(crate) bounds: Bounds,
    pub(crate) configuration: Option<Vec<u8>>,
    description: Description,
    _clock: Clock,
}

impl Module {
    /// Compiles a module and has it describe itself.
    ///
    /// # Errors
    /// What is wrong with it, as text that follows the name of its file.
    pub fn load(bytes: &[u8], bounds: Bounds) -> Result<Self, String> {
        if bytes.len() > bounds.module_bytes_max {
            let (has, max) = (bytes.len(), bounds.module_bytes_max);
            return Err(format!("it has {has} bytes (module_bytes_max is {max})"));
        }
        let (engine, clock) = engine::engine(bytes.len())?;
        let module = wasmtime::Module::from_binary(&engine, bytes)
            .map_err(|error| format!("it is no module: {}", quoted(&format!("{error:#}"))))?;
        exports::check(&module)?;
        let ready = Linker::new(&engine).instantiate_pre(&module);
        let ready = ready.map_err(|error| quoted(&format!("{error:#}")))?;
        let mut module = Module {
            engine,
            ready,
            bounds,
            configuration: None,
            description: Description::default(),
            _clock: clock,
        };
        module.description = module.describe().map_err(|failure| failure.to_string())?;
        Ok(module)
    }

    /// The same module with a configuration, laid out as [`trailmill_abi::entry`] does, that each
    /// instance takes before anything else.
    #[must_use]
    pub fn configured(self, configuration: Vec<u8>) -> Self {
        Module { configuration: Some(configuration), ..self }
    }

    /// What it says of itself.
    pub fn description(&self) -> &Description {
        &self.description
    }

    /// What it may use.
    pub fn bounds(&self) -> &Bounds {
        &self.bounds
    }

    /// A fresh instance.
    ///
    /// # Errors
    /// Why it can not be started, or does not take its configuration.
    pub fn start(&self) -> Result<Instance, Failure> {
        let mut instance = Instance::start(self)?;
        if let Some(configuration) = &self.configuration {
            instance.configure(configuration)?;
        }
        Ok(instance)
    }

    fn describe(&self) -> Result<Description, Failure> {
        let mut instance = Instance::start(self)?;
        let version = instance.version()?;
        if version != ABI_VERSION {
            let message = format!("its ABI has version {version}, and this host has {ABI_VERSION}");
            return Err(Failure::Refused(message));
        }
        instance.describe()
    }
}

impl fmt::Debug for Module {
    /// Without the configuration, in which there may be keys.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Module");
        shown.field("description", &self.description).field("bounds", &self.bounds);
        shown.finish_non_exhaustive()
    }
}
