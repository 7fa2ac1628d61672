//! gzip members, RFC 1952: the header, the deflate data, the checksum and length after it.

use super::source::Source;
use super::{InflateError, InflateErrorKind};
use flate2::{Crc, Decompress, FlushDecompress, Status};
use std::io::Read;

pub(super) const FHCRC: u8 = 1 << 1;
const FEXTRA: u8 = 1 << 2;
const FNAME: u8 = 1 << 3;
const FCOMMENT: u8 = 1 << 4;
const RESERVED: u8 = 0b1110_0000;
const DEFLATE: u8 = 8;

/// Inflates one member after the other; its memory lasts.
pub(super) struct Gunzip {
    deflate: Decompress,
    crc: Crc,
    /// How many bytes of content the member has had so far.
    content_bytes: u64,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Inflating,
    /// The deflate data has come to its end.
    Ended,
    Damaged,
}

impl Gunzip {
    pub(super) fn new() -> Self {
        Gunzip {
            deflate: Decompress::new(false),
            crc: Crc::new(),
            content_bytes: 0,
            state: State::Ended,
        }
    }

    /// Reads the header of a member, whose magic number is known to be there.
    pub(super) fn begin(&mut self, source: &mut Source<impl Read>) -> Result<(), InflateError> {
        Header::new(source).read()?;
        self.deflate.reset(false);
        self.crc.reset();
        self.content_bytes = 0;
        self.state = State::Inflating;
        Ok(())
    }

    /// Fills `out` with content; less than all of it at the end of the member, which is reached
    /// only with the right checksum and length.
    ///
    /// The decompressor may see the end or the damage behind a full `out` or may not, as the input
    /// comes in. So that the pieces of the input make no difference, that waits for the next call.
    pub(super) fn fill(
        &mut self,
        source: &mut Source<impl Read>,
        out: &mut [u8],
    ) -> Result<usize, InflateError> {
        let mut filled = 0;
        while filled < out.len() && self.state == State::Inflating {
            filled += self.inflate(source, &mut out[filled..])?;
        }
        self.crc.update(&out[..filled]);
        self.content_bytes += filled as u64;
        if filled < out.len() {
            if self.state == State::Damaged {
                return Err(source.error(InflateErrorKind::Data));
            }
            self.check_trailer(source)?;
        }
        Ok(filled)
    }

    /// One step of the decompressor over the bytes at hand.
    fn inflate(
        &mut self,
        source: &mut Source<impl Read>,
        out: &mut [u8],
    ) -> Result<usize, InflateError> {
        let (total_in, total_out) = (self.deflate.total_in(), self.deflate.total_out());
        let input = source.available()?;
        if input.is_empty() {
            return Err(source.error(InflateErrorKind::Truncated));
        }
        let status = self.deflate.decompress(input, out, FlushDecompress::None);
        let consumed = (self.deflate.total_in() - total_in) as usize;
        let inflated = (self.deflate.total_out() - total_out) as usize;
        source.consume(consumed);
        self.state = match status {
            Ok(Status::StreamEnd) => State::Ended,
            Ok(_) if consumed > 0 || inflated > 0 => State::Inflating,
            // No step forward with input and room at hand never happens to sound data; to go
            // on would be to go on forever.
            _ => State::Damaged,
        };
        Ok(inflated)
    }

    fn check_trailer(&self, source: &mut Source<impl Read>) -> Result<(), InflateError> {
        let at_crc = source.error(InflateErrorKind::Checksum);
        let crc = u32::from_le_bytes(source.array()?);
        let at_length = source.error(InflateErrorKind::Length);
        let length = u32::from_le_bytes(source.array()?);
        if crc != self.crc.sum() {
            return Err(at_crc);
        }
        // ISIZE is the length modulo 2^32.
        if length != self.content_bytes as u32 {
            return Err(at_length);
        }
        Ok(())
    }
}

/// The header of a member while it is read, and its checksum.
struct Header<'a, 's, R> {
    source: &'a mut Source<'s, R>,
    crc: Crc,
}

impl<'a, 's, R: Read> Header<'a, 's, R> {
    fn new(source: &'a mut Source<'s, R>) -> Self {
        Header { source, crc: Crc::new() }
    }

    fn read(mut self) -> Result<(), InflateError> {
        let [_, _, method] = self.array()?;
        if method != DEFLATE {
            return Err(self.error("the compression method is unknown"));
        }
        let [flags] = self.array()?;
        if flags & RESERVED != 0 {
            return Err(self.error("reserved flags are set in the header"));
        }
        // Time, extra flags and operating system carry nothing to check.
        self.array::<6>()?;
        if flags & FEXTRA != 0 {
            let length = u16::from_le_bytes(self.array()?);
            self.skip(length)?;
        }
        for text in [FNAME, FCOMMENT] {
            if flags & text != 0 {
                self.skip_text()?;
            }
        }
        if flags & FHCRC != 0 {
            self.check()?;
        }
        Ok(())
    }

    fn error(&self, what: &'static str) -> InflateError {
        self.source.error(InflateErrorKind::Header(what))
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], InflateError> {
        let bytes = self.source.array()?;
        self.crc.update(&bytes);
        Ok(bytes)
    }

    fn skip(&mut self, length: u16) -> Result<(), InflateError> {
        for _ in 0..length {
            self.array::<1>()?;
        }
        Ok(())
    }

    /// Leaves a text and the zero byte after it behind; such a text may have any length.
    fn skip_text(&mut self) -> Result<(), InflateError> {
        loop {
            let at_hand = self.source.available()?;
            let end = at_hand.iter().position(|byte| *byte == 0);
            let step = end.map_or(at_hand.len(), |end| end + 1);
            self.crc.update(&at_hand[..step]);
            self.source.consume(step);
            if end.is_some() {
                return Ok(());
            }
            if step == 0 {
                return Err(self.source.error(InflateErrorKind::Truncated));
            }
        }
    }

    /// The header's own checksum is the lower half of the CRC-32 of all before it.
    fn check(mut self) -> Result<(), InflateError> {
        let computed = self.crc.sum() as u16;
        if u16::from_le_bytes(self.array()?) != computed {
            return Err(self.error("the checksum of the header is wrong"));
        }
        Ok(())
    }
}
