//! Extism: a memory of the host's that a module reaches by functions only.

use super::Foreign;
use crate::machine::compiled;
use std::fmt;
use wasmtime::{Caller, Linker, Val};

const MODULE: &str = "extism:host/env";

/// Where the first block stands; an address of 0 is none.
const FIRST: usize = 64;

/// A plugin.
pub struct Extism(Foreign<Kernel>);

/// The memory beside that of the module. Blocks follow one another, and all are forgotten before
/// the next call.
#[derive(Default)]
struct Kernel {
    memory: Vec<u8>,
    /// Where each block stands, and how long it is.
    blocks: Vec<(usize, usize)>,
    input: (usize, usize),
    output: (usize, usize),
    error: usize,
}

impl Extism {
    /// A plugin of a module that is configured, or that takes a configuration.
    pub fn new(module: &'static [u8], configuration: Option<&[u8]>) -> Self {
        Extism(Foreign::new(&compiled(module), Kernel::default(), link, configuration))
    }

    /// Calls a function with an input; gives the output.
    ///
    /// # Errors
    /// What the plugin says, or the trap.
    pub fn call(&mut self, name: &str, input: &[u8]) -> Result<Vec<u8>, String> {
        let kernel = self.0.store.data_mut();
        *kernel = Kernel::default();
        if !input.is_empty() {
            kernel.input = (kernel.alloc(input.len()), input.len());
            kernel.memory[FIRST..].copy_from_slice(input);
        }
        let function = self.0.export(name, &format!("trailmill_extism_{name}"));
        let mut code = [Val::I32(-1)];
        let outcome = function.call(&mut self.0.store, &[], &mut code);
        outcome.map_err(|trap| format!("{trap:?}"))?;
        let kernel = self.0.store.data();
        if kernel.error != 0 {
            let length = kernel.block(kernel.error);
            let message = kernel.memory[kernel.error..][..length].to_vec();
            return Err(String::from_utf8(message).expect("text"));
        }
        assert!(matches!(code, [Val::I32(0)]), "a code without a message: {code:?}");
        let (at, length) = kernel.output;
        Ok(kernel.memory[at..at + length].to_vec())
    }

    /// How many bytes the memory of the module has.
    pub fn memory_bytes(&mut self) -> usize {
        self.0.bytes()
    }
}

impl Kernel {
    fn alloc(&mut self, bytes: usize) -> usize {
        let at = self.memory.len().max(FIRST);
        self.memory.resize(at + bytes, 0);
        self.blocks.push((at, bytes));
        at
    }

    /// The length of the block at an address.
    fn block(&self, at: usize) -> usize {
        let block = self.blocks.iter().find(|block| block.0 == at);
        block.expect("a block of this memory").1
    }

    fn load<const N: usize>(&self, offset: u64) -> [u8; N] {
        let offset = offset as usize;
        assert!(offset + N <= self.input.1, "behind the input");
        self.memory[self.input.0 + offset..][..N].try_into().expect("as many bytes")
    }

    fn store(&mut self, at: u64, bytes: &[u8]) {
        let at = at as usize;
        let (start, length) = *self.blocks.last().expect("a block");
        assert!(at >= start && at + bytes.len() <= start + length, "outside of the block");
        self.memory[at..][..bytes.len()].copy_from_slice(bytes);
    }
}

fn link(linker: &mut Linker<Kernel>) -> wasmtime::Result<()> {
    linker.func_wrap(MODULE, "input_length", |caller: Caller<'_, Kernel>| {
        caller.data().input.1 as u64
    })?;
    linker.func_wrap(MODULE, "input_load_u8", |caller: Caller<'_, Kernel>, offset: u64| {
        u32::from(caller.data().load::<1>(offset)[0])
    })?;
    linker.func_wrap(MODULE, "input_load_u64", |caller: Caller<'_, Kernel>, offset: u64| {
        u64::from_le_bytes(caller.data().load(offset))
    })?;
    linker.func_wrap(
        MODULE,
        "alloc",
        |mut caller: Caller<'_, Kernel>, bytes: u64| match bytes {
            0 => 0,
            bytes => caller.data_mut().alloc(bytes as usize) as u64,
        },
    )?;
    linker.func_wrap(
        MODULE,
        "store_u8",
        |mut caller: Caller<'_, Kernel>, at: u64, byte: u32| {
            caller.data_mut().store(at, &[byte as u8]);
        },
    )?;
    linker.func_wrap(
        MODULE,
        "store_u64",
        |mut caller: Caller<'_, Kernel>, at: u64, word: u64| {
            caller.data_mut().store(at, &word.to_le_bytes());
        },
    )?;
    linker.func_wrap(
        MODULE,
        "output_set",
        |mut caller: Caller<'_, Kernel>, at: u64, bytes: u64| {
            let (at, bytes) = (at as usize, bytes as usize);
            assert_eq!(caller.data().block(at), bytes);
            caller.data_mut().output = (at, bytes);
        },
    )?;
    linker.func_wrap(MODULE, "error_set", |mut caller: Caller<'_, Kernel>, at: u64| {
        caller.data_mut().error = at as usize;
    })?;
    Ok(())
}

impl fmt::Debug for Extism {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Extism")
    }
}
