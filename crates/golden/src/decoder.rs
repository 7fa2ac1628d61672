//! Runs a decoder on an input, and holds it to its contract.

use crate::outcome::{Outcome, checked, object};
use crate::pieces::Pieces;
use std::io::Read;
use std::ops::ControlFlow;
use trailmill_stage::event::{Batch, Source};
use trailmill_stage::{Decoder, Fault, Input, Sink};

/// How many bytes of the head a decoder is shown when it is asked whether an input may be cut.
const HEAD: usize = 64 * 1024;

/// How many cuts are tried on an input that may be cut, so that a long one does not take long.
const CUTS: usize = 16;

/// What comes out of the input, in order.
///
/// # Errors
/// How the decoder broke its contract.
pub(crate) fn run(decoder: &dyn Decoder, bytes: &[u8]) -> Result<Vec<Outcome>, String> {
    let found = decode(decoder, &mut &*bytes, 0)?;
    if decode(decoder, &mut Pieces::new(bytes), 0)? != found {
        return Err("the outcome depends on how the input is read".to_owned());
    }
    stops(decoder, bytes)?;
    if decoder.may_split(&bytes[..bytes.len().min(HEAD)]) {
        for cut in cuts(bytes) {
            let (head, tail) = bytes.split_at(cut);
            let mut pieces = decode(decoder, &mut &*head, 0)?;
            pieces.extend(decode(decoder, &mut &*tail, cut as u64)?);
            if pieces != found {
                return Err(format!("a cut at byte {cut} changes the outcome"));
            }
        }
    }
    Ok(found)
}

/// The places before lines that begin with `{`.
fn cuts(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    let pairs = bytes.windows(2).enumerate();
    let places = pairs.filter(|(_, pair)| *pair == b"\n{");
    places.map(|(at, _)| at + 1).take(CUTS)
}

fn decode(
    decoder: &dyn Decoder,
    reader: &mut (dyn Read + Send),
    offset: u64,
) -> Result<Vec<Outcome>, String> {
    let mut taker = Taker::default();
    let end = decoder.decode(&mut input(reader, offset), &mut Batch::new(), &mut taker);
    let mut outcomes = taker.outcomes.into_iter().collect::<Result<Vec<_>, _>>()?;
    if let Err(fault) = end {
        outcomes.push(Outcome::Dead(checked(fault)?));
    }
    Ok(outcomes)
}

/// Asks the decoder to stop at once.
fn stops(decoder: &dyn Decoder, bytes: &[u8]) -> Result<(), String> {
    let mut taker = Taker { stop: true, ..Taker::default() };
    let end = decoder.decode(&mut input(&mut &*bytes, 0), &mut Batch::new(), &mut taker);
    if taker.calls > 1 {
        return Err("a sink that asked to stop is called again".to_owned());
    }
    if taker.calls == 1 && end.is_err() {
        return Err("a sink that asked to stop gets an error".to_owned());
    }
    Ok(())
}

fn input(reader: &mut (dyn Read + Send), offset: u64) -> Input<'_> {
    let source = Source { name: "in".into(), ..Source::default() };
    Input { offset, ..Input::whole(reader, source) }
}

/// Notes what a decoder hands over.
#[derive(Default)]
struct Taker {
    outcomes: Vec<Result<Outcome, String>>,
    calls: usize,
    stop: bool,
}

impl Taker {
    fn answer(&mut self) -> ControlFlow<()> {
        self.calls += 1;
        match self.stop {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }
}

impl Sink for Taker {
    fn batch(&mut self, batch: &mut Batch) -> ControlFlow<()> {
        for number in 0..batch.len() {
            let mut text = Vec::new();
            batch.event(number).write_into(&mut text);
            self.outcomes.push(object(text));
        }
        self.answer()
    }

    fn fault(&mut self, fault: Fault, _: &Source, _: u64, _: &[u8]) -> ControlFlow<()> {
        self.outcomes.push(checked(fault).map(Outcome::Fault));
        self.answer()
    }
}
