//! The generic guest, run until it is configured.

use super::broken::{Broken, Result};
use wasmtime::{Cache, Config, Engine, Instance, Linker, Memory, Module, OptLevel, Store};

/// The stack of compiled code that has to read settings, which may be nested.
const STACK_BYTES: usize = 1 << 20;

/// An instance that holds a pipeline.
pub(super) struct Configured {
    store: Store<()>,
    instance: Instance,
    memory: Memory,
}

impl Configured {
    /// Instantiates a generic guest and hands it a configuration.
    ///
    /// # Errors
    /// If the module is no guest, or refuses the configuration.
    pub(super) fn new(generic: &[u8], configuration: &[u8]) -> Result<Self> {
        let engine = engine()?;
        let module = Module::new(&engine, generic)?;
        let mut store = Store::new(&engine, ());
        let mut linker = Linker::new(&engine);
        // Nothing of a foreign host is called here.
        linker.define_unknown_imports_as_traps(&module)?;
        let instance = linker.instantiate(&mut store, &module)?;
        let memory = instance.get_memory(&mut store, "memory");
        let memory = memory.ok_or(Broken::new("it has no memory"))?;
        let mut configured = Configured { store, instance, memory };
        let message = configured.with("trailmill_configure", configuration)?;
        if !message.is_empty() {
            return Err(Broken(message));
        }
        configured.call::<(), ()>("wizer-initialize", ())?;
        Ok(configured)
    }

    /// What the guest says of itself, as JSON.
    pub(super) fn describe(&mut self) -> Result<String> {
        let packed = self.call::<(), u64>("trailmill_describe", ())?;
        self.text(packed)
    }

    /// All of its memory.
    pub(super) fn memory(&self) -> &[u8] {
        self.memory.data(&self.store)
    }

    fn call<A: wasmtime::WasmParams, R: wasmtime::WasmResults>(
        &mut self,
        name: &str,
        arguments: A,
    ) -> Result<R> {
        let function = self.instance.get_typed_func::<A, R>(&mut self.store, name)?;
        Ok(function.call(&mut self.store, arguments)?)
    }

    /// Calls an export with a text; gives the text that it answers.
    fn with(&mut self, name: &str, text: &[u8]) -> Result<String> {
        let length =
            u32::try_from(text.len()).map_err(|_| Broken::new("it takes 4 GiB at most"))?;
        let pointer = self.call::<u32, u32>("malloc", length)?;
        if pointer == 0 {
            return Err(Broken::new("it has no memory for its configuration"));
        }
        let written = self.memory.write(&mut self.store, pointer as usize, text);
        written.map_err(|_| Broken::new("it hands out memory that does not exist"))?;
        let packed = self.call::<(u32, u32), u64>(name, (pointer, length))?;
        let answer = self.text(packed)?;
        self.call::<u32, ()>("free", pointer)?;
        Ok(answer)
    }

    fn text(&self, packed: u64) -> Result<String> {
        let (start, length) = ((packed >> 32) as usize, packed as u32 as usize);
        let bytes = self.memory().get(start..start + length);
        let bytes = bytes.ok_or(Broken::new("it answers with memory that does not exist"))?;
        Ok(String::from_utf8_lossy(bytes).into_owned())
    }
}

/// An engine for code that runs once: compiled quickly, and kept on disk where that is possible.
fn engine() -> Result<Engine> {
    let mut config = Config::new();
    config.cranelift_opt_level(OptLevel::None).max_wasm_stack(STACK_BYTES);
    config.cache(Cache::from_file(None).ok());
    Ok(Engine::new(&config)?)
}
