//! What is expected of a case and what came of it, as the texts of its files.

use crate::outcome::Outcome;
use crate::run::Failure;
use crate::{diff, pretty};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

const EVENT: &str = "out.json";
const EVENTS: &str = "out.jsonl";
const FAULTS: &str = "fault.txt";

/// What comes out, as the texts of the files.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Texts {
    events: Vec<String>,
    faults: String,
}

impl Texts {
    /// The texts for what came.
    ///
    /// # Errors
    /// A broken contract, for which no text stands.
    pub(crate) fn of(outcomes: Result<Vec<Outcome>, Failure>) -> Result<Texts, String> {
        let outcomes = match outcomes {
            Ok(outcomes) => outcomes,
            Err(error @ Failure::Settings(_)) => {
                return Ok(Texts { faults: format!("{error}\n"), ..Texts::default() });
            }
            Err(Failure::Broken(why)) => return Err(why),
        };
        Ok(Texts {
            events: outcomes
                .iter()
                .filter_map(|outcome| outcome.event().map(str::to_owned))
                .collect(),
            faults: outcomes.iter().filter_map(Outcome::fault_line).collect(),
        })
    }

    /// The expectations of a case, if it has any.
    pub(crate) fn read(case: &Path) -> Result<Option<Texts>, String> {
        let (event, events) = (read(&case.join(EVENT))?, read(&case.join(EVENTS))?);
        let faults = read(&case.join(FAULTS))?;
        let events = match (event, events) {
            (Some(_), Some(_)) => return Err(format!("both {EVENT} and {EVENTS}")),
            (Some(event), None) => vec![event],
            (None, Some(events)) => events.lines().map(str::to_owned).collect(),
            (None, None) if faults.is_none() => return Ok(None),
            (None, None) => Vec::new(),
        };
        let faults = faults.unwrap_or_default();
        Ok(Some(Texts { events, faults }))
    }

    /// Compares these, as what is expected, with what came.
    pub(crate) fn compare(&self, got: &Texts) -> Result<(), String> {
        diff::text(&self.faults, &got.faults)?;
        let [expected, got] = [self, got].map(|texts| -> Vec<&str> {
            let events = texts.events.iter().map(String::as_str);
            events.collect()
        });
        diff::json(&expected, &got)
    }

    /// Makes these the expectations of a case.
    pub(crate) fn write(&self, case: &Path) -> Result<(), String> {
        let (event, events) = match &self.events[..] {
            [event] => (Some(format!("{}\n", pretty(event))), None),
            [] if !self.faults.is_empty() => (None, None),
            many => (None, Some(many.iter().map(|e| format!("{e}\n")).collect())),
        };
        let faults = (!self.faults.is_empty()).then(|| self.faults.clone());
        for (name, content) in [(EVENT, event), (EVENTS, events), (FAULTS, faults)] {
            put(&case.join(name), content)?;
        }
        Ok(())
    }
}

/// Writes a file, or removes it if it is to have no content.
fn put(path: &Path, content: Option<String>) -> Result<(), String> {
    let done = match content {
        Some(content) => fs::write(path, content),
        None if !path.exists() => Ok(()),
        None => fs::remove_file(path),
    };
    done.map_err(|error| format!("{}: {error}", path.display()))
}

/// The text of a file, if there is one.
pub(crate) fn read(path: &Path) -> Result<Option<String>, String> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("{}: {error}", path.display())),
    }
}
