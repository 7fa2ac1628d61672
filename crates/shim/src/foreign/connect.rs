//! The processor `wasm` of Redpanda Connect, 4.11 to 4.106.

use super::{Foreign, read, write};
use crate::machine::compiled;
use std::collections::BTreeMap;
use std::fmt;
use wasmtime::{AsContextMut, Caller, Linker};

const MODULE: &str = "benthos_wasm";

/// A message of a pipeline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// Its content.
    pub bytes: Vec<u8>,
    /// Its metadata.
    pub meta: BTreeMap<String, String>,
    /// Why the processor flags it, if it does.
    pub error: Option<String>,
}

/// The processor with an instance.
pub struct Connect(Foreign<State>);

#[derive(Default)]
struct State {
    message: Message,
    /// Blocks that are given back after the call.
    blocks: Vec<u32>,
}

impl Connect {
    /// The processor with a module that is configured, or that takes a configuration.
    pub fn new(module: &'static [u8], configuration: Option<&[u8]>) -> Self {
        Connect(Foreign::new(&compiled(module), State::default(), link, configuration))
    }

    /// Takes a message through the module.
    ///
    /// # Errors
    /// The trap, which fails the whole batch of the message.
    pub fn process(&mut self, message: Message) -> Result<Message, String> {
        self.0.store.data_mut().message = message;
        let process = self.0.export("process", "trailmill_connect_process");
        let outcome = process.call(&mut self.0.store, &[], &mut []);
        let blocks = std::mem::take(&mut self.0.store.data_mut().blocks);
        for block in blocks {
            let free = self.0.instance.get_typed_func::<u32, ()>(&mut self.0.store, "free");
            free.expect("free").call(&mut self.0.store, block).expect("no trap");
        }
        outcome.map_err(|trap| format!("{trap:?}"))?;
        Ok(std::mem::take(&mut self.0.store.data_mut().message))
    }

    /// How many bytes the memory has.
    pub fn memory_bytes(&mut self) -> usize {
        self.0.bytes()
    }
}

fn link(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    linker.func_wrap(MODULE, "v0_msg_as_bytes", |mut caller: Caller<'_, State>| {
        let bytes = caller.data().message.bytes.clone();
        inbound(&mut caller, &bytes)
    })?;
    linker.func_wrap(
        MODULE,
        "v0_msg_set_bytes",
        |mut caller: Caller<'_, State>, pointer: u32, length: u32| {
            caller.data_mut().message.bytes = read(&mut caller, pointer, length);
        },
    )?;
    linker.func_wrap(
        MODULE,
        "v0_msg_get_meta",
        |mut caller: Caller<'_, State>, key: u32, length: u32| {
            let key = text(&mut caller, key, length);
            let value = caller.data().message.meta.get(&key).cloned().unwrap_or_default();
            inbound(&mut caller, value.as_bytes())
        },
    )?;
    linker.func_wrap(
        MODULE,
        "v0_msg_set_meta",
        |mut caller: Caller<'_, State>, key: u32, key_length: u32, value: u32, length: u32| {
            let (key, value) =
                (text(&mut caller, key, key_length), text(&mut caller, value, length));
            caller.data_mut().message.meta.insert(key, value);
        },
    )?;
    Ok(())
}

fn text(caller: &mut Caller<'_, State>, pointer: u32, length: u32) -> String {
    String::from_utf8(read(caller, pointer, length)).expect("text")
}

/// Copies bytes into a block of the guest. It is not looked at whether there is one; only a trap
/// is noticed.
fn inbound(caller: &mut Caller<'_, State>, bytes: &[u8]) -> u64 {
    let malloc = ["trailmill_connect_malloc", "malloc"].into_iter();
    let malloc = malloc.filter_map(|name| caller.get_export(name)?.into_func()).next();
    let malloc = malloc.expect("malloc").typed::<u32, u32>(&caller).expect("malloc");
    match malloc.call(caller.as_context_mut(), bytes.len() as u32) {
        Ok(pointer) => {
            caller.data_mut().blocks.push(pointer);
            write(caller, pointer, bytes);
            u64::from(pointer) << 32 | bytes.len() as u64
        }
        Err(trap) => {
            caller.data_mut().message.error = Some(format!("allocating: {trap:?}"));
            0
        }
    }
}

impl fmt::Debug for Connect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connect")
    }
}
