//! What the threads of a run share: whether to stop, and how far they have come.

use super::recall::Recall;
use super::window::Window;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

/// How many inputs that could not be read are named.
const NAMED_MAX: usize = 20;

/// The state that all threads of a run look at.
#[derive(Debug)]
pub(crate) struct Control {
    /// Whether somebody looks at the figures below.
    pub(crate) is_watched: bool,
    /// How far workers may run ahead.
    pub(crate) window: Window,
    /// What the pipeline remembers, if it does.
    pub(crate) recall: Option<Recall>,
    /// Spent buffers, to be used again.
    pub(crate) pool: Pool,
    /// Bytes read so far.
    pub(crate) bytes: AtomicU64,
    /// Files finished so far.
    pub(crate) files: AtomicU64,
    /// Records read so far.
    pub(crate) events: AtomicU64,
    stopped: AtomicBool,
    broken: AtomicBool,
    signal: AtomicU8,
    unreadable: Mutex<Unreadable>,
}

/// Inputs that could not be read, or not to their end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unreadable {
    /// Messages about the first of them.
    pub(crate) messages: Vec<String>,
    /// How many they are.
    pub(crate) count: u64,
}

impl Control {
    pub(crate) fn new(window: Window, recall: Option<Recall>, is_watched: bool) -> Self {
        Control {
            is_watched,
            window,
            recall,
            pool: Pool::default(),
            bytes: AtomicU64::new(0),
            files: AtomicU64::new(0),
            events: AtomicU64::new(0),
            stopped: AtomicBool::new(false),
            broken: AtomicBool::new(false),
            signal: AtomicU8::new(0),
            unreadable: Mutex::default(),
        }
    }

    /// One that holds nothing up.
    #[cfg(test)]
    pub(crate) fn for_tests() -> Self {
        Self::new(Window::new(usize::MAX, u64::MAX), None, false)
    }

    /// Asks all threads to stop soon; what is under way is not completed.
    pub(crate) fn stop(&self) {
        self.stopped.store(true, Relaxed);
        self.window.close();
        if let Some(recall) = &self.recall {
            recall.close();
        }
    }

    /// Stops for a signal; says whether it is the first.
    pub(crate) fn interrupt(&self, signal: u8) -> bool {
        let earlier = self.signal.swap(signal, Relaxed);
        self.stop();
        earlier == 0
    }

    /// Stops because a thread has panicked.
    pub(crate) fn fail(&self) {
        self.broken.store(true, Relaxed);
        self.stop();
    }

    /// Whether to stop.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Relaxed)
    }

    /// Whether a thread has panicked.
    pub(crate) fn is_broken(&self) -> bool {
        self.broken.load(Relaxed)
    }

    /// The signal that ended the run.
    pub(crate) fn signal(&self) -> Option<u8> {
        Some(self.signal.load(Relaxed)).filter(|&signal| signal != 0)
    }

    /// Notes an input that could not be read.
    pub(crate) fn unreadable(&self, message: String) {
        let mut unreadable = self.lock();
        unreadable.count += 1;
        if unreadable.messages.len() < NAMED_MAX {
            unreadable.messages.push(message);
        }
    }

    /// The inputs that could not be read.
    pub(crate) fn all_unreadable(&self) -> Unreadable {
        self.lock().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Unreadable> {
        self.unreadable.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A reader of an input that counts its bytes, stops when the run does, and remembers why it
    /// could not go on.
    pub(crate) fn watch<'a>(&'a self, inner: &'a mut (dyn io::Read + Send)) -> Watched<'a> {
        Watched { inner, control: self, error: None }
    }
}

/// A reader under watch; see [`Control::watch`].
pub(crate) struct Watched<'a> {
    inner: &'a mut (dyn io::Read + Send),
    control: &'a Control,
    /// Why reading failed, if it did.
    pub(crate) error: Option<io::Error>,
}

impl io::Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.control.is_stopped() {
                return Err(io::Error::other("the run was stopped"));
            }
            match self.inner.read(buffer) {
                Ok(count) => {
                    self.control.bytes.fetch_add(count as u64, Relaxed);
                    return Ok(count);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    let kind = error.kind();
                    self.error = Some(error);
                    return Err(kind.into());
                }
            }
        }
    }
}

/// Buffers that were written and can be filled again.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    buffers: Mutex<Vec<Vec<u8>>>,
}

impl Pool {
    /// More than this many are given back to the system.
    const KEPT_MAX: usize = 16;
    /// Larger ones are given back to the system.
    const BYTES_MAX: usize = 8 << 20;

    /// An empty buffer, if possible one that was used before.
    pub(crate) fn take(&self) -> Vec<u8> {
        self.lock().pop().unwrap_or_default()
    }

    /// Takes a spent buffer back.
    pub(crate) fn give(&self, mut buffer: Vec<u8>) {
        let mut buffers = self.lock();
        if buffers.len() < Self::KEPT_MAX && (1..=Self::BYTES_MAX).contains(&buffer.capacity()) {
            buffer.clear();
            buffers.push(buffer);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Vec<u8>>> {
        self.buffers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
