//! What a module says of itself, in a section that hosts pass over.

use super::Export;
use super::broken::{Broken, Result};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::fmt;
use wasmparser::{Parser, Payload};

/// The name of the section. It holds JSON, an object: `trailmill`, the version that has made the
/// module; `abi`, the version of the batch ABI; `host`; and `pipeline`, as
/// `trailmill_describe` gives it, with `file`, the name of the pipeline file, and `sha256` of it.
pub const SECTION: &str = "trailmill";

/// The module holds no section of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoTrailmill(&'static str);

impl fmt::Display for NoTrailmill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for NoTrailmill {}

/// What is to stand in the section, from what the guest says.
pub(super) fn section(export: &Export<'_>, description: &str) -> Result<String> {
    let description: Value = serde_json::from_str(description)
        .map_err(|_| Broken::new("it describes itself with something that is no JSON"))?;
    let mut pipeline = match &description["pipeline"] {
        Value::Object(pipeline) => pipeline.clone(),
        _ => return Err(Broken::new("it holds no pipeline after it was configured")),
    };
    let digest = Sha256::digest(export.text.as_bytes());
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    pipeline.insert("file".to_owned(), json!(export.name));
    pipeline.insert("sha256".to_owned(), json!(digest));
    let told = json!({
        "trailmill": description["version"],
        "abi": description["abi"],
        "host": export.host.name(),
        "pipeline": pipeline,
    });
    Ok(told.to_string())
}

/// Reads what a module says of itself; nothing of it is run.
///
/// # Errors
/// If it was not made by [`Export`].
pub fn inspect(module: &[u8]) -> std::result::Result<Map<String, Value>, NoTrailmill> {
    if !module.starts_with(b"\0asm") {
        return Err(NoTrailmill("this is no WebAssembly module"));
    }
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.map_err(|_| NoTrailmill("this WebAssembly module is damaged"))?;
        match payload {
            Payload::CustomSection(section) if section.name() == SECTION => {
                return serde_json::from_slice(section.data())
                    .map_err(|_| NoTrailmill("what the module says of itself is damaged"));
            }
            _ => {}
        }
    }
    Err(NoTrailmill("this module was not made by `trailmill export`"))
}
