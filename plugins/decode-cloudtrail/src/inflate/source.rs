//! The compressed side: a buffered reader that knows its offset and why it came to an end.

use super::{Codec, InflateError, InflateErrorKind};
use std::io::{self, ErrorKind, Read};

/// What one read asks for.
const INPUT_BYTES: usize = 64 << 10;

/// Buffered bytes of a reader, by way of a buffer that outlives it.
pub(super) struct Source<'s, R> {
    reader: R,
    buffer: &'s mut Vec<u8>,
    start: usize,
    end: usize,
    /// The place of `start` in the input.
    offset: u64,
    /// What is being read, for errors.
    pub(super) codec: Codec,
    /// Why the `Read` side failed last: decoders wrap the reason beyond recognition.
    failure: Option<InflateErrorKind>,
}

impl<'s, R: Read> Source<'s, R> {
    pub(super) fn new(reader: R, buffer: &'s mut Vec<u8>) -> Self {
        buffer.resize(INPUT_BYTES, 0);
        Source { reader, buffer, start: 0, end: 0, offset: 0, codec: Codec::Plain, failure: None }
    }

    /// How many bytes of the input are behind us.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// An error at the current place, or what kept us from reading on there.
    pub(super) fn error(&self, kind: InflateErrorKind) -> InflateError {
        InflateError::new(self.failure.unwrap_or(kind), self.codec, self.offset)
    }

    /// The bytes at hand, read from the input when there are none; empty at its end.
    pub(super) fn available(&mut self) -> Result<&[u8], InflateError> {
        if self.start == self.end { self.peek(1) } else { Ok(&self.buffer[self.start..self.end]) }
    }

    /// All bytes at hand: at least `wanted`, unless the input ends before.
    pub(super) fn peek(&mut self, wanted: usize) -> Result<&[u8], InflateError> {
        debug_assert!(wanted <= INPUT_BYTES);
        if self.end - self.start < wanted {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
        }
        while self.end < self.start + wanted {
            match read_uninterrupted(&mut self.reader, &mut self.buffer[self.end..]) {
                Ok(0) => break,
                Ok(read) => self.end += read,
                Err(kind) => {
                    let offset = self.offset + (self.end - self.start) as u64;
                    return Err(InflateError::new(kind, self.codec, offset));
                }
            }
        }
        Ok(&self.buffer[self.start..self.end])
    }

    /// Moves bytes into `out`, at least one, unless the input has ended. Much at once goes around
    /// the buffer.
    pub(super) fn read_some(&mut self, out: &mut [u8]) -> Result<usize, InflateError> {
        if self.start == self.end && out.len() >= INPUT_BYTES {
            let read = read_uninterrupted(&mut self.reader, out);
            let read = read.map_err(|kind| self.error(kind))?;
            self.offset += read as u64;
            return Ok(read);
        }
        let at_hand = self.available()?;
        let step = at_hand.len().min(out.len());
        out[..step].copy_from_slice(&at_hand[..step]);
        self.consume(step);
        Ok(step)
    }

    /// Leaves `bytes` of the bytes at hand behind.
    pub(super) fn consume(&mut self, bytes: usize) {
        debug_assert!(bytes <= self.end - self.start);
        self.start += bytes;
        self.offset += bytes as u64;
    }

    /// The next `N` bytes.
    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], InflateError> {
        let mut bytes = [0; N];
        self.peek(N)?;
        match self.read_exact(&mut bytes) {
            Ok(()) => Ok(bytes),
            Err(_) => Err(self.error(InflateErrorKind::Truncated)),
        }
    }

    /// Leaves the next `bytes` bytes behind.
    pub(super) fn skip(&mut self, mut bytes: u64) -> Result<(), InflateError> {
        while bytes > 0 {
            let at_hand = self.available()?.len();
            if at_hand == 0 {
                return Err(self.error(InflateErrorKind::Truncated));
            }
            let step = at_hand.min(usize::try_from(bytes).unwrap_or(usize::MAX));
            self.consume(step);
            bytes -= step as u64;
        }
        Ok(())
    }

    /// Leaves zero bytes behind and says whether anything follows them.
    pub(super) fn skip_zeros(&mut self) -> Result<bool, InflateError> {
        loop {
            let at_hand = self.available()?;
            let zeros = at_hand.iter().take_while(|byte| **byte == 0).count();
            let (more, ended) = (zeros < at_hand.len(), at_hand.is_empty());
            self.consume(zeros);
            if more || ended {
                return Ok(more);
            }
        }
    }
}

fn read_uninterrupted(reader: &mut impl Read, out: &mut [u8]) -> Result<usize, InflateErrorKind> {
    loop {
        match reader.read(out) {
            Ok(read) => return Ok(read),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(InflateErrorKind::Read(error.kind())),
        }
    }
}

impl<R: Read> Read for Source<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.read_some(out);
        match read {
            Ok(0) if !out.is_empty() => self.failure = Some(InflateErrorKind::Truncated),
            Ok(_) => {}
            Err(error) => self.failure = Some(error.kind),
        }
        read.map_err(|_| ErrorKind::Other.into())
    }
}
