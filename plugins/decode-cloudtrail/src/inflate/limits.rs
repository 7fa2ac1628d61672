//! How much may come out of an input, and the count that holds it.

use super::{Codec, InflateError, InflateErrorKind};

/// What an input may become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// The most bytes of content, over all members; exactly as many are fine.
    pub(crate) inflated_bytes_max: u64,
    /// The most bytes of content for each compressed byte, once there is more than 1 MiB of
    /// content. deflate can reach 1,032; CloudTrail's own files lie between 7 and 25.
    pub(crate) ratio_max: u32,
    /// The largest window of a zstd frame, which is about what the frame costs in memory. RFC 8878
    /// recommends to accept 8 MiB, which covers the levels 1 to 19 of `zstd`.
    pub(crate) window_bytes_max: u64,
    /// What becomes of bytes after the first member.
    pub(crate) trailing: Trailing,
}

/// What becomes of bytes after the first member. Zero padding is fine either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trailing {
    /// They are an error.
    Refuse,
    /// Further members of the same codec are read as if they were one; anything else is an error.
    Accept,
}

/// Content that a ratio does not yet say anything about: short texts may pack very well.
const RATIO_FREE_BYTES: u64 = 1 << 20;

/// Counts what comes out and holds it against the limits.
#[derive(Debug)]
pub(super) struct Meter {
    pub(super) limits: Limits,
    /// The length of the compressed input, where it is known from the start.
    pub(super) input_bytes: Option<u64>,
    /// Where the member begins that is being counted.
    pub(super) member_start: u64,
    inflated: u64,
}

impl Meter {
    pub(super) fn new(limits: Limits) -> Self {
        Meter { limits, input_bytes: None, member_start: 0, inflated: 0 }
    }

    /// How many bytes may be asked for: as many as are left, and the one too many that tells.
    pub(super) fn allowance(&self) -> usize {
        let left = self.limits.inflated_bytes_max - self.inflated;
        usize::try_from(left.saturating_add(1)).unwrap_or(usize::MAX)
    }

    /// Counts `bytes` of content, for which the input up to `offset` was needed.
    ///
    /// # Errors
    /// The limit that was met, at the start of the member.
    pub(super) fn count(
        &mut self,
        bytes: usize,
        codec: Codec,
        offset: u64,
    ) -> Result<(), InflateError> {
        let limits = &self.limits;
        self.inflated += bytes as u64;
        let (kind, limit) = if self.inflated > limits.inflated_bytes_max {
            (InflateErrorKind::InflatedBytes, limits.inflated_bytes_max)
        } else if exceeds_ratio(self.inflated, self.input_bytes.unwrap_or(offset), limits) {
            (InflateErrorKind::Ratio, u64::from(limits.ratio_max))
        } else {
            return Ok(());
        };
        Err(InflateError::new(kind, codec, self.member_start).limited_by(limit))
    }
}

/// Whether `inflated` bytes are too many to come out of `compressed` ones.
pub(super) fn exceeds_ratio(inflated: u64, compressed: u64, limits: &Limits) -> bool {
    let allowed = compressed.saturating_mul(u64::from(limits.ratio_max));
    inflated > RATIO_FREE_BYTES && inflated > allowed
}
