//! Quarantine lines: a fault, and the input that it was met in, whole.
//!
//! One JSON object a line, its members always in this order:
//!
//! | member | what it holds |
//! |---|---|
//! | `fault` | the name of the kind |
//! | `message` | what happened, with the limit or the byte if there is one |
//! | `stage` | the stage that met it |
//! | `output` | the output that the stage belongs to; left out for the stages that all share |
//! | `scope` | what is quarantined: `record`, `piece` (of input, not opened) or `input` (all of it) |
//! | `source` | the file, as the user named it |
//! | `container` | what it travelled in; empty if that was never known |
//! | `offset` | where it begins, in bytes of the decompressed input |
//! | `collectedAt` | when it was collected; empty if nobody said |
//! | `sha256` | of its bytes, in hexadecimal |
//! | `bytes` | how many it has |
//! | `raw` | its bytes as text, exactly as they stood |
//! | `rawBase64` | the same in base64, in the place of `raw` where they are not UTF-8 |
//! | `rawBytes` | how many of them are here, if they are not all |
//!
//! In a guarded pipeline (see [`StageSpec::guards`](trailmill_stage::StageSpec::guards)) nothing
//! stands there that a guard has not passed. There is no `sha256`, and behind `bytes` stand,
//! where all guards have passed the event:
//!
//! | member | what it holds |
//! |---|---|
//! | `redacted` | `true` |
//! | `event` | the event as the last guard has left it: the text of compact JSON |
//!
//! and otherwise these:
//!
//! | member | what it holds |
//! |---|---|
//! | `eventID`, `eventTime`, `eventName`, `awsRegion` | those of the event; each only if it is a short text of the usual characters |
//! | `withheld` | `true` |
//! | `reason` | why |

use crate::guard;
use crate::pipeline::Pipeline;
use crate::step::OnFault;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::io::Write;
use trailmill_event::Source;
use trailmill_event::json::quote_into;
use trailmill_stage::Fault;

/// What there is of an input that is bad as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remains {
    /// Its bytes as they are stored, or the first of them.
    pub raw: Vec<u8>,
    /// How many bytes it has.
    pub bytes: u64,
    /// The SHA-256 of all its bytes.
    pub sha256: [u8; 32],
}

impl Remains {
    /// An input of which all bytes are at hand.
    pub fn whole(raw: &[u8]) -> Self {
        Remains { raw: raw.to_vec(), bytes: raw.len() as u64, sha256: sha256(raw) }
    }
}

impl Pipeline {
    /// The quarantine line, with its line feed, of an input that is bad as a whole; none if such
    /// inputs are dropped. A guarded pipeline keeps no more of `remains` than their length.
    pub fn dead_input(
        &self,
        fault: Fault,
        source: &Source,
        remains: impl FnOnce() -> Remains,
    ) -> Option<Vec<u8>> {
        let decoder = self.decoder();
        if decoder.on_fault == OnFault::Drop {
            return None;
        }
        let Remains { raw, bytes, sha256 } = remains();
        let evidence = match self.is_guarded() {
            true => Evidence::Withheld(Vec::new()),
            false => Evidence::Raw { raw: &raw, sha256 },
        };
        let mut out = Vec::new();
        Case {
            scope: "input",
            fault,
            stage: decoder.name,
            output: None,
            source,
            offset: 0,
            bytes,
            evidence,
        }
        .write(&mut out);
        Some(out)
    }
}

/// What one line says.
pub(crate) struct Case<'a> {
    pub(crate) scope: &'static str,
    pub(crate) fault: Fault,
    pub(crate) stage: &'a str,
    pub(crate) output: Option<&'a str>,
    pub(crate) source: &'a Source,
    pub(crate) offset: u64,
    /// How many bytes the input in question has.
    pub(crate) bytes: u64,
    pub(crate) evidence: Evidence<'a>,
}

/// What is kept of the input.
pub(crate) enum Evidence<'a> {
    /// Its bytes, or the first of them, and the hash of all.
    Raw { raw: &'a [u8], sha256: [u8; 32] },
    /// The event as the last guard has left it.
    Redacted(String),
    /// What may be told of the event.
    Withheld(Vec<(&'static str, String)>),
}

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

impl<'a> Evidence<'a> {
    /// All of it.
    pub(crate) fn whole(raw: &'a [u8]) -> Self {
        Evidence::Raw { raw, sha256: sha256(raw) }
    }
}

impl Case<'_> {
    /// Appends the line, with its line feed.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.push(b'{');
        text(out, "fault", self.fault.kind.name);
        text(out, "message", &self.fault.to_string());
        text(out, "stage", self.stage);
        if let Some(output) = self.output {
            text(out, "output", output);
        }
        text(out, "scope", self.scope);
        text(out, "source", &self.source.name);
        text(out, "container", self.source.container);
        number(out, "offset", self.offset);
        text(out, "collectedAt", &self.source.collected_at);
        if let Evidence::Raw { sha256, .. } = self.evidence {
            text(out, "sha256", &hex(sha256));
        }
        number(out, "bytes", self.bytes);
        self.write_evidence(out);
        out.extend_from_slice(b"}\n");
    }

    /// Appends what is kept of the input: members without a comma behind the last.
    fn write_evidence(&self, out: &mut Vec<u8>) {
        match &self.evidence {
            Evidence::Raw { raw, .. } => {
                match std::str::from_utf8(raw) {
                    Ok(raw) => text(out, "raw", raw),
                    Err(_) => text(out, "rawBase64", &STANDARD.encode(raw)),
                }
                if raw.len() as u64 != self.bytes {
                    number(out, "rawBytes", raw.len() as u64);
                }
            }
            Evidence::Redacted(event) => {
                truth(out, "redacted");
                text(out, "event", event);
            }
            Evidence::Withheld(known) => {
                known.iter().for_each(|(name, value)| text(out, name, value));
                truth(out, "withheld");
                text(out, "reason", guard::REASON);
            }
        }
        // The comma behind the last member.
        out.pop();
    }
}

fn truth(out: &mut Vec<u8>, name: &str) {
    quote_into(name, out);
    out.extend_from_slice(b":true,");
}

fn text(out: &mut Vec<u8>, name: &str, value: &str) {
    quote_into(name, out);
    out.push(b':');
    quote_into(value, out);
    out.push(b',');
}

fn number(out: &mut Vec<u8>, name: &str, value: u64) {
    quote_into(name, out);
    write!(out, ":{value},").expect("writing to memory does not fail");
}

fn hex(bytes: [u8; 32]) -> String {
    let digit = |nibble: u8| char::from(b"0123456789abcdef"[usize::from(nibble)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
