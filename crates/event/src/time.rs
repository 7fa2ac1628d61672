//! Times as text: RFC 3339 in UTC.

use std::fmt::Write;

/// The seconds of a day.
const DAY: i64 = 86_400;

/// The first second that a year of four digits does not have any more, since 1970: that of
/// 10000-01-01.
const SECONDS_END: i64 = 253_402_300_800;

/// The first second of the year 0000, since 1970.
const SECONDS_START: i64 = -62_167_219_200;

/// Appends a time as RFC 3339 text in UTC, with as many digits of the second as are needed:
/// `2024-03-08T09:41:07.25Z`. `seconds` count from the beginning of 1970; what `nanoseconds` has
/// beyond a second is cut. Gives `None`, and appends
/// nothing, for years before 0000 and behind 9999.
pub fn write_utc(seconds: i64, nanoseconds: u32, out: &mut String) -> Option<()> {
    if !(SECONDS_START..SECONDS_END).contains(&seconds) {
        return None;
    }
    let (year, month, day) = date(seconds.div_euclid(DAY));
    let of_day = seconds.rem_euclid(DAY);
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    // Writing to memory does not fail.
    let _ = write!(out, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
    let nanoseconds = nanoseconds % 1_000_000_000;
    if nanoseconds > 0 {
        let _ = write!(out, ".{nanoseconds:09}");
        out.truncate(out.trim_end_matches('0').len());
    }
    out.push('Z');
    Some(())
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
