//! Records through the stage, built with tables in memory.

use serde_json::Value;
use trailmill_enrich_account::SPEC;
use trailmill_stage::{Build, Resources, Settings, SettingsError, Stage};

/// One file, whatever its name.
struct OneFile<'a>(&'a [u8]);

impl Resources for OneFile<'_> {
    fn file(&self, _: &str) -> Result<Vec<u8>, String> {
        Ok(self.0.to_vec())
    }
}

/// The stage with these settings, and that file for every name in them.
pub(crate) fn build(settings: Value, file: &[u8]) -> Result<Box<dyn Stage>, SettingsError> {
    match SPEC.build {
        Build::Stage(build) => build(&Settings::new(settings), &OneFile(file)),
        Build::Remember(_) | Build::Decoder(_) => unreachable!("it is a stage"),
    }
}
