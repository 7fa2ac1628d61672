//! The first stage of every pipeline: bytes in, batches of events out.

use crate::Fault;
use std::fmt::Debug;
use std::io::Read;
use std::ops::ControlFlow;
use trailmill_event::{Batch, Shared, Source};

/// Opens what records travel in.
///
/// | outcome | what it means |
/// |---|---|
/// | a batch handed to the sink | its records are good; the sink has taken from it what it wants when the call returns |
/// | a piece handed to the sink with a fault | one record, or one package of records, that could not be opened; its neighbors are unharmed |
/// | `Ok(())` | the input was read to its end, or the sink asked to stop |
/// | `Err(fault)` | the input is bad as a whole from here on; it goes to quarantine whole |
///
/// Every byte not in a record handed on is white space, wrapping, or covered by a fault.
pub trait Decoder: Send + Sync {
    /// Reads `input` to its end, in memory of `batch`, and hands what it holds in order to `sink`.
    ///
    /// # Errors
    /// Why the rest of the input can not be read.
    fn decode(
        &self,
        input: &mut Input<'_>,
        batch: &mut Batch,
        sink: &mut dyn Sink,
    ) -> Result<(), Fault>;

    /// Does the same the quick way if `input` is one record and nothing else; else nothing.
    fn decode_record(&self, _: &[u8], _: &Source, _: &mut Batch, _: &mut dyn Sink) -> bool {
        false
    }

    /// Does what `decode` does for an input that is in memory whole, at best without a copy of it.
    ///
    /// # Errors
    /// As for `decode`.
    fn decode_text(
        &self,
        input: Shared,
        source: &Source,
        batch: &mut Batch,
        sink: &mut dyn Sink,
    ) -> Result<(), Fault> {
        self.decode(&mut Input::whole(&mut &input[..], source.clone()), batch, sink)
    }

    /// Whether an input with this `head` may be cut before lines with `{`, to the same outcome.
    fn may_split(&self, head: &[u8]) -> bool;
}

/// An input to a decoder.
pub struct Input<'a> {
    /// Its bytes, as they are stored.
    pub reader: &'a mut (dyn Read + Send),
    /// Where it comes from; the decoder fills in `container`.
    pub source: Source,
    /// Where `reader` begins, for an input that was cut into pieces.
    pub offset: u64,
    /// Who does what can be done ahead, if there is somebody.
    pub helper: Option<&'a dyn Helper>,
}

impl<'a> Input<'a> {
    /// An input that begins where `reader` does.
    pub fn whole(reader: &'a mut (dyn Read + Send), source: Source) -> Self {
        Input { reader, source, offset: 0, helper: None }
    }
}

impl Debug for Input<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Input({:?} from byte {})", self.source.name, self.offset)
    }
}

/// Another thread for what can be done ahead, such as inflating; decoders start none themselves.
pub trait Helper: Sync {
    /// Runs `work` here, and `ahead` on another thread once one is out of work, if ever: `work` is
    /// not to wait for it. Returns when both have; `ahead` ends soon after `work`, or its panic.
    fn beside(&self, ahead: &mut (dyn FnMut() + Send), work: &mut dyn FnMut());
}

/// Takes what a decoder finds.
pub trait Sink {
    /// Takes the records of a batch. `Break` asks the decoder to stop.
    fn batch(&mut self, batch: &mut Batch) -> ControlFlow<()>;

    /// Takes a piece that could not be opened: `raw`, at byte `offset` of the decompressed input.
    fn fault(&mut self, fault: Fault, source: &Source, offset: u64, raw: &[u8]) -> ControlFlow<()>;
}
