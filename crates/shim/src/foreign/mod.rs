//! Foreign hosts, each written after its source: what it imports into a module, and how it calls.

mod connect;
mod extism;
mod transform;

pub use connect::{Connect, Message};
pub use extism::Extism;
pub use transform::{Record, Transform, Transformed};

use wasmtime::{AsContextMut, Caller, Func, Instance, Linker, Memory, Module, Store};

/// An instance with the functions of one host; calls of those of others end in a trap.
struct Foreign<T: 'static> {
    store: Store<T>,
    instance: Instance,
}

impl<T: 'static> Foreign<T> {
    /// Instantiates a module, and has it take a configuration unless it is configured already.
    fn new(
        module: &Module,
        state: T,
        link: fn(&mut Linker<T>) -> wasmtime::Result<()>,
        configuration: Option<&[u8]>,
    ) -> Self {
        let mut store = Store::new(module.engine(), state);
        let mut linker = Linker::new(module.engine());
        link(&mut linker).expect("functions of the host");
        linker.define_unknown_imports_as_traps(module).expect("the imports");
        let instance = linker.instantiate(&mut store, module).expect("an instance");
        let mut foreign = Foreign { store, instance };
        if let Some(configuration) = configuration {
            foreign.configure(configuration);
        }
        foreign
    }

    fn configure(&mut self, configuration: &[u8]) {
        let length = configuration.len() as u32;
        let pointer = self.call1("malloc", length);
        self.memory().write(&mut self.store, pointer as usize, configuration).expect("memory");
        let configure = self.instance.get_typed_func(&mut self.store, "trailmill_configure");
        let configure = configure.expect("trailmill_configure");
        let packed: u64 = configure.call(&mut self.store, (pointer, length)).expect("no trap");
        assert_eq!(packed, 0, "the configuration is refused");
        let free = self.instance.get_typed_func::<u32, ()>(&mut self.store, "free");
        free.expect("free").call(&mut self.store, pointer).expect("no trap");
    }

    fn call1(&mut self, name: &str, argument: u32) -> u32 {
        let function = self.instance.get_typed_func(&mut self.store, name).expect("an export");
        function.call(&mut self.store, argument).expect("no trap")
    }

    fn memory(&mut self) -> Memory {
        self.instance.get_memory(&mut self.store, "memory").expect("a memory")
    }

    fn bytes(&mut self) -> usize {
        self.memory().data_size(&self.store)
    }

    /// An export by the name that the host knows, or else by that of the generic module.
    fn export(&mut self, name: &str, generic: &str) -> Func {
        let found = self.instance.get_func(&mut self.store, generic);
        let found = found.or_else(|| self.instance.get_func(&mut self.store, name));
        found.unwrap_or_else(|| panic!("no export `{name}`"))
    }
}

/// Bytes of a guest that calls.
fn read<T>(caller: &mut Caller<'_, T>, pointer: u32, length: u32) -> Vec<u8> {
    let memory = memory(caller);
    let (start, length) = (pointer as usize, length as usize);
    memory.data(&caller).get(start..start + length).expect("memory").to_vec()
}

fn write<T>(caller: &mut Caller<'_, T>, pointer: u32, bytes: &[u8]) {
    let memory = memory(caller);
    memory.write(caller.as_context_mut(), pointer as usize, bytes).expect("memory");
}

fn memory<T>(caller: &mut Caller<'_, T>) -> Memory {
    let memory = caller.get_export("memory").and_then(|export| export.into_memory());
    memory.expect("a memory")
}
