//! Records through the stage.

use serde_json::{Value, json};
use trailmill_redact::Redactor;
use trailmill_stage::event::{Batch, Source};
use trailmill_stage::{Fault, Resources, Settings, Stage};

/// A key for tests, and another one.
pub(crate) struct Keys;

impl Resources for Keys {
    fn file(&self, path: &str) -> Result<Vec<u8>, String> {
        Ok(format!("the key for tests in {path}\n").into_bytes())
    }
}

/// The stage of settings.
pub(crate) fn redactor(settings: Value) -> Redactor {
    Redactor::new(&Settings::new(settings), &Keys).unwrap()
}

/// The stage of presets, with a key or without.
pub(crate) fn preset(names: &[&str], has_key: bool) -> Redactor {
    let mut settings = json!({ "preset": names });
    if has_key {
        settings["key"] = json!({ "file": "a" });
    }
    redactor(settings)
}

/// The record as the stage leaves it.
pub(crate) fn redacted(stage: &Redactor, record: &str) -> Result<String, Fault> {
    let mut batch = Batch::new();
    batch.load_lines(record.as_bytes(), Source::default()).unwrap();
    let mut event = batch.event(0);
    stage.apply(&mut event)?;
    event.settle().unwrap();
    let mut out = Vec::new();
    event.write_into(&mut out);
    Ok(String::from_utf8(out).unwrap())
}
