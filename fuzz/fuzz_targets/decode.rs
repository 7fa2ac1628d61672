//! Any bytes through the decoder: what comes out is JSON, and how the bytes come in is all one.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::sync::OnceLock;
use trailmill_stage::event::json::Index;
use trailmill_stage::event::{Batch, Source};
use trailmill_stage::{Build, Decoder, Fault, Input, NoResources, Settings, Sink};

fuzz_target!(|bytes: &[u8]| {
    // Compressed input may differ where it is damaged: how much of it is seen before the damage.
    let whole = decode(&mut &bytes[..]);
    let piece = bytes.first().map_or(1, |byte| usize::from(byte % 7) + 1);
    let pieces = decode(&mut Pieces { rest: bytes, piece });
    assert_eq!(whole, pieces);
});

/// What came out of an input.
#[derive(Debug, Default, PartialEq)]
struct Outcome {
    records: Vec<(Vec<u8>, &'static str, u64, Option<i64>)>,
    refused: Vec<(Fault, &'static str, u64, Vec<u8>)>,
    dead: Option<Fault>,
}

impl Sink for Outcome {
    fn batch(&mut self, batch: &mut Batch) -> ControlFlow<()> {
        for number in 0..batch.len() {
            let raw = batch.raw(number).to_vec();
            let mut index = Index::new();
            assert!(index.parse(&raw).is_ok(), "a record is JSON");
            let event = batch.event(number);
            let mut written = Vec::new();
            event.write_into(&mut written);
            let mut index = Index::new();
            assert!(index.parse(&written).is_ok(), "and so is what is written of it");
            let origin = event.origin();
            let container = origin.source.container;
            self.records.push((raw, container, origin.offset, origin.logs_time_ms));
        }
        ControlFlow::Continue(())
    }

    fn fault(&mut self, fault: Fault, source: &Source, offset: u64, raw: &[u8]) -> ControlFlow<()> {
        self.refused.push((fault, source.container, offset, raw.to_vec()));
        ControlFlow::Continue(())
    }
}

fn decode(reader: &mut (dyn Read + Send)) -> Outcome {
    static DECODER: OnceLock<Box<dyn Decoder>> = OnceLock::new();
    let decoder = DECODER.get_or_init(|| {
        let Build::Decoder(build) = trailmill_decode_cloudtrail::SPEC.build else { unreachable!() };
        build(&Settings::default(), &NoResources).expect("the defaults are right")
    });
    let mut outcome = Outcome::default();
    let mut input = Input::whole(reader, Source::default());
    let result = decoder.decode(&mut input, &mut Batch::new(), &mut outcome);
    outcome.dead = result.err();
    outcome
}

/// A reader that gives a few bytes at a time.
struct Pieces<'a> {
    rest: &'a [u8],
    piece: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.piece.min(into.len());
        self.rest.read(&mut into[..length])
    }
}
