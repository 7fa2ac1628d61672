//! Why a text is not JSON: a kind and a byte offset, never the text.

use std::fmt;

/// What is wrong with a text, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error {
    /// What is wrong.
    pub kind: ErrorKind,
    /// The byte offset, in the text that was indexed, of the first byte that can not stand; of the
    /// first byte of a malformed word or number; of the end where something is missing.
    pub offset: usize,
}

/// The kinds of [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The text ends before its document does, be it inside a word, a string or an escape: more
    /// text could make it whole.
    Incomplete,
    /// A token stands where the grammar does not allow it.
    Syntax,
    /// Something follows the end of the document.
    Trailing,
    /// A bare word that is none of `true`, `false` and `null`, or a malformed number.
    Scalar,
    /// A control character inside a string, or one outside that is no blank.
    Control,
    /// An escape that JSON does not know, or a backslash outside a string.
    Escape,
    /// Bytes that are not UTF-8.
    Utf8,
    /// More brackets are open than [`DEPTH_MAX`](crate::DEPTH_MAX), or than the index allows.
    Depth,
    /// The text is longer than an index can hold (4 GiB).
    TooLong,
}

impl ErrorKind {
    /// A short sentence without the place.
    pub fn message(self) -> &'static str {
        match self {
            ErrorKind::Incomplete => "the text ends before its document does",
            ErrorKind::Syntax => "a token stands where JSON does not allow it",
            ErrorKind::Trailing => "something follows the end of the document",
            ErrorKind::Scalar => "neither a number nor true, false or null",
            ErrorKind::Control => "a control character where none may stand",
            ErrorKind::Escape => "a backslash that begins no escape of JSON",
            ErrorKind::Utf8 => "bytes that are not UTF-8",
            ErrorKind::Depth => "too many brackets are open",
            ErrorKind::TooLong => "longer than 4 GiB",
        }
    }
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, offset: usize) -> Self {
        Error { kind, offset }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (byte {})", self.kind.message(), self.offset)
    }
}

impl std::error::Error for Error {}
