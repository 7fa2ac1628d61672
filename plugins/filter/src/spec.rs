//! The descriptor of the plugin, and its stage.

use crate::examples::EXAMPLES;
use serde::Deserialize;
use serde_json::Value;
use trailmill_condition::{Condition, ConditionError};
use trailmill_stage::event::Event;
use trailmill_stage::{
    Build, Fault, OptionSpec, Resources, Settings, SettingsError, Stage, StageSpec, Verdict,
};

/// The plugin `filter`.
pub const SPEC: StageSpec = StageSpec {
    name: "filter",
    summary: "Keeps or drops events by a condition.",
    details: include_str!("details.md"),
    options: &[
        OptionSpec {
            name: "keep",
            kind: "condition",
            default: "none",
            summary: "Which events go on, in place of `drop`: all others are dropped.",
        },
        OptionSpec {
            name: "drop",
            kind: "condition",
            default: "none",
            summary: "Which events are dropped, in place of `keep`: all others go on.",
        },
    ],
    examples: EXAMPLES,
    guards: false,
    build: Build::Stage(build),
};

/// The options as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Options {
    keep: Option<Value>,
    drop: Option<Value>,
}

fn build(settings: &Settings, _: &dyn Resources) -> Result<Box<dyn Stage>, SettingsError> {
    let options: Options = settings.read()?;
    let (name, written, on_match, otherwise) = match (options.keep, options.drop) {
        (Some(keep), None) => ("keep", keep, Verdict::Keep, Verdict::Filter),
        (None, Some(drop)) => ("drop", drop, Verdict::Filter, Verdict::Keep),
        (Some(_), Some(_)) => {
            return Err(SettingsError::new("drop", "give either this or `keep`"));
        }
        (None, None) => return Err(SettingsError::new("", "give either `keep` or `drop`")),
    };
    let condition = Condition::read(&written).map_err(|error| {
        let ConditionError { option, message } = error.inside(name);
        SettingsError { option, message }
    })?;
    Ok(Box::new(Filter { condition, on_match, otherwise }))
}

/// The stage.
#[derive(Debug)]
struct Filter {
    condition: Condition,
    /// What becomes of an event that matches.
    on_match: Verdict,
    /// What becomes of any other.
    otherwise: Verdict,
}

impl Stage for Filter {
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        Ok(if self.condition.matches(event) { self.on_match } else { self.otherwise })
    }
}
