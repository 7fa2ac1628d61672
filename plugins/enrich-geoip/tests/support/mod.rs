//! Databases made for tests, and records through the stage.
#![allow(dead_code, reason = "each test uses a part of it")]

pub(crate) mod mmdb;
pub(crate) mod sample;

use serde_json::Value;
use trailmill_enrich_geoip::SPEC;
use trailmill_stage::{Build, Resources, Settings, SettingsError, Stage};

/// Files in memory.
struct Files<'a>(&'a [(&'a str, &'a [u8])]);

impl Resources for Files<'_> {
    fn file(&self, path: &str) -> Result<Vec<u8>, String> {
        let file = self.0.iter().find(|(name, _)| *name == path);
        file.map(|(_, bytes)| bytes.to_vec()).ok_or_else(|| format!("no file {path}"))
    }
}

/// The stage with these settings and files.
pub(crate) fn build(
    settings: Value,
    files: &[(&str, &[u8])],
) -> Result<Box<dyn Stage>, SettingsError> {
    match SPEC.build {
        Build::Stage(build) => build(&Settings::new(settings), &Files(files)),
        Build::Remember(_) | Build::Decoder(_) => unreachable!("it is a stage"),
    }
}
