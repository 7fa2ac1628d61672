//! Workers that are out of work, for what others can have done ahead.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use trailmill_stage::Helper;

/// Counts workers for which there is no item left.
///
/// A thread that does something ahead waits for one of them, and computes in its place. So no more
/// threads compute than the user has asked for, and where there are many inputs, nobody's work is
/// handed from one core to another.
#[derive(Debug, Default)]
pub(crate) struct Idle {
    workers: Mutex<usize>,
    changed: Condvar,
}

impl Idle {
    /// Says that a worker has nothing to do, and will not have.
    pub(crate) fn add(&self) {
        *self.lock() += 1;
        self.changed.notify_all();
    }

    /// Waits for an idle worker and takes its place; `false` if that is not wanted any more.
    fn take(&self, unwanted: &AtomicBool) -> bool {
        let early = |workers: &mut usize| *workers == 0 && !unwanted.load(Relaxed);
        let workers = self.changed.wait_while(self.lock(), early);
        let mut workers = workers.unwrap_or_else(PoisonError::into_inner);
        if unwanted.load(Relaxed) {
            return false;
        }
        *workers -= 1;
        true
    }

    fn lock(&self) -> MutexGuard<'_, usize> {
        self.workers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Helper for Idle {
    fn beside(&self, ahead: &mut (dyn FnMut() + Send), work: &mut dyn FnMut()) {
        let unwanted = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                if self.take(&unwanted) {
                    ahead();
                    self.add();
                }
            });
            let _done = Done { idle: self, unwanted: &unwanted };
            work();
        });
    }
}

/// Lets go, in the end, of a thread that still waits for its turn.
struct Done<'a> {
    idle: &'a Idle,
    unwanted: &'a AtomicBool,
}

impl Drop for Done<'_> {
    fn drop(&mut self) {
        // With the lock, so that nobody looks at it before and waits afterwards.
        let _workers = self.idle.lock();
        self.unwanted.store(true, Relaxed);
        self.idle.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::mpsc;
    use std::time::Duration;

    const LATE: Duration = Duration::from_secs(20);

    #[test]
    fn nothing_is_done_ahead_where_all_have_work() {
        let idle = Idle::default();
        let (mut ahead, mut worked) = (false, false);
        idle.beside(&mut || ahead = true, &mut || worked = true);
        assert!(worked && !ahead);
    }

    #[test]
    fn who_runs_out_of_work_helps_and_is_free_again() {
        let idle = Idle::default();
        for _ in 0..2 {
            let (sender, receiver) = mpsc::channel();
            let mut first = true;
            idle.beside(&mut || sender.send(()).unwrap(), &mut || {
                if std::mem::take(&mut first) && *idle.lock() == 0 {
                    idle.add();
                }
                receiver.recv_timeout(LATE).unwrap();
            });
        }
        assert_eq!(*idle.lock(), 1);
    }

    #[test]
    fn nobody_waits_for_work_that_has_panicked() {
        let idle = Idle::default();
        let outcome = catch_unwind(AssertUnwindSafe(|| idle.beside(&mut || (), &mut || panic!())));
        assert!(outcome.is_err());
    }
}
