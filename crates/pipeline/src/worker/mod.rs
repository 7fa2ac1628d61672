//! Takes inputs through a pipeline, one after the other, in memory that is used again.

mod folder;
mod run;
mod sheets;

use crate::books::Books;
use crate::pipeline::Pipeline;
use run::Run;
use sheets::Sheets;
use std::io::Read;
use std::ops::ControlFlow;
use trailmill_event::json::Isa;
use trailmill_event::{Batch, Shared, Source};
use trailmill_stage::{Fault, Input, Memory, Trace, Verdict};

/// How many bytes a buffer holds before it is handed to the outlet.
pub const FLUSH_BYTES: usize = 1 << 18;

/// The largest buffer for quarantine lines that is kept from one input to the next.
const LINE_KEPT_MAX: usize = 4 << 20;

/// Takes what a worker has finished.
pub trait Outlet {
    /// Takes finished lines of an output, in the order of the input.
    ///
    /// `path` is the file below the root of the output that they belong to; none unless the path
    /// of the output has fields. `bytes` is to be left empty, at best with memory to use again;
    /// what is still in it afterwards is thrown away. `Break` stops the run.
    fn rows(&mut self, output: usize, path: Option<&str>, bytes: &mut Vec<u8>) -> ControlFlow<()>;

    /// Takes one quarantine line, with its line feed. `Break` stops the run.
    fn quarantine(&mut self, line: &[u8]) -> ControlFlow<()>;

    /// Decides on an event for the stage that remembers, in the order of the input, by a memory
    /// that several workers share; none if the worker is to use one of its own.
    fn see(&mut self, trace: Trace) -> Option<Verdict> {
        let _ = trace;
        None
    }
}

/// Runs inputs through a pipeline; one per thread.
#[derive(Debug)]
pub struct Worker<'p> {
    pipeline: &'p Pipeline,
    batch: Batch,
    books: Books,
    sheets: Sheets,
    /// What the stage that remembers has seen, unless that is somebody else's.
    memory: Option<Box<dyn Memory>>,
    /// For quarantine lines, one at a time.
    line: Vec<u8>,
}

impl<'p> Worker<'p> {
    /// A worker that uses the instructions named, or the fastest of this machine.
    pub fn new(pipeline: &'p Pipeline, isa: Option<Isa>) -> Self {
        Worker {
            pipeline,
            batch: isa.map_or_else(Batch::new, Batch::with_isa),
            books: Books::new(pipeline),
            sheets: Sheets::new(pipeline),
            memory: None,
            line: Vec::new(),
        }
    }

    /// Runs one input through decoder, stages and encoding. Rows leave through `outlet` whenever
    /// a buffer holds [`FLUSH_BYTES`], and all that is left at the end.
    ///
    /// When `outlet` breaks the run, it is not called again for this input; what was read and not
    /// handed over is forgotten, though it is in the books as written.
    ///
    /// # Errors
    /// Why the input is bad as a whole; what was read of it so far has gone its way, and the books
    /// have it as one dead input. Its bytes are in the hands of the caller, who makes a
    /// quarantine line of them with [`Pipeline::dead_input`].
    pub fn run(&mut self, input: &mut Input<'_>, outlet: &mut dyn Outlet) -> Result<(), Fault> {
        let mut reader = Counted { inner: &mut *input.reader, bytes: 0 };
        let Input { offset, helper, .. } = *input;
        let whole = Input::whole(&mut reader, input.source.clone());
        let mut counted = Input { offset, helper, ..whole };
        let decoder = &*self.pipeline.decoder().decoder;
        let outcome = self.with_run(outlet, |batch, run| decoder.decode(&mut counted, batch, run));
        self.count(reader.bytes, outcome, &input.source, input.offset)
    }

    /// The same for an input that is in memory whole: a text is worked on where it is, without a
    /// copy.
    ///
    /// # Errors
    /// As for [`run`](Worker::run).
    pub fn run_text(
        &mut self,
        input: Shared,
        source: &Source,
        outlet: &mut dyn Outlet,
    ) -> Result<(), Fault> {
        let decoder = &*self.pipeline.decoder().decoder;
        let bytes = input.len() as u64;
        let outcome =
            self.with_run(outlet, |batch, run| decoder.decode_text(input, source, batch, run));
        self.count(bytes, outcome, source, 0)
    }

    /// Books an input that was run.
    fn count(
        &mut self,
        bytes: u64,
        outcome: Result<(), Fault>,
        source: &Source,
        offset: u64,
    ) -> Result<(), Fault> {
        self.books.inputs += 1;
        self.books.bytes_in += bytes;
        if let Err(fault) = outcome {
            self.books.dead_inputs += 1;
            self.books.fault(0, fault.kind, source, fault.offset.unwrap_or(offset));
        }
        outcome
    }

    /// The same for an input that is most likely one record and nothing else, which is faster.
    ///
    /// # Errors
    /// As for [`run`](Worker::run).
    pub fn run_record(
        &mut self,
        input: &[u8],
        source: &Source,
        outlet: &mut dyn Outlet,
    ) -> Result<(), Fault> {
        let decoder = &*self.pipeline.decoder().decoder;
        if self.with_run(outlet, |batch, run| decoder.decode_record(input, source, batch, run)) {
            return self.count(input.len() as u64, Ok(()), source, 0);
        }
        self.run(&mut Input::whole(&mut &input[..], source.clone()), outlet)
    }

    /// Does the work of one input, and hands over what is left of it.
    #[inline]
    fn with_run<T>(
        &mut self,
        outlet: &mut dyn Outlet,
        decode: impl FnOnce(&mut Batch, &mut Run<'_>) -> T,
    ) -> T {
        let mut run = Run::new(self.pipeline, &mut self.books, &mut self.sheets, outlet);
        run.memory = self.memory.take();
        run.line = std::mem::take(&mut self.line);
        let outcome = decode(&mut self.batch, &mut run);
        run.end();
        self.memory = run.memory.take();
        // A piece of many megabytes is rare; its memory is not worth keeping.
        self.line = if run.line.capacity() > LINE_KEPT_MAX { Vec::new() } else { run.line };
        outcome
    }

    /// Refuses records in which more brackets are open at once, from now on; at most
    /// [`RECORD_DEPTH_MAX`](trailmill_event::RECORD_DEPTH_MAX), which holds at first.
    pub fn set_depth_max(&mut self, brackets: usize) {
        self.batch.set_depth_max(brackets);
    }

    /// Whether a number was read, since this was last asked, that may be too large for a double.
    pub fn take_extremes(&mut self) -> bool {
        self.batch.take_extremes()
    }

    /// Everything counted so far by this worker.
    pub fn books(&self) -> &Books {
        &self.books
    }

    /// Goes back to books of this worker from before, to run the inputs since then again.
    pub fn restore(&mut self, books: Books) {
        self.books = books;
    }
}

/// Counts the bytes that a decoder reads.
struct Counted<'a> {
    inner: &'a mut (dyn Read + Send),
    bytes: u64,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.bytes += count as u64;
        Ok(count)
    }
}
