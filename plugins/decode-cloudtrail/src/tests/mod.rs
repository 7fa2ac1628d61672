//! Tests over whole inputs.

mod ahead;
mod alone;
mod containers;
mod corpus;
mod damage;
mod examples;
mod limits;
mod make;
mod properties;

use crate::decoder::CloudTrail;
use crate::run::Tuning;
use crate::settings::Options;
use std::fmt;
use std::ops::ControlFlow;
use trailmill_stage::event::{Batch, Shared, Source};
use trailmill_stage::{Decoder, Fault, Input, Settings, Sink};

/// A record as it came out.
#[derive(Clone, PartialEq, Eq)]
struct Found {
    raw: Vec<u8>,
    container: &'static str,
    offset: u64,
    logs_time_ms: Option<i64>,
}

/// A piece that could not be opened.
#[derive(Clone, PartialEq, Eq)]
struct Refused {
    fault: Fault,
    container: &'static str,
    offset: u64,
    raw: Vec<u8>,
}

impl fmt::Debug for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (raw, time) = (String::from_utf8_lossy(&self.raw), self.logs_time_ms);
        write!(f, "[{} at {}, {time:?}] {raw}", self.container, self.offset)
    }
}

impl fmt::Debug for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let raw = String::from_utf8_lossy(&self.raw);
        write!(f, "[{} at {}, {}] {raw}", self.container, self.offset, self.fault)
    }
}

/// All that came out of an input.
#[derive(Debug, Default)]
struct Outcome {
    records: Vec<Found>,
    refused: Vec<Refused>,
    dead: Option<Fault>,
    notes: Vec<(&'static str, u64)>,
}

impl Outcome {
    /// The names of the faults, with that of the one that ended the input last.
    fn faults(&self) -> Vec<&'static str> {
        let faults = self.refused.iter().map(|refused| refused.fault);
        faults.chain(self.dead).map(|fault| fault.kind.name).collect()
    }

    fn raw(&self) -> Vec<&[u8]> {
        self.records.iter().map(|found| &found.raw[..]).collect()
    }
}

impl Sink for Outcome {
    fn batch(&mut self, batch: &mut Batch) -> ControlFlow<()> {
        for number in 0..batch.len() {
            let raw = batch.raw(number).to_vec();
            let event = batch.event(number);
            let origin = event.origin();
            let found = Found {
                raw: raw.clone(),
                container: origin.source.container,
                offset: origin.offset,
                logs_time_ms: origin.logs_time_ms,
            };
            // What is written shows whether the batch was rightly called dense.
            let mut written = Vec::new();
            event.write_into(&mut written);
            let mut compact = Vec::new();
            trailmill_stage::event::json::compact_into(&raw, &mut compact);
            assert_eq!(written, compact);
            self.records.push(found);
        }
        ControlFlow::Continue(())
    }

    fn fault(&mut self, fault: Fault, source: &Source, offset: u64, raw: &[u8]) -> ControlFlow<()> {
        let container = source.container;
        self.refused.push(Refused { fault, container, offset, raw: raw.to_vec() });
        ControlFlow::Continue(())
    }
}

/// Asks the decoder to stop at once; counts how often it is called.
#[derive(Default)]
struct Enough(u32);

impl Sink for Enough {
    fn batch(&mut self, _: &mut Batch) -> ControlFlow<()> {
        self.0 += 1;
        ControlFlow::Break(())
    }

    fn fault(&mut self, _: Fault, _: &Source, _: u64, _: &[u8]) -> ControlFlow<()> {
        self.0 += 1;
        ControlFlow::Break(())
    }
}

/// A decoder with these options, as JSON.
fn decoder(options: serde_json::Value, tuning: Tuning) -> CloudTrail {
    let options = Options::read(&Settings::new(options)).expect("the options are right");
    CloudTrail::new(options, tuning)
}

/// What comes out of an input, which is shown to be the same where it is worked on in memory, and
/// on the quick way if that is taken.
fn decode_with(decoder: &CloudTrail, input: &[u8]) -> Outcome {
    let outcome = decode_slowly(decoder, input);
    assert_same(&outcome, &decode_in_memory(decoder, input), Tuning::default());
    let (mut alone, mut batch) = (Outcome::default(), Batch::new());
    match decoder.decode_record(input, &Source::default(), &mut batch, &mut alone) {
        true => {
            assert_eq!(alone.records, outcome.records);
            assert!(outcome.refused.is_empty() && outcome.dead.is_none(), "{outcome:?}");
            assert!(outcome.notes.is_empty() && alone.records.len() == 1, "{outcome:?}");
        }
        false => assert!(alone.records.is_empty(), "{alone:?}"),
    }
    assert!(alone.refused.is_empty(), "{alone:?}");
    outcome
}

fn decode_slowly(decoder: &CloudTrail, input: &[u8]) -> Outcome {
    let mut reader = input;
    decode_input(decoder, Input::whole(&mut reader, Source::default()))
}

fn decode_input(decoder: &CloudTrail, mut input: Input<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    let mut batch = Batch::new();
    outcome.dead = decoder.decode(&mut input, &mut batch, &mut outcome).err();
    outcome.notes = batch.notes_mut().iter().map(|(kind, count)| (kind.name, count)).collect();
    outcome
}

fn decode_in_memory(decoder: &CloudTrail, input: &[u8]) -> Outcome {
    let mut outcome = Outcome::default();
    let mut batch = Batch::new();
    let (input, source) = (Shared::from(input.to_vec()), Source::default());
    outcome.dead = decoder.decode_text(input, &source, &mut batch, &mut outcome).err();
    outcome.notes = batch.notes_mut().iter().map(|(kind, count)| (kind.name, count)).collect();
    outcome
}

/// What comes out of `input` by default.
fn decode(input: &[u8]) -> Outcome {
    decode_with(&decoder(serde_json::Value::Null, Tuning::default()), input)
}

/// The windows of every size of which a test should show that it makes no difference.
fn tunings() -> impl Iterator<Item = Tuning> {
    let sizes = [(64, 16, 7), (96, 64, 64), (1000, 100, 333), (4096, 1, 1)];
    sizes.into_iter().map(|(window, window_min, chunk)| Tuning {
        window,
        window_min,
        chunk,
        ..Tuning::default()
    })
}

/// The same with inflating bit by bit, of which the outcome may differ for damaged files only.
fn streaming(tuning: Tuning) -> Tuning {
    Tuning { packed_max: 40, whole_max: 100, ..tuning }
}

/// What comes out of `input`, which is shown to be the same whatever the size of windows.
fn decode_every_way(options: &serde_json::Value, input: &[u8]) -> Outcome {
    let usual = decode_with(&decoder(options.clone(), Tuning::default()), input);
    for tuning in tunings() {
        assert_same(&usual, &decode_with(&decoder(options.clone(), tuning), input), tuning);
    }
    usual
}

fn assert_same(usual: &Outcome, other: &Outcome, tuning: Tuning) {
    assert_eq!(usual.refused, other.refused, "refused, {tuning:?}");
    assert_eq!(usual.records, other.records, "records, {tuning:?}");
    assert_eq!(usual.dead, other.dead, "dead, {tuning:?}");
    assert_eq!(usual.notes, other.notes, "notes, {tuning:?}");
}
