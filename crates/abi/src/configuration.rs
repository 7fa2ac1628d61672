//! A configuration: entries one after the other, each with a kind, a name and a value.

use std::fmt;
use std::ops::Range;

/// The kind of the entry that holds the pipeline file; its name says the format, by extension. For
/// a guest that is one stage it holds the settings of the stage, as JSON.
pub const PIPELINE: u32 = 0;
/// The kind of an entry that holds a file which the pipeline file names, under that name.
pub const FILE: u32 = 1;
/// The kind of an entry that holds a variable, such as a key.
pub const VARIABLE: u32 = 2;

/// The kind of an entry that says that all input will be text, never compressed, so that the guest
/// need not be able to open anything else. Name and value are empty.
pub const TEXT: u32 = 3;

/// Kind, length of the name, length of the value.
const HEAD_BYTES: usize = 12;

/// Appends an entry to a configuration: `kind` is one of [`PIPELINE`],
/// [`FILE`], [`VARIABLE`], [`TEXT`].
///
/// # Panics
/// If name or value have 4 GiB or more.
pub fn entry(kind: u32, name: &str, value: &[u8], out: &mut Vec<u8>) {
    let length = |bytes: usize| u32::try_from(bytes).expect("an entry below 4 GiB").to_le_bytes();
    out.extend_from_slice(&kind.to_le_bytes());
    out.extend_from_slice(&length(name.len()));
    out.extend_from_slice(&length(value.len()));
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(value);
}

/// One entry of a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'c> {
    /// [`PIPELINE`], [`FILE`], [`VARIABLE`] or [`TEXT`].
    pub kind: u32,
    /// Its name.
    pub name: &'c str,
    /// Where in the configuration its value stands.
    pub value: Range<usize>,
}

/// The entries of a configuration, in their order; ends behind the first that can not be read.
#[derive(Clone, Debug)]
pub struct Entries<'c> {
    configuration: &'c [u8],
    at: usize,
}

/// At this byte of a configuration there is no entry that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownEntry(pub usize);

impl<'c> Entries<'c> {
    /// The entries of a configuration.
    pub fn of(configuration: &'c [u8]) -> Self {
        Entries { configuration, at: 0 }
    }

    /// The entry that begins here, and where the next one does.
    fn read(&self) -> Option<(Entry<'c>, usize)> {
        let (all, at) = (self.configuration, self.at);
        let head = all.get(at..at.checked_add(HEAD_BYTES)?)?;
        let number = |from: usize| Some(u32::from_le_bytes(*head.get(from..)?.first_chunk()?));
        let kind = number(0).filter(|kind| (PIPELINE..=TEXT).contains(kind))?;
        let value_at = (at + HEAD_BYTES).checked_add(number(4)? as usize)?;
        let end = value_at.checked_add(number(8)? as usize)?;
        let name = std::str::from_utf8(all.get(at + HEAD_BYTES..value_at)?).ok()?;
        (end <= all.len()).then_some((Entry { kind, name, value: value_at..end }, end))
    }
}

impl<'c> Iterator for Entries<'c> {
    type Item = Result<Entry<'c>, UnknownEntry>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.configuration.len() {
            return None;
        }
        Some(match self.read() {
            Some((entry, behind)) => {
                self.at = behind;
                Ok(entry)
            }
            None => {
                let at = std::mem::replace(&mut self.at, self.configuration.len());
                Err(UnknownEntry(at))
            }
        })
    }
}

impl fmt::Display for UnknownEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no entry can be read at byte {} of the configuration", self.0)
    }
}

impl std::error::Error for UnknownEntry {}

#[cfg(test)]
mod tests;
