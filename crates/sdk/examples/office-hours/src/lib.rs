//! Says of every event whether it happened in office hours.

mod clock;

use clock::{DAYS, Time, minutes, offset};
use serde::Deserialize;
use std::fmt::Write;
use trailmill_sdk::{Record, Settings, Trouble, Verdict, json};

trailmill_sdk::stage!(mark, settings: Office);

/// Settings as they are written.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Written {
    utc_offset: String,
    days: Vec<String>,
    from: String,
    to: String,
}

/// Settings as they are used.
struct Office {
    /// Minutes from UTC.
    offset: i64,
    /// Whether it works on a day; the first is Monday.
    days: [bool; 7],
    /// Minutes of the day.
    from: i64,
    to: i64,
}

impl Settings for Office {
    const DEFAULT: &'static str = include_str!("../settings.json");

    fn new(settings: &str) -> Result<Self, String> {
        let written: Written = serde_json::from_str(settings).map_err(|error| error.to_string())?;
        let mut days = [false; 7];
        for name in &written.days {
            let day = DAYS.iter().position(|day| day == name);
            days[day.ok_or_else(|| format!("`days`: there is no day `{name}`"))?] = true;
        }
        let of = |name: &str, text: &str, read: fn(&str) -> Option<i64>| {
            read(text).ok_or_else(|| format!("`{name}`: `{text}` is not as it should be"))
        };
        Ok(Office {
            offset: of("utcOffset", &written.utc_offset, offset)?,
            from: of("from", &written.from, minutes)?,
            to: of("to", &written.to, minutes)?,
            days,
        })
    }
}

impl Office {
    fn is_open(&self, time: &Time) -> bool {
        let minute = time.minute;
        let in_hours = match self.from <= self.to {
            true => (self.from..self.to).contains(&minute),
            false => minute >= self.from || minute < self.to,
        };
        in_hours && self.days[time.weekday]
    }
}

fn mark(office: &Office, record: &Record, out: &mut String) -> Result<Verdict, Trouble> {
    let time = record.string("eventTime");
    let time = time.and_then(|text| Time::read(&text, office.offset));
    let time = time.ok_or(Trouble::new("no-event-time", "`eventTime` is no time in UTC"))?;
    let (day, is_open) = (DAYS[time.weekday], office.is_open(&time));
    let mut hours = String::new();
    // Writing to memory does not fail.
    let _ = write!(hours, r#"{{"local":"{time}","day":"{day}","open":{is_open}}}"#);
    json::with_member(record, "officeHours", &hours, out);
    Ok(Verdict::Replace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(settings: &str, time: &str) -> String {
        let office = Office::new(settings).unwrap();
        let mut out = String::new();
        let record = format!(r#"{{"eventTime":"{time}"}}"#);
        let verdict = mark(&office, &Record::of(&record).unwrap(), &mut out);
        assert_eq!(verdict, Ok(Verdict::Replace));
        json::member(&out, "officeHours").unwrap().to_owned()
    }

    #[test]
    fn events_are_in_office_hours_or_not() {
        let office = r#"{"utcOffset":"+01:00","days":["friday"],"from":"08:00","to":"18:00"}"#;
        let friday = r#"{"local":"2024-03-08T10:41","day":"friday","open":true}"#;
        assert_eq!(marked(office, "2024-03-08T09:41:07Z"), friday);
        for (time, open) in [
            ("2024-03-08T06:59:59Z", false),
            ("2024-03-08T07:00:00Z", true),
            ("2024-03-08T16:59:59.999Z", true),
            ("2024-03-08T17:00:00Z", false),
            ("2024-03-07T09:41:07Z", false),
        ] {
            assert_eq!(marked(office, time).ends_with("\"open\":true}"), open, "{time}");
        }
        let night = r#"{"utcOffset":"-05:30","days":["thursday"],"from":"22:00","to":"06:00"}"#;
        let expected = r#"{"local":"2024-02-29T23:30","day":"thursday","open":true}"#;
        assert_eq!(marked(night, "2024-03-01T05:00:00Z"), expected);
    }

    #[test]
    fn the_settings_that_are_built_in_are_right() {
        assert!(Office::new(Office::DEFAULT).is_ok());
    }

    #[test]
    fn wrong_settings_are_refused() {
        for wrong in [
            "{}",
            r#"{"utcOffset":"+01:00","days":["freitag"],"from":"08:00","to":"18:00"}"#,
            r#"{"utcOffset":"1","days":[],"from":"08:00","to":"18:00"}"#,
            r#"{"utcOffset":"+01:00","days":[],"from":"8","to":"18:00"}"#,
            r#"{"utcOffset":"+01:00","days":[],"from":"08:00","to":"24:01"}"#,
            r#"{"utcOffset":"+01:00","days":[],"from":"08:00","to":"18:00","x":1}"#,
        ] {
            assert!(Office::new(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_event_without_a_time_is_in_trouble() {
        let office = Office::new(Office::DEFAULT).unwrap();
        for record in [
            "{}",
            r#"{"eventTime":1}"#,
            r#"{"eventTime":"2024-13-08T09:41:07Z"}"#,
            r#"{"eventTime":"2024-02-30T09:41:07Z"}"#,
            r#"{"eventTime":"2024-03-08T09:41:07+01:00"}"#,
            r#"{"eventTime":"2024-03-08 09:41"}"#,
            r#"{"eventTime":"2024-03-08T09:41:07é"}"#,
        ] {
            let event = Record::of(record).unwrap();
            assert!(mark(&office, &event, &mut String::new()).is_err(), "{record}");
        }
    }
}
