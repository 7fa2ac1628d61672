//! Any text as a pipeline file in each of the formats: a pipeline, or an error at a place in it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use trailmill_pipeline::{Format, Pipeline};
use trailmill_stage::{NoResources, StageSpec};

/// A decoder, a stage with conditions, one that remembers, and one that makes rows.
const SPECS: &[&StageSpec] = &[
    &trailmill_decode_cloudtrail::SPEC,
    &trailmill_dedupe::SPEC,
    &trailmill_filter::SPEC,
    &trailmill_flatten::SPEC,
];

fuzz_target!(|text: &str| {
    for format in [Format::Yaml, Format::Toml, Format::Json] {
        match Pipeline::load(text, format, SPECS, &NoResources) {
            Ok(pipeline) => {
                assert!(!pipeline.outputs().is_empty());
                assert!(pipeline.stage_names().count() > 0);
            }
            Err(error) => {
                // A carriage return ends a line in YAML; the end of the text may be a line.
                let lines = 2 + text.matches(['\n', '\r']).count() as u32;
                assert!((1..=lines).contains(&error.line) && error.column > 0, "{error}");
                assert!(!error.message.is_empty());
            }
        }
    }
});
