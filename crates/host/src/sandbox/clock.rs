//! The clock that ends calls: a thread that counts the epoch of an engine up.
//!
//! A deadline is CPU time of the thread that makes the call, so that an event is not at fault
//! because the machine was busy. Reading that time costs as much as a call, so nobody does before
//! the call has seen an epoch begin; few ever do.

use cpu_time::ThreadTime;
use std::io;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;
use wasmtime::Engine;

/// How long an epoch is.
const EPOCH: Duration = Duration::from_millis(10);

/// The epochs after which a call is looked at first: a whole one and the rest of another.
pub(crate) const FIRST_LOOK: u64 = 2;

/// The time that is left of a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timer {
    allowed: Duration,
    /// The CPU time of the thread when the call was looked at first.
    since: Option<Duration>,
}

impl Timer {
    /// A timer for a call that begins now.
    pub(crate) fn new(allowed: Duration) -> Self {
        Timer { allowed, since: None }
    }

    /// Looks at the call at the beginning of an epoch; says whether its time is up.
    pub(crate) fn is_up(&mut self) -> bool {
        let now = ThreadTime::now().as_duration();
        match self.since {
            Some(since) => now.saturating_sub(since) >= self.allowed.saturating_sub(EPOCH),
            None => {
                // A whole epoch has gone by. What of it was the guest's nobody knows: all of it,
                // unless the thread had to wait.
                self.since = Some(now);
                false
            }
        }
    }
}

/// A clock that goes as long as this value is there.
#[derive(Debug)]
pub(crate) struct Clock {
    /// The thread ends when nobody can send anything any more.
    _alive: Sender<()>,
}

impl Clock {
    /// Starts the clock of an engine.
    ///
    /// # Errors
    /// If there can be no thread more.
    pub(crate) fn start(engine: Engine) -> io::Result<Self> {
        let (alive, ended) = mpsc::channel::<()>();
        thread::Builder::new().name("guest-clock".to_owned()).spawn(move || {
            while ended.recv_timeout(EPOCH) == Err(RecvTimeoutError::Timeout) {
                engine.increment_epoch();
            }
        })?;
        Ok(Clock { _alive: alive })
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, EPOCH, ThreadTime, Timer};
    use std::thread;

    #[test]
    fn time_is_that_of_the_thread() {
        let mut timer = Timer::new(2 * EPOCH);
        assert!(!timer.is_up());
        thread::sleep(3 * EPOCH);
        assert!(!timer.is_up(), "it was asleep");
        let busy = ThreadTime::now();
        while busy.elapsed() < EPOCH + Duration::from_millis(1) {}
        assert!(timer.is_up());
    }
}
