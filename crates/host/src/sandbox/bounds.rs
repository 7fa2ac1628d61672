//! What a guest may use, and the keeper of it in each store.

use super::clock::Timer;
use std::time::Duration;
use wasmtime::ResourceLimiter;

/// What a guest may use.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// How many bytes the file of a module may have.
    pub module_bytes_max: usize,
    /// How many bytes of memory an instance may have.
    pub memory_bytes_max: usize,
    /// How long a call may take, in CPU time.
    pub deadline: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Bounds {
            module_bytes_max: 16 << 20,
            memory_bytes_max: 64 << 20,
            deadline: Duration::from_millis(50),
        }
    }
}

/// How many elements the tables of an instance may have together: 16 bytes each. Compilers make
/// one element for each function whose address is taken.
const TABLE_ELEMENTS_MAX: usize = 100_000;

/// How many tables an instance may have.
const TABLES_MAX: usize = 16;

/// Keeps an instance within its bounds.
#[derive(Debug)]
pub(crate) struct Keeper {
    memory_bytes_max: usize,
    table_elements: usize,
    /// Whether more was asked for than there is, since this was last set.
    pub(crate) denied: bool,
    /// The time of the call.
    pub(crate) timer: Timer,
}

impl Keeper {
    pub(crate) fn new(bounds: &Bounds) -> Self {
        Keeper {
            memory_bytes_max: bounds.memory_bytes_max,
            table_elements: 0,
            denied: false,
            timer: Timer::new(bounds.deadline),
        }
    }
}

impl ResourceLimiter for Keeper {
    fn memory_growing(
        &mut self,
        _: usize,
        desired: usize,
        _: Option<usize>,
    ) -> wasmtime::Result<bool> {
        let granted = desired <= self.memory_bytes_max;
        self.denied |= !granted;
        Ok(granted)
    }

    fn memory_grow_failed(&mut self, _: wasmtime::Error) -> wasmtime::Result<()> {
        // The machine has none left, or the module has declared less for itself.
        self.denied = true;
        Ok(())
    }

    fn table_growing(
        &mut self,
        current: usize,
        desired: usize,
        _: Option<usize>,
    ) -> wasmtime::Result<bool> {
        let elements = self.table_elements.saturating_add(desired.saturating_sub(current));
        let granted = elements <= TABLE_ELEMENTS_MAX;
        self.denied |= !granted;
        if granted {
            self.table_elements = elements;
        }
        Ok(granted)
    }

    fn instances(&self) -> usize {
        1
    }

    fn tables(&self) -> usize {
        TABLES_MAX
    }

    fn memories(&self) -> usize {
        1
    }
}
