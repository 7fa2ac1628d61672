//! The stage.

use crate::hash::hash;
use crate::rate::Rate;
use std::borrow::Cow;
use std::collections::HashMap;
use trailmill_stage::event::json::Kind;
use trailmill_stage::event::{Event, NoteKind, Path};
use trailmill_stage::{Fault, Stage, Verdict};

/// An event without its key was kept.
pub static KEY_MISSING: NoteKind = NoteKind {
    name: "sample-key-missing",
    help: "An event had no text at the key of `sample`, so it was kept.",
};

/// Keeps a share of the events.
#[derive(Debug)]
pub(crate) struct Sample {
    /// Where the text is that decides.
    pub(crate) key: Path,
    /// The share.
    pub(crate) rate: Rate,
    /// Where the text is that chooses another share, and those shares.
    pub(crate) per: Option<(Path, HashMap<String, Rate>)>,
}

impl Stage for Sample {
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        let rate = self.rate(event);
        if rate == Rate::WHOLE {
            return Ok(Verdict::Keep);
        }
        match text(event, &self.key).map(|key| hash(&key)) {
            Some(hash) if rate.keeps(hash) => Ok(Verdict::Keep),
            Some(_) => Ok(Verdict::Filter),
            None => {
                event.note(&KEY_MISSING);
                Ok(Verdict::Keep)
            }
        }
    }
}

impl Sample {
    fn rate(&self, event: &Event<'_>) -> Rate {
        let Some((path, rates)) = &self.per else { return self.rate };
        text(event, path).and_then(|text| rates.get(&*text).copied()).unwrap_or(self.rate)
    }
}

/// The text at a path; numbers and truth values are taken as they are written.
fn text<'e>(event: &'e Event<'_>, path: &Path) -> Option<Cow<'e, str>> {
    let node = event.get(path)?;
    match node.kind() {
        Kind::String => node.as_string().map(|string| string.decode()),
        Kind::Number | Kind::Bool => Some(String::from_utf8_lossy(node.untouched()?.raw())),
        Kind::Null | Kind::Array | Kind::Object => None,
    }
}
