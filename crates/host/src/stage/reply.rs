//! What a guest has made of one event: an answer read, and its row checked.

use super::faults::{
    GUEST_ANSWER_MALFORMED, GUEST_QUARANTINED, GUEST_REFUSED, GUEST_ROW_INVALID,
    GUEST_ROW_TOO_LARGE, GUEST_SEVERAL_ROWS,
};
use trailmill_abi::{Answer, Counts, Kind, Status};
use trailmill_event::json::{self, Index};
use trailmill_stage::Fault;

/// What a guest has made of one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply<'a> {
    /// This JSON object, which stands on one line.
    Row {
        /// Its text.
        text: &'a [u8],
        /// Whether there are no blanks between its tokens.
        compact: bool,
    },
    /// Nothing, on purpose.
    Nothing,
}

impl<'a> Reply<'a> {
    /// Reads the answer to an input that was one event. Nothing in `answer` is trusted; `index` is
    /// memory to check the row with.
    ///
    /// # Errors
    /// Why the event can not be what the answer says.
    pub fn read(answer: &'a [u8], index: &mut Index, row_bytes_max: usize) -> Result<Self, Fault> {
        let answer = Answer::read(answer).map_err(|wrong| malformed(wrong.0))?;
        if answer.status == Status::Failed {
            return Err(match answer.counts == Counts::default() {
                true => Fault::new(&GUEST_REFUSED),
                false => malformed("it has failed and counted all the same"),
            });
        }
        let rows = rows(&answer)?;
        end(answer.counts)?;
        match (answer.counts.written, rows) {
            (0, None) => Ok(Reply::Nothing),
            (1, Some(rows)) => row(rows, index, row_bytes_max),
            (0, Some(_)) => Err(malformed("there is a row of an event that has become none")),
            _ => Err(malformed("the row of the event is missing")),
        }
    }
}

fn malformed(what: &'static str) -> Fault {
    Fault::new(&GUEST_ANSWER_MALFORMED).found(what)
}

/// The lines of the one frame with rows.
fn rows<'a>(answer: &Answer<'a>) -> Result<Option<&'a [u8]>, Fault> {
    let mut rows = None;
    for frame in answer.frames().filter(|frame| !frame.bytes.is_empty()) {
        match frame.kind {
            Kind::Rows if rows.is_some() => return Err(Fault::new(&GUEST_SEVERAL_ROWS)),
            Kind::Rows => rows = Some(frame.bytes),
            Kind::Quarantine => return Err(Fault::new(&GUEST_QUARANTINED)),
            Kind::Message => return Err(malformed("there is a message though it has not failed")),
        }
    }
    Ok(rows)
}

/// Whether one event went one way, and not into a quarantine.
fn end(counts: Counts) -> Result<(), Fault> {
    if !counts.balance() {
        return Err(malformed("its counts do not balance"));
    }
    if counts.quarantined > 0 || counts.quarantine_lines > 0 || counts.dead_inputs > 0 {
        return Err(Fault::new(&GUEST_QUARANTINED));
    }
    match counts.read {
        1 => Ok(()),
        _ => Err(malformed("its counts are not those of one event")),
    }
}

fn row<'a>(rows: &'a [u8], index: &mut Index, bytes_max: usize) -> Result<Reply<'a>, Fault> {
    let invalid = |what| Fault::new(&GUEST_ROW_INVALID).found(what);
    let Some((b'\n', text)) = rows.split_last() else {
        return Err(invalid("no line feed ends it"));
    };
    if text.len() > bytes_max {
        return Err(Fault::new(&GUEST_ROW_TOO_LARGE).limited_by("row_bytes_max", bytes_max as u64));
    }
    if text.contains(&b'\n') {
        return Err(Fault::new(&GUEST_SEVERAL_ROWS));
    }
    let root = index.parse(text).map_err(|error| invalid(error.kind.message()))?;
    if root.kind() != json::Kind::Object {
        return Err(invalid("it is no object"));
    }
    Ok(Reply::Row { text, compact: !index.blanks().spaces })
}
