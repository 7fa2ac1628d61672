//! A pipeline, exported, and what it gives natively.

use std::sync::OnceLock;
use trailmill_abi::{PIPELINE, entry};
use trailmill_guest::{Configured, Guest};
use trailmill_host::export::{Export, Host};
use trailmill_pipeline::Format;
use trailmill_shim::Answer;
use trailmill_stage::NoResources;

/// Secrets hidden, identity and action, rows.
const SNARE: &str = include_str!("../../../../pipelines/cloudtrail-snare/pipeline.yaml");

/// The module of a host.
pub(crate) fn exported(host: Host) -> Vec<u8> {
    let export = Export {
        host,
        name: "pipeline.yaml",
        text: SNARE,
        format: Format::Yaml,
        specs: trailmill_catalog::STAGES,
        resources: &NoResources,
        embed_keys: false,
        vectors: true,
    };
    export.run().unwrap_or_else(|error| panic!("{host}: {error}")).module
}

/// The pipeline, natively.
pub(crate) fn native() -> Guest<'static> {
    static CONFIGURED: OnceLock<Configured> = OnceLock::new();
    let configured = CONFIGURED.get_or_init(|| {
        let mut configuration = Vec::new();
        entry(PIPELINE, "pipeline.yaml", SNARE.as_bytes(), &mut configuration);
        Configured::new(&configuration).expect("a configuration")
    });
    Guest::new(configured, None)
}

/// The rows that an input gives natively.
pub(crate) fn rows(native: &mut Guest<'_>, input: &[u8]) -> Vec<u8> {
    Answer::read(native.process(input)).lines(0, 0)
}
