//! The threads that compute: each takes one item after the other through the pipeline.

use super::ahead::Ahead;
use super::control::Control;
use super::idle::Idle;
use super::outbound::{Outbound, Parcel};
use super::recall::Recall;
use crate::failure::cannot_read;
use crate::io::dead::{Kept, remains_of};
use crate::io::source::{Body, Item, Source};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::mpsc::Sender;
use trailmill_pipeline::{Books, Outlet, Pipeline, Remains, Worker};
use trailmill_stage::event::json::Isa;
use trailmill_stage::{Fault, Helper, Input, Verdict, event};

/// What all workers share.
pub(crate) struct Crew<'p> {
    pub(crate) pipeline: &'p Pipeline,
    pub(crate) source: Mutex<Source<'p>>,
    pub(crate) control: Arc<Control>,
    pub(crate) collected_at: Arc<str>,
    pub(crate) isa: Option<Isa>,
    /// Held while an input that is bad as a whole is in memory, so that only one is.
    pub(crate) morgue: Mutex<()>,
    /// Workers without work, if there are several.
    pub(crate) idle: Option<Idle>,
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
            let files = u64::from(item.last) + item.further.len() as u64;
            self.run(item, &mut worker, &mut outbound);
            let shown = outbound.end();
            let read = worker.books().read;
            self.control.events.fetch_add((read - counted).saturating_sub(shown), Relaxed);
            self.control.files.fetch_add(files, Relaxed);
            counted = read;
        }
        if let Some(idle) = &self.idle {
            idle.add();
        }
        worker.books().clone()
    }

    fn next(&self) -> Option<Item> {
        let source = self.source.lock();
        let mut source = source.unwrap_or_else(PoisonError::into_inner);
        source.next(&self.control)
    }

    fn run(&self, item: Item, worker: &mut Worker<'p>, outbound: &mut Outbound<'_>) {
        let source =
            |name| event::Source { name, container: "", collected_at: self.collected_at.clone() };
        let (sequence, offset, first) = (item.sequence, item.offset, source(item.name));
        let mut job = Job { crew: self, source: first, offset, sequence, worker, outbound };
        match item.body {
            Body::Unreadable(message) => self.control.unreadable(message),
            Body::Whole(path) => job.whole(&path),
            Body::Piece(piece) => job.again(|| Ok(piece.clone()), piece.clone()),
            Body::Lines(lines, stream) => {
                job.again(|| Ok(&lines[..]), &lines[..]);
                stream.give_back(lines);
            }
            Body::Stream(stream) => job.once(stream.reader(&self.control)),
        }
        for (name, path) in item.further {
            if self.control.is_stopped() {
                return;
            }
            job.source = source(name);
            job.whole(&path);
        }
        if let Some(recall) = &self.control.recall
            && recall.wait_for_turn(sequence)
        {
            recall.settled(sequence);
        }
    }
}

/// The same file from its start.
fn rewound(mut file: &File) -> io::Result<&File> {
    file.seek(SeekFrom::Start(0))?;
    Ok(file)
}

/// One item on its way through a worker.
struct Job<'j, 'p, 'c> {
    crew: &'j Crew<'p>,
    source: event::Source,
    offset: u64,
    sequence: u64,
    worker: &'j mut Worker<'p>,
    outbound: &'j mut Outbound<'c>,
}

/// How it went with an input.
struct Fed {
    /// Why it is bad as a whole.
    fault: Option<Fault>,
    /// Why it could not be read to its end.
    error: Option<io::Error>,
}

impl Job<'_, '_, '_> {
    /// Runs a file.
    fn whole(&mut self, path: &Path) {
        match File::open(path) {
            Ok(file) => self.again(|| rewound(&file), &file),
            Err(error) => self.unreadable(&error),
        }
    }

    /// Runs an input that can be read again from its start: if it turns out to be bad as a whole,
    /// or if what was guessed of the memory was wrong.
    fn again<R: Read + Send>(
        &mut self,
        open: impl Fn() -> io::Result<R>,
        mut reader: impl Read + Send,
    ) {
        let fed = match &self.crew.control.recall {
            None => self.feed(&mut reader, None),
            Some(recall) => {
                let books = self.worker.books().clone();
                match self.feed_ahead(recall, &mut reader) {
                    Ok(fed) => fed,
                    Err(verdicts) => {
                        self.worker.restore(books);
                        match open() {
                            Ok(mut reader) => self.feed(&mut reader, Some((recall, verdicts))),
                            Err(error) => Fed { fault: None, error: Some(error) },
                        }
                    }
                }
            }
        };
        self.conclude(fed, || match open() {
            Ok(reader) => remains_of(reader),
            Err(_) => remains_of(io::empty()),
        });
    }

    /// Runs an input that can be read only once. It waits for its turn if the pipeline remembers.
    fn once(&mut self, reader: impl Read + Send) {
        let mut kept = Kept::new(reader);
        let recall = self.crew.control.recall.as_ref();
        if recall.is_some_and(|recall| !recall.wait_for_turn(self.sequence)) {
            return;
        }
        let fed = self.feed(&mut kept, recall.map(|recall| (recall, Vec::new())));
        self.conclude(fed, || kept.remains());
    }

    /// Runs an input whose turn it is in a pipeline that remembers, or any in another; the
    /// verdicts are those on its first traces.
    fn feed(
        &mut self,
        reader: &mut (dyn Read + Send),
        told: Option<(&Recall, Vec<Verdict>)>,
    ) -> Fed {
        let Job { crew, source, offset, worker, outbound, .. } = self;
        match told {
            None => run(crew, worker, source, *offset, reader, *outbound),
            Some((recall, verdicts)) => {
                let mut ahead = Ahead::told(outbound, recall, self.sequence, verdicts);
                run(crew, worker, source, *offset, reader, &mut ahead)
            }
        }
    }

    /// Runs an input before its turn, if it has not come; gives the right verdicts if a guess was
    /// wrong.
    fn feed_ahead(
        &mut self,
        recall: &Recall,
        reader: &mut (dyn Read + Send),
    ) -> Result<Fed, Vec<Verdict>> {
        let Job { crew, source, offset, worker, outbound, .. } = self;
        let mut ahead = Ahead::new(outbound, recall, self.sequence);
        let fed = run(crew, worker, source, *offset, reader, &mut ahead);
        ahead.end().map_or(Ok(fed), Err)
    }

    /// Tells what was wrong with an input, and sends it to the quarantine if it is bad as a whole.
    fn conclude(&mut self, fed: Fed, remains: impl FnOnce() -> Remains) {
        if let Some(error) = fed.error {
            self.unreadable(&error);
        }
        if let Some(fault) = fed.fault {
            self.bury(fault, remains);
        }
    }

    fn bury(&mut self, fault: Fault, remains: impl FnOnce() -> Remains) {
        let line = {
            let morgue = self.crew.morgue.lock();
            let _alone = morgue.unwrap_or_else(PoisonError::into_inner);
            self.crew.pipeline.dead_input(fault, &self.source, remains)
        };
        let Some(line) = line else { return };
        let _ = self.outbound.quarantine(&line);
    }

    fn unreadable(&self, error: &io::Error) {
        let message = cannot_read(&self.source.name, error);
        self.crew.control.unreadable(message);
    }
}

/// Runs an input through a worker.
fn run(
    crew: &Crew<'_>,
    worker: &mut Worker<'_>,
    source: &event::Source,
    offset: u64,
    reader: &mut (dyn Read + Send),
    outlet: &mut dyn Outlet,
) -> Fed {
    let mut watched = crew.control.watch(reader);
    let helper = crew.idle.as_ref().map(|idle| idle as &dyn Helper);
    let mut input = Input { offset, helper, ..Input::whole(&mut watched, source.clone()) };
    let outcome = worker.run(&mut input, outlet);
    let error = watched.error.take();
    Fed { fault: outcome.err().filter(|_| !crew.control.is_stopped()), error }
}
