//! What a guest says of itself, as JSON.

use crate::RECORD_BYTES_MAX;
use crate::configuration::Configured;
use serde_json::{Value, json};
use trailmill_abi::{ABI_VERSION, ANSWER_BYTES_MAX, INPUT_BYTES_MAX};

/// The description of a guest that takes a configuration; `ABI.md` lists its members.
pub fn describe() -> String {
    let stages: Vec<&str> = trailmill_catalog::STAGES.iter().map(|spec| spec.name).collect();
    description(&json!(stages), &Value::Null)
}

/// The description of a guest that has taken one. It repeats no content of files and no value of a
/// variable.
pub(crate) fn describe_configured(configured: &Configured) -> String {
    description(&json!([]), &pipeline(configured))
}

fn description(stages: &Value, pipeline: &Value) -> String {
    let description = json!({
        "abi": ABI_VERSION,
        "name": "trailmill",
        "version": env!("CARGO_PKG_VERSION"),
        "stages": stages,
        "limits": {
            "inputBytes": INPUT_BYTES_MAX,
            "answerBytes": ANSWER_BYTES_MAX,
            "recordBytes": RECORD_BYTES_MAX,
        },
        "pipeline": pipeline,
    });
    description.to_string()
}

fn pipeline(configured: &Configured) -> Value {
    let pipeline = &configured.pipeline;
    let outputs = pipeline.outputs().iter().map(|output| output.name());
    let files = configured.files.iter().map(|(name, bytes)| json!({"name": name, "bytes": bytes}));
    json!({
        "name": pipeline.name(),
        "description": pipeline.description(),
        "stages": pipeline.stage_names().collect::<Vec<_>>(),
        "outputs": outputs.collect::<Vec<_>>(),
        "guarded": pipeline.is_guarded(),
        "files": files.collect::<Vec<_>>(),
        "variables": configured.variables,
    })
}
