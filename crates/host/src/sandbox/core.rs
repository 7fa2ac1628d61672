//! The store of an instance and its memory: texts in, texts out, every address looked at.

use super::Failure;
use super::bounds::{Bounds, Keeper};
use super::clock::{FIRST_LOOK, Timer};
use std::ops::Range;
use std::time::Duration;
use wasmtime::{Instance, Memory, Store, StoreContextMut, Trap, TypedFunc, UpdateDeadline};

/// How long an instance may take to start and to take its configuration, whatever the deadline of
/// a call is: tables are built then.
pub(super) const START_MAX: Duration = Duration::from_secs(5);

/// A function that takes a text and answers one, packed into a number.
pub(super) type OfText = TypedFunc<(u32, u32), u64>;

/// The store of an instance, and what every call needs of it.
pub(super) struct Core {
    pub(super) store: Store<Keeper>,
    memory: Memory,
    malloc: TypedFunc<u32, u32>,
    free: TypedFunc<u32, ()>,
    /// How long a call may take.
    deadline: Duration,
}

/// An empty store whose guest has the time of a start.
pub(super) fn store(engine: &wasmtime::Engine, bounds: &Bounds) -> Store<Keeper> {
    let mut store = Store::new(engine, Keeper::new(bounds));
    store.limiter(|keeper| keeper);
    store.epoch_deadline_callback(|mut context: StoreContextMut<'_, Keeper>| {
        match context.data_mut().timer.is_up() {
            true => Err(Trap::Interrupt.into()),
            false => Ok(UpdateDeadline::Continue(1)),
        }
    });
    begin(&mut store, START_MAX);
    store
}

/// Gives the guest its time.
fn begin(store: &mut Store<Keeper>, time: Duration) {
    store.set_epoch_deadline(FIRST_LOOK);
    let keeper = store.data_mut();
    keeper.denied = false;
    keeper.timer = Timer::new(time);
}

impl Core {
    /// What there is of an instance; none if an export is missing.
    pub(super) fn new(
        mut store: Store<Keeper>,
        instance: &Instance,
        deadline: Duration,
    ) -> Option<Self> {
        Some(Core {
            memory: instance.get_memory(&mut store, "memory")?,
            malloc: instance.get_typed_func(&mut store, "malloc").ok()?,
            free: instance.get_typed_func(&mut store, "free").ok()?,
            deadline,
            store,
        })
    }

    /// Calls a function within the deadline; gives what it answers, which stands until the next
    /// call.
    pub(super) fn call(&mut self, function: &OfText, text: &[u8]) -> Result<&[u8], Failure> {
        begin(&mut self.store, self.deadline);
        self.exchange(function, text)
    }

    /// The same within the time of a start.
    pub(super) fn start(&mut self, function: &OfText, text: &[u8]) -> Result<&[u8], Failure> {
        begin(&mut self.store, START_MAX);
        self.exchange(function, text)
    }

    /// Calls a function that takes nothing, within the time of a start.
    pub(super) fn ask<T: wasmtime::WasmResults>(
        &mut self,
        function: &TypedFunc<(), T>,
    ) -> Result<T, Failure> {
        begin(&mut self.store, START_MAX);
        let answer = function.call(&mut self.store, ());
        answer.map_err(|error| self.failure(&error))
    }

    fn exchange(&mut self, function: &OfText, text: &[u8]) -> Result<&[u8], Failure> {
        let length = u32::try_from(text.len()).map_err(|_| Failure::OutOfMemory)?;
        let pointer = self.malloc.call(&mut self.store, length);
        let pointer = pointer.map_err(|error| self.failure(&error))?;
        if pointer == 0 && length > 0 {
            return Err(Failure::OutOfMemory);
        }
        let memory = self.memory.data_mut(&mut self.store);
        let place = range(pointer, length).and_then(|range| memory.get_mut(range));
        let place = place.ok_or(Failure::Malformed("the memory that it gave is not there"))?;
        place.copy_from_slice(text);
        let packed = function.call(&mut self.store, (pointer, length));
        let packed = packed.map_err(|error| self.failure(&error))?;
        // The answer stands until the next call of anything else.
        let freed = self.free.call(&mut self.store, pointer);
        freed.map_err(|error| self.failure(&error))?;
        self.at(packed)
    }

    fn failure(&self, error: &wasmtime::Error) -> Failure {
        Failure::of(error, self.store.data().denied)
    }

    /// The bytes that a packed result speaks of.
    pub(super) fn at(&self, packed: u64) -> Result<&[u8], Failure> {
        let range = range((packed >> 32) as u32, packed as u32);
        let bytes = range.and_then(|range| self.memory.data(&self.store).get(range));
        bytes.ok_or(Failure::Malformed("its answer is not within its memory"))
    }
}

/// What begins at a pointer; where nothing is does not matter.
fn range(pointer: u32, length: u32) -> Option<Range<usize>> {
    match length {
        0 => Some(0..0),
        _ => {
            let start = pointer as usize;
            Some(start..start.checked_add(length as usize)?)
        }
    }
}
