//! Input that can be read only once, read ahead by a thread so that nobody waits in vain for it.

use super::piece::last_cut;
use crate::engine::control::Control;
use std::io::{self, Read};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How much is read at a time.
const READ_BYTES: usize = 256 << 10;
/// A longer line is not kept in memory: what is left is read as one.
const LINE_BYTES_MAX: usize = 32 << 20;
/// How often whoever waits for input looks whether the run is to stop; also how long lines may
/// have to wait for more of them.
const PATIENCE: Duration = Duration::from_millis(50);

/// The standard input, a pipe or the like.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    shared: Arc<Shared>,
    piece_bytes: usize,
}

/// What a stream gives next.
#[derive(Debug)]
pub(crate) enum Next {
    /// Whole lines, before a line that begins with `{`, or before reading failed.
    Lines(Vec<u8>),
    /// All that is left.
    Last(Vec<u8>),
    /// A line too long to be kept: the rest is to be read as one.
    TooLong,
    /// Reading failed.
    Failed(io::Error),
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// What was read and not taken.
    buffer: Vec<u8>,
    /// The thread waits while there is more than this.
    ahead_max: usize,
    /// How the stream ended.
    end: Option<Result<(), io::Error>>,
    /// Memory to use again.
    spare: Vec<u8>,
}

impl Stream {
    /// Begins to read, to be taken in pieces of about so many bytes.
    pub(crate) fn new(reader: impl Read + Send + 'static, piece_bytes: usize) -> Self {
        let shared = Arc::new(Shared::default());
        shared.lock().ahead_max = READ_BYTES.max(2 * piece_bytes);
        let theirs = shared.clone();
        // The thread is never joined: it may wait for input that never comes, and ends with the
        // program.
        std::thread::spawn(move || theirs.fill(reader));
        Stream { shared, piece_bytes }
    }

    /// Waits for a whole line or so many bytes, and shows what there is to `look`; none if the run
    /// is to stop.
    pub(crate) fn peek<T>(
        &self,
        bytes: usize,
        control: &Control,
        look: impl FnOnce(&[u8]) -> T,
    ) -> Option<T> {
        let state = self.shared.wait(control, |state| {
            state.buffer.len() >= bytes || memchr::memchr(b'\n', &state.buffer).is_some()
        })?;
        Some(look(&state.buffer[..state.buffer.len().min(bytes)]))
    }

    /// Waits for whole lines and takes them; none if the run is to stop.
    pub(crate) fn lines(&self, control: &Control) -> Option<Next> {
        let mut looked = 0;
        loop {
            let deadline = Instant::now() + PATIENCE;
            let mut state = self.shared.wait(control, |state| {
                let fresh = state.buffer.len() - looked;
                fresh >= self.piece_bytes || (fresh > 0 && Instant::now() >= deadline)
            })?;
            if let Some(cut) = last_cut(&state.buffer) {
                let lines = state.take(cut);
                self.shared.changed.notify_all();
                return Some(Next::Lines(lines));
            }
            if let Some(end) = state.take_end() {
                let rest = std::mem::take(&mut state.buffer);
                return Some(match end {
                    Ok(()) => Next::Last(rest),
                    Err(error) if rest.is_empty() => Next::Failed(error),
                    Err(error) => {
                        state.end = Some(Err(error));
                        Next::Lines(rest)
                    }
                });
            }
            if state.buffer.len() > LINE_BYTES_MAX {
                return Some(Next::TooLong);
            }
            looked = state.buffer.len();
            state.ahead_max = looked + 2 * self.piece_bytes;
            self.shared.changed.notify_all();
        }
    }

    /// Waits for bytes and takes all there are; empty at the end.
    ///
    /// # Errors
    /// Why reading failed, or that the run is to stop.
    fn all(&self, control: &Control) -> io::Result<Vec<u8>> {
        let state = self.shared.wait(control, |state| !state.buffer.is_empty());
        let mut state = state.ok_or_else(|| io::Error::other("the run was stopped"))?;
        if let Some(Err(error)) = state.take_end().filter(|_| state.buffer.is_empty()) {
            return Err(error);
        }
        let count = state.buffer.len();
        let all = state.take(count);
        self.shared.changed.notify_all();
        Ok(all)
    }

    /// Takes spent memory back.
    pub(crate) fn give_back(&self, spent: Vec<u8>) {
        self.shared.lock().spare = spent;
    }

    /// A reader of what is left.
    pub(crate) fn reader<'a>(&'a self, control: &'a Control) -> StreamReader<'a> {
        StreamReader { stream: self, control, buffer: Vec::new(), at: 0 }
    }
}

impl State {
    /// Takes the first bytes out of the buffer.
    fn take(&mut self, count: usize) -> Vec<u8> {
        let mut rest = std::mem::take(&mut self.spare);
        rest.clear();
        rest.extend_from_slice(&self.buffer[count..]);
        let mut taken = std::mem::replace(&mut self.buffer, rest);
        taken.truncate(count);
        taken
    }

    /// How the stream ended, if it did; an error is given once.
    fn take_end(&mut self) -> Option<Result<(), io::Error>> {
        let end = self.end.as_mut()?;
        Some(std::mem::replace(end, Ok(())))
    }
}

impl Shared {
    /// Reads to the end, as far ahead as is wanted.
    fn fill(&self, mut reader: impl Read) {
        let mut buffer = vec![0; READ_BYTES];
        loop {
            let outcome = reader.read(&mut buffer);
            let mut state = self.lock();
            match outcome {
                Ok(0) => state.end = Some(Ok(())),
                Ok(count) => state.buffer.extend_from_slice(&buffer[..count]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => state.end = Some(Err(error)),
            }
            self.changed.notify_all();
            if state.end.is_some() {
                return;
            }
            let full = |state: &mut State| state.buffer.len() >= state.ahead_max;
            drop(self.changed.wait_while(state, full));
        }
    }

    /// Waits until there is enough, or the end has come; none if the run is to stop.
    fn wait(
        &self,
        control: &Control,
        enough: impl Fn(&State) -> bool,
    ) -> Option<MutexGuard<'_, State>> {
        let mut state = self.lock();
        loop {
            if control.is_stopped() {
                return None;
            }
            if state.end.is_some() || enough(&state) {
                return Some(state);
            }
            let outcome = self.changed.wait_timeout(state, PATIENCE);
            state = outcome.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads a stream to its end.
#[derive(Debug)]
pub(crate) struct StreamReader<'a> {
    stream: &'a Stream,
    control: &'a Control,
    buffer: Vec<u8>,
    at: usize,
}

impl Read for StreamReader<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at == self.buffer.len() {
            self.stream.give_back(std::mem::take(&mut self.buffer));
            self.buffer = self.stream.all(self.control)?;
            self.at = 0;
        }
        let count = out.len().min(self.buffer.len() - self.at);
        out[..count].copy_from_slice(&self.buffer[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests;
