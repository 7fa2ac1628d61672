//! Times as text: RFC 3339 in UTC.

/// The seconds of a day.
const DAY: i64 = 86_400;

/// The first second that a year of four digits does not have any more, since 1970: that of
/// 10000-01-01.
const SECONDS_END: i64 = 253_402_300_800;

/// The first second of the year 0000, since 1970.
const SECONDS_START: i64 = -62_167_219_200;

/// A time as RFC 3339 text in UTC: `2024-03-08T09:41:07.25Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Utc {
    text: [u8; BYTES_MAX],
    length: usize,
}

/// The longest text: `2024-03-08T09:15:30.123456789Z`.
const BYTES_MAX: usize = 30;

impl Utc {
    /// The text of a time, with as many digits of the second as are needed. `seconds` count from
    /// the beginning of 1970; what `nanoseconds` has beyond a second is cut. Gives `None` for years
    /// before 0000 and behind 9999.
    pub fn new(seconds: i64, nanoseconds: u32) -> Option<Utc> {
        if !(SECONDS_START..SECONDS_END).contains(&seconds) {
            return None;
        }
        let (year, month, day) = date(seconds.div_euclid(DAY));
        let of_day = seconds.rem_euclid(DAY) as u32;
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
        while length > SECOND_END && matches!(text[length - 1], b'0' | b'.') {
            length -= 1;
        }
        text[length] = b'Z';
        Some(Utc { text, length: length + 1 })
    }

    /// The same of a time in milliseconds since 1970.
    pub fn from_millis(millis: i64) -> Option<Utc> {
        Utc::new(millis.div_euclid(1000), millis.rem_euclid(1000) as u32 * 1_000_000)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        // It holds ASCII only.
        std::str::from_utf8(&self.text[..self.length]).unwrap_or_default()
    }
}

/// Where the seconds end in a text.
const SECOND_END: usize = 19;

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

/// The date of a day since 1970, in the proleptic Gregorian calendar: the usual arithmetic over
/// eras of 400 years that begin on 1 March.
pub fn date(day: i64) -> (i64, u32, u32) {
    let days = day + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = (of_year - (153 * month + 2) / 5 + 1) as u32;
    let month = if month < 10 { month + 3 } else { month - 9 } as u32;
    (era * 400 + year + i64::from(month <= 2), month, day)
}

/// The day since 1970 of a date; the reverse of [`date`].
pub fn day(year: i64, month: u32, day: u32) -> i64 {
    let year = year - i64::from(month <= 2);
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let month = i64::from(if month > 2 { month - 3 } else { month + 9 });
    let of_year = (153 * month + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests;
