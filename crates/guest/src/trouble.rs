//! What becomes of a record that got into trouble, for hosts that take one object for each.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use trailmill_event::json::{Index, Kind, quote_into};
use trailmill_pipeline::{MARK, write_fault};
use trailmill_stage::FaultKind;

/// What of a quarantine line that withholds its event is told of it.
const KNOWN: [&str; 3] = ["eventID", "eventTime", "eventName"];

/// The name that stands for a stage where none is at fault.
pub(crate) const NO_STAGE: &str = "guest";

/// Nobody has handed the module a pipeline.
pub(crate) static NOT_CONFIGURED: FaultKind =
    FaultKind { name: "not-configured", message: "the module holds no pipeline" };

/// An input was read to its end, and there was nothing in it.
pub(crate) static NO_RECORD: FaultKind =
    FaultKind { name: "no-record", message: "there is no CloudTrail record in it" };

/// Why a record did not become a row.
#[derive(Debug)]
pub(crate) struct Trouble {
    stage: String,
    kind: String,
    message: String,
    rest: Rest,
}

/// What may be passed on of the record.
#[derive(Debug, PartialEq, Eq)]
enum Rest {
    /// All of it.
    Record,
    /// JSON in its place, which guards have passed.
    Redacted(String),
    /// These members, as JSON text.
    Known(Vec<(&'static str, String)>),
}

impl Trouble {
    /// Trouble that no stage has met. Of the record nothing is passed on if that is `guarded`.
    pub(crate) fn new(kind: &'static FaultKind, guarded: bool) -> Self {
        Trouble {
            stage: NO_STAGE.to_owned(),
            kind: kind.name.to_owned(),
            message: kind.message.to_owned(),
            rest: if guarded { Rest::Known(Vec::new()) } else { Rest::Record },
        }
    }

    /// The stage that met it.
    pub(crate) fn stage(&self) -> &str {
        &self.stage
    }

    /// The name of its kind.
    pub(crate) fn kind(&self) -> &str {
        &self.kind
    }

    /// The trouble that a quarantine line tells of; the line also knows what may be passed on.
    pub(crate) fn of_line(line: &[u8]) -> Option<Self> {
        let mut index = Index::new();
        let line = index.parse(line).ok()?;
        let text = |name: &str| Some(line.get(name)?.as_string()?.decode().into_owned());
        let rest = if line.get("raw").is_some() || line.get("rawBase64").is_some() {
            Rest::Record
        } else if let Some(event) = text("event") {
            Rest::Redacted(event)
        } else {
            let json = |name: &str| Some(String::from_utf8_lossy(line.get(name)?.raw()).into());
            let known = KNOWN.into_iter();
            Rest::Known(known.filter_map(|name| Some((name, json(name)?))).collect())
        };
        Some(Trouble {
            stage: text("stage")?,
            kind: text("fault")?,
            message: text("message")?,
            rest,
        })
    }

    /// Appends one JSON object: what may be passed on of the record, and the fault.
    ///
    /// A record that is no JSON object is told as the member `raw`, a string of its text, or
    /// `rawBase64` if it is not UTF-8.
    pub(crate) fn write(&self, record: &[u8], index: &mut Index, out: &mut Vec<u8>) {
        match &self.rest {
            Rest::Record => write_record(record, index, out),
            // The event is an object, unless a guard has a bug, and then nothing of it is safe.
            Rest::Redacted(event) if is_object(event.as_bytes(), index) => {
                write_open(event.as_bytes(), out);
            }
            Rest::Redacted(_) => out.push(b'{'),
            Rest::Known(members) => {
                out.push(b'{');
                for (name, value) in members {
                    quote_into(name, out);
                    out.push(b':');
                    out.extend_from_slice(value.as_bytes());
                    out.push(b',');
                }
            }
        }
        quote_into(MARK, out);
        out.push(b':');
        write_fault(&self.stage, &self.kind, &self.message, out);
        out.push(b'}');
    }
}

/// The bytes that a quarantine line holds of the input; none if it holds none.
pub(crate) fn evidence(line: &[u8]) -> Vec<u8> {
    let mut index = Index::new();
    let Ok(line) = index.parse(line) else { return Vec::new() };
    let text = |name: &str| Some(line.get(name)?.as_string()?.decode().into_owned());
    match (text("raw"), text("rawBase64")) {
        (Some(raw), _) => raw.into_bytes(),
        (None, Some(coded)) => STANDARD.decode(coded).unwrap_or_default(),
        (None, None) => Vec::new(),
    }
}

/// Appends an object without its closing bracket, ready for another member.
fn write_record(record: &[u8], index: &mut Index, out: &mut Vec<u8>) {
    if is_object(record, index) {
        return write_open(record, out);
    }
    let (name, text) = match std::str::from_utf8(record) {
        Ok(text) => ("{\"raw\":", text.to_owned()),
        Err(_) => ("{\"rawBase64\":", STANDARD.encode(record)),
    };
    out.extend_from_slice(name.as_bytes());
    quote_into(&text, out);
    out.push(b',');
}

fn is_object(text: &[u8], index: &mut Index) -> bool {
    index.parse(text).is_ok_and(|root| root.kind() == Kind::Object)
}

/// Appends the text of an object up to its closing bracket, and a comma if it has members.
fn write_open(object: &[u8], out: &mut Vec<u8>) {
    let inside = object.trim_ascii().strip_suffix(b"}").unwrap_or_default().trim_ascii_end();
    out.extend_from_slice(inside);
    if inside != b"{" {
        out.push(b',');
    }
}

#[cfg(test)]
mod tests;
