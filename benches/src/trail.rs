//! The ways of trailmill: a pipeline in one worker, in memory.

use crate::way::{TakeRows, Unmeasured, Way};
use std::ops::ControlFlow;
use trailmill_pipeline::{Books, Format, Outlet, Pipeline, Worker};
use trailmill_stage::event::json::Isa;
use trailmill_stage::event::{Shared, Source};
use trailmill_stage::{Fault, Input, NoResources};

/// The main job: records in, rows of schema `snare` out.
pub const SNARE: &str = "stages:\n  - decode-cloudtrail\n  - flatten: { schema: snare }\n";

/// The instruction sets that this machine can run, fastest first.
pub fn usable() -> Vec<Isa> {
    Isa::ALL.iter().rev().copied().filter(|isa| isa.is_usable()).collect()
}

/// Builds a pipeline from YAML that names no files.
///
/// # Errors
/// What is wrong with it, and where.
pub fn pipeline(yaml: &str) -> Result<Pipeline, Unmeasured> {
    Pipeline::load(yaml, Format::Yaml, trailmill_catalog::STAGES, &NoResources)
        .map_err(|error| Unmeasured(format!("the pipeline can not be built: {error}")))
}

/// A pipeline in one worker.
#[derive(Debug)]
pub struct Trailmill<'p> {
    worker: Worker<'p>,
    isa: Isa,
}

impl<'p> Trailmill<'p> {
    /// A worker for a pipeline.
    pub fn new(pipeline: &'p Pipeline, isa: Isa) -> Self {
        Trailmill { worker: Worker::new(pipeline, Some(isa)), isa }
    }

    /// Runs one input, whatever it is packed in; `rows` gets the number of an output and lines.
    ///
    /// # Errors
    /// If the input is bad as a whole.
    pub fn input(
        &mut self,
        input: &[u8],
        rows: &mut dyn FnMut(usize, &[u8]),
    ) -> Result<(), Unmeasured> {
        let mut reader = input;
        let mut input = Input::whole(&mut reader, Source::default());
        let outcome = self.worker.run(&mut input, &mut Hand { rows });
        outcome.map_err(refused)
    }

    /// Checks that every record has become a row since there were so many of both, and says how
    /// many that are.
    fn records_since(&self, (read, written): (u64, u64)) -> Result<u64, Unmeasured> {
        let (read, written) = (self.books().read - read, self.books().written - written);
        if read != written {
            return Err(Unmeasured(format!("trailmill has {written} rows of {read} records")));
        }
        Ok(read)
    }

    /// Everything counted so far.
    pub fn books(&self) -> &Books {
        self.worker.books()
    }
}

fn refused(fault: Fault) -> Unmeasured {
    Unmeasured(format!("trailmill refuses the input: {fault}"))
}

impl Way for Trailmill<'_> {
    fn name(&self) -> &str {
        "trailmill"
    }

    fn instructions(&self) -> &str {
        self.isa.name()
    }

    fn makes_rows(&self) -> bool {
        true
    }

    fn run(&mut self, text: &[u8], rows: TakeRows<'_>) -> Result<u64, Unmeasured> {
        let before = (self.books().read, self.books().written);
        self.input(text, &mut |_, lines| rows(lines))?;
        self.records_since(before)
    }

    fn run_shared(&mut self, text: &Shared, rows: TakeRows<'_>) -> Result<u64, Unmeasured> {
        let before = (self.books().read, self.books().written);
        let rows = &mut |_, lines: &[u8]| rows(lines);
        let outcome = self.worker.run_text(text.clone(), &Source::default(), &mut Hand { rows });
        outcome.map_err(refused)?;
        self.records_since(before)
    }
}

/// Hands rows on; the quarantine is counted by the books.
struct Hand<'r> {
    rows: &'r mut dyn FnMut(usize, &[u8]),
}

impl Outlet for Hand<'_> {
    fn rows(&mut self, output: usize, _: Option<&str>, bytes: &mut Vec<u8>) -> ControlFlow<()> {
        (self.rows)(output, bytes);
        bytes.clear();
        ControlFlow::Continue(())
    }

    fn quarantine(&mut self, _line: &[u8]) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_record_is_no_measurement() {
        let pipeline = pipeline(SNARE).unwrap();
        let mut way = Trailmill::new(&pipeline, Isa::best());
        let good = crate::input::records(1, 5);
        let mut lines = 0;
        let mut count = |rows: &[u8]| lines += rows.iter().filter(|&&byte| byte == b'\n').count();
        assert_eq!(way.run(&good, &mut count), Ok(5));
        assert_eq!(lines, 5);
        let bad = [&good[..], b"{\"eventName\"\n"].concat();
        let error = way.run(&bad, &mut |_| {}).unwrap_err();
        assert_eq!(error.to_string(), "trailmill has 5 rows of 6 records");
    }

    #[test]
    fn a_pipeline_that_can_not_be_built_says_where() {
        let error = pipeline("stages: [nothing]").unwrap_err();
        assert!(error.to_string().starts_with("the pipeline can not be built: 1:10: "), "{error}");
    }
}
