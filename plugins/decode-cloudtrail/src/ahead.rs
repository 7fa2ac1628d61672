//! Inflates ahead of whoever reads the text, where there is a thread for it.

use crate::fault::of_inflate;
use crate::feed::{Fill, fill_by_steps};
use crate::inflate::Inflater;
use std::collections::VecDeque;
use std::io::Read;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use trailmill_stage::{Fault, Helper};

/// How many steps of an inflater may wait to be read: 1 MiB.
const READY_MAX: usize = 4;

/// Does `work` on the content of an input that is read bit by bit, while `helper` inflates ahead of
/// it as far as it gets to.
///
/// The content comes in the same steps whoever inflates them, so that nothing depends on that: nor
/// does how much of a damaged input comes out.
pub(crate) fn inflate_ahead<R: Read + Send, T>(
    inflater: Inflater<'_, R>,
    helper: &dyn Helper,
    work: impl FnOnce(&mut dyn Fill) -> T,
) -> T {
    let ahead =
        Ahead { inflater: Mutex::new(inflater), ready: Mutex::default(), changed: Condvar::new() };
    let mut work = Some(work);
    let mut outcome = None;
    helper.beside(&mut || ahead.run(), &mut || {
        let _closing = Closing(&ahead);
        outcome = work.take().map(|work| work(&mut &ahead));
    });
    outcome.expect("a helper runs the work")
}

/// An inflater on which two threads work: each step is taken by whoever comes first.
///
/// Who needs both locks takes that of the inflater first. What is ready is changed only by those
/// who have it, but for what is taken from the front; so steps stay in order.
struct Ahead<'s, R> {
    inflater: Mutex<Inflater<'s, R>>,
    ready: Mutex<Ready>,
    changed: Condvar,
}

/// What was inflated ahead.
#[derive(Default)]
struct Ready {
    /// One step each; an empty one is the end, which stays, and so does a fault.
    steps: VecDeque<Result<Vec<u8>, Fault>>,
    /// Memory of steps that were read.
    spare: Vec<Vec<u8>>,
    /// Whether nobody reads on.
    closed: bool,
}

impl<R: Read + Send> Ahead<'_, R> {
    /// Inflates ahead until all is inflated or nobody reads on.
    fn run(&self) {
        while let Some(mut step) = self.room() {
            let mut inflater = lock(&self.inflater);
            let read = inflater.read_into(&mut step, usize::MAX).map_err(of_inflate);
            let ended = read.is_ok_and(|read| read == 0) || read.is_err();
            lock(&self.ready).steps.push_back(read.map(|_| step));
            if ended {
                return;
            }
        }
    }

    /// Memory for one more step, once there is room for it; none if nobody reads on.
    fn room(&self) -> Option<Vec<u8>> {
        let full = |ready: &mut Ready| !ready.closed && ready.steps.len() >= READY_MAX;
        let ready = self.changed.wait_while(lock(&self.ready), full);
        let mut ready = ready.unwrap_or_else(PoisonError::into_inner);
        (!ready.closed).then(|| ready.spare.pop().unwrap_or_default())
    }

    /// Appends the next step and says how long it is; 0 is the end.
    fn step(&self, memory: &mut Vec<u8>) -> Result<usize, Fault> {
        if let Some(read) = self.take(memory) {
            return read;
        }
        let mut inflater = lock(&self.inflater);
        // The other may have inflated it while this one waited.
        let taken = self.take(memory);
        taken.unwrap_or_else(|| inflater.read_into(memory, usize::MAX).map_err(of_inflate))
    }

    /// Does so if the next step is ready.
    fn take(&self, memory: &mut Vec<u8>) -> Option<Result<usize, Fault>> {
        let mut ready = lock(&self.ready);
        match ready.steps.front()? {
            Err(fault) => return Some(Err(*fault)),
            Ok(step) if step.is_empty() => return Some(Ok(0)),
            Ok(_) => {}
        }
        let mut step = ready.steps.pop_front()?.ok()?;
        drop(ready);
        self.changed.notify_one();
        memory.extend_from_slice(&step);
        let read = step.len();
        step.clear();
        lock(&self.ready).spare.push(step);
        Some(Ok(read))
    }
}

impl<R: Read + Send> Fill for &Ahead<'_, R> {
    fn fill(&mut self, memory: &mut Vec<u8>, filled: usize, up_to: usize) -> Result<usize, Fault> {
        fill_by_steps(memory, filled, up_to, |memory| self.step(memory))
    }
}

/// Tells the helper, in the end, that nobody reads on.
struct Closing<'a, 's, R>(&'a Ahead<'s, R>);

impl<R> Drop for Closing<'_, '_, R> {
    fn drop(&mut self) {
        lock(&self.0.ready).closed = true;
        self.0.changed.notify_one();
    }
}

/// A thread that panics takes the other with it, whatever that one has read.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
