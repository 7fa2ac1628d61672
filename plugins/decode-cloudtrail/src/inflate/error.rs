//! Why an input could not be inflated: a kind, a place and a limit, never the data.

use super::Codec;
use std::fmt;
use std::io;

/// Why an input could not be inflated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct InflateError {
    /// What happened.
    pub(crate) kind: InflateErrorKind,
    /// The codec that was being read; [`Codec::Plain`] before it is known.
    pub(crate) codec: Codec,
    /// The byte of the compressed input at which it was noticed; damage may lie some way before.
    /// For too much content, the start of the member that it is in.
    pub(crate) offset: u64,
    /// The value of the limit that was met, where one was; [`InflateErrorKind::option`] names it.
    pub(crate) limit: Option<u64>,
}

/// What was wrong with a compressed input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InflateErrorKind {
    /// A codec or encoding that is recognized and not supported, by name.
    Unsupported(&'static str),
    /// The header of a member is wrong; says how.
    Header(&'static str),
    /// The compressed data is damaged.
    Data,
    /// The checksum of the content is wrong.
    Checksum,
    /// The content has another length than the member states.
    Length,
    /// The input ends inside a member.
    Truncated,
    /// Bytes other than zero padding follow the first member.
    Trailing,
    /// More comes out than `inflated_bytes_max`.
    InflatedBytes,
    /// More comes out than `ratio_max` times what went in.
    Ratio,
    /// A zstd frame needs a larger window than `window_bytes_max`.
    Window,
    /// The reader failed.
    Read(io::ErrorKind),
}

impl InflateErrorKind {
    /// The option that would let the input pass.
    pub(crate) fn option(self) -> Option<&'static str> {
        match self {
            Self::Trailing => Some("trailing"),
            Self::InflatedBytes => Some("inflated_bytes_max"),
            Self::Ratio => Some("ratio_max"),
            Self::Window => Some("window_bytes_max"),
            _ => None,
        }
    }

    /// What happened, in a few words.
    fn message(self) -> &'static str {
        match self {
            Self::Unsupported(what) | Self::Header(what) => what,
            Self::Data => "the data is damaged",
            Self::Checksum => "the checksum does not match the content",
            Self::Length => "the stated length does not match the content",
            Self::Truncated => "the input ends early",
            Self::Trailing => "more bytes follow the first member",
            Self::InflatedBytes => "too much content",
            Self::Ratio => "too much content for its compressed size",
            Self::Window => "the window is too large",
            Self::Read(_) => "the input could not be read",
        }
    }
}

impl InflateError {
    /// An error at a byte of the compressed input.
    pub(super) fn new(kind: InflateErrorKind, codec: Codec, offset: u64) -> Self {
        InflateError { kind, codec, offset, limit: None }
    }

    /// The same error, met at a limit.
    pub(super) fn limited_by(self, value: u64) -> Self {
        InflateError { limit: Some(value), ..self }
    }
}

impl fmt::Display for InflateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = self.kind.message();
        match self.kind {
            InflateErrorKind::Unsupported(_) => write!(f, "{message} is not supported")?,
            InflateErrorKind::Read(kind) => write!(f, "{message} ({kind})")?,
            _ => write!(f, "{}: {message}", self.codec.name())?,
        }
        match (self.kind.option(), self.limit) {
            (Some(option), Some(value)) => write!(f, " ({option} is {value})")?,
            (Some(option), None) => write!(f, " (see {option})")?,
            (None, _) => {}
        }
        write!(f, " at byte {}", self.offset)
    }
}

impl std::error::Error for InflateError {}
