//! Databases made for tests, and records through the stage.
#![allow(dead_code, reason = "each test uses a part of it")]

pub(crate) mod mmdb;
pub(crate) mod sample;

use serde_json::Value;
use trailmill_enrich_geoip::SPEC;
use trailmill_stage::event::{Batch, Source};
use trailmill_stage::{Build, Fault, Resources, Settings, SettingsError, Stage};

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

/// The record as the stage leaves it after so many calls.
pub(crate) fn enriched(stage: &dyn Stage, record: &str, calls: usize) -> Result<String, Fault> {
    let mut batch = Batch::new();
    batch.load_lines(record.as_bytes(), Source::default()).unwrap();
    let mut event = batch.event(0);
    for _ in 0..calls {
        stage.apply(&mut event)?;
    }
    let mut out = Vec::new();
    event.write_into(&mut out);
    Ok(String::from_utf8(out).unwrap())
}
