//! Redpanda Data Transforms, with the limits that a broker has.

use super::{Foreign, read, write};
use std::collections::VecDeque;
use std::fmt;
use wasmtime::{Caller, Config, Engine, Linker, Module, StoreLimits, StoreLimitsBuilder};

const MODULE: &str = "redpanda_transform";

const NO_ACTIVE_TRANSFORM: i32 = -1;
const INVALID_BUFFER: i32 = -2;

/// What a broker gives to a function unless it is told otherwise.
const MEMORY_BYTES: usize = 2 << 20;
const STACK_BYTES: usize = 64 << 10;

/// Headers: names and values.
type Headers = Vec<(Vec<u8>, Option<Vec<u8>>)>;

/// A record of a topic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Its key.
    pub key: Option<Vec<u8>>,
    /// Its value.
    pub value: Option<Vec<u8>>,
    /// Its headers.
    pub headers: Headers,
    /// When it was written, in milliseconds since 1970; of no meaning in what comes out.
    pub time: i64,
}

/// A transform.
pub struct Transform {
    module: Module,
    /// What stands in memory when it is configured.
    image: Vec<u8>,
}

struct State {
    limits: StoreLimits,
    batches: VecDeque<VecDeque<Record>>,
    batch: VecDeque<Record>,
    written: Vec<Record>,
    /// How many bytes the memory had at the beginning of each batch.
    memory_bytes: Vec<usize>,
}

/// What has come out of a run.
#[derive(Debug)]
pub struct Transformed {
    /// The records, in their order.
    pub records: Vec<Record>,
    /// How many bytes the memory had at the beginning of each batch, and at the end.
    pub memory_bytes: Vec<usize>,
}

impl Transform {
    /// A transform of a module that is configured, or that takes a configuration. That happens
    /// without limits, as a snapshot of it is what a broker gets.
    pub fn new(module: &'static [u8], configuration: Option<&[u8]>) -> Self {
        let roomy = crate::machine::compiled(module);
        let state = State::new(VecDeque::new(), usize::MAX);
        let mut foreign = Foreign::new(&roomy, state, link, configuration);
        if configuration.is_some() {
            let ready = foreign.instance.get_typed_func(&mut foreign.store, "wizer-initialize");
            ready.expect("an export").call(&mut foreign.store, ()).expect("it is configured")
        }
        let image = foreign.memory().data(&foreign.store).to_vec();
        let mut config = Config::new();
        config.max_wasm_stack(STACK_BYTES);
        let engine = Engine::new(&config).expect("an engine");
        Transform { module: Module::new(&engine, module).expect("a module"), image }
    }

    /// Runs the transform over batches with the limits of a broker, until there are no more.
    ///
    /// # Errors
    /// The trap.
    pub fn run(&self, batches: Vec<Vec<Record>>) -> Result<Transformed, String> {
        self.run_within(batches, MEMORY_BYTES)
    }

    /// The same with so many bytes of memory.
    ///
    /// # Errors
    /// The trap.
    pub fn run_within(
        &self,
        batches: Vec<Vec<Record>>,
        bytes: usize,
    ) -> Result<Transformed, String> {
        let batches = batches.into_iter().map(VecDeque::from).collect();
        let mut foreign = Foreign::new(&self.module, State::new(batches, bytes), link, None);
        foreign.store.limiter(|state| &mut state.limits);
        let memory = foreign.memory();
        let missing = self.image.len() - memory.data_size(&foreign.store);
        memory.grow(&mut foreign.store, missing as u64 / 65_536).expect("memory");
        memory.write(&mut foreign.store, 0, &self.image).expect("memory");
        let start = foreign.export("_start", "trailmill_redpanda_start");
        start.call(&mut foreign.store, &[], &mut []).map_err(|trap| format!("{trap:?}"))?;
        let state = foreign.store.data_mut();
        let records = std::mem::take(&mut state.written);
        Ok(Transformed { records, memory_bytes: std::mem::take(&mut state.memory_bytes) })
    }
}

impl State {
    fn new(batches: VecDeque<VecDeque<Record>>, memory_bytes: usize) -> Self {
        State {
            limits: StoreLimitsBuilder::new().memory_size(memory_bytes).build(),
            batches,
            batch: VecDeque::new(),
            written: Vec::new(),
            memory_bytes: Vec::new(),
        }
    }
}

fn link(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    linker.func_wrap(MODULE, "check_abi_version_1", || {})?;
    linker.func_wrap(
        MODULE,
        "read_batch_header",
        |mut caller: Caller<'_, State>,
         _: u32,
         record_count: u32,
         _: u32,
         _: u32,
         _: u32,
         _: u32,
         _: u32,
         _: u32,
         _: u32,
         _: u32| {
            let bytes = super::memory(&mut caller).data_size(&caller);
            let state = caller.data_mut();
            state.memory_bytes.push(bytes);
            let Some(batch) = state.batches.pop_front() else {
                return NO_ACTIVE_TRANSFORM;
            };
            let largest = batch.iter().map(|record| record.payload().len()).max();
            let count = batch.len() as u32;
            state.batch = batch;
            write(&mut caller, record_count, &count.to_le_bytes());
            largest.unwrap_or_default() as i32
        },
    )?;
    linker.func_wrap(
        MODULE,
        "read_next_record",
        |mut caller: Caller<'_, State>,
         attributes: u32,
         time: u32,
         offset: u32,
         buffer: u32,
         length: u32| {
            let Some(record) = caller.data().batch.front() else {
                return NO_ACTIVE_TRANSFORM;
            };
            let (payload, at) = (record.payload(), record.time);
            if payload.len() > length as usize {
                return INVALID_BUFFER;
            }
            caller.data_mut().batch.pop_front();
            write(&mut caller, attributes, &[0]);
            write(&mut caller, time, &at.to_le_bytes());
            write(&mut caller, offset, &7u64.to_le_bytes());
            write(&mut caller, buffer, &payload);
            payload.len() as i32
        },
    )?;
    linker.func_wrap(
        MODULE,
        "write_record",
        |mut caller: Caller<'_, State>, buffer: u32, length: u32| {
            let payload = read(&mut caller, buffer, length);
            match Record::read(&payload) {
                Some(record) => {
                    caller.data_mut().written.push(record);
                    length as i32
                }
                None => INVALID_BUFFER,
            }
        },
    )?;
    Ok(())
}

impl Record {
    /// Key, value and headers as the host hands them over.
    pub fn payload(&self) -> Vec<u8> {
        let mut out = Vec::new();
        text(self.key.as_deref(), &mut out);
        text(self.value.as_deref(), &mut out);
        number(self.headers.len() as i64, &mut out);
        for (name, value) in &self.headers {
            text(Some(name), &mut out);
            text(value.as_deref(), &mut out);
        }
        out
    }

    /// Takes a payload apart, as a host that trusts nobody does.
    pub fn read(payload: &[u8]) -> Option<Record> {
        let mut rest = payload;
        let mut record = Record {
            key: read_text(&mut rest)?,
            value: read_text(&mut rest)?,
            ..Record::default()
        };
        for _ in 0..read_number(&mut rest)? {
            let name = read_text(&mut rest)?.unwrap_or_default();
            record.headers.push((name, read_text(&mut rest)?));
        }
        rest.is_empty().then_some(record)
    }
}

fn text(text: Option<&[u8]>, out: &mut Vec<u8>) {
    number(text.map_or(-1, |text| text.len() as i64), out);
    out.extend_from_slice(text.unwrap_or_default());
}

/// A zigzag varint.
fn number(number: i64, out: &mut Vec<u8>) {
    let mut rest = (number << 1 ^ number >> 63) as u64;
    while rest > 0x7f {
        out.push(rest as u8 & 0x7f | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

fn read_number(rest: &mut &[u8]) -> Option<i64> {
    let mut number = 0u64;
    for shift in (0..64).step_by(7) {
        let (byte, behind) = rest.split_first()?;
        *rest = behind;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some((number >> 1) as i64 ^ -((number & 1) as i64));
        }
    }
    None
}

fn read_text(rest: &mut &[u8]) -> Option<Option<Vec<u8>>> {
    let Ok(length) = usize::try_from(read_number(rest)?) else { return Some(None) };
    let (text, behind) = rest.split_at_checked(length)?;
    *rest = behind;
    Some(Some(text.to_vec()))
}

impl fmt::Debug for Transform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Transform")
    }
}
