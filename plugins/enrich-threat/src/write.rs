//! What is found, written as JSON.

use crate::entry::IndicatorType;
use crate::indicators::Indicators;
use crate::tag::Tag;
use trailmill_stage::event::json::quote_into;

/// The most matches that one event is given.
const MATCHES_MAX: usize = 16;

/// The most entries that are looked at for one event; only a list that has the same entry over and
/// over gets here.
const ENTRIES_MAX: usize = 256;

/// A field, the entry that its value is or is in, and that entry where it is not the value itself.
type Match = (&'static str, Tag, Option<Vec<u8>>);

/// Takes matches, and writes them as the elements of an array.
#[derive(Debug)]
pub(crate) struct Findings<'i> {
    indicators: &'i Indicators,
    /// What was written, to tell what is the same again.
    seen: Vec<Match>,
    entries: usize,
    is_cut: bool,
}

impl<'i> Findings<'i> {
    pub(crate) fn new(indicators: &'i Indicators) -> Self {
        Findings { indicators, seen: Vec::new(), entries: 0, is_cut: false }
    }

    /// Adds a match: the entry of `tag` is the value of `field`, or `indicator` if that holds it.
    /// Says whether it is worth going on.
    #[cold]
    pub(crate) fn add(
        &mut self,
        field: &'static str,
        of: IndicatorType,
        tag: Tag,
        indicator: Option<Vec<u8>>,
        out: &mut Vec<u8>,
    ) -> bool {
        self.entries += 1;
        let found = (field, tag, indicator);
        if self.seen.contains(&found) && self.entries < ENTRIES_MAX {
            return true;
        }
        if self.seen.len() == MATCHES_MAX || self.entries >= ENTRIES_MAX {
            self.is_cut = true;
            return false;
        }
        self.write(found, of, out);
        true
    }

    fn write(&mut self, found: Match, of: IndicatorType, out: &mut Vec<u8>) {
        let (field, tag, indicator) = &found;
        out.extend_from_slice(if out.is_empty() { b"{\"matches\":[{" } else { b",{" });
        let mut member = |name: &str, value: &str| {
            quote_into(name, out);
            out.push(b':');
            quote_into(value, out);
            out.push(b',');
        };
        member("list", self.indicators.list(*tag));
        member("type", of.name());
        member("field", field);
        if let Some(indicator) = indicator {
            member("indicator", &String::from_utf8_lossy(indicator));
        }
        if let Some(label) = self.indicators.label(*tag) {
            member("label", label);
        }
        // The comma behind the last member.
        out.pop();
        out.push(b'}');
        self.seen.push(found);
    }

    /// Closes what was begun.
    pub(crate) fn end(self, out: &mut Vec<u8>) {
        if !out.is_empty() {
            out.extend_from_slice(if self.is_cut { b"],\"isCut\":true}" } else { b"]}" });
        }
    }
}
