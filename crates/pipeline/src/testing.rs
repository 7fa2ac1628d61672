//! The tests that a pipeline file brings along.

use crate::pipeline::Pipeline;
use crate::quarantine::Remains;
use crate::worker::{Outlet, Worker};
use std::ops::ControlFlow;
use std::sync::Arc;
use trailmill_event::Source;
use trailmill_stage::{Input, Resources};

/// A test of a pipeline: an input, and what must come out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestCase {
    /// What it shows.
    pub name: String,
    /// The file to run, relative to the pipeline file.
    pub input: String,
    /// What each output must hold; an output without a file here must stay empty.
    pub outs: Vec<TestOut>,
    /// The file with the quarantine lines; without one there must be none.
    pub quarantine: Option<String>,
    /// When the input was collected, as RFC 3339 text.
    pub collected_at: String,
}

/// What an output must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestOut {
    /// The output.
    pub output: usize,
    /// The file with its lines, relative to the pipeline file.
    pub path: String,
}

/// What came out of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestOutcome {
    /// Each output, then the quarantine.
    pub comparisons: Vec<Comparison>,
}

/// What one output, or the quarantine, holds and should hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// What it is: `output 1`, `quarantine`.
    pub what: String,
    /// The file of what it should hold, relative to the pipeline file, if the test names one.
    pub path: Option<String>,
    /// What it should hold: lines of JSON.
    pub expected: Vec<u8>,
    /// What it holds.
    pub actual: Vec<u8>,
    /// Why `expected` is empty, if the file could not be read.
    pub missing: Option<String>,
}

impl TestOutcome {
    /// Whether everything is as it should be.
    pub fn passed(&self) -> bool {
        self.comparisons.iter().all(Comparison::holds)
    }
}

impl Comparison {
    /// Whether both are the same, byte by byte.
    pub fn holds(&self) -> bool {
        self.missing.is_none() && self.expected == self.actual
    }

    fn new(
        what: String,
        path: Option<&String>,
        actual: Vec<u8>,
        resources: &dyn Resources,
    ) -> Self {
        let (expected, missing) = match path.map(|path| resources.file(path)) {
            None => (Vec::new(), None),
            Some(Ok(expected)) => (expected, None),
            Some(Err(message)) => (Vec::new(), Some(message)),
        };
        Comparison { what, path: path.cloned(), expected, actual, missing }
    }
}

impl Pipeline {
    /// Runs one of the pipeline's own tests on the files that `resources` hands out.
    ///
    /// The name of the source, as it comes to stand in quarantine lines, is that of the input file
    /// in the test. An output whose path has fields holds the lines of all its files, file by
    /// file.
    ///
    /// # Errors
    /// A message if the input can not be read, or the books do not balance.
    pub fn run_test(
        &self,
        case: &TestCase,
        resources: &dyn Resources,
    ) -> Result<TestOutcome, String> {
        let input = resources.file(&case.input)?;
        let mut kept = self.run_input(case, &input)?;
        let mut comparisons = Vec::new();
        for (number, output) in self.outputs().iter().enumerate() {
            let out = case.outs.iter().find(|out| out.output == number);
            let actual = std::mem::take(&mut kept.rows[number]);
            let what = format!("output {}", output.name());
            comparisons.push(Comparison::new(what, out.map(|o| &o.path), actual, resources));
        }
        let what = "quarantine".to_owned();
        let path = case.quarantine.as_ref();
        comparisons.push(Comparison::new(what, path, kept.quarantine, resources));
        Ok(TestOutcome { comparisons })
    }

    fn run_input(&self, case: &TestCase, input: &[u8]) -> Result<Kept, String> {
        let source = Source {
            name: Arc::from(case.input.as_str()),
            collected_at: Arc::from(case.collected_at.as_str()),
            ..Source::default()
        };
        let mut kept =
            Kept { rows: vec![Vec::new(); self.outputs().len()], quarantine: Vec::new() };
        let mut worker = Worker::new(self, None);
        let mut reader = input;
        let mut input_of_run = Input::whole(&mut reader, source.clone());
        let outcome = worker.run(&mut input_of_run, &mut kept);
        if let Err(fault) = outcome {
            let line = self.dead_input(fault, &source, || Remains::whole(input));
            kept.quarantine.extend(line.unwrap_or_default());
        }
        worker.books().check().map_err(|imbalance| imbalance.to_string())?;
        Ok(kept)
    }
}

/// Keeps everything in memory.
struct Kept {
    rows: Vec<Vec<u8>>,
    quarantine: Vec<u8>,
}

impl Outlet for Kept {
    fn rows(&mut self, output: usize, _: Option<&str>, bytes: &mut Vec<u8>) -> ControlFlow<()> {
        self.rows[output].append(bytes);
        ControlFlow::Continue(())
    }

    fn quarantine(&mut self, line: &[u8]) -> ControlFlow<()> {
        self.quarantine.extend_from_slice(line);
        ControlFlow::Continue(())
    }
}
