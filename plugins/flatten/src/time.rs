//! Times: RFC 3339 text to a date and a time of day in UTC, and milliseconds to text.

use trailmill_stage::event::time;

/// A time in UTC as text, `YYYY-MM-DDTHH:MM:SS`.
pub(crate) type Utc = [u8; 19];

/// Reads an RFC 3339 time (section 5.6, whose note allows a space for the `T`): most often it
/// begins with the answer.
#[inline]
pub(crate) fn parse(text: &[u8]) -> Option<Utc> {
    match <&[u8; USUAL_BYTES]>::try_from(text) {
        Ok(text) if is_usual(text) => text.first_chunk().copied(),
        _ => parse_any(text),
    }
}

/// How long a time is as AWS writes it.
pub(crate) const USUAL_BYTES: usize = "YYYY-MM-DDTHH:MM:SSZ".len();

/// Whether a text is a time as AWS writes it, `YYYY-MM-DDTHH:MM:SSZ`, on one of the first 28 days
/// of a month: told by eight bytes at a time.
#[inline]
pub(crate) fn is_usual(text: &[u8; USUAL_BYTES]) -> bool {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let word = |at: usize| text[at..].first_chunk().map_or(0, |word| u64::from_le_bytes(*word));
    // What each byte is above its least, which goes below zero for one that is too small; and what
    // the highest lacks of 0x80, which goes above for one that is too large.
    let out_of_range = |at: usize, least: &[u8; 8], most: &[u8; 8]| {
        let (word, least, most) = (word(at), u64::from_le_bytes(*least), u64::from_le_bytes(*most));
        (word | HIGH).wrapping_sub(least) & HIGH ^ HIGH
            | word.wrapping_add(!HIGH - most) & HIGH
            | word & HIGH
    };
    let odd = out_of_range(0, b"0000-00-", b"9999-19-")
        | out_of_range(8, b"00T00:00", b"29T29:59")
        | out_of_range(12, b"0:00:00Z", b"9:59:59Z");
    // Two digits are in the order of their numbers.
    let pair = |at: usize| u16::from_be_bytes([text[at], text[at + 1]]);
    let are = |at: usize, least: &[u8; 2], most: &[u8; 2]| {
        (u16::from_be_bytes(*least)..=u16::from_be_bytes(*most)).contains(&pair(at))
    };
    odd == 0 && are(5, b"01", b"12") && are(8, b"01", b"28") && are(11, b"00", b"23")
}

fn parse_any(text: &[u8]) -> Option<Utc> {
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
        b"Z" | b"z" => Some(*text),
        &[sign @ (b'+' | b'-'), h1, h2, b':', n1, n2] => {
            match (number([h1, h2])?, number([n1, n2])?) {
                (0, 0) => Some(*text),
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
fn shifted(local: &Utc, sign: u8, minutes: u32) -> Option<Utc> {
    let pair = |at: usize| number([local[at], local[at + 1]]);
    let year = i64::from(pair(0)? * 100 + pair(2)?);
    let day = time::day(year, pair(5)?, pair(8)?);
    let offset = i64::from(minutes) * if sign == b'+' { -1 } else { 1 };
    let minute = (day * 24 + i64::from(pair(11)?)) * 60 + i64::from(pair(14)?) + offset;
    let mut utc: Utc = *time::Utc::new(minute * 60, 0)?.as_str().as_bytes().first_chunk()?;
    utc[17..].copy_from_slice(&local[17..]);
    Some(utc)
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

    /// The quick way for what AWS writes takes nothing for a time that is none, nor for another.
    #[test]
    fn what_is_usual_is_read_as_anything_is() {
        let mut usual = 0;
        let mut check = |text: &[u8]| {
            usual += u32::from(<&[u8; 20]>::try_from(text).is_ok_and(is_usual));
            assert_eq!(parse(text), parse_any(text), "{}", String::from_utf8_lossy(text));
        };
        for base in ["2023-03-28T12:27:48Z", "0000-12-01T00:00:00Z", "9999-01-09T23:59:59Z"] {
            for at in 0..base.len() {
                for byte in 0..=u8::MAX {
                    let mut text = base.as_bytes().to_vec();
                    text[at] = byte;
                    check(&text);
                }
            }
            for at in [5, 8, 11, 14, 17] {
                for number in 0..100 {
                    let mut text = base.to_owned();
                    text.replace_range(at..at + 2, &format!("{number:02}"));
                    check(text.as_bytes());
                }
            }
            check(&base.as_bytes()[..19]);
            check(format!("{base}Z").as_bytes());
        }
        assert!(usual > 500, "{usual} of them were usual");
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
