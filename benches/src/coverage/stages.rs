//! Which stages run: those that enrich and can be built.

use crate::way::Unmeasured;
use std::fs;
use trailmill_pipeline::{Format, Pipeline};
use trailmill_stage::Resources;

/// What the names of the stages that enrich begin with.
const ENRICHES: &str = "enrich-";

/// The stages that run.
#[derive(Debug)]
pub(super) struct Chosen {
    pub(super) pipeline: Pipeline,
    /// As they stand in the pipeline file.
    pub(super) stages: Vec<String>,
    /// Those that can not be built without settings, and what they say.
    pub(super) left_out: Vec<(&'static str, String)>,
}

/// Files as paths from here name them.
struct Files;

impl Resources for Files {
    fn file(&self, path: &str) -> Result<Vec<u8>, String> {
        fs::read(path).map_err(|error| format!("{path}: {error}"))
    }
}

/// All stages of the catalog that enrich, with the settings that are given.
pub(super) fn choose(given: &[String]) -> Result<Chosen, Unmeasured> {
    let mut stages = given.to_vec();
    let mut left_out = Vec::new();
    let names = trailmill_catalog::STAGES.iter().map(|spec| spec.name);
    for name in names.filter(|name| name.starts_with(ENRICHES)) {
        let is_given = |stage: &String| stage.split(':').next().map(str::trim) == Some(name);
        if stages.iter().any(is_given) {
            continue;
        }
        match build(&[name.to_owned()]) {
            Ok(_) => stages.push(name.to_owned()),
            Err(error) => left_out.push((name, error)),
        }
    }
    let pipeline = build(&stages)
        .map_err(|error| Unmeasured(format!("the stages can not be built: {error}")))?;
    Ok(Chosen { pipeline, stages, left_out })
}

fn build(stages: &[String]) -> Result<Pipeline, String> {
    let mut yaml = String::from("stages:\n  - decode-cloudtrail\n");
    for stage in stages {
        yaml.push_str(&format!("  - {stage}\n"));
    }
    Pipeline::load(&yaml, Format::Yaml, trailmill_catalog::STAGES, &Files)
        .map_err(|error| error.to_string())
}
