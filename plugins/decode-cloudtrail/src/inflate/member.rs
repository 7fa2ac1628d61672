//! The fast way for the common case: one sound gzip member that is at hand whole.
//!
//! libdeflate is a quarter faster than reading by steps, and a little lenient. It lets pass what
//! RFC 1951 rules out, no encoder writes and the other decoder refuses: the length symbols 286 and
//! 287, the distance symbols 30 and 31 (and distance codes that have room for them), and the unused
//! half of a code with fewer than two symbols. An input made so by hand, with the right checksum,
//! is taken here and an error elsewhere; the content that is taken is the one that its checksum
//! and length speak of.

use super::gzip::FHCRC;
use super::limits::{Limits, exceeds_ratio};
use super::whole::stated_bytes;
use libdeflater::Decompressor;
use memchr::memmem::Finder;

/// The most that deflate can make of one byte.
const DEFLATE_RATIO_MAX: u64 = 1032;
const FLAGS_AT: usize = 3;
const TRAILER_BYTES: usize = 8;

/// Inflates one member by way of libdeflate.
#[derive(Default)]
pub(super) struct WholeMember {
    decompressor: Option<Decompressor>,
}

impl WholeMember {
    /// Inflates `input` into `out` in place of what `out` held, if `input` is one sound member and
    /// zero padding, within the limits. If not, or in any doubt, the answer is `false` and `out`
    /// holds nothing of worth: this way only ever says yes, and every verdict of what is wrong
    /// comes from reading by steps.
    pub(super) fn inflate(&mut self, input: &[u8], limits: &Limits, out: &mut Vec<u8>) -> bool {
        let Some(stated) = stated_bytes(input) else {
            return false;
        };
        // libdeflate does not check the checksum of a header, and hardly anything writes one.
        let plain_header = input.get(FLAGS_AT).is_some_and(|flags| flags & FHCRC == 0);
        if !plain_header || !is_within(limits, stated, input.len()) {
            return false;
        }
        // What `out` holds from the input before spares zeroing that much memory.
        out.resize(stated, 0);
        let decompressor = self.decompressor.get_or_insert_with(Decompressor::new);
        match decompressor.gzip_decompress(input, out) {
            Ok(inflated) => inflated == stated && ends_the_input(input, out),
            Err(_) => false,
        }
    }
}

/// Whether so much may come out of so much input.
fn is_within(limits: &Limits, stated: usize, input: usize) -> bool {
    let (stated, input) = (stated as u64, input as u64);
    stated <= limits.inflated_bytes_max
        && stated <= input.saturating_mul(DEFLATE_RATIO_MAX)
        && !exceeds_ratio(stated, input, limits)
}

/// Whether the sound member that opens `input`, and whose content is `content`, is all of it, but
/// for zero bytes. The last four bytes of `input` state the length of the content.
///
/// libdeflate says that the member is sound, not where it ends. But the length of its content
/// stands at its end: if those four bytes occur once, that is the end of the input. If they occur
/// elsewhere, which is rare, the checksum in front of them counts, too, at the price of a pass over
/// the content. And if even these eight bytes occur more than once, someone may have put them
/// there, and this way has nothing to say.
fn ends_the_input(input: &[u8], content: &[u8]) -> bool {
    let length = content.len() as u32;
    if only_place_of(&length.to_le_bytes(), input) == Some(input.len() - 4) {
        return true;
    }
    let trailer = u64::from(libdeflater::crc32(content)) | u64::from(length) << 32;
    match only_place_of(&trailer.to_le_bytes(), input) {
        Some(at) => input[at + TRAILER_BYTES..].iter().all(|byte| *byte == 0),
        None => false,
    }
}

/// Where a few bytes stand in `input`, if they do at one place only.
fn only_place_of(bytes: &[u8], input: &[u8]) -> Option<usize> {
    let finder = Finder::new(bytes);
    let at = finder.find(input)?;
    finder.find(&input[at + 1..]).is_none().then_some(at)
}
