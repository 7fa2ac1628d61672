//! Why a stage could not do its work: a kind and a place, never the value.

use std::fmt;

/// A kind of fault, declared by the plugin that meets it.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct FaultKind {
    /// Its name, in kebab-case, unique among all plugins: `not-json`.
    pub name: &'static str,
    /// What happened, in a sentence without a full stop: `the text is not JSON`.
    pub message: &'static str,
}

/// Why a stage could not do its work on one event, or a decoder on one piece of input.
///
/// It never repeats anything of the event: what it would repeat may be the secret that a later
/// stage was about to hide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What happened.
    pub kind: &'static FaultKind,
    /// The byte at which it happened: of the decompressed input for a decoder, of the record for
    /// other stages.
    pub offset: Option<u64>,
    /// The limit that was met.
    pub limit: Option<Limit>,
    /// What the input was found to be, where that is the reason: `a digest file`.
    pub found: Option<&'static str>,
}

/// A limit that an option sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The option to raise: `record_bytes_max`.
    pub option: &'static str,
    /// Its value.
    pub value: u64,
}

impl Fault {
    /// A fault of that kind, at no particular place.
    pub fn new(kind: &'static FaultKind) -> Self {
        Fault { kind, offset: None, limit: None, found: None }
    }

    /// The same fault, at a byte.
    #[must_use]
    pub fn at(self, offset: u64) -> Self {
        Fault { offset: Some(offset), ..self }
    }

    /// The same fault, met at a limit.
    #[must_use]
    pub fn limited_by(self, option: &'static str, value: u64) -> Self {
        Fault { limit: Some(Limit { option, value }), ..self }
    }

    /// The same fault, with what was found in place of what was wanted.
    #[must_use]
    pub fn found(self, what: &'static str) -> Self {
        Fault { found: Some(what), ..self }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.message)?;
        if let Some(what) = self.found {
            write!(f, ": {what}")?;
        }
        if let Some(limit) = self.limit {
            write!(f, " ({} is {})", limit.option, limit.value)?;
        }
        if let Some(offset) = self.offset {
            write!(f, " at byte {offset}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Fault {}
