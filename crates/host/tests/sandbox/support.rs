//! The stage with a guest, and what becomes of an event in it, for tests.

#![allow(dead_code, reason = "each test program uses a part of this")]

use serde_json::{Value, json};
use std::collections::HashMap;
use trailmill_event::{Batch, Source};
use trailmill_host::SPEC;
use trailmill_stage::{Build, Fault, Resources, Settings, SettingsError, Stage, Verdict};

/// Files by their names.
#[derive(Default)]
pub(crate) struct Files(pub(crate) HashMap<String, Vec<u8>>);

impl Files {
    /// Modules by the names of their files.
    pub(crate) fn of<const N: usize>(modules: [(&str, Vec<u8>); N]) -> Self {
        Files(modules.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect())
    }
}

impl Resources for Files {
    fn file(&self, path: &str) -> Result<Vec<u8>, String> {
        self.0.get(path).cloned().ok_or_else(|| format!("cannot read {path}"))
    }

    fn variable(&self, name: &str) -> Result<String, String> {
        Ok(format!("the value of {name}"))
    }
}

/// The stage with a module and other options.
pub(crate) fn build(module: Vec<u8>, more: Value) -> Result<Box<dyn Stage>, SettingsError> {
    let Build::Stage(build) = SPEC.build else { panic!("no stage") };
    let mut options = json!({"module": "guest.wasm"});
    let more = more.as_object().cloned().unwrap_or_default();
    options.as_object_mut().expect("a map").extend(more);
    let files = Files::of([("guest.wasm", module), ("table.csv", b"a,b".to_vec())]);
    build(&Settings::new(options), &files)
}

/// The stage with a module.
pub(crate) fn stage(module: Vec<u8>) -> Box<dyn Stage> {
    build(module, json!({})).unwrap_or_else(|error| panic!("{error}"))
}

/// What becomes of a record: its text, or nothing if it is filtered.
///
/// # Panics
/// If it is not as it was found after a fault.
pub(crate) fn apply(stage: &dyn Stage, record: &str) -> Result<Option<String>, Fault> {
    apply_from(stage, record, &Source::default())
}

/// The same with a record from somewhere.
pub(crate) fn apply_from(
    stage: &dyn Stage,
    record: &str,
    source: &Source,
) -> Result<Option<String>, Fault> {
    let mut batch = Batch::new();
    batch.load_lines(record.as_bytes(), source.clone()).expect("a record");
    let mut event = batch.event(0);
    let mut text = Vec::new();
    event.write_into(&mut text);
    let before = std::mem::take(&mut text);
    let outcome = stage.apply(&mut event);
    event.write_into(&mut text);
    match outcome {
        Ok(Verdict::Keep) => Ok(Some(String::from_utf8(text).expect("text"))),
        Ok(Verdict::Filter) => Ok(None),
        Err(fault) => {
            assert!(text == before && !event.is_rewritten(), "not as it was found");
            Err(fault)
        }
    }
}
