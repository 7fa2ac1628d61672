//! Times: RFC 3339 text to a date and a time of day in UTC, and milliseconds to text.

use std::borrow::Cow;
use trailmill_stage::event::time;

/// A time in UTC as text, `YYYY-MM-DDTHH:MM:SS`.
pub(crate) type Utc = [u8; 19];

/// Reads an RFC 3339 time (section 5.6, whose note allows a space for the `T`): most often it
/// begins with the answer.
pub(crate) fn parse(text: &[u8]) -> Option<Cow<'_, Utc>> {
    let (text, zone) = text.split_first_chunk::<19>()?;
    let &[
        y1,
        y2,
        y3,
        y4,
        b'-',
        m1,
        m2,
        b'-',
        d1,
        d2,
        separator,
        h1,
        h2,
        b':',
        n1,
        n2,
        b':',
        s1,
        s2,
    ] = text
    else {
        return None;
    };
    let year = number([y1, y2])? * 100 + number([y3, y4])?;
    let (month, day) = (number([m1, m2])?, number([d1, d2])?);
    let in_range = matches!(separator, b'T' | b't' | b' ')
        && (1..=12).contains(&month)
        && (1..=days(year, month)).contains(&day)
        && number([h1, h2])? <= 23
        && number([n1, n2])? <= 59
        // A leap second is a second.
        && number([s1, s2])? <= 60;
    if !in_range {
        return None;
    }
    match after_fraction(zone)? {
        b"Z" | b"z" => Some(Cow::Borrowed(text)),
        &[sign @ (b'+' | b'-'), h1, h2, b':', n1, n2] => {
            match (number([h1, h2])?, number([n1, n2])?) {
                (0, 0) => Some(Cow::Borrowed(text)),
                (hours @ 0..=23, minutes @ 0..=59) => shifted(text, sign, hours * 60 + minutes),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The value of two digits.
fn number([tens, ones]: [u8; 2]) -> Option<u32> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens <= 9 && ones <= 9).then(|| u32::from(tens) * 10 + u32::from(ones))
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

/// What is behind `.` and its digits, if they are there and well-formed.
fn after_fraction(text: &[u8]) -> Option<&[u8]> {
    let [b'.', rest @ ..] = text else {
        return Some(text);
    };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (digits > 0).then(|| &rest[digits..])
}

/// The time that it is in UTC when it is `local`, which is well-formed, at an offset of so many
/// minutes. A leap second stays one.
#[cold]
fn shifted(local: &Utc, sign: u8, minutes: u32) -> Option<Cow<'static, Utc>> {
    let pair = |at: usize| number([local[at], local[at + 1]]);
    let year = i64::from(pair(0)? * 100 + pair(2)?);
    let day = time::day(year, pair(5)?, pair(8)?);
    let offset = i64::from(minutes) * if sign == b'+' { -1 } else { 1 };
    let minute = (day * 24 + i64::from(pair(11)?)) * 60 + i64::from(pair(14)?) + offset;
    let mut utc: Utc = *time::Utc::new(minute * 60, 0)?.as_str().as_bytes().first_chunk()?;
    utc[17..].copy_from_slice(&local[17..]);
    Some(Cow::Owned(utc))
}

/// Milliseconds since 1970 as RFC 3339 text in UTC, trailing zeros of the fraction dropped.
pub(crate) fn from_millis(millis: i64) -> Option<String> {
    time::Utc::from_millis(millis).map(|time| time.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> Option<String> {
        let utc = parse(text.as_bytes())?;
        Some(String::from_utf8([&utc[..10], b" ", &utc[11..]].concat()).expect("ASCII"))
    }

    #[test]
    fn reads_rfc_3339() {
        for (text, wanted) in [
            ("2023-03-30T12:27:48Z", "2023-03-30 12:27:48"),
            ("2023-03-30T12:27:48.123456789Z", "2023-03-30 12:27:48"),
            ("2023-03-30t12:27:48z", "2023-03-30 12:27:48"),
            ("2022-02-08 09:23:37+11:00", "2022-02-07 22:23:37"),
            ("2021-11-18T09:41:02-08:00", "2021-11-18 17:41:02"),
            ("2024-02-29T00:00:00+00:00", "2024-02-29 00:00:00"),
            ("2016-12-31T23:59:60Z", "2016-12-31 23:59:60"),
            ("2017-01-01T00:59:60+01:00", "2016-12-31 23:59:60"),
            ("2023-12-31T20:00:00-11:30", "2024-01-01 07:30:00"),
            ("0000-01-01T23:59:00+23:59", "0000-01-01 00:00:00"),
        ] {
            assert_eq!(utc(text).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_time() {
        for text in [
            "",
            "2023-03-30",
            "2023-03-30T12:27:48",
            "2023-13-30T12:27:48Z",
            "2023-02-29T00:00:00Z",
            "2023-03-30T24:00:00Z",
            "2023-03-30T12:60:00Z",
            "2023-03-30T12:00:61Z",
            "2023-03-30T12:27:48.Z",
            "2023-03-30T12:27:48+1100",
            "2023-03-30T12:27:48+24:00",
            "20230330T122748Z",
            "0000-01-01T00:00:00+00:01",
            "9999-12-31T23:59:59-00:01",
            "2023-03-30T12:27:48Zx",
            "yesterday at noon, or so",
        ] {
            assert_eq!(utc(text), None, "{text}");
        }
    }

    #[test]
    fn writes_milliseconds() {
        assert_eq!(from_millis(1_418_530_010_000).as_deref(), Some("2014-12-14T04:06:50Z"));
        assert_eq!(from_millis(1_418_530_010_250).as_deref(), Some("2014-12-14T04:06:50.25Z"));
        assert_eq!(from_millis(i64::MAX), None);
    }
}
