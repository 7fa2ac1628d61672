//! Times and days, as far as they are needed here.

use std::fmt;

pub const DAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const MINUTES_OF_DAY: i64 = 24 * 60;

/// A minute somewhere on Earth.
pub struct Time {
    year: i64,
    month: i64,
    day: i64,
    /// Of the day.
    pub minute: i64,
    /// The first is Monday.
    pub weekday: usize,
}

impl Time {
    /// Reads `2024-03-08T09:41:07Z`, as CloudTrail writes it, and moves it by minutes.
    pub fn read(text: &str, offset: i64) -> Option<Time> {
        let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
        let mut parts = date.split('-').map(number);
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        let (clock, seconds) = time.split_at_checked(5)?;
        let of_day = minutes(clock).filter(|minute| *minute < MINUTES_OF_DAY)?;
        let is_date = parts.next().is_none()
            && year <= 9999
            && date_of(days_to(year, month, day)?) == (year, month, day);
        let seconds = seconds.strip_prefix(':')?.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        if !is_date || !seconds {
            return None;
        }
        let all = days_to(year, month, day)? * MINUTES_OF_DAY + of_day + offset;
        let days = all.div_euclid(MINUTES_OF_DAY);
        let (year, month, day) = date_of(days);
        // The first day that is counted from was a Thursday.
        let weekday = (days + 3).rem_euclid(7) as usize;
        Some(Time { year, month, day, minute: all.rem_euclid(MINUTES_OF_DAY), weekday })
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Time { year, month, day, minute, .. } = self;
        write!(f, "{year:04}-{month:02}-{day:02}T{:02}:{:02}", minute / 60, minute % 60)
    }
}

/// Reads `08:00`; `24:00` is the end of the day.
pub fn minutes(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    let all = number(hours)? * 60 + number(minutes).filter(|minutes| *minutes < 60)?;
    (text.len() == 5 && all <= MINUTES_OF_DAY).then_some(all)
}

/// Reads `+01:00` or `-05:30`.
pub fn offset(text: &str) -> Option<i64> {
    match text.split_at_checked(1)? {
        ("+", clock) => minutes(clock),
        ("-", clock) => Some(-minutes(clock)?),
        _ => None,
    }
}

/// Reads a number of two or four digits.
fn number(text: &str) -> Option<i64> {
    let digits = matches!(text.len(), 2 | 4) && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// Days since 1970-01-01, counted in eras of 400 years that begin on 1 March; none for a month or
/// a day that there never is.
fn days_to(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year = if month > 2 { year } else { year - 1 };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// The date of a day since 1970-01-01.
fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + i64::from(month <= 2), month, day)
}
