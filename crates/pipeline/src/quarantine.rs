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

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::io::Write;
use trailmill_event::Source;
use trailmill_event::json::quote_into;
use trailmill_stage::Fault;

/// An input that is bad as a whole: its quarantine line is made by whoever has its bytes.
#[derive(Clone, Copy, Debug)]
pub struct DeadInput<'a> {
    /// The name of the decoder.
    pub stage: &'a str,
    /// Why.
    pub fault: Fault,
    /// Where it comes from.
    pub source: &'a Source,
    /// Its bytes as they are stored, or the first of them.
    pub raw: &'a [u8],
    /// How many bytes it has.
    pub bytes: u64,
    /// The SHA-256 of all its bytes.
    pub sha256: [u8; 32],
}

impl<'a> DeadInput<'a> {
    /// An input of which all bytes are at hand.
    pub fn whole(stage: &'a str, fault: Fault, source: &'a Source, raw: &'a [u8]) -> Self {
        DeadInput { stage, fault, source, raw, bytes: raw.len() as u64, sha256: sha256(raw) }
    }

    /// Its quarantine line, with the line feed.
    pub fn line(&self) -> Vec<u8> {
        let mut out = Vec::new();
        Case {
            scope: "input",
            fault: self.fault,
            stage: self.stage,
            output: None,
            source: self.source,
            offset: 0,
            raw: self.raw,
            bytes: self.bytes,
            sha256: self.sha256,
        }
        .write(&mut out);
        out
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
    pub(crate) raw: &'a [u8],
    pub(crate) bytes: u64,
    pub(crate) sha256: [u8; 32],
}

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
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
        text(out, "sha256", &hex(self.sha256));
        number(out, "bytes", self.bytes);
        match std::str::from_utf8(self.raw) {
            Ok(raw) => text(out, "raw", raw),
            Err(_) => text(out, "rawBase64", &STANDARD.encode(self.raw)),
        }
        if self.raw.len() as u64 != self.bytes {
            number(out, "rawBytes", self.raw.len() as u64);
        }
        // The comma behind the last member.
        out.pop();
        out.extend_from_slice(b"}\n");
    }
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
