//! Builds a plugin from settings and runs it on an input.

use crate::outcome::Outcome;
use crate::{decoder, remember, stage};
use serde_json::Value;
use std::fmt;
use trailmill_stage::{Build, Resources, Settings, SettingsError, StageSpec};

/// Why there is no outcome to compare.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The settings do not fit, which a case may expect.
    Settings(SettingsError),
    /// The plugin broke its contract, or the case is no case.
    Broken(String),
}

impl From<SettingsError> for Failure {
    fn from(error: SettingsError) -> Self {
        Failure::Settings(error)
    }
}

impl From<String> for Failure {
    fn from(why: String) -> Self {
        Failure::Broken(why)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Settings(error) => write!(f, "settings: {error}"),
            Failure::Broken(why) => f.write_str(why),
        }
    }
}

/// What comes out of `input`, once the plugin is built with `settings`, which are JSON or empty.
pub(crate) fn run(
    spec: &StageSpec,
    settings: &str,
    resources: &dyn Resources,
    input: &[u8],
) -> Result<Vec<Outcome>, Failure> {
    let settings = match settings.trim() {
        "" => Value::Null,
        text => serde_json::from_str(text).map_err(|error| format!("settings: {error}"))?,
    };
    let settings = Settings::new(settings);
    Ok(match spec.build {
        Build::Stage(build) => stage::run(&*build(&settings, resources)?, input)?,
        Build::Remember(build) => remember::run(&*build(&settings, resources)?, input)?,
        Build::Decoder(build) => decoder::run(&*build(&settings, resources)?, input)?,
    })
}
