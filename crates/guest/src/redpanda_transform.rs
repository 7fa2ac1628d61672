//! Redpanda Data Transforms: a record of a topic in, a record for each line out.

mod payload;

use crate::guest::Guest;
use crate::lines::{End, Lines};
use payload::Parts;
use trailmill_event::time::Utc;
use trailmill_stage::FaultKind;

/// Records tell their time in milliseconds. Redpanda Connect writes their number over it, so what
/// is before the year 2001 is taken for no time.
const TIME_MIN: i64 = 978_307_200_000;

static TOO_LARGE: FaultKind = FaultKind {
    name: "host-record-too-large",
    message: "the memory of the module is too small for the record",
};

/// The kinds of fault that are met here.
pub const TRANSFORM_FAULTS: [&FaultKind; 1] = [&TOO_LARGE];

/// How much working memory a record may take: for each of its bytes; more for one that is a token,
/// or needs an escape when it is told in a string, of two bytes or six; and in any case.
const PER_BYTE: usize = 14;
const PER_TOKEN: usize = 16;
const PER_CONTROL: usize = 40;
const AT_LEAST: usize = 192 << 10;

/// Takes records, in memory that is used again.
#[derive(Debug, Default)]
pub struct Transform {
    lines: Lines,
    payload: Vec<u8>,
}

/// A payload could not be read, or the host did not take a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

/// Hands a payload to the host; says whether it took it.
pub type Write<'w> = &'w mut dyn FnMut(&[u8]) -> bool;

/// How many bytes of memory the record of a payload may take on its way.
pub fn working_bytes(payload: &[u8]) -> usize {
    let of_byte = |byte: &u8| match byte {
        b'{' | b'}' | b'[' | b']' | b',' | b':' | b'"' | b'\\' => PER_BYTE + PER_TOKEN,
        0..0x20 | 0x7f.. => PER_BYTE + PER_CONTROL,
        _ => PER_BYTE,
    };
    payload.iter().map(of_byte).fold(AT_LEAST, usize::saturating_add)
}

impl Transform {
    /// Takes the record of a payload through the pipeline; writes the payloads of what it becomes.
    /// `time` is that of the record, in milliseconds since 1970. A module that nobody has
    /// configured has no guest.
    ///
    /// # Errors
    /// If the payload is none, or a record was not taken. The host then has to do all of it again.
    pub fn record(
        &mut self,
        guest: Option<&mut Guest<'_>>,
        time: i64,
        payload: &[u8],
        write: Write<'_>,
    ) -> Result<(), Refused> {
        let parts = Parts::read(payload).ok_or(Refused)?;
        let Some(value) = parts.value else {
            // In a compacted topic it says that the key is gone.
            return taken(write(payload));
        };
        let end = match guest {
            Some(guest) => {
                let time = collected_at(time);
                guest.comes_from(b"", time.as_ref().map_or("", Utc::as_str).as_bytes());
                guest.lines(value, &mut self.lines)
            }
            None => self.lines.unready(),
        };
        let Transform { lines, payload, .. } = self;
        match end {
            End::Unwanted => Ok(()),
            End::Untouched => taken(write(parts.with(value, lines.fault(), payload))),
            End::Lines => lines
                .each()
                .try_for_each(|(line, fault)| taken(write(parts.with(line, fault, payload)))),
        }
    }

    /// Does with a record what is done if there is no memory to look into it: it goes on with the
    /// fault in a header, or, in a guarded pipeline, the fault alone does.
    ///
    /// # Errors
    /// As [`record`](Self::record).
    pub fn too_large(
        &mut self,
        is_guarded: bool,
        payload: &mut Vec<u8>,
        write: Write<'_>,
    ) -> Result<(), Refused> {
        let parts = Parts::read(payload).ok_or(Refused)?;
        let end = self.lines.refuse(&TOO_LARGE, is_guarded);
        let fault = self.lines.fault();
        if end == End::Untouched {
            // In place, as there is no memory for another.
            let (at, count) = (parts.headers_at(payload), parts.header_count);
            payload::mark(payload, at, count, fault);
            return taken(write(payload));
        }
        let line = self.lines.text().trim_ascii_end();
        taken(write(parts.with(line, fault, &mut self.payload)))
    }
}

/// When a record was collected, by its own time. Behind the year 9999 there is no text for it.
fn collected_at(time: i64) -> Option<Utc> {
    (time >= TIME_MIN).then(|| Utc::from_millis(time)).flatten()
}

fn taken(is_taken: bool) -> Result<(), Refused> {
    if is_taken { Ok(()) } else { Err(Refused) }
}

#[cfg(test)]
mod tests;
