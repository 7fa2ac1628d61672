//! The time at which a record was collected, as text in memory that is used again.
#![allow(unsafe_code, reason = "shared text is written over in its place")]

use std::sync::Arc;
use trailmill_event::time::date;

/// The longest text: `2024-03-08T09:15:30.123456789Z`.
const BYTES_MAX: usize = 30;

/// How many texts of a length can be in use at once: that of the guest, and that of the last batch.
const TEXTS: usize = 3;

/// Makes texts of times.
#[derive(Debug, Default)]
pub(crate) struct Stamp {
    /// The time last asked for.
    time: Option<(u32, u32)>,
    /// Texts of which some are in use.
    texts: Vec<Arc<str>>,
}

impl Stamp {
    /// RFC 3339 text in UTC of a time in seconds since 1970 and nanoseconds, with as many digits of
    /// the second as are needed; `None` if that is the time last asked for.
    pub(crate) fn text(&mut self, seconds: u32, nanoseconds: u32) -> Option<Arc<str>> {
        if self.time.replace((seconds, nanoseconds)) == Some((seconds, nanoseconds)) {
            return None;
        }
        let (bytes, length) = written(seconds, nanoseconds);
        let text = bytes.get(..length).and_then(|bytes| std::str::from_utf8(bytes).ok());
        let text = text.unwrap_or_default();
        for known in &mut self.texts {
            if known.len() != text.len() {
                continue;
            }
            if let Some(own) = Arc::get_mut(known) {
                // SAFETY: all of one text takes the place of all of another.
                unsafe { own.as_bytes_mut() }.copy_from_slice(text.as_bytes());
                return Some(Arc::clone(known));
            }
        }
        let text: Arc<str> = Arc::from(text);
        if self.texts.iter().filter(|known| known.len() == text.len()).count() < TEXTS {
            self.texts.push(Arc::clone(&text));
        }
        Some(text)
    }
}

/// The text, and its length.
fn written(seconds: u32, nanoseconds: u32) -> ([u8; BYTES_MAX], usize) {
    // The years of 32 bits all have four digits.
    let (year, month, day) = date(i64::from(seconds / 86_400));
    let of_day = seconds % 86_400;
    let mut text = *b"0000-00-00T00:00:00.000000000Z";
    for (number, behind) in [
        (year as u32, 4),
        (month, 7),
        (day, 10),
        (of_day / 3600, 13),
        (of_day / 60 % 60, 16),
        (of_day % 60, 19),
        (nanoseconds % 1_000_000_000, 29),
    ] {
        digits(number, &mut text[..behind]);
    }
    // Without a fraction that is zero, and without zeros at the end of one.
    let mut length = BYTES_MAX - 1;
    while length > 19 && matches!(text[length - 1], b'0' | b'.') {
        length -= 1;
    }
    text[length] = b'Z';
    (text, length + 1)
}

/// Writes the digits of a number at the end of a text, in place of zeros.
fn digits(mut number: u32, text: &mut [u8]) {
    for to in text.iter_mut().rev() {
        if number == 0 {
            break;
        }
        *to = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::{Stamp, written};

    fn time(seconds: u32, nanoseconds: u32) -> String {
        let (text, length) = written(seconds, nanoseconds);
        String::from_utf8_lossy(&text[..length]).into_owned()
    }

    #[test]
    fn times_are_written_with_the_digits_they_need() {
        for (seconds, nanoseconds, expected) in [
            (0, 0, "1970-01-01T00:00:00Z"),
            (951_782_399, 0, "2000-02-28T23:59:59Z"),
            (951_782_400, 120_000_000, "2000-02-29T00:00:00.12Z"),
            (951_868_800, 1, "2000-03-01T00:00:00.000000001Z"),
            (1_709_889_330, 500_000_000, "2024-03-08T09:15:30.5Z"),
            (1_735_689_599, 999_999_999, "2024-12-31T23:59:59.999999999Z"),
            (1_735_689_600, 0, "2025-01-01T00:00:00Z"),
            (u32::MAX, u32::MAX, "2106-02-07T06:28:15.294967295Z"),
        ] {
            assert_eq!(time(seconds, nanoseconds), expected);
        }
    }

    #[test]
    fn the_time_asked_for_last_is_not_written_again() {
        let mut stamp = Stamp::default();
        assert_eq!(stamp.text(0, 1).as_deref(), Some("1970-01-01T00:00:00.000000001Z"));
        assert_eq!(stamp.text(0, 1), None);
        assert_eq!(stamp.text(0, 0).as_deref(), Some("1970-01-01T00:00:00Z"));
    }

    #[test]
    fn texts_in_use_are_left_alone() {
        let mut stamp = Stamp::default();
        let texts: Vec<_> = (0..5).filter_map(|second| stamp.text(second, 0)).collect();
        for (second, text) in texts.iter().enumerate() {
            assert_eq!(&**text, format!("1970-01-01T00:00:0{second}Z"));
        }
        assert_eq!(stamp.texts.len(), super::TEXTS);
    }
}
