//! A decoder of JSON lines, as this crate knows no plugin, and a run with everything caught.

use std::ops::ControlFlow;
use trailmill_event::{Batch, Source};
use trailmill_pipeline::{Books, Outlet, Pipeline, Worker};
use trailmill_stage::{Build, Decoder, Fault, FaultKind, Input, Sink, StageSpec};

/// The plugin `decode-lines`.
pub(crate) const LINES: StageSpec = StageSpec {
    name: "decode-lines",
    summary: "Opens lines.",
    details: "",
    options: &[],
    examples: &[],
    guards: false,
    build: Build::Decoder(|_, _| Ok(Box::new(Lines))),
};

static NO_LINES: FaultKind = FaultKind { name: "no-lines", message: "these are no JSON lines" };

#[derive(Debug)]
struct Lines;

impl Decoder for Lines {
    fn decode(
        &self,
        input: &mut Input<'_>,
        batch: &mut Batch,
        sink: &mut dyn Sink,
    ) -> Result<(), Fault> {
        let mut text = Vec::new();
        let no_lines = || Fault::new(&NO_LINES);
        input.reader.read_to_end(&mut text).map_err(|_| no_lines())?;
        batch.load_lines(&text, input.source.clone()).map_err(|_| no_lines())?;
        let _ = sink.batch(batch);
        Ok(())
    }

    fn may_split(&self, _: &[u8]) -> bool {
        false
    }
}

/// The lines that came out.
#[derive(Debug, Default)]
pub(crate) struct Caught {
    pub(crate) rows: Vec<String>,
    pub(crate) quarantine: Vec<String>,
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = String> {
    std::str::from_utf8(bytes).expect("text").lines().map(str::to_owned)
}

impl Outlet for Caught {
    fn rows(&mut self, _: usize, _: Option<&str>, bytes: &mut Vec<u8>) -> ControlFlow<()> {
        self.rows.extend(lines(bytes));
        bytes.clear();
        ControlFlow::Continue(())
    }

    fn quarantine(&mut self, line: &[u8]) -> ControlFlow<()> {
        self.quarantine.extend(lines(line));
        ControlFlow::Continue(())
    }
}

/// Runs an input through a pipeline.
pub(crate) fn run(pipeline: &Pipeline, text: &str) -> (Books, Caught) {
    let mut worker = Worker::new(pipeline, None);
    let mut caught = Caught::default();
    let source = Source { name: "test".into(), ..Source::default() };
    let mut reader = text.as_bytes();
    let mut input = Input::whole(&mut reader, source);
    worker.run(&mut input, &mut caught).unwrap_or_else(|fault| panic!("{fault}"));
    (worker.books().clone(), caught)
}
