//! A pipeline at work: one input after the other, in memory that is used again.

use crate::answer::{Answer, counts};
use crate::configuration::Configured;
use crate::fluent_bit::Shim;
use serde_json::{Map, Value};
use std::sync::Arc;
use trailmill_abi::{AnswerWriter, INPUT_BYTES_MAX};
use trailmill_event::json::Isa;
use trailmill_event::{RECORD_DEPTH_MAX, Source};
use trailmill_pipeline::{Outlet, Remains, Worker};
use trailmill_stage::{Fault, Input};

/// A pipeline at work.
#[derive(Debug)]
pub struct Guest<'c> {
    pub(crate) configured: &'c Configured,
    pub(crate) worker: Worker<'c>,
    pub(crate) source: Source,
    answer: Answer,
    pub(crate) shim: Shim,
}

impl<'c> Guest<'c> {
    /// A guest that uses the instructions named, or the fastest there are.
    pub fn new(configured: &'c Configured, isa: Option<Isa>) -> Self {
        Guest {
            configured,
            worker: Worker::new(&configured.pipeline, isa),
            source: Source::default(),
            answer: Answer::default(),
            shim: Shim::default(),
        }
    }

    /// Says where the inputs from now on come from: JSON, an object with `source`, the name that
    /// quarantine lines give, and `collectedAt`, RFC 3339 text. What is left out is empty.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn origin(&mut self, text: &[u8]) -> Result<(), &'static str> {
        let object: Map<String, Value> = serde_json::from_slice(text)
            .map_err(|_| "an origin is a JSON object with `source` and `collectedAt`")?;
        let mut source = Source::default();
        for (name, value) in &object {
            let value = value.as_str().ok_or("the members of an origin are strings")?;
            match name.as_str() {
                "source" => source.name = Arc::from(value),
                "collectedAt" => source.collected_at = Arc::from(value),
                _ => return Err("an origin has the members `source` and `collectedAt` only"),
            }
        }
        self.source = source;
        Ok(())
    }

    /// Takes an input, in whatever container, through the pipeline; gives an answer as `ABI.md`
    /// lays it out, which stands until the next call.
    pub fn process(&mut self, input: &[u8]) -> &[u8] {
        if input.len() > INPUT_BYTES_MAX {
            return self.answer.writer.failed("the input has more than 67108864 bytes");
        }
        self.worker.set_depth_max(RECORD_DEPTH_MAX);
        let before = counts(self.worker.books());
        self.answer.start();
        let mut reader = input;
        let source = self.source.clone();
        let mut run = Input::whole(&mut reader, source);
        let outcome = self.worker.run(&mut run, &mut self.answer);
        let mut counts = counts(self.worker.books()).since(before);
        if let Err(fault) = outcome
            && let Some(line) = self.bury(fault, input)
        {
            // If it does not fit, that is seen below.
            let _ = self.answer.quarantine(&line);
            counts.quarantine_lines += 1;
        }
        match self.answer.is_full() {
            true => self.answer.writer.failed("the answer would have more than 134217728 bytes"),
            false => self.answer.writer.done(counts),
        }
    }

    /// The quarantine line of an input that is bad as a whole, unless such inputs are dropped.
    pub(crate) fn bury(&self, fault: Fault, input: &[u8]) -> Option<Vec<u8>> {
        self.configured.pipeline.dead_input(fault, &self.source, || Remains::whole(input))
    }
}

/// Notes a text of the host, without allocating if it is the one noted before.
pub(crate) fn note(to: &mut Arc<str>, text: &[u8]) {
    if to.as_bytes() != text {
        *to = Arc::from(String::from_utf8_lossy(text));
    }
}

/// The answer of a guest that can not process anything, and why.
pub fn failure(message: &str) -> Vec<u8> {
    AnswerWriter::default().failed(message).to_vec()
}
