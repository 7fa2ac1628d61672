//! The decoder: bytes to text, whatever they are packed in, and text to records.

use crate::ahead::inflate_ahead;
use crate::alone;
use crate::fault::{COMPRESSED_TWICE, UNKNOWN_COMPRESSION, of_inflate};
use crate::feed::{Feed, Fill, Memory, Plain};
use crate::inflate::{Codec, Inflater, Limits, Scratch, Whole, inflate_whole};
use crate::package::{LAYERS_MAX, MARK};
use crate::run::{Run, Stop, Tuning, Workspace};
use crate::settings::Options;
use crate::split;
use crate::text::{Level, Text};
use std::fmt;
use std::io::{self, ErrorKind, Read};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use trailmill_stage::event::{Batch, Shared, Source};
use trailmill_stage::{Decoder, Fault, Helper, Input, Sink};

/// The decoder of CloudTrail.
pub(crate) struct CloudTrail {
    options: Options,
    tuning: Tuning,
    /// Memory of inputs that were read to their end, for those to come.
    #[expect(
        clippy::vec_box,
        reason = "some kilobytes, which would be moved twice for each input"
    )]
    spare: Mutex<Vec<Box<Memories>>>,
}

/// What one input needs of memory.
#[derive(Default)]
struct Memories {
    text: Memory,
    work: Workspace,
    layers: [Layer; LAYERS_MAX],
}

/// What one layer of compression needs of memory.
#[derive(Default)]
pub(crate) struct Layer {
    /// The input as it is stored, up to `filled`; what lies behind is memory that is made ready.
    packed: Vec<u8>,
    filled: usize,
    scratch: Scratch,
}

impl Layer {
    /// Begins anew with the start of an input.
    fn begin(&mut self, head: &[u8]) {
        self.filled = head.len();
        let room = self.packed.len().max(self.filled);
        self.packed.resize(room, 0);
        self.packed[..self.filled].copy_from_slice(head);
    }

    /// Reads on until all is there, or more than `bytes_max`.
    fn fill(&mut self, reader: &mut (dyn Read + Send), bytes_max: usize) -> Result<(), Fault> {
        let mut reader = Plain(reader);
        while self.filled <= bytes_max {
            let room = self.packed.len().max(PACKED_BYTES);
            let room = if self.filled == room { 2 * room } else { room };
            match reader.fill(&mut self.packed, self.filled, room.min(bytes_max + 1))? {
                0 => break,
                read => self.filled += read,
            }
        }
        Ok(())
    }
}

/// The memory for a compressed input to begin with, which is doubled as need be.
const PACKED_BYTES: usize = 64 << 10;

/// Memory above this is not kept: the next input is hardly that large as well.
const KEPT_MAX: usize = 32 << 20;

impl CloudTrail {
    /// A decoder with these options.
    pub(crate) fn new(options: Options, tuning: Tuning) -> Self {
        CloudTrail { options, tuning, spare: Mutex::default() }
    }

    fn borrow(&self) -> Box<Memories> {
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        spare.pop().unwrap_or_default()
    }

    fn give_back(&self, mut memories: Box<Memories>) {
        if memories.text.capacity() > KEPT_MAX {
            memories.text = Memory::default();
        }
        self.spare.lock().unwrap_or_else(PoisonError::into_inner).push(memories);
    }
}

impl fmt::Debug for CloudTrail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CloudTrail").field("options", &self.options).finish_non_exhaustive()
    }
}

impl Decoder for CloudTrail {
    fn decode(
        &self,
        input: &mut Input<'_>,
        batch: &mut Batch,
        sink: &mut dyn Sink,
    ) -> Result<(), Fault> {
        let mut memories = self.borrow();
        let Memories { text, work, layers } = &mut *memories;
        let run = Run::new(&self.options, self.tuning, work, sink, input.source.clone(), batch);
        let opener = Opener {
            limits: self.options.inflate_limits(),
            tuning: self.tuning,
            helper: input.helper,
            text,
        };
        let job = Job { run, batch, offset: input.offset };
        let outcome = opener.open(&mut *input.reader, layers, job);
        // Lets go of the text, so that its memory can be used for the next.
        batch.clear();
        self.give_back(memories);
        told(outcome)
    }

    fn decode_text(
        &self,
        input: Shared,
        source: &Source,
        batch: &mut Batch,
        sink: &mut dyn Sink,
    ) -> Result<(), Fault> {
        if Codec::of(&input) != Ok(Codec::Plain) {
            return self.decode(&mut Input::whole(&mut &input[..], source.clone()), batch, sink);
        }
        let mut memories = self.borrow();
        let work = &mut memories.work;
        let mut run = Run::new(&self.options, self.tuning, work, sink, source.clone(), batch);
        let outcome = begun(Feed::whole(input, 0))
            .and_then(|feed| Text::new(&mut run, feed, batch, Level::TOP).decode());
        batch.clear();
        self.give_back(memories);
        told(outcome)
    }

    fn decode_record(
        &self,
        input: &[u8],
        source: &Source,
        batch: &mut Batch,
        sink: &mut dyn Sink,
    ) -> bool {
        // Larger ones are taken window by window.
        let bytes_max = self.options.record_bytes_max.min(self.tuning.window);
        alone::decode(input, bytes_max, source, batch, sink)
    }

    fn may_split(&self, head: &[u8]) -> bool {
        split::may_split(head)
    }
}

/// What a decoder says in the end: nobody needs to be told that the sink has asked it to stop.
fn told(outcome: Result<(), Stop>) -> Result<(), Fault> {
    match outcome {
        Ok(()) | Err(Stop::Asked) => Ok(()),
        Err(Stop::Dead(fault)) => Err(fault),
    }
}

/// What becomes of the text once it is there.
pub(crate) struct Job<'j, 'r> {
    run: Run<'r>,
    batch: &'j mut Batch,
    offset: u64,
}

impl Job<'_, '_> {
    /// Decodes the text of which `memory[..filled]` is at hand, and perhaps there is `more`.
    fn decode(
        mut self,
        memory: &mut Memory,
        filled: usize,
        more: Option<&mut dyn Fill>,
    ) -> Result<(), Stop> {
        let mut feed = begun(Feed::held(memory, filled, self.offset))?;
        if let Some(fill) = more {
            feed = feed.and_more(fill, self.run.tuning.chunk);
        }
        Text::new(&mut self.run, feed, self.batch, Level::TOP).decode()
    }
}

/// A text at its first record, behind a mark, if it is one that can be read.
fn begun(mut feed: Feed<'_>) -> Result<Feed<'_>, Stop> {
    if feed.rest().starts_with(MARK) {
        feed.advance(MARK.len());
    }
    match other_encoding(feed.rest()) {
        Some(name) => Err(Stop::Dead(Fault::new(&UNKNOWN_COMPRESSION).found(name))),
        None => Ok(feed),
    }
}

/// Opens what a text is packed in.
pub(crate) struct Opener<'o> {
    limits: Limits,
    tuning: Tuning,
    /// Who inflates ahead what is too large to be held whole.
    helper: Option<&'o dyn Helper>,
    text: &'o mut Memory,
}

impl Opener<'_> {
    /// Reads the start of an input, tells what it is, and sees to the rest. Each layer of
    /// compression takes one of `layers`.
    fn open(
        self,
        reader: &mut (dyn Read + Send),
        layers: &mut [Layer],
        job: Job<'_, '_>,
    ) -> Result<(), Stop> {
        let memory = Arc::make_mut(self.text);
        let filled = read_head(reader, memory, self.tuning.chunk).map_err(Stop::Dead)?;
        match Codec::of(&memory[..filled]) {
            Err(name) => Err(Stop::Dead(Fault::new(&UNKNOWN_COMPRESSION).found(name))),
            Ok(Codec::Plain) => job.decode(self.text, filled, Some(&mut Plain(reader))),
            Ok(Codec::Gzip | Codec::Zstd) => {
                let Some((layer, inner)) = layers.split_first_mut() else {
                    return Err(Stop::Dead(Fault::new(&COMPRESSED_TWICE)));
                };
                layer.begin(&memory[..filled]);
                self.tuning.unpack.input(self, reader, (layer, inner), job)
            }
        }
    }

    /// Inflates an input that begins with what `layer` holds.
    pub(crate) fn inflate(
        mut self,
        reader: &mut (dyn Read + Send),
        layer: &mut Layer,
        layers: &mut [Layer],
        job: Job<'_, '_>,
    ) -> Result<(), Stop> {
        layer.fill(reader, self.tuning.packed_max).map_err(Stop::Dead)?;
        let Layer { packed, filled, scratch } = layer;
        let packed = &packed[..*filled];
        if packed.len() > self.tuning.packed_max {
            let inflater = Inflater::new(packed.chain(reader), self.limits, scratch);
            return self.stream(inflater, layers, job);
        }
        let text = Arc::make_mut(self.text);
        let whole = inflate_whole(packed, &self.limits, scratch, self.tuning.whole_max, text);
        match whole.map_err(|error| Stop::Dead(of_inflate(error)))? {
            Whole::Inflated => self.whole(layers, job),
            // The ratio counts against what was read so far, not against the whole: a bomb should
            // be known by its first records.
            Whole::TooLarge => {
                let inflater = Inflater::new(packed, self.limits, scratch);
                self.stream(inflater, layers, job)
            }
        }
    }

    /// Goes on with all that came out of a layer.
    fn whole(self, layers: &mut [Layer], job: Job<'_, '_>) -> Result<(), Stop> {
        let filled = self.text.len();
        if Codec::of(self.text) == Ok(Codec::Plain) {
            return job.decode(self.text, filled, None);
        }
        let packed = std::mem::take(Arc::make_mut(self.text));
        self.open(&mut &packed[..], layers, job)
    }

    /// Goes on with what comes out of a layer bit by bit. The start of it is taken in first: up to
    /// a size nothing is handed on of an input that turns out to be damaged.
    fn stream<R: Read + Send>(
        &mut self,
        mut inflater: Inflater<'_, R>,
        layers: &mut [Layer],
        job: Job<'_, '_>,
    ) -> Result<(), Stop> {
        let text = Arc::make_mut(self.text);
        text.clear();
        let mut ended = false;
        while !ended && text.len() <= self.tuning.whole_max {
            let read = inflater.read_into(text, self.tuning.whole_max + 1);
            ended = read.map_err(|error| Stop::Dead(of_inflate(error)))? == 0;
        }
        let opener = Opener { text: self.text, ..*self };
        if ended {
            return opener.whole(layers, job);
        }
        let filled = opener.text.len();
        if Codec::of(opener.text) == Ok(Codec::Plain) {
            let memory = opener.text;
            return match opener.helper {
                Some(helper) => {
                    inflate_ahead(inflater, helper, |more| job.decode(memory, filled, Some(more)))
                }
                None => job.decode(memory, filled, Some(&mut inflater)),
            };
        }
        let head = std::mem::take(Arc::make_mut(opener.text));
        let failure = OnceLock::new();
        let rest = InflaterReader { inflater, out: Vec::new(), at: 0, failure: &failure };
        let outcome = opener.open(&mut (&head[..]).chain(rest), layers, job);
        // The inner layer knows only that it could not read on; the outer one knows why.
        match (outcome, failure.into_inner()) {
            (Err(Stop::Dead(_)), Some(fault)) => Err(Stop::Dead(fault)),
            (outcome, _) => outcome,
        }
    }
}

/// A layer of compression as something that another layer is read from.
struct InflaterReader<'i, 's, R> {
    inflater: Inflater<'s, R>,
    out: Vec<u8>,
    at: usize,
    failure: &'i OnceLock<Fault>,
}

impl<R: Read> Read for InflaterReader<'_, '_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at == self.out.len() {
            self.out.clear();
            self.at = 0;
            if let Err(error) = self.inflater.read_into(&mut self.out, usize::MAX) {
                // It is the same however often it is asked for.
                let _ = self.failure.set(of_inflate(error));
                return Err(ErrorKind::InvalidData.into());
            }
        }
        let read = (&self.out[self.at..]).read(into)?;
        self.at += read;
        Ok(read)
    }
}

/// How much is read at first: enough for many a small file, and little to make ready for it.
const HEAD_BYTES: usize = 16 << 10;

/// Reads until it can be told what the input is; gives how much was read.
fn read_head(
    reader: &mut (dyn Read + Send),
    memory: &mut Vec<u8>,
    chunk: usize,
) -> Result<usize, Fault> {
    let up_to = chunk.clamp(Codec::HEAD_BYTES, HEAD_BYTES);
    let mut filled = 0;
    while filled < Codec::HEAD_BYTES {
        match Plain(&mut *reader).fill(memory, filled, up_to)? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

/// The name of a text encoding that is not UTF-8 and has no mark: a bracket comes first, and half
/// of it and of the next character is zero.
fn other_encoding(head: &[u8]) -> Option<&'static str> {
    match head {
        [b'{' | b'[', 0, _, 0, ..] | [0, b'{' | b'[', 0, _, ..] => Some("UTF-16 text"),
        _ => None,
    }
}
