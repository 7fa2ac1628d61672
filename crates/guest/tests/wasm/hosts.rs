//! Two runtimes behind one small face: `wasmtime`, which compiles, and `wasmi`, which interprets.

use crate::build::module;
use std::sync::OnceLock;

/// An instance of the module.
pub(crate) trait Machine {
    /// A fresh instance.
    fn new() -> Self
    where
        Self: Sized;

    /// Calls an export with whole numbers of 32 bits; gives its result, if any, as 64 bits.
    ///
    /// # Errors
    /// The trap.
    fn call(&mut self, name: &str, arguments: &[u32]) -> Result<u64, String>;

    /// The memory.
    fn memory(&mut self) -> &mut [u8];

    /// What it is called in messages.
    const NAME: &'static str;
}

/// An instance in `wasmtime`.
pub(crate) struct Compiled {
    store: wasmtime::Store<()>,
    instance: wasmtime::Instance,
    memory: wasmtime::Memory,
}

/// The module, compiled.
pub(crate) fn compiled() -> &'static wasmtime::Module {
    static MODULE: OnceLock<wasmtime::Module> = OnceLock::new();
    MODULE.get_or_init(|| {
        let engine = wasmtime::Engine::default();
        wasmtime::Module::new(&engine, module()).expect("a module")
    })
}

impl Machine for Compiled {
    const NAME: &'static str = "wasmtime";

    fn new() -> Self {
        let mut store = wasmtime::Store::new(compiled().engine(), ());
        let instance = wasmtime::Instance::new(&mut store, compiled(), &[]).expect("an instance");
        let memory = instance.get_memory(&mut store, "memory").expect("a memory");
        Compiled { store, instance, memory }
    }

    fn call(&mut self, name: &str, arguments: &[u32]) -> Result<u64, String> {
        use wasmtime::{Val, ValType};
        let function = self.instance.get_func(&mut self.store, name).expect(name);
        let arguments: Vec<Val> = arguments.iter().map(|&word| Val::I32(word as i32)).collect();
        let mut results = match function.ty(&self.store).results().next() {
            None => vec![],
            Some(ValType::I32) => vec![Val::I32(0)],
            Some(_) => vec![Val::I64(0)],
        };
        function
            .call(&mut self.store, &arguments, &mut results)
            .map_err(|trap| format!("{trap:?}"))?;
        Ok(match results.first() {
            Some(Val::I32(word)) => u64::from(*word as u32),
            Some(Val::I64(word)) => *word as u64,
            _ => 0,
        })
    }

    fn memory(&mut self) -> &mut [u8] {
        self.memory.data_mut(&mut self.store)
    }
}

/// An instance in `wasmi`.
pub(crate) struct Interpreted {
    store: wasmi::Store<()>,
    instance: wasmi::Instance,
    memory: wasmi::Memory,
}

fn validated() -> &'static wasmi::Module {
    static MODULE: OnceLock<wasmi::Module> = OnceLock::new();
    MODULE.get_or_init(|| {
        let engine = wasmi::Engine::default();
        wasmi::Module::new(&engine, module()).expect("a module")
    })
}

impl Machine for Interpreted {
    const NAME: &'static str = "wasmi";

    fn new() -> Self {
        let mut store = wasmi::Store::new(validated().engine(), ());
        let linker = wasmi::Linker::new(validated().engine());
        let instance = linker.instantiate_and_start(&mut store, validated()).expect("an instance");
        let memory = instance.get_memory(&store, "memory").expect("a memory");
        Interpreted { store, instance, memory }
    }

    fn call(&mut self, name: &str, arguments: &[u32]) -> Result<u64, String> {
        use wasmi::{Val, ValType};
        let function = self.instance.get_func(&self.store, name).expect(name);
        let arguments: Vec<Val> = arguments.iter().map(|&word| Val::I32(word as i32)).collect();
        let mut results = match function.ty(&self.store).results().first() {
            None => vec![],
            Some(ValType::I32) => vec![Val::I32(0)],
            Some(_) => vec![Val::I64(0)],
        };
        function
            .call(&mut self.store, &arguments, &mut results)
            .map_err(|trap| trap.to_string())?;
        Ok(match results.first() {
            Some(Val::I32(word)) => u64::from(*word as u32),
            Some(Val::I64(word)) => *word as u64,
            _ => 0,
        })
    }

    fn memory(&mut self) -> &mut [u8] {
        self.memory.data_mut(&mut self.store)
    }
}
