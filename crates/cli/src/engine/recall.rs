//! The memory that all workers share, and whose turn it is to add to it.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, RwLock, TryLockError};
use trailmill_stage::{Memory, Trace, Verdict};

/// The memory of a run. It sees the traces of one item after the other, in the order of the input.
///
/// A worker whose item is at the front asks it directly. One that is ahead of its turn guesses,
/// keeps what it makes to itself, and settles when its turn has come; see
/// [`Ahead`](super::ahead::Ahead).
#[derive(Debug)]
pub(crate) struct Recall {
    memory: RwLock<Box<dyn Memory>>,
    turn: Mutex<Turn>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Turn {
    /// All items before this one are settled.
    front: u64,
    closed: bool,
}

impl Recall {
    pub(crate) fn new(memory: Box<dyn Memory>) -> Self {
        Recall { memory: RwLock::new(memory), turn: Mutex::default(), changed: Condvar::new() }
    }

    /// Whether all items before this one are settled.
    pub(crate) fn is_turn(&self, sequence: u64) -> bool {
        self.lock().front == sequence
    }

    /// Waits until all items before this one are settled; `false` if the run is over.
    pub(crate) fn wait_for_turn(&self, sequence: u64) -> bool {
        let early = |turn: &mut Turn| !turn.closed && turn.front != sequence;
        let turn = self.changed.wait_while(self.lock(), early);
        !turn.unwrap_or_else(PoisonError::into_inner).closed
    }

    /// Says that an item, whose turn it is, is settled.
    pub(crate) fn settled(&self, sequence: u64) {
        self.lock().front = sequence + 1;
        self.changed.notify_all();
    }

    /// Ends all waiting: the run is over.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    /// Takes in the next trace of the item whose turn it is.
    pub(crate) fn see(&self, trace: Trace) -> Verdict {
        self.memory.write().unwrap_or_else(PoisonError::into_inner).see(trace)
    }

    /// Takes in traces of the item whose turn it is.
    pub(crate) fn see_all(&self, traces: &[Trace]) -> Vec<Verdict> {
        let mut memory = self.memory.write().unwrap_or_else(PoisonError::into_inner);
        traces.iter().map(|&trace| memory.see(trace)).collect()
    }

    /// What the memory would say now. Nobody waits for a guess: while it is written to, the answer
    /// is that of an empty one.
    pub(crate) fn guess(&self, trace: Trace) -> Verdict {
        match self.memory.try_read() {
            Ok(memory) => memory.guess(trace),
            Err(TryLockError::Poisoned(_) | TryLockError::WouldBlock) => Verdict::Keep,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Turn> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
