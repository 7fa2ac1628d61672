//! The descriptor of the plugin.

use crate::rate::Rate;
use crate::stage::Sample;
use serde::Deserialize;
use std::collections::HashMap;
use trailmill_stage::event::Path;
use trailmill_stage::{
    After, Build, Example, OptionSpec, Resources, Settings, SettingsError, Stage, StageSpec,
};

/// The plugin `sample`.
pub const SPEC: StageSpec = StageSpec {
    name: "sample",
    summary: "Keeps a share of the events, the same one every time.",
    details: DETAILS,
    options: OPTIONS,
    examples: EXAMPLES,
    guards: false,
    build: Build::Stage(build),
};

const OPTIONS: &[OptionSpec] = &[
    OptionSpec {
        name: "rate",
        kind: "number",
        default: "none",
        summary: "The share of the keys whose events are kept, from 0 to 1.",
    },
    OptionSpec {
        name: "one_in",
        kind: "integer",
        default: "none",
        summary: "The same as one in so many, from 1, in place of `rate`.",
    },
    OptionSpec {
        name: "key",
        kind: "path",
        default: "eventID",
        summary: "The value that decides: events with the same one are kept or dropped together.",
    },
    OptionSpec {
        name: "per",
        kind: "path",
        default: "none",
        summary: "The value that chooses one of `rates`.",
    },
    OptionSpec {
        name: "rates",
        kind: "map",
        default: "none",
        summary: "The share, from 0 to 1, for each of these values at `per`, in place of `rate`.",
    },
];

const DETAILS: &str = "\
Whether an event is kept depends on nothing but the value at `key`: on 64-bit FNV-1a over its \
UTF-8 bytes, mixed with the finalizer of MurmurHash3, which has to be below `rate` times 2^64. So \
every run, and every copy of a record, comes to the same decision, and what a rate keeps is kept \
by every higher one. With a key that events share, such as `userIdentity.arn`, all events of a \
tenth of the users are kept in place of a tenth of all events.

Events are never dropped for want of a key: those without a text, a number or a truth value at \
`key` are kept, and counted as `sample-key-missing`. With `per` and `rates`, events whose value at \
`per` is not in `rates` have the share of `rate` or `one_in`, or are all kept if neither is given.";

const EXAMPLES: &[Example] = &[
    Example {
        title: "Keep a tenth of the events",
        settings: r#"{"rate": 0.1}"#,
        before: r#"{"eventID": "5a4b3c2d-0000-4000-8000-000000000001"}"#,
        after: After::Filtered,
    },
    Example {
        title: "Keep all events of one in ten users",
        settings: r#"{"one_in": 10, "key": "userIdentity.arn"}"#,
        before: r#"{"userIdentity": {"arn": "arn:aws:iam::123456789012:user/alice"}}"#,
        after: After::Filtered,
    },
    Example {
        title: "Keep few of the events that are many, and all others",
        settings: r#"{"per": "eventName", "rates": {"Decrypt": 0.01, "AssumeRole": 0.1}}"#,
        before: r#"{"eventName": "DeleteTrail", "eventID": "5a4b3c2d-0000-4000-8000-000000000001"}"#,
        after: After::Event(
            r#"{"eventName": "DeleteTrail", "eventID": "5a4b3c2d-0000-4000-8000-000000000001"}"#,
        ),
    },
];

/// The options as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Options {
    rate: Option<f64>,
    one_in: Option<u64>,
    key: Option<String>,
    per: Option<String>,
    rates: Option<HashMap<String, f64>>,
}

fn build(settings: &Settings, _: &dyn Resources) -> Result<Box<dyn Stage>, SettingsError> {
    let options: Options = settings.read()?;
    let rate = match (options.rate, options.one_in) {
        (Some(_), Some(_)) => {
            return Err(SettingsError::new("one_in", "give either this or `rate`"));
        }
        (Some(share), None) => rate("rate", share)?,
        (None, Some(count)) => Rate::one_in(count)
            .ok_or_else(|| SettingsError::new("one_in", "expected a number from 1"))?,
        (None, None) if options.rates.is_some() => Rate::WHOLE,
        (None, None) => {
            return Err(SettingsError::new("", "give one of `rate`, `one_in` and `rates`"));
        }
    };
    let per = match (options.per, options.rates) {
        (Some(per), Some(rates)) => Some((path("per", &per)?, self::rates(rates)?)),
        (None, None) => None,
        (Some(_), None) => return Err(SettingsError::new("per", "needs `rates`")),
        (None, Some(_)) => return Err(SettingsError::new("rates", "needs `per`")),
    };
    let key = path("key", options.key.as_deref().unwrap_or("eventID"))?;
    Ok(Box::new(Sample { key, rate, per }))
}

fn rates(written: HashMap<String, f64>) -> Result<HashMap<String, Rate>, SettingsError> {
    let rates = written.into_iter().map(|(value, share)| {
        let rate = rate(&format!("rates.{value}"), share)?;
        Ok((value, rate))
    });
    rates.collect()
}

fn rate(option: &str, share: f64) -> Result<Rate, SettingsError> {
    Rate::share(share).ok_or_else(|| SettingsError::new(option, "expected a number from 0 to 1"))
}

fn path(option: &str, text: &str) -> Result<Path, SettingsError> {
    text.parse().map_err(|error| SettingsError::new(option, format!("{error}")))
}
