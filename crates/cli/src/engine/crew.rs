//! The threads that compute: each takes one item after the other through the pipeline.

use super::control::Control;
use super::outbound::{Outbound, Parcel};
use crate::failure::cannot_read;
use crate::io::dead::{Kept, remains_of};
use crate::io::source::{Body, Item, Source};
use std::fs::File;
use std::io::Read;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::mpsc::Sender;
use trailmill_pipeline::{Books, Outlet, Pipeline, Remains, Worker};
use trailmill_stage::event::json::Isa;
use trailmill_stage::{Fault, Input, event};

/// What all workers share.
pub(crate) struct Crew<'p> {
    pub(crate) pipeline: &'p Pipeline,
    pub(crate) source: Mutex<Source<'p>>,
    pub(crate) control: Arc<Control>,
    pub(crate) collected_at: Arc<str>,
    pub(crate) isa: Option<Isa>,
    /// Held while an input that is bad as a whole is in memory, so that only one is.
    pub(crate) morgue: Mutex<()>,
}

/// Tells all others when a thread panics.
struct Alarm<'c>(&'c Control);

impl Drop for Alarm<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.fail();
        }
    }
}

impl<'p> Crew<'p> {
    /// Works until there is nothing left to do; gives the books.
    pub(crate) fn work(&self, sender: &Sender<Parcel>) -> Books {
        let _alarm = Alarm(&self.control);
        let mut worker = Worker::new(self.pipeline, self.isa);
        let mut counted = 0;
        while let Some(item) = self.next() {
            let mut outbound = Outbound::new(&self.control, sender, item.sequence);
            let last = item.last;
            self.run(item, &mut worker, &mut outbound);
            let shown = outbound.end();
            let read = worker.books().read;
            self.control.events.fetch_add((read - counted).saturating_sub(shown), Relaxed);
            self.control.files.fetch_add(u64::from(last), Relaxed);
            counted = read;
        }
        worker.books().clone()
    }

    fn next(&self) -> Option<Item> {
        let source = self.source.lock();
        let mut source = source.unwrap_or_else(PoisonError::into_inner);
        source.next(&self.control)
    }

    fn run(&self, item: Item, worker: &mut Worker<'p>, outbound: &mut Outbound<'_>) {
        let source = event::Source {
            name: item.name,
            container: "",
            collected_at: self.collected_at.clone(),
        };
        let mut job = Job { crew: self, source, offset: item.offset, worker, outbound };
        match item.body {
            Body::Unreadable(message) => self.control.unreadable(message),
            Body::Whole(path) => match File::open(&path) {
                Ok(file) => job.again(|| File::open(&path), file),
                Err(error) => job.unreadable(&error),
            },
            Body::Piece(piece) => job.again(|| Ok(piece.clone()), piece.clone()),
            Body::Lines(lines, stream) => {
                job.again(|| Ok(&lines[..]), &lines[..]);
                stream.give_back(lines);
            }
            Body::Stream(stream) => {
                let mut kept = Kept::new(stream.reader(&self.control));
                if let Some(fault) = job.feed(&mut kept) {
                    job.bury(fault, || kept.remains());
                }
            }
        }
    }
}

/// One item on its way through a worker.
struct Job<'j, 'p, 'c> {
    crew: &'j Crew<'p>,
    source: event::Source,
    offset: u64,
    worker: &'j mut Worker<'p>,
    outbound: &'j mut Outbound<'c>,
}

impl Job<'_, '_, '_> {
    /// Runs an input that can be opened again if it turns out to be bad as a whole.
    fn again<R: Read>(&mut self, open: impl FnOnce() -> std::io::Result<R>, mut reader: impl Read) {
        if let Some(fault) = self.feed(&mut reader) {
            self.bury(fault, || match open() {
                Ok(reader) => remains_of(reader),
                Err(_) => remains_of(std::io::empty()),
            });
        }
    }

    /// Runs an input; gives the fault if it is bad as a whole.
    fn feed(&mut self, reader: &mut dyn Read) -> Option<Fault> {
        let mut watched = self.crew.control.watch(reader);
        let mut input =
            Input { reader: &mut watched, source: self.source.clone(), offset: self.offset };
        let outcome = self.worker.run(&mut input, self.outbound);
        if let Some(error) = watched.error.take() {
            self.unreadable(&error);
        }
        outcome.err().filter(|_| !self.crew.control.is_stopped())
    }

    /// Sends an input that is bad as a whole to the quarantine.
    fn bury(&mut self, fault: Fault, remains: impl FnOnce() -> Remains) {
        let line = {
            let morgue = self.crew.morgue.lock();
            let _alone = morgue.unwrap_or_else(PoisonError::into_inner);
            self.crew.pipeline.dead_input(fault, &self.source, remains)
        };
        let Some(line) = line else { return };
        let _ = self.outbound.quarantine(&line);
    }

    fn unreadable(&self, error: &std::io::Error) {
        let message = cannot_read(&self.source.name, error);
        self.crew.control.unreadable(message);
    }
}
