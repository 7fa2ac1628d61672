//! The job of trailmill step by step, each way one step longer than the one before.

use crate::input::pieces;
use crate::way::{ROWS_BYTES, TakeRows, Unmeasured, Way};
use std::ops::ControlFlow;
use trailmill_stage::event::json::{Index, Isa};
use trailmill_stage::event::{Batch, Shared, Source};
use trailmill_stage::{Build, Decoder, Fault, NoResources, Settings, Sink, Stage, Verdict};

/// The text that is indexed at once, as the decoder does it.
const WINDOW: usize = 128 << 10;

/// How far a way goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Finds the tokens, and whether the text is UTF-8.
    Scan,
    /// Checks the grammar of every record too.
    Validate,
    /// Tells what the text is, and finds the records in it.
    Decode,
    /// Makes rows of them.
    Flatten,
}

impl Reach {
    /// All of them, shortest first.
    pub const ALL: [Reach; 4] = [Reach::Scan, Reach::Validate, Reach::Decode, Reach::Flatten];

    fn name(self) -> &'static str {
        match self {
            Reach::Scan => "scan",
            Reach::Validate => "scan, validate",
            Reach::Decode => "decode",
            Reach::Flatten => "decode, flatten",
        }
    }
}

/// The first steps of the job.
#[derive(Debug)]
pub struct Part {
    reach: Reach,
    index: Index,
    decoder: Box<dyn Decoder>,
    flatten: Box<dyn Stage>,
    batch: Batch,
}

impl Part {
    /// The steps up to `reach`.
    pub fn new(reach: Reach, isa: Isa) -> Self {
        Part {
            reach,
            index: Index::with_isa(isa),
            decoder: decoder(),
            flatten: flatten(),
            batch: Batch::with_isa(isa),
        }
    }

    fn scan(&mut self, text: &[u8]) -> Result<u64, Unmeasured> {
        let mut lines = 0;
        for piece in pieces(text, WINDOW) {
            self.index.scan(piece);
            if let Some(stop) = self.index.stop() {
                return Err(Unmeasured(stop.to_string()));
            }
            lines += self.index.blanks().newlines;
        }
        Ok(lines)
    }

    fn validate(&mut self, text: &[u8]) -> Result<u64, Unmeasured> {
        let mut records = 0;
        for piece in pieces(text, WINDOW) {
            self.index.scan(piece);
            let mut token = 0;
            while token < self.index.len() {
                let end = self.index.validate(piece, token);
                token = end.map_err(|error| Unmeasured(error.to_string()))?;
                records += 1;
            }
        }
        Ok(records)
    }

    fn decode(&mut self, text: &Shared, rows: TakeRows<'_>) -> Result<u64, Unmeasured> {
        let stage = (self.reach == Reach::Flatten).then_some(&*self.flatten);
        let mut catch = Catch { stage, records: 0, fault: None, rows };
        let (text, source) = (text.clone(), Source::default());
        let outcome = self.decoder.decode_text(text, &source, &mut self.batch, &mut catch);
        let Catch { records, fault, rows, .. } = catch;
        rows(self.batch.rows_mut());
        self.batch.rows_mut().clear();
        match outcome.err().or(fault) {
            Some(fault) => Err(Unmeasured(format!("{}: {fault}", self.reach.name()))),
            None => Ok(records),
        }
    }
}

impl Way for Part {
    fn name(&self) -> &str {
        self.reach.name()
    }

    fn instructions(&self) -> &str {
        self.index.isa().name()
    }

    fn makes_rows(&self) -> bool {
        self.reach == Reach::Flatten
    }

    fn run(&mut self, text: &[u8], rows: TakeRows<'_>) -> Result<u64, Unmeasured> {
        match self.reach {
            Reach::Scan => self.scan(text),
            Reach::Validate => self.validate(text),
            Reach::Decode | Reach::Flatten => self.decode(&text.to_vec().into(), rows),
        }
    }

    fn run_shared(&mut self, text: &Shared, rows: TakeRows<'_>) -> Result<u64, Unmeasured> {
        match self.reach {
            Reach::Scan | Reach::Validate => self.run(text, rows),
            Reach::Decode | Reach::Flatten => self.decode(text, rows),
        }
    }
}

/// The decoder with its defaults.
///
/// # Panics
/// If it is none, or wants settings.
pub fn decoder() -> Box<dyn Decoder> {
    match trailmill_decode_cloudtrail::SPEC.build {
        Build::Decoder(build) => build(&Settings::default(), &NoResources).expect("its defaults"),
        Build::Stage(_) | Build::Remember(_) => panic!("decode-cloudtrail is a decoder"),
    }
}

/// The stage `flatten` with its defaults.
///
/// # Panics
/// If it is none, or wants settings.
pub fn flatten() -> Box<dyn Stage> {
    match trailmill_flatten::SPEC.build {
        Build::Stage(build) => build(&Settings::default(), &NoResources).expect("its defaults"),
        Build::Decoder(_) | Build::Remember(_) => panic!("flatten is a stage"),
    }
}

/// Takes what the decoder finds, through one stage or none.
struct Catch<'c> {
    stage: Option<&'c dyn Stage>,
    records: u64,
    fault: Option<Fault>,
    rows: TakeRows<'c>,
}

impl Catch<'_> {
    fn write(&mut self, stage: &dyn Stage, batch: &mut Batch, number: usize) -> ControlFlow<()> {
        let mut event = batch.event(number);
        match stage.apply(&mut event) {
            Ok(Verdict::Keep) => event.finish(),
            Ok(Verdict::Filter) => {}
            Err(fault) => {
                self.fault = Some(fault);
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    }
}

impl Sink for Catch<'_> {
    fn batch(&mut self, batch: &mut Batch) -> ControlFlow<()> {
        self.records += batch.len() as u64;
        let Some(stage) = self.stage else { return ControlFlow::Continue(()) };
        (0..batch.len()).try_for_each(|number| self.write(stage, batch, number))?;
        if batch.rows_mut().len() >= ROWS_BYTES {
            (self.rows)(batch.rows_mut());
            batch.rows_mut().clear();
        }
        ControlFlow::Continue(())
    }

    fn fault(&mut self, fault: Fault, _: &Source, _: u64, _: &[u8]) -> ControlFlow<()> {
        self.fault = Some(fault);
        ControlFlow::Break(())
    }
}
