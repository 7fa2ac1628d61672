//! Reads a stream of any length in constant memory, whatever it is packed in.

use super::gzip::Gunzip;
use super::limits::{Limits, Meter, Trailing};
#[cfg(feature = "libdeflate")]
use super::member::WholeMember;
use super::source::Source;
use super::zstd::Unzstd;
use super::{Codec, InflateError, InflateErrorKind};
use std::io::Read;

/// The most that one step inflates: large enough that the steps cost nothing, small enough that
/// the room made for them is still in the cache when it is filled.
const STEP_BYTES: usize = 256 << 10;

/// The memory of an [`Inflater`], for one input after the other.
#[derive(Default)]
pub(crate) struct Scratch {
    input: Vec<u8>,
    decoders: Decoders,
}

/// The decoders, each made when it is first needed.
#[derive(Default)]
struct Decoders {
    gzip: Option<Gunzip>,
    zstd: Option<Unzstd>,
    #[cfg(feature = "libdeflate")]
    whole: WholeMember,
}

/// Reads the content of a plain, gzip or zstd input.
///
/// What has been handed out before an error is content whose checksum has not been seen, and must
/// count as part of a bad input. What one call hands out together with the end of a member has
/// been checked, and so has what follows that member: an input that comes out in one call is
/// handed out whole and checked, or not at all.
pub(crate) struct Inflater<'s, R> {
    source: Source<'s, R>,
    decoders: &'s mut Decoders,
    meter: Meter,
    state: State,
}

#[derive(Clone, Copy)]
enum State {
    /// Nothing was read yet.
    Start,
    /// Inside plain bytes.
    Plain,
    /// Inside a member.
    Member,
    /// At the clean end.
    Ended,
    Failed(InflateError),
}

impl<'s, R: Read> Inflater<'s, R> {
    /// An inflater at the start of an input. `ratio_max` counts against what was needed of the
    /// input so far.
    pub(crate) fn new(reader: R, limits: Limits, scratch: &'s mut Scratch) -> Self {
        Inflater {
            source: Source::new(reader, &mut scratch.input),
            decoders: &mut scratch.decoders,
            meter: Meter::new(limits),
            state: State::Start,
        }
    }

    /// States the length of the compressed input, so that `ratio_max` counts against the whole of
    /// it, and a stretch that packs very well does not count alone.
    pub(crate) fn with_input_bytes(mut self, input_bytes: u64) -> Self {
        self.meter.input_bytes = Some(input_bytes);
        self
    }

    /// Appends content to `buf`: at least one byte and at most `up_to` (of which 0 counts as 1).
    /// Returns how many; 0 is the clean end of the input. Packed input is read until there is that
    /// much content (or a step of 256 KiB), plain input only once.
    ///
    /// # Errors
    /// What is wrong with the input; `buf` is then as it was, and so is every further answer.
    pub(crate) fn read_into(
        &mut self,
        buf: &mut Vec<u8>,
        up_to: usize,
    ) -> Result<usize, InflateError> {
        let before = buf.len();
        let result = self.advance(buf, up_to);
        if let Err(error) = result {
            buf.truncate(before);
            self.state = State::Failed(error);
        }
        result
    }

    fn advance(&mut self, buf: &mut Vec<u8>, up_to: usize) -> Result<usize, InflateError> {
        loop {
            let read = match self.state {
                State::Start => self.open()?,
                State::Plain => self.copy(buf, up_to)?,
                State::Member => self.inflate(buf, up_to)?,
                State::Ended => return Ok(0),
                State::Failed(error) => return Err(error),
            };
            if read > 0 {
                return Ok(read);
            }
        }
    }

    fn open(&mut self) -> Result<usize, InflateError> {
        let head = self.source.peek(Codec::HEAD_BYTES)?;
        match Codec::of(head) {
            Ok(Codec::Plain) => self.state = State::Plain,
            Ok(codec) => {
                self.source.codec = codec;
                self.open_member(true)?;
            }
            Err(name) => return Err(self.source.error(InflateErrorKind::Unsupported(name))),
        }
        Ok(0)
    }

    fn copy(&mut self, buf: &mut Vec<u8>, up_to: usize) -> Result<usize, InflateError> {
        let start = buf.len();
        buf.resize(start + STEP_BYTES.min(up_to.max(1)), 0);
        let read = self.source.read_some(&mut buf[start..])?;
        buf.truncate(start + read);
        if read == 0 {
            self.state = State::Ended;
        }
        Ok(read)
    }

    fn inflate(&mut self, buf: &mut Vec<u8>, up_to: usize) -> Result<usize, InflateError> {
        let start = buf.len();
        let room = STEP_BYTES.min(up_to.max(1)).min(self.meter.allowance());
        buf.resize(start + room, 0);
        let inflated = self.decoders.fill(&mut self.source, &mut buf[start..])?;
        buf.truncate(start + inflated);
        let (codec, offset) = (self.source.codec, self.source.offset());
        self.meter.count(inflated, codec, offset)?;
        if inflated < room {
            self.open_member(false)?;
        }
        Ok(inflated)
    }

    /// Goes on to the next member, or to the end.
    fn open_member(&mut self, first: bool) -> Result<(), InflateError> {
        let codec = self.source.codec;
        while self.source.skip_zeros()? {
            let head = self.source.peek(4)?;
            if codec == Codec::Zstd && Codec::starts_skippable(head) {
                self.source.skip(4)?;
                let length = u32::from_le_bytes(self.source.array()?);
                self.source.skip(u64::from(length))?;
                continue;
            }
            let accept = self.meter.limits.trailing == Trailing::Accept;
            let expected = first || accept && codec.continues_with(head);
            if !expected {
                return Err(self.source.error(InflateErrorKind::Trailing));
            }
            self.meter.member_start = self.source.offset();
            self.decoders.begin(&mut self.source, &self.meter.limits)?;
            self.state = State::Member;
            return Ok(());
        }
        self.state = State::Ended;
        Ok(())
    }
}

impl Decoders {
    fn begin(
        &mut self,
        source: &mut Source<impl Read>,
        limits: &Limits,
    ) -> Result<(), InflateError> {
        match source.codec {
            Codec::Plain => Ok(()),
            Codec::Gzip => self.gzip.get_or_insert_with(Gunzip::new).begin(source),
            Codec::Zstd => self.zstd.get_or_insert_with(Unzstd::new).begin(source, limits),
        }
    }

    fn fill(
        &mut self,
        source: &mut Source<impl Read>,
        out: &mut [u8],
    ) -> Result<usize, InflateError> {
        match source.codec {
            Codec::Plain => Ok(0),
            Codec::Gzip => self.gzip.get_or_insert_with(Gunzip::new).fill(source, out),
            Codec::Zstd => self.zstd.get_or_insert_with(Unzstd::new).fill(source, out),
        }
    }
}

#[cfg(feature = "libdeflate")]
impl Scratch {
    /// The decoder for one gzip member that is at hand whole.
    pub(super) fn whole(&mut self) -> &mut WholeMember {
        &mut self.decoders.whole
    }
}
