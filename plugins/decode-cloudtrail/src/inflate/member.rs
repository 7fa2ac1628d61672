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

/// The most that deflate can make of one byte.
const DEFLATE_RATIO_MAX: u64 = 1032;
const FLAGS_AT: usize = 3;
const TRAILER_BYTES: usize = 8;
/// What the search for a trailer looks at in one go.
const BLOCK_BYTES: usize = 1024;

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

/// Whether the member whose content is `content` is all of `input`, but for zero bytes.
///
/// libdeflate says that a sound member opens `input`, not where it ends. But its checksum and
/// length stand at its end, so if those eight bytes occur once, they stand there; if they occur
/// more than once, someone may have put them there, and this way has nothing to say.
fn ends_the_input(input: &[u8], content: &[u8]) -> bool {
    let length = content.len() as u64 & u64::from(u32::MAX);
    let trailer = u64::from(libdeflater::crc32(content)) | length << 32;
    match only_place_of(trailer.to_le_bytes(), input) {
        Some(at) => input[at + TRAILER_BYTES..].iter().all(|byte| *byte == 0),
        None => false,
    }
}

/// Where `trailer` stands in `input`, if it does at one place only.
fn only_place_of(trailer: [u8; TRAILER_BYTES], input: &[u8]) -> Option<usize> {
    let mut place = None;
    let mut at = 0;
    while at + TRAILER_BYTES <= input.len() {
        let block = &input[at..input.len().min(at + BLOCK_BYTES + TRAILER_BYTES - 1)];
        if may_hold(block, trailer) {
            for (start, window) in block.windows(TRAILER_BYTES).enumerate() {
                if window == trailer && place.replace(at + start).is_some() {
                    return None;
                }
            }
        }
        at += BLOCK_BYTES;
    }
    place
}

/// Whether the first half of `trailer` occurs in `block`. Without a branch in the loop the
/// compiler makes vector code of it, ten times as fast as comparing windows.
fn may_hold(block: &[u8], trailer: [u8; TRAILER_BYTES]) -> bool {
    let starts = block.len() + 1 - TRAILER_BYTES;
    let column = |nth: usize| &block[nth..nth + starts];
    let (a, b, c, d) = (column(0), column(1), column(2), column(3));
    (0..starts).fold(false, |found, i| {
        let here = (a[i] == trailer[0])
            & (b[i] == trailer[1])
            & (c[i] == trailer[2])
            & (d[i] == trailer[3]);
        found | here
    })
}
