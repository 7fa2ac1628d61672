//! The descriptor of the plugin, with its options and examples.

use crate::stage::Redactor;
use trailmill_stage::{
    After, Build, Example, OptionSpec, Resources, Settings, SettingsError, Stage, StageSpec,
};

/// The plugin `redact`.
pub const SPEC: StageSpec = StageSpec {
    name: "redact",
    summary: "Hides the secrets and personal data of an event.",
    details: "",
    options: &[],
    examples: &[],
    build: Build::Stage(build),
};

fn build(settings: &Settings, resources: &dyn Resources) -> Result<Box<dyn Stage>, SettingsError> {
    Ok(Box::new(Redactor::new(settings, resources)?))
}
