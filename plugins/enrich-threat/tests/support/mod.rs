//! Records through the stage, and lists without files.
#![allow(dead_code, reason = "no test needs all of it")]

use trailmill_enrich_threat::SPEC;
use trailmill_stage::{Build, Resources, Settings, SettingsError, Stage};

/// The content of the file of each list.
pub(crate) struct Files<F>(pub(crate) F);

impl<F: Fn(&str) -> Vec<u8>> Resources for Files<F> {
    fn file(&self, path: &str) -> Result<Vec<u8>, String> {
        Ok((self.0)(path))
    }
}

/// A stage with these settings, as JSON, and files.
pub(crate) fn stage(
    settings: &str,
    files: impl Fn(&str) -> Vec<u8>,
) -> Result<Box<dyn Stage>, SettingsError> {
    let Build::Stage(build) = SPEC.build else { panic!("it is no decoder") };
    build(&Settings::new(serde_json::from_str(settings).unwrap()), &Files(files))
}
