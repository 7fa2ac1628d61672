//! The time of collection, as RFC3339Nano text.

use jiff::Zoned;
use jiff::civil::DateTime;
use jiff::fmt::temporal::{Pieces, PiecesOffset};
use jiff::tz::Offset;

/// Now, in local time with its offset.
pub(crate) fn now() -> String {
    let now = Zoned::now();
    text(now.datetime(), now.offset())
}

/// Reads RFC 3339 and gives the same time as RFC3339Nano, in the offset it was written in.
///
/// # Errors
/// What is missing in the text.
pub(crate) fn collected_at(written: &str) -> Result<String, String> {
    const WANTED: &str = "expected a time such as 2024-02-12T06:00:00Z or with +02:00 for the Z";
    let pieces = Pieces::parse(written).map_err(|_| WANTED.to_owned())?;
    let time = pieces.time().ok_or(WANTED)?;
    let offset = match pieces.offset().ok_or(WANTED)? {
        PiecesOffset::Numeric(offset) => offset.offset(),
        PiecesOffset::Zulu => Offset::UTC,
        _ => return Err(WANTED.to_owned()),
    };
    Ok(text(pieces.date().to_datetime(time), offset))
}

/// Go's layout RFC3339Nano: no more digits of the second than needed, `Z` for no offset.
fn text(at: DateTime, offset: Offset) -> String {
    let at = at.strftime("%Y-%m-%dT%H:%M:%S%.f");
    if offset.seconds() == 0 {
        return format!("{at}Z");
    }
    let minutes = offset.seconds().abs() / 60;
    let sign = if offset.is_negative() { '-' } else { '+' };
    format!("{at}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_snare_wants_them() {
        for (written, expected) in [
            ("2024-02-12T06:00:00Z", "2024-02-12T06:00:00Z"),
            ("2024-02-12t06:00:00.120000z", "2024-02-12T06:00:00.12Z"),
            ("2024-02-12T06:00:00+02:00", "2024-02-12T06:00:00+02:00"),
            ("2024-02-12 06:00:00.000000001-03:30", "2024-02-12T06:00:00.000000001-03:30"),
            ("2024-02-12T06:00:00+00:00", "2024-02-12T06:00:00Z"),
        ] {
            assert_eq!(collected_at(written).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn a_time_without_offset_is_no_time() {
        for written in ["2024-02-12", "2024-02-12T06:00:00", "yesterday", ""] {
            assert!(collected_at(written).is_err(), "{written}");
        }
    }

    #[test]
    fn now_can_be_read_back() {
        let now = now();
        assert_eq!(collected_at(&now), Ok(now));
    }
}
