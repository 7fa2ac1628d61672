//! What is remembered of a record.

use crate::seen;
use sha2::{Digest, Sha256};
use trailmill_stage::event::json::Str;
use trailmill_stage::event::{Event, Names, Node, NodeId, Seen};
use trailmill_stage::{Fault, Memory, Remember, Trace};

/// Drops records that came before.
#[derive(Debug)]
pub(crate) struct Dedupe {
    /// How many traces are remembered.
    events_max: u32,
    /// The members of an addendum that matter.
    of_addendum: Names,
}

impl Dedupe {
    /// A stage that remembers so many traces.
    pub(crate) fn new(events_max: u32) -> Self {
        Dedupe {
            events_max,
            of_addendum: Names::new([
                "reason",
                "updatedFields",
                "originalEventID",
                "originalRequestID",
            ]),
        }
    }

    /// Whether an addendum says that the record is an earlier one with other content: "CloudTrail
    /// record contents" in the CloudTrail user guide gives these members for the reason
    /// `UPDATED_DATA` only.
    fn is_update(&self, addendum: Node<'_>) -> bool {
        let [reason, fields @ ..]: [_; 4] = addendum.pick(&self.of_addendum);
        reason.is_some_and(|reason| reason.is_text("UPDATED_DATA"))
            || fields.into_iter().any(|node| node.and_then(Node::text).is_some())
    }
}

impl Remember for Dedupe {
    fn trace(&self, event: &Event<'_>) -> Result<Option<Trace>, Fault> {
        let [id, aggregate_id, addendum] = members(event);
        let id = id.and_then(Node::text);
        Ok(match id.or_else(|| aggregate_id.and_then(Node::text)) {
            None => None,
            Some(_) if addendum.is_some_and(|addendum| self.is_update(addendum)) => {
                let mut record = Vec::new();
                event.write_into(&mut record);
                Some(hash(b'r', &record))
            }
            Some(id) => Some(uuid(id.as_bytes()).unwrap_or_else(|| hash(b'i', id.as_bytes()))),
        })
    }

    fn memory(&self) -> Box<dyn Memory> {
        Box::new(seen::Seen::new(self.events_max))
    }
}

/// The values of `eventID`, `eventId` and `addendum`; of several of one name the last.
fn members<'e>(event: &'e Event<'_>) -> [Option<Node<'e>>; 3] {
    let root = event.root();
    let mut found = [NodeId::NONE; 3];
    let see = |seen: Seen<'_>| {
        if let Some(number) = number(seen.key()) {
            found[number] = seen.id;
        }
    };
    match root.is_dense() {
        true => root.each_member::<true>(see),
        false => root.each_member::<false>(see),
    }
    found.map(|id| (id != NodeId::NONE).then(|| event.node(id)))
}

/// The number of a name among those that matter. Most are told by their first letter.
#[inline(always)]
fn number(key: Str<'_>) -> Option<usize> {
    let name = key.raw();
    match name.first() {
        Some(b'e' | b'a' | b'\\') => {}
        _ => return None,
    }
    // An escape takes six bytes in the place of one.
    let is_escaped = || name.len() > "eventID".len() + 4 && name.contains(&b'\\');
    match name {
        b"eventID" => Some(0),
        b"eventId" => Some(1),
        b"addendum" => Some(2),
        _ if is_escaped() => {
            ["eventID", "eventId", "addendum"].iter().position(|name| key.is(name))
        }
        _ => None,
    }
}

/// An id as CloudTrail writes it, `9cb0e2a0-6c1f-4a54-9a33-cfa3e5b6ef0a`, as the number it is.
/// There is one way to write a number, so that no two ids become one.
fn uuid(text: &[u8]) -> Option<Trace> {
    let text: &[u8; 36] = text.try_into().ok()?;
    let mut number = 0;
    for (position, &byte) in text.iter().enumerate() {
        let digit = match (byte, position) {
            (b'-', 8 | 13 | 18 | 23) => continue,
            (_, 8 | 13 | 18 | 23) => return None,
            (b'0'..=b'9', _) => byte - b'0',
            (b'a'..=b'f', _) => byte - b'a' + 10,
            _ => return None,
        };
        number = number << 4 | Trace::from(digit);
    }
    Some(number)
}

/// The first half of a SHA-256: nobody can make two texts that have the same.
fn hash(kind: u8, text: &[u8]) -> Trace {
    let digest: [u8; 32] = Sha256::new().chain_update([kind]).chain_update(text).finalize().into();
    let half = digest.first_chunk::<16>().copied().unwrap_or_default();
    Trace::from_be_bytes(half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_numbers_in_one_spelling() {
        let id = b"9cb0e2a0-6c1f-4a54-9a33-cfa3e5b6ef0a";
        assert_eq!(uuid(id), Some(0x9cb0_e2a0_6c1f_4a54_9a33_cfa3_e5b6_ef0a));
        for other in [
            "9CB0E2A0-6c1f-4a54-9a33-cfa3e5b6ef0a",
            "9cb0e2a0-6c1f-4a54-9a33-cfa3e5b6ef0",
            "9cb0e2a0-6c1f-4a54-9a33-cfa3e5b6ef0a0",
            "9cb0e2a006c1f-4a54-9a33-cfa3e5b6ef0a",
            "9cb0e2a0-6c1f-4a54-9a33-cfa3e5b6ef-a",
            "9cb0e2a0-6c1f-4a54-9a33-cfa3e5b6ef0g",
            "",
        ] {
            assert_eq!(uuid(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn kinds_of_text_do_not_meet() {
        assert_ne!(hash(b'i', b"a"), hash(b'r', b"a"));
        assert_eq!(hash(b'i', b"a"), hash(b'i', b"a"));
    }
}
