//! What became of one record, or of one piece of input.

use trailmill_stage::event::json;
use trailmill_stage::{Fault, FaultKind};

/// What became of one record, or of one piece of input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It goes on, as this compact JSON.
    Event(String),
    /// It is filtered.
    Filtered,
    /// It is at fault.
    Fault(Fault),
    /// The input is dead from here on.
    Dead(Fault),
}

impl Outcome {
    /// The fault, if it is one.
    pub(crate) fn fault(&self) -> Option<&Fault> {
        match self {
            Outcome::Fault(fault) | Outcome::Dead(fault) => Some(fault),
            Outcome::Event(_) | Outcome::Filtered => None,
        }
    }

    /// The event, if it goes on.
    pub(crate) fn event(&self) -> Option<&str> {
        match self {
            Outcome::Event(text) => Some(text),
            _ => None,
        }
    }

    /// The fault as a line of `fault.txt`.
    pub(crate) fn fault_line(&self) -> Option<String> {
        let fault = self.fault()?;
        let dead = match self {
            Outcome::Dead(_) => "whole input: ",
            _ => "",
        };
        Some(format!("{dead}{}: {fault}\n", fault.kind.name))
    }

    /// Whether it is the same but for the place of a fault.
    pub(crate) fn is_like(&self, other: &Outcome) -> bool {
        match (self.fault(), other.fault()) {
            (Some(one), Some(two)) => one.kind == two.kind,
            _ => self == other,
        }
    }
}

/// Takes a fault, if its kind is named as all kinds are.
pub(crate) fn checked(fault: Fault) -> Result<Fault, String> {
    let FaultKind { name, message } = *fault.kind;
    if !is_kebab_case(name) {
        return Err(format!("the fault kind `{name}` is not in kebab-case"));
    }
    if message.is_empty() || message.ends_with('.') {
        return Err(format!("the message of `{name}` is empty or has a full stop"));
    }
    Ok(fault)
}

/// Whether a name is in kebab-case, as those of plugins and of kinds of faults and notes are.
pub fn is_kebab_case(name: &str) -> bool {
    name.split('-').all(|word| {
        let mut letters = word.bytes();
        !word.is_empty() && letters.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    })
}

/// Takes the text of an event, if it is one compact JSON object.
pub(crate) fn object(text: Vec<u8>) -> Result<Outcome, String> {
    let mut index = json::Index::new();
    let root =
        index.parse(&text).map_err(|error| format!("what is written is not JSON: {error}"))?;
    if root.kind() != json::Kind::Object {
        return Err("what is written is not an object".to_owned());
    }
    if compact(&text).as_bytes() != text {
        return Err("what is written has blanks between its tokens".to_owned());
    }
    String::from_utf8(text)
        .map(Outcome::Event)
        .map_err(|_| "what is written is not UTF-8".to_owned())
}

/// JSON text without the blanks between its tokens.
pub(crate) fn compact(text: &[u8]) -> String {
    let mut out = Vec::new();
    json::compact_into(text, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}
