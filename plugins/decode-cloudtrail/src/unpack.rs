//! What opens compressed input, which a module for hosts that hand over text alone does without.

use crate::decoder::{Job, Layer, Opener};
use crate::fault::of_inflate;
use crate::inflate::{
    Codec, InflateError, InflateErrorKind, Limits, Scratch, Whole, inflate_whole,
};
use crate::run::Stop;
use std::fmt;
use std::io::Read;

/// Opens compressed input.
///
/// It is a trait object, so that a module for a host that hands over text alone does not have to
/// hold what decompresses: a quarter of it.
pub(crate) trait Unpack: Sync {
    /// Goes on with an input that begins with what the first of the layers holds; the others are
    /// for layers inside.
    fn input(
        &self,
        opener: Opener<'_>,
        reader: &mut (dyn Read + Send),
        layers: (&mut Layer, &mut [Layer]),
        job: Job<'_, '_>,
    ) -> Result<(), Stop>;

    /// Inflates what is at hand whole, as [`inflate_whole`] does.
    fn whole(
        &self,
        packed: &[u8],
        limits: &Limits,
        scratch: &mut Scratch,
        fit: usize,
        text: &mut Vec<u8>,
    ) -> Result<Whole, InflateError>;
}

impl fmt::Debug for dyn Unpack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unpack")
    }
}

/// Opens gzip and zstd.
#[derive(Debug)]
pub(crate) struct Unpacker;

impl Unpack for Unpacker {
    fn input(
        &self,
        opener: Opener<'_>,
        reader: &mut (dyn Read + Send),
        (layer, layers): (&mut Layer, &mut [Layer]),
        job: Job<'_, '_>,
    ) -> Result<(), Stop> {
        opener.inflate(reader, layer, layers, job)
    }

    fn whole(
        &self,
        packed: &[u8],
        limits: &Limits,
        scratch: &mut Scratch,
        fit: usize,
        text: &mut Vec<u8>,
    ) -> Result<Whole, InflateError> {
        inflate_whole(packed, limits, scratch, fit, text)
    }
}

/// Opens nothing.
#[derive(Debug)]
pub(crate) struct TextOnly;

impl Unpack for TextOnly {
    fn input(
        &self,
        _: Opener<'_>,
        _: &mut (dyn Read + Send),
        _: (&mut Layer, &mut [Layer]),
        _: Job<'_, '_>,
    ) -> Result<(), Stop> {
        Err(Stop::Dead(of_inflate(NOT_TEXT)))
    }

    fn whole(
        &self,
        _: &[u8],
        _: &Limits,
        _: &mut Scratch,
        _: usize,
        _: &mut Vec<u8>,
    ) -> Result<Whole, InflateError> {
        Err(NOT_TEXT)
    }
}

/// What is wrong with compressed input where all is to be text.
const NOT_TEXT: InflateError = InflateError {
    kind: InflateErrorKind::Unsupported("compressed input, where the host is to hand over text"),
    codec: Codec::Plain,
    offset: 0,
    limit: None,
};
