//! Does what no stage should, and needs settings.
#![forbid(unsafe_code)]

use trailmill_sdk::{Record, Settings, Trouble, Verdict, json};

trailmill_sdk::stage!(odd, settings: Mark);

struct Mark(String);

impl Settings for Mark {
    fn new(settings: &str) -> Result<Self, String> {
        let mark = json::member(settings, "mark").ok_or("`mark` is missing")?;
        Ok(Mark(mark.to_owned()))
    }
}

fn odd(Mark(mark): &Mark, record: &Record, out: &mut String) -> Result<Verdict, Trouble> {
    match record.get("do") {
        Some("\"filter\"") => return Ok(Verdict::Filter),
        Some("\"fail\"") => return Err(Trouble::new("failed", "as it was told to")),
        Some("\"panic\"") => panic!("as it was told to"),
        Some("\"mark\"") => json::with_member(record, "mark", mark, out),
        Some("\"two\"") => out.push_str("{}{}"),
        Some("\"cut\"") => out.push_str("{\"a\":"),
        _ => return Ok(Verdict::Keep),
    }
    Ok(Verdict::Replace)
}
