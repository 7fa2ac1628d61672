//! The descriptor of the plugin.

use crate::dedupe::Dedupe;
use serde::Deserialize;
use trailmill_stage::{
    After, Build, Example, OptionSpec, Remember, Resources, Settings, SettingsError, StageSpec,
};

/// The plugin `dedupe`.
pub const SPEC: StageSpec = StageSpec {
    name: "dedupe",
    summary: "Drops records that came before, told by their eventID.",
    details: include_str!("details.md"),
    options: &[OptionSpec {
        name: "events_max",
        kind: "count",
        default: "1000000",
        summary: "How many different events are remembered, up to 100000000.",
    }],
    examples: &[
        Example {
            title: "Drop the second copy of a record",
            settings: "",
            before: r#"{"eventID": "9cb0e2a0-6c1f-4a54-9a33-cfa3e5b6ef0a", "eventName": "GetUser"}
{"eventID": "9cb0e2a0-6c1f-4a54-9a33-cfa3e5b6ef0a", "eventName": "GetUser"}"#,
            after: After::Events(&[
                r#"{"eventID": "9cb0e2a0-6c1f-4a54-9a33-cfa3e5b6ef0a", "eventName": "GetUser"}"#,
            ]),
        },
        Example {
            title: "Keep a record that was updated",
            settings: r#"{"events_max": 50000}"#,
            before: r#"{"eventID": "9cb0e2a0-6c1f-4a54-9a33-cfa3e5b6ef0a", "responseElements": null}
{"eventID": "9cb0e2a0-6c1f-4a54-9a33-cfa3e5b6ef0a", "responseElements": {"user": "ana"},
    "addendum": {"reason": "UPDATED_DATA", "updatedFields": "responseElements"}}"#,
            after: After::Events(&[
                r#"{"eventID": "9cb0e2a0-6c1f-4a54-9a33-cfa3e5b6ef0a", "responseElements": null}"#,
                r#"{"eventID": "9cb0e2a0-6c1f-4a54-9a33-cfa3e5b6ef0a", "responseElements": {"user": "ana"},
    "addendum": {"reason": "UPDATED_DATA", "updatedFields": "responseElements"}}"#,
            ]),
        },
    ],
    guards: false,
    build: Build::Remember(build),
};

/// More could not be numbered in 32 bits with room to spare, and would take 3 GB.
const EVENTS_MAX: u32 = 100_000_000;

/// The options as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Options {
    events_max: u32,
}

impl Default for Options {
    fn default() -> Self {
        Options { events_max: 1_000_000 }
    }
}

fn build(settings: &Settings, _: &dyn Resources) -> Result<Box<dyn Remember>, SettingsError> {
    let Options { events_max } = settings.read()?;
    if !(1..=EVENTS_MAX).contains(&events_max) {
        let message = format!("must be a number from 1 to {EVENTS_MAX}");
        return Err(SettingsError::new("events_max", message));
    }
    Ok(Box::new(Dedupe::new(events_max)))
}
