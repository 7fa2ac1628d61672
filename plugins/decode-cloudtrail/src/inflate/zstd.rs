//! zstd frames, RFC 8878: the header checks that the decoder leaves out, the blocks, the checksum.

use super::limits::Limits;
use super::source::Source;
use super::{InflateError, InflateErrorKind};
use ruzstd::decoding::errors::{FrameDecoderError, FrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::io::Read;

const MAGIC_BYTES: usize = 4;
const RESERVED: u8 = 1 << 3;
const SINGLE_SEGMENT: u8 = 1 << 5;
const CONTENT_SIZE: u8 = 0b1100_0000;

/// Inflates one frame after the other; its memory lasts.
pub(super) struct Unzstd {
    decoder: FrameDecoder,
    /// The length of the content, where the header states it.
    stated_bytes: Option<u64>,
    content_bytes: u64,
}

impl Unzstd {
    pub(super) fn new() -> Self {
        Unzstd { decoder: FrameDecoder::new(), stated_bytes: None, content_bytes: 0 }
    }

    /// Reads the header of a frame.
    pub(super) fn begin(
        &mut self,
        source: &mut Source<impl Read>,
        limits: &Limits,
    ) -> Result<(), InflateError> {
        let head = source.peek(MAGIC_BYTES + 1)?;
        let descriptor = head.get(MAGIC_BYTES).copied().unwrap_or(0);
        if descriptor & RESERVED != 0 {
            return Err(source.error(InflateErrorKind::Header("a reserved flag is set")));
        }
        self.decoder.set_max_window_size(limits.window_bytes_max);
        if let Err(error) = self.decoder.reset(&mut *source) {
            return Err(header_error(source, &error, limits));
        }
        let states_length = descriptor & (CONTENT_SIZE | SINGLE_SEGMENT) != 0;
        self.stated_bytes = states_length.then(|| self.decoder.content_size());
        self.content_bytes = 0;
        Ok(())
    }

    /// Fills `out` with content; less than all of it at the end of the frame, which is reached
    /// only with the right checksum and length, where the frame has them.
    pub(super) fn fill(
        &mut self,
        source: &mut Source<impl Read>,
        out: &mut [u8],
    ) -> Result<usize, InflateError> {
        let mut filled = 0;
        while filled < out.len() {
            if self.decoder.can_collect() > 0 {
                let taken = self.decoder.read(&mut out[filled..]);
                filled += taken.map_err(|_| source.error(InflateErrorKind::Data))?;
            } else if self.decoder.is_finished() {
                self.content_bytes += filled as u64;
                self.check(source)?;
                return Ok(filled);
            } else {
                let strategy = BlockDecodingStrategy::UptoBlocks(1);
                let decoded = self.decoder.decode_blocks(&mut *source, strategy);
                decoded.map_err(|_| source.error(InflateErrorKind::Data))?;
            }
        }
        self.content_bytes += filled as u64;
        Ok(filled)
    }

    fn check(&self, source: &Source<impl Read>) -> Result<(), InflateError> {
        let stated = self.decoder.get_checksum_from_data();
        if stated.is_some() && stated != self.decoder.get_calculated_checksum() {
            return Err(source.error(InflateErrorKind::Checksum));
        }
        if self.stated_bytes.is_some_and(|stated| stated != self.content_bytes) {
            return Err(source.error(InflateErrorKind::Length));
        }
        Ok(())
    }
}

fn header_error(
    source: &Source<impl Read>,
    error: &FrameDecoderError,
    limits: &Limits,
) -> InflateError {
    use FrameDecoderError as E;
    let kind = match error {
        E::WindowSizeTooBig { .. } | E::FrameHeaderError(FrameHeaderError::WindowTooBig { .. }) => {
            let error = source.error(InflateErrorKind::Window);
            return error.limited_by(limits.window_bytes_max);
        }
        E::DictNotProvided { .. } => InflateErrorKind::Header("a dictionary is needed"),
        _ => InflateErrorKind::Header("the frame header is wrong"),
    };
    source.error(kind)
}
