//! Compressed bytes to bytes: told by magic number, within limits, integrity checked.
//!
//! | part | what it does |
//! |---|---|
//! | [`Codec`] | tells gzip, zstd and plain bytes apart, and names what is not supported |
//! | [`Inflater`] | reads a stream of any length in constant memory |
//! | [`inflate_whole`] | inflates a slice at once, where its content is known to be small |
//! | [`Limits`], [`Trailing`] | how much may come out, and what may follow the first member |
//! | [`InflateError`] | what was wrong, where, and which option would let it pass |
//!
//! A *member* is one gzip member or one zstd frame. The first is the input; after it only zero
//! padding is accepted (and zstd's skippable frames, which hold no content), because bytes behind
//! the first member are outside what a digest file vouches for in many validators.

mod codec;
mod error;
mod gzip;
mod limits;
#[cfg(feature = "libdeflate")]
mod member;
mod reader;
mod source;
mod whole;
mod zstd;

#[cfg(test)]
mod tests;

pub(crate) use codec::Codec;
pub(crate) use error::{InflateError, InflateErrorKind};
pub(crate) use limits::{Limits, Trailing};
pub(crate) use reader::{Inflater, Scratch};
pub(crate) use whole::{Whole, inflate_whole};
