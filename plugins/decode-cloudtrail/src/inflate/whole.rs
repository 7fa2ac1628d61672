//! Inflates a slice at once, where its content is known to be small.

use super::limits::Limits;
use super::reader::{Inflater, Scratch};
use super::{Codec, InflateError};

/// What became of an input that should come out whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whole {
    /// All of it came out, checked.
    Inflated,
    /// There is more than was to be held in memory; an [`Inflater`] reads it.
    TooLarge,
}

/// Inflates all of `input` into `out`, whose former content goes and whose memory stays.
///
/// At most `fit` bytes are held in memory (and a step of work more): an input that comes out
/// larger, or that states that it does, is [`Whole::TooLarge`]. `ratio_max` counts against the
/// length of `input`. A plain input is copied; the caller who has asked [`Codec::of`] can spare
/// that.
///
/// # Errors
/// What is wrong with the input: the same, byte for byte, as an [`Inflater`] finds that was told
/// the length of the input. `out` is empty then, and for [`Whole::TooLarge`].
pub(crate) fn inflate_whole(
    input: &[u8],
    limits: &Limits,
    scratch: &mut Scratch,
    fit: usize,
    out: &mut Vec<u8>,
) -> Result<Whole, InflateError> {
    if stated_bytes(input).is_some_and(|bytes| bytes > fit) {
        out.clear();
        return Ok(Whole::TooLarge);
    }
    #[cfg(feature = "libdeflate")]
    if scratch.whole().inflate(input, limits, out) {
        return Ok(Whole::Inflated);
    }
    out.clear();
    let whole = inflate_by_steps(input, limits, scratch, fit, out);
    if whole != Ok(Whole::Inflated) {
        out.clear();
    }
    whole
}

fn inflate_by_steps(
    input: &[u8],
    limits: &Limits,
    scratch: &mut Scratch,
    fit: usize,
    out: &mut Vec<u8>,
) -> Result<Whole, InflateError> {
    let mut inflater = Inflater::new(input, *limits, scratch).with_input_bytes(input.len() as u64);
    while inflater.read_into(out, usize::MAX)? > 0 {
        if out.len() > fit {
            return Ok(Whole::TooLarge);
        }
    }
    Ok(Whole::Inflated)
}

/// The content length that a gzip input states at its end, modulo 2^32. Nothing may rely on it:
/// it is wrong for several members, padding, large contents and lies.
pub(super) fn stated_bytes(input: &[u8]) -> Option<usize> {
    let length = input.last_chunk::<4>()?;
    if Codec::of(input) != Ok(Codec::Gzip) {
        return None;
    }
    usize::try_from(u32::from_le_bytes(*length)).ok()
}
