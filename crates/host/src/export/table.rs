//! A file that a pipeline names, as it goes into a module: whole, or what is read of it.

use bytes::Bytes;
use std::fmt;
use trailmill_stage::Cut;

/// A file that a pipeline names.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its path, as the pipeline file has it.
    pub name: String,
    /// How many bytes the file has.
    pub whole_bytes: usize,
    /// Why it is in the module with all of them, though its stage could do with fewer.
    pub left_whole: Option<String>,
    whole: Bytes,
    part: Option<Bytes>,
}

impl Table {
    /// A file that is read as a whole.
    pub(super) fn whole(name: &str, whole: &Bytes) -> Self {
        Table {
            name: name.to_owned(),
            whole_bytes: whole.len(),
            left_whole: None,
            whole: whole.clone(),
            part: None,
        }
    }

    /// A file of which a part is read.
    pub(super) fn cut(name: &str, whole: &Bytes, cut: &Cut<'_>) -> Self {
        let (part, left_whole) = match cut(whole) {
            Ok(part) => (Some(Bytes::from(part)), None),
            Err(reason) => (None, Some(reason)),
        };
        Table { part, left_whole, ..Table::whole(name, whole) }
    }

    /// Makes of it what serves whoever reads this and whoever reads `other`, of the same file.
    pub(super) fn join(&mut self, other: Table) {
        if self.content() != other.content() {
            self.left_whole = Some("stages read different parts of it".to_owned());
            self.part = None;
        }
    }

    /// What goes into the module.
    pub(super) fn content(&self) -> &Bytes {
        self.part.as_ref().unwrap_or(&self.whole)
    }

    /// How many bytes go into the module.
    pub fn bytes(&self) -> usize {
        self.content().len()
    }
}

/// The name and the sizes, in bytes.
impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes", self.name, self.bytes())?;
        match (&self.part, &self.left_whole) {
            (Some(_), _) => write!(f, " of {}", self.whole_bytes)?,
            (None, Some(reason)) => write!(f, ", as {reason}")?,
            (None, None) => {}
        }
        f.write_str(")")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Bytes = Bytes::from_static(b"0123456789");

    fn part(bytes: usize) -> Table {
        Table::cut("a.mmdb", &WHOLE, &|whole| Ok(whole[..bytes].to_vec()))
    }

    #[track_caller]
    fn joined(first: Table, second: Table, expected: &str) {
        for (mut one, other) in [(first.clone(), second.clone()), (second, first)] {
            one.join(other);
            assert_eq!(one.to_string(), expected);
        }
    }

    #[test]
    fn what_serves_all_stages_is_kept() {
        joined(part(4), part(4), "a.mmdb (4 bytes of 10)");
        let different = "a.mmdb (10 bytes, as stages read different parts of it)";
        joined(part(4), part(5), different);
        joined(part(4), Table::whole("a.mmdb", &WHOLE), different);
        let mut all = part(4);
        all.join(part(5));
        joined(all, part(4), different);
        let damaged = || Table::cut("a.mmdb", &WHOLE, &|_| Err("it is damaged".to_owned()));
        joined(damaged(), damaged(), "a.mmdb (10 bytes, as it is damaged)");
    }
}
