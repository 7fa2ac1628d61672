//! Base64 to text, inflated on the way if it is compressed.

use crate::fault::{
    COMPRESSED_TWICE, DOCUMENT_TOO_LARGE, NOT_BASE64, UNKNOWN_COMPRESSION, of_inflate,
};
use crate::inflate::{Codec, InflateErrorKind, Limits, Whole};
use crate::run::Run;
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use trailmill_stage::Fault;
use trailmill_stage::event::Shared;

/// Padding is left out by some encoders, and says nothing that the length does not.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// How often something may be compressed over.
pub(crate) const LAYERS_MAX: usize = 2;

/// The text that `packed` stands for.
pub(super) fn base64(run: &mut Run<'_>, packed: &[u8]) -> Result<Shared, Fault> {
    let not_base64 = |_| Fault::new(&NOT_BASE64);
    // Wrapped lines are of no meaning; hardly ever are there any.
    let bytes = if packed.iter().any(u8::is_ascii_whitespace) {
        let joined: Vec<u8> =
            packed.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
        BASE64.decode(joined)
    } else {
        BASE64.decode(packed)
    };
    inflated(run, bytes.map_err(not_base64)?)
}

/// The text that comes out of `bytes`, which may be that text already.
fn inflated(run: &mut Run<'_>, mut bytes: Vec<u8>) -> Result<Shared, Fault> {
    for layers in 0.. {
        match Codec::of(&bytes) {
            Err(name) => return Err(Fault::new(&UNKNOWN_COMPRESSION).found(name)),
            Ok(Codec::Plain) => break,
            Ok(Codec::Gzip | Codec::Zstd) if layers == LAYERS_MAX => {
                return Err(Fault::new(&COMPRESSED_TWICE));
            }
            Ok(Codec::Gzip | Codec::Zstd) => bytes = inflate(run, &bytes)?,
        }
    }
    Ok(without_mark(Shared::from(bytes)))
}

fn inflate(run: &mut Run<'_>, packed: &[u8]) -> Result<Vec<u8>, Fault> {
    let limits = run.options.inflate_limits();
    let left = limits.inflated_bytes_max.saturating_sub(run.inflated);
    let left = Limits { inflated_bytes_max: left, ..limits };
    let fit = run.options.document_bytes_max;
    let mut text = Vec::new();
    match run.tuning.unpack.whole(packed, &left, &mut run.work.scratch, fit, &mut text) {
        Ok(Whole::Inflated) => {
            run.inflated += text.len() as u64;
            Ok(text)
        }
        Ok(Whole::TooLarge) => {
            Err(Fault::new(&DOCUMENT_TOO_LARGE).limited_by("document_bytes_max", fit as u64))
        }
        Err(error) if error.kind == InflateErrorKind::InflatedBytes => {
            Err(of_inflate(error).limited_by("inflated_bytes_max", limits.inflated_bytes_max))
        }
        Err(error) => Err(of_inflate(error)),
    }
}

/// The text without the byte order mark that it may begin with.
pub(crate) fn without_mark(text: Shared) -> Shared {
    let marked = text.starts_with(MARK);
    if marked { text.slice(MARK.len()..text.len()) } else { text }
}

/// The byte order mark of UTF-8, which RFC 8259 allows readers to pass over.
pub(crate) const MARK: &[u8] = b"\xef\xbb\xbf";
