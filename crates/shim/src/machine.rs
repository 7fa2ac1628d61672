//! Two runtimes behind one small face: `wasmtime`, which compiles, and `wasmi`, which interprets.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, OnceLock};

/// An instance of a module.
pub trait Machine {
    /// What it is called in messages.
    const NAME: &'static str;

    /// A fresh instance.
    fn new(module: &'static [u8]) -> Self
    where
        Self: Sized;

    /// Calls an export with whole numbers of 32 bits; gives its result, if any, as 64 bits.
    ///
    /// # Errors
    /// The trap.
    fn call(&mut self, name: &str, arguments: &[u32]) -> Result<u64, String>;

    /// The memory.
    fn memory(&mut self) -> &mut [u8];
}

/// What a runtime makes of each module once, by the place of its bytes, which stay.
type Ready<T> = LazyLock<Mutex<HashMap<usize, Arc<OnceLock<T>>>>>;

/// What was made of a module; who needs another one does not wait for it.
fn once<T: Clone>(
    ready: &Ready<T>,
    module: &'static [u8],
    make: impl FnOnce(&'static [u8]) -> T,
) -> T {
    let place = module.as_ptr() as usize;
    let made = ready.lock().expect("no test panics here").entry(place).or_default().clone();
    made.get_or_init(|| make(module)).clone()
}

/// An instance in `wasmtime`.
#[derive(Debug)]
pub struct Compiled {
    store: wasmtime::Store<()>,
    instance: wasmtime::Instance,
    memory: wasmtime::Memory,
}

/// A module, compiled once.
///
/// # Panics
/// If it is none.
pub fn compiled(module: &'static [u8]) -> wasmtime::Module {
    static READY: Ready<wasmtime::Module> = LazyLock::new(Mutex::default);
    once(&READY, module, |module| wasmtime::Module::new(&engine(), module).expect("a module"))
}

/// An engine that compiles quickly: most modules run but for moments.
fn engine() -> wasmtime::Engine {
    let mut config = wasmtime::Config::new();
    config.cranelift_opt_level(wasmtime::OptLevel::None);
    config.cranelift_regalloc_algorithm(wasmtime::RegallocAlgorithm::SinglePass);
    wasmtime::Engine::new(&config).expect("an engine")
}

impl Machine for Compiled {
    const NAME: &'static str = "wasmtime";

    fn new(module: &'static [u8]) -> Self {
        let module = compiled(module);
        let mut store = wasmtime::Store::new(module.engine(), ());
        let instance = wasmtime::Instance::new(&mut store, &module, &[]).expect("an instance");
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
#[derive(Debug)]
pub struct Interpreted {
    store: wasmi::Store<()>,
    instance: wasmi::Instance,
    memory: wasmi::Memory,
}

fn validated(module: &'static [u8]) -> wasmi::Module {
    static READY: Ready<wasmi::Module> = LazyLock::new(Mutex::default);
    once(&READY, module, |module| {
        wasmi::Module::new(&wasmi::Engine::default(), module).expect("a module")
    })
}

impl Machine for Interpreted {
    const NAME: &'static str = "wasmi";

    fn new(module: &'static [u8]) -> Self {
        let module = validated(module);
        let mut store = wasmi::Store::new(module.engine(), ());
        let linker = wasmi::Linker::new(module.engine());
        let instance = linker.instantiate_and_start(&mut store, &module).expect("an instance");
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
