//! What is found in the lists, and how it is written.

use crate::entry::IndicatorType;
use crate::indicators::Indicators;
use crate::tag::Tag;
use trailmill_stage::event::json::{Key, Object};

/// The most matches that one event is given.
const MATCHES_MAX: usize = 16;

/// The most entries that are looked at for one event; only a list that has the same entry under
/// very many labels gets here.
const ENTRIES_MAX: usize = 256;

/// A match.
#[derive(Debug, PartialEq)]
struct Match {
    /// The path of the field.
    field: &'static str,
    of: IndicatorType,
    tag: Tag,
    /// The entry, where it is not the value of the field but holds it.
    indicator: Option<String>,
}

/// What is found in the lists for one event.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    matches: Vec<Match>,
    entries: usize,
    is_cut: bool,
}

const FIELD: Key = Key::new("field");
const INDICATOR: Key = Key::new("indicator");
const IS_CUT: Key = Key::new("isCut");
const LABEL: Key = Key::new("label");
const LIST: Key = Key::new("list");
const MATCHES: Key = Key::new("matches");
const TYPE: Key = Key::new("type");

impl Findings {
    pub(crate) fn is_empty(&self) -> bool {
        self.matches.is_empty()
    }

    /// Adds a match: the entry of `tag` is the value of `field`, or `indicator` if that holds it.
    /// Says whether it is worth going on.
    #[cold]
    pub(crate) fn add(
        &mut self,
        field: &'static str,
        of: IndicatorType,
        tag: Tag,
        indicator: Option<String>,
    ) -> bool {
        let found = Match { field, of, tag, indicator };
        self.entries += 1;
        if self.entries < ENTRIES_MAX && self.matches.contains(&found) {
            return true;
        }
        if self.entries >= ENTRIES_MAX || self.matches.len() == MATCHES_MAX {
            self.is_cut = true;
            return false;
        }
        self.matches.push(found);
        true
    }

    /// Adds what was found to an object.
    pub(crate) fn write(&self, indicators: &Indicators, object: &mut Object<'_>) {
        object.list(&MATCHES, |list| {
            for found in &self.matches {
                list.object(|object| found.write(indicators, object));
            }
        });
        if self.is_cut {
            object.flag(&IS_CUT, true);
        }
    }
}

impl Match {
    fn write(&self, indicators: &Indicators, object: &mut Object<'_>) {
        object.text(&LIST, indicators.list(self.tag));
        object.text(&TYPE, self.of.name());
        object.text(&FIELD, self.field);
        if let Some(indicator) = &self.indicator {
            object.text(&INDICATOR, indicator);
        }
        if let Some(label) = indicators.label(self.tag) {
            object.text(&LABEL, label);
        }
    }
}
