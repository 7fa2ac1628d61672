//! What the cells of a row have in common, however the record was read.

use jiff::Timestamp;
use jiff::tz::Offset;
use std::borrow::Cow;

/// What ends a cell that was cut.
const CUT_MARK: &str = "...[cut]";

/// The date and the time of day, in UTC, of an RFC 3339 time.
///
/// A leap second is that of the minute before, and what jiff takes for a time beyond RFC 3339 is
/// one here.
pub fn utc(text: &str) -> Option<(Cow<'_, str>, Cow<'_, str>)> {
    let time: Timestamp = text.parse().ok()?;
    let is_usual = text.len() == 20 && text.as_bytes()[10] == b'T' && text.ends_with('Z');
    if is_usual {
        return Some((Cow::Borrowed(&text[..10]), Cow::Borrowed(&text[11..19])));
    }
    let utc = Offset::UTC.to_datetime(time);
    let clock = utc.time().with().subsec_nanosecond(0).build().ok()?;
    Some((Cow::Owned(utc.date().to_string()), Cow::Owned(clock.to_string())))
}

/// A text cut to so many bytes between two characters, mark and all.
pub fn cut(text: &str, most: usize) -> String {
    let room = most.saturating_sub(CUT_MARK.len());
    format!("{}{CUT_MARK}", &text[..text.floor_char_boundary(room)])
}

/// Whether a string could be taken for JSON text, so that it would not come back as a string.
pub fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}
