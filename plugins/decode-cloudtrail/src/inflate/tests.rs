//! Every way of reading an input must come to the same verdict; the submodules say which.

mod bombs;
mod codec;
#[allow(clippy::disallowed_methods, reason = "the tests read files, the stage does not")]
mod corpus;
mod damage;
#[cfg(feature = "libdeflate")]
mod fast;
mod gzip;
mod make;
mod reading;
mod zstd;

use super::*;
use std::io::{self, Read};

const WIDE: Limits = Limits {
    inflated_bytes_max: 1 << 40,
    ratio_max: u32::MAX,
    window_bytes_max: 8 << 20,
    trailing: Trailing::Refuse,
};
const ACCEPT: Limits = Limits { trailing: Trailing::Accept, ..WIDE };

/// What an input comes to: all of its content, or what is wrong with it.
type Verdict = Result<Vec<u8>, InflateError>;

/// A reader that hands out its bytes in small pieces.
struct Pieces<'a> {
    bytes: &'a [u8],
    most: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let most = self.most.min(out.len());
        self.bytes.read(&mut out[..most])
    }
}

fn by_pieces(input: &[u8], limits: Limits, scratch: &mut Scratch, piece: usize) -> Verdict {
    let reader = Pieces { bytes: input, most: piece };
    read_all(Inflater::new(reader, limits, scratch).with_input_bytes(input.len() as u64), 1 << 20)
}

/// Reads to the end, and holds the inflater to its promises on the way.
fn read_all<R: Read>(mut inflater: Inflater<'_, R>, up_to: usize) -> Verdict {
    let mut content = Vec::new();
    loop {
        let before = content.len();
        match inflater.read_into(&mut content, up_to) {
            Ok(read) => {
                assert_eq!(content.len(), before + read);
                assert!(read <= up_to.max(1));
                if read == 0 {
                    assert_eq!(inflater.read_into(&mut content, up_to), Ok(0), "an end lasts");
                    return Ok(content);
                }
            }
            Err(error) => {
                assert_eq!(content.len(), before, "an error appends nothing");
                assert_eq!(inflater.read_into(&mut content, up_to), Err(error), "errors last");
                return Err(error);
            }
        }
    }
}

/// The verdict on an input, whatever the way it is read.
fn verdict(input: &[u8], limits: Limits) -> Verdict {
    let mut scratch = Scratch::default();
    let expected = by_pieces(input, limits, &mut scratch, usize::MAX);
    for piece in [1, 7, 4096] {
        let other = by_pieces(input, limits, &mut scratch, piece);
        assert!(other == expected, "{piece}: {:?} {:?}", other.err(), expected.as_ref().err());
    }
    // Byte by byte only where that does not take long.
    let small = expected.as_ref().is_ok_and(|content| content.len() < 100_000);
    let sizes: &[usize] = if small { &[0, 1, 1000] } else { &[1000] };
    for &up_to in sizes {
        let inflater = Inflater::new(input, limits, &mut scratch);
        let other = read_all(inflater.with_input_bytes(input.len() as u64), up_to);
        assert_eq!(kind(&other), kind(&expected), "up to {up_to}");
        assert_eq!(other.ok(), expected.as_ref().ok().cloned(), "up to {up_to}");
    }
    let mut out = b"left over".to_vec();
    let whole = inflate_whole(input, &limits, &mut scratch, usize::MAX, &mut out);
    let other = whole.map(|whole| {
        assert_eq!(whole, Whole::Inflated);
        out
    });
    assert!(other == expected, "whole: {:?} {:?}", other.err(), expected.as_ref().err());
    expected
}

fn kind(verdict: &Verdict) -> Option<InflateErrorKind> {
    verdict.as_ref().err().map(|error| error.kind)
}

/// The kind of error an input comes to.
fn fault(input: &[u8], limits: Limits) -> InflateErrorKind {
    verdict(input, limits).expect_err("an error").kind
}
