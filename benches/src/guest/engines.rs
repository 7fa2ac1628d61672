//! Two engines behind one small face: `wasmtime`, which compiles, and `wasmi`, which interprets.

use crate::way::Unmeasured;

/// An instance of the module.
pub(super) trait Machine {
    /// Calls an export with whole numbers; gives its result, if any.
    ///
    /// # Errors
    /// If there is no such export, or it ends in a trap.
    fn call(&mut self, export: Export, arguments: [u32; 6]) -> Result<u64, Unmeasured>;

    /// The memory.
    fn memory(&mut self) -> &mut [u8];

    /// The fuel used so far, where that is counted.
    fn fuel_used(&self) -> u64 {
        0
    }
}

/// What is called.
#[derive(Clone, Copy, Debug)]
pub(super) enum Export {
    Malloc,
    Free,
    Describe,
    Configure,
    Process,
    FluentBit,
}

/// Makes an engine's side: the exports looked up once, and called by their types.
macro_rules! machine {
    ($name:ident, $engine:ident, $help:literal) => {
        #[doc = $help]
        pub(super) struct $name {
            store: $engine::Store<()>,
            memory: $engine::Memory,
            malloc: $engine::TypedFunc<u32, u32>,
            free: $engine::TypedFunc<u32, ()>,
            describe: $engine::TypedFunc<(), u64>,
            configure: $engine::TypedFunc<(u32, u32), u64>,
            process: $engine::TypedFunc<(u32, u32), u64>,
            fluent_bit: $engine::TypedFunc<(u32, u32, u32, u32, u32, u32), u32>,
            metered: bool,
        }

        impl $name {
            fn of(
                mut store: $engine::Store<()>,
                instance: $engine::Instance,
                metered: bool,
            ) -> Result<Self, Unmeasured> {
                let memory = instance.get_memory(&mut store, "memory");
                let memory = memory.ok_or_else(|| unmeasured("it has no memory"))?;
                macro_rules! export {
                    ($export:literal) => {
                        instance.get_typed_func(&mut store, $export).map_err(unmeasured)?
                    };
                }
                Ok($name {
                    malloc: export!("malloc"),
                    free: export!("free"),
                    describe: export!("trailmill_describe"),
                    configure: export!("trailmill_configure"),
                    process: export!("trailmill_process"),
                    fluent_bit: export!("trailmill_fluent_bit"),
                    store,
                    memory,
                    metered,
                })
            }
        }

        impl Machine for $name {
            fn call(
                &mut self,
                export: Export,
                [a, b, c, d, e, f]: [u32; 6],
            ) -> Result<u64, Unmeasured> {
                let store = &mut self.store;
                match export {
                    Export::Malloc => self.malloc.call(store, a).map(u64::from),
                    Export::Free => self.free.call(store, a).map(|()| 0),
                    Export::Describe => self.describe.call(store, ()),
                    Export::Configure => self.configure.call(store, (a, b)),
                    Export::Process => self.process.call(store, (a, b)),
                    Export::FluentBit => {
                        self.fluent_bit.call(store, (a, b, c, d, e, f)).map(u64::from)
                    }
                }
                .map_err(unmeasured)
            }

            fn memory(&mut self) -> &mut [u8] {
                self.memory.data_mut(&mut self.store)
            }

            fn fuel_used(&self) -> u64 {
                match self.metered {
                    true => u64::MAX - self.store.get_fuel().unwrap_or(u64::MAX),
                    false => 0,
                }
            }
        }
    };
}

machine!(Compiled, wasmtime, "An instance in `wasmtime`.");
machine!(Interpreted, wasmi, "An instance in `wasmi`.");

impl Compiled {
    /// Compiles the module and makes an instance.
    pub(super) fn new(module: &[u8]) -> Result<Self, Unmeasured> {
        let engine = wasmtime::Engine::default();
        let module = wasmtime::Module::new(&engine, module).map_err(unmeasured)?;
        let mut store = wasmtime::Store::new(&engine, ());
        let instance = wasmtime::Instance::new(&mut store, &module, &[]).map_err(unmeasured)?;
        Compiled::of(store, instance, false)
    }
}

impl Interpreted {
    /// Makes an instance; `metered` counts its instructions as fuel, and copied bytes as nothing.
    pub(super) fn new(module: &[u8], metered: bool) -> Result<Self, Unmeasured> {
        let mut config = wasmi::Config::default();
        config.consume_fuel(metered);
        let engine = wasmi::Engine::new(&config);
        let module = wasmi::Module::new(&engine, module).map_err(unmeasured)?;
        let mut store = wasmi::Store::new(&engine, ());
        if metered {
            store.set_fuel(u64::MAX).map_err(unmeasured)?;
        }
        let linker = wasmi::Linker::new(&engine);
        let instance = linker.instantiate_and_start(&mut store, &module).map_err(unmeasured)?;
        Interpreted::of(store, instance, metered)
    }
}

fn unmeasured(error: impl std::fmt::Display) -> Unmeasured {
    Unmeasured(format!("the module can not be run: {error}"))
}
