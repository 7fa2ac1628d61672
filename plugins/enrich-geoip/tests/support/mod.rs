//! Databases made for tests, and records through the stage.
#![allow(dead_code, reason = "each test uses a part of it")]

pub(crate) mod mmdb;
pub(crate) mod sample;

use bytes::Bytes;
use serde_json::{Value, json};
use std::cell::RefCell;
use trailmill_enrich_geoip::SPEC;
use trailmill_stage::{Build, Cut, Resources, Settings, SettingsError, Stage};

/// Files in memory.
struct Files<'a>(&'a [(&'a str, &'a [u8])]);

impl Resources for Files<'_> {
    fn file(&self, path: &str) -> Result<Vec<u8>, String> {
        let file = self.0.iter().find(|(name, _)| *name == path);
        file.map(|(_, bytes)| bytes.to_vec()).ok_or_else(|| format!("no file {path}"))
    }
}

/// Files in memory, cut down; what became of each is kept.
#[derive(Default)]
struct Cutting<'a> {
    files: &'a [(&'a str, &'a [u8])],
    cuts: RefCell<Vec<Result<Vec<u8>, String>>>,
}

impl Resources for Cutting<'_> {
    fn file(&self, path: &str) -> Result<Vec<u8>, String> {
        Files(self.files).file(path)
    }

    fn mapped_part(&self, path: &str, cut: &Cut<'_>) -> Result<Bytes, String> {
        let whole = self.mapped(path)?;
        let cut = cut(&whole);
        self.cuts.borrow_mut().push(cut.clone());
        Ok(cut.map_or(whole, Bytes::from))
    }
}

/// What the stage with these settings needs of a database; or why it needs all of it.
pub(crate) fn cut(settings: &Value, file: &[u8]) -> Result<Vec<u8>, String> {
    let resources = Cutting { files: &[("a", file)], ..Cutting::default() };
    let mut settings = settings.clone();
    settings["databases"] = json!(["a"]);
    let Build::Stage(build) = SPEC.build else { unreachable!("it is a stage") };
    // Whether it is of use is for others to say.
    let _ = build(&Settings::new(settings), &resources);
    resources.cuts.into_inner().remove(0)
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
