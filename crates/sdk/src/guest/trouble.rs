//! What becomes of a record in trouble: it passes as it is, with the fault in it.

use super::Fault;
use crate::json::{self, Checks};

/// The member that a record in trouble carries, as `on_fault: mark` writes it.
const MEMBER: &str = "trailmillFault";

impl Fault {
    /// Appends one JSON object: the record, and the fault as its last member. A record that is no
    /// JSON object, or too deep for the host, is told as the member `raw`, a string of its text, or
    /// `rawBase64` if it is not UTF-8.
    pub(super) fn pass(&self, record: &[u8], checks: &mut Checks, out: &mut String) {
        let text = std::str::from_utf8(record);
        match text {
            Ok(text) if checks.is_object(text) => json::open(text, out),
            _ => {
                out.push('{');
                write_raw(record, out);
                out.push(',');
            }
        }
        self.write(out);
    }

    /// Appends one JSON object, the fault and nothing of a record.
    pub(super) fn tell(&self, out: &mut String) {
        out.push('{');
        self.write(out);
    }

    /// Appends the fault as the last member of an object.
    fn write(&self, out: &mut String) {
        json::quote(MEMBER, out);
        out.push_str(":{");
        write_text("stage", self.stage, out);
        write_text(",kind", self.trouble.kind, out);
        write_text(",message", self.trouble.message, out);
        out.push_str("}}");
    }
}

/// Appends a member with a string; a comma or bracket before its name stays before it.
pub(super) fn write_text(name: &str, value: &str, out: &mut String) {
    let bare = name.trim_start_matches([',', '{']);
    out.push_str(&name[..name.len() - bare.len()]);
    json::quote(bare, out);
    out.push(':');
    json::quote(value, out);
}

/// Appends a member with all of a record that may be anything.
pub(super) fn write_raw(record: &[u8], out: &mut String) {
    match std::str::from_utf8(record) {
        Ok(text) => write_text("raw", text, out),
        Err(_) => {
            out.push_str("\"rawBase64\":\"");
            base64(record, out);
            out.push('"');
        }
    }
}

/// Appends bytes in base64, as RFC 4648 has it, padded.
fn base64(bytes: &[u8], out: &mut String) {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or_default());
        let word = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let digit = DIGITS[(word >> (18 - 6 * at) & 63) as usize];
            out.push(if at > three.len() { '=' } else { char::from(digit) });
        }
    }
}
