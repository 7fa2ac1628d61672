//! Where a record came from.

use std::sync::Arc;

/// What the records of one input share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file, or `stdin`; as the user named it.
    pub name: Arc<str>,
    /// What the records travelled in, outermost first: `s3-log-file`, `cloudwatch-logs` ...
    pub container: &'static str,
    /// When they were collected, as RFC 3339 text with an offset; empty if nobody said.
    pub collected_at: Arc<str>,
}

impl Default for Source {
    fn default() -> Self {
        Source { name: Arc::from(""), container: "", collected_at: Arc::from("") }
    }
}

/// Where one record came from.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// What it shares with its neighbors.
    pub source: &'a Source,
    /// Its byte offset in the decompressed text of the input; in text that was itself packed into
    /// a string or base64, the offset of that package.
    pub offset: u64,
    /// When CloudWatch Logs took it, in milliseconds since 1970, if it came that way.
    pub logs_time_ms: Option<i64>,
}
