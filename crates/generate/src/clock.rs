//! The generator's clock, and the two ways in which CloudTrail writes a time.

use crate::rng::Dice;
use crate::text;

/// A clock that only the generator moves, in milliseconds since 1970.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock(u64);

impl Clock {
    pub(crate) const fn starting_at(seconds: u64) -> Self {
        Self(seconds * 1_000)
    }

    /// Goes on to the next event and returns its time in seconds since 1970.
    ///
    /// Calls come in bursts (a page of the console is dozens of them) with pauses in between; on
    /// average three events a second pass, as in an organization of a few accounts.
    pub(crate) const fn advance(&mut self, dice: &mut Dice) -> u64 {
        let longest = match dice.below(100) {
            0..55 => 40,
            55..90 => 600,
            90..99 => 3_000,
            _ => 20_000,
        };
        self.0 += dice.below(longest) as u64;
        self.seconds()
    }

    pub(crate) const fn seconds(self) -> u64 {
        self.0 / 1_000
    }
}

/// A moment as a calendar shows it, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Civil {
    pub(crate) year: u32,
    pub(crate) month: u32,
    pub(crate) day: u32,
    pub(crate) hour: u32,
    pub(crate) minute: u32,
    pub(crate) second: u32,
}

impl Civil {
    /// The calendar's view of `seconds` since 1970, in the proleptic Gregorian calendar.
    pub(crate) const fn from_unix(seconds: u64) -> Self {
        // Years that begin in March have the leap day at their end, so that months fall into a
        // pattern of 153 days for every five. 719,468 days lie between 0000-03-01 and 1970-01-01.
        let days = seconds / 86_400 + 719_468;
        let era = days / 146_097;
        let of_era = days % 146_097;
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * march + 2) / 5 + 1;
        let month = if march < 10 { march + 3 } else { march - 9 };
        let second = (seconds % 86_400) as u32;
        Self {
            year: (year + era * 400 + (month <= 2) as u64) as u32,
            month: month as u32,
            day: day as u32,
            hour: second / 3_600,
            minute: second / 60 % 60,
            second: second % 60,
        }
    }
}

/// Writes `2024-02-12T06:00:00Z`, as in `eventTime`.
pub(crate) fn write_iso(out: &mut Vec<u8>, seconds: u64) {
    let time = Civil::from_unix(seconds);
    let mut text = *b"0000-00-00T00:00:00Z";
    let [high, low] = [time.year / 100, time.year % 100];
    for (at, value) in [
        (0, high),
        (2, low),
        (5, time.month),
        (8, time.day),
        (11, time.hour),
        (14, time.minute),
        (17, time.second),
    ] {
        text[at..at + 2].copy_from_slice(&text::two_digits(value));
    }
    out.extend_from_slice(&text);
}

/// Writes `Feb 12, 2024, 6:00:00 AM`, as in the `expiration` of temporary credentials.
///
/// Services on a newer Java runtime put a narrow no-break space before AM and PM; `narrow` does
/// so too, as the escape that they write.
pub(crate) fn write_us(out: &mut Vec<u8>, seconds: u64, narrow: bool) {
    const MONTHS: &[u8; 36] = b"JanFebMarAprMayJunJulAugSepOctNovDec";
    let time = Civil::from_unix(seconds);
    let month = (time.month as usize - 1) * 3;
    out.extend_from_slice(&MONTHS[month..month + 3]);
    out.push(b' ');
    text::number(out, time.day.into());
    out.extend_from_slice(b", ");
    text::number(out, time.year.into());
    out.extend_from_slice(b", ");
    text::number(out, ((time.hour + 11) % 12 + 1).into());
    out.push(b':');
    out.extend_from_slice(&text::two_digits(time.minute));
    out.push(b':');
    out.extend_from_slice(&text::two_digits(time.second));
    out.extend_from_slice(if narrow { b"\\u202f" } else { b" " });
    out.extend_from_slice(if time.hour < 12 { b"AM" } else { b"PM" });
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: u64 = crate::START as u64;

    fn iso(seconds: u64) -> String {
        let mut out = Vec::new();
        write_iso(&mut out, seconds);
        String::from_utf8_lossy(&out).into_owned()
    }

    fn us(seconds: u64, narrow: bool) -> String {
        let mut out = Vec::new();
        write_us(&mut out, seconds, narrow);
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn knows_the_calendar() {
        assert_eq!(iso(0), "1970-01-01T00:00:00Z");
        assert_eq!(iso(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(iso(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(iso(1_709_251_199), "2024-02-29T23:59:59Z");
        assert_eq!(iso(1_709_251_200), "2024-03-01T00:00:00Z");
        assert_eq!(iso(4_107_542_400), "2100-03-01T00:00:00Z");
    }

    #[test]
    fn counts_twelve_hours_as_americans_do() {
        assert_eq!(us(1_707_717_600, false), "Feb 12, 2024, 6:00:00 AM");
        assert_eq!(us(1_707_696_000, false), "Feb 12, 2024, 12:00:00 AM");
        assert_eq!(us(1_707_739_205, true), "Feb 12, 2024, 12:00:05\\u202fPM");
    }

    #[test]
    fn never_goes_back() {
        let (mut clock, mut dice) = (Clock::starting_at(START), Dice::new(3));
        let mut last = START;
        for _ in 0..1_000 {
            let now = clock.advance(&mut dice);
            assert!(now >= last);
            last = now;
        }
        assert!((150..1_500).contains(&(last - START)), "{last}");
    }
}
