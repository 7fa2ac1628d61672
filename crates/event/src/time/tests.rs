//! Times as text, and every day of ten thousand years.

use super::*;

fn utc(seconds: i64, nanoseconds: u32) -> Option<String> {
    Utc::new(seconds, nanoseconds).map(|time| time.as_str().to_owned())
}

#[test]
fn times_are_written_with_the_digits_they_need() {
    for (seconds, nanoseconds, expected) in [
        (0, 0, "1970-01-01T00:00:00Z"),
        (-1, 0, "1969-12-31T23:59:59Z"),
        (951_782_399, 0, "2000-02-28T23:59:59Z"),
        (951_782_400, 120_000_000, "2000-02-29T00:00:00.12Z"),
        (951_868_800, 1, "2000-03-01T00:00:00.000000001Z"),
        (1_709_889_330, 500_000_000, "2024-03-08T09:15:30.5Z"),
        (1_735_689_599, 999_999_999, "2024-12-31T23:59:59.999999999Z"),
        (1_735_689_600, 0, "2025-01-01T00:00:00Z"),
        (i64::from(u32::MAX), u32::MAX, "2106-02-07T06:28:15.294967295Z"),
        (SECONDS_START, 0, "0000-01-01T00:00:00Z"),
        (SECONDS_END - 1, 0, "9999-12-31T23:59:59Z"),
    ] {
        assert_eq!(utc(seconds, nanoseconds).as_deref(), Some(expected));
    }
    for seconds in [SECONDS_START - 1, SECONDS_END, i64::MIN, i64::MAX] {
        assert_eq!(utc(seconds, 0), None);
    }
}

/// Every day from the year 0 to 9999 has the date that follows the one before.
#[test]
fn days_follow_one_another() {
    let (mut year, mut month, mut of_month) = (0, 1, 1);
    for number in SECONDS_START / DAY..SECONDS_END / DAY {
        assert_eq!(date(number), (year, month, of_month));
        assert_eq!(day(year, month, of_month), number);
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 => 28 + u32::from(is_leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        of_month += 1;
        if of_month > days {
            (month, of_month) = (month + 1, 1);
        }
        if month > 12 {
            (year, month) = (year + 1, 1);
        }
    }
    assert_eq!(year, 10_000);
}
