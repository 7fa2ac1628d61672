//! Why a row can not be turned back into its record.

use std::fmt;
use trailmill_stage::event::json;

/// Why a row can not be turned back into its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnflattenError {
    /// What is wrong.
    pub kind: UnflattenErrorKind,
    /// The byte of the row at which it is wrong, where one can be named.
    pub offset: usize,
}

/// The kinds of [`UnflattenError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnflattenErrorKind {
    /// The row is not JSON.
    NotJson(json::ErrorKind),
    /// The row is JSON, but not an object.
    NotAnObject,
    /// None of the columns of the schema is there, so this is a row of another.
    OtherSchema,
    /// The column for the rest holds something else than an object.
    RestNotAnObject,
}

impl fmt::Display for UnflattenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            UnflattenErrorKind::NotJson(kind) => f.write_str(kind.message())?,
            UnflattenErrorKind::NotAnObject => f.write_str("a row is a JSON object")?,
            UnflattenErrorKind::OtherSchema => f.write_str("a row of another schema")?,
            UnflattenErrorKind::RestNotAnObject => {
                f.write_str("the column that takes the rest is no object")?;
            }
        }
        write!(f, " (byte {})", self.offset)
    }
}

impl std::error::Error for UnflattenError {}
