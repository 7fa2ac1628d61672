//! The one visible list of plugins, and the tests over that list.
//!
//! A new plugin is a folder under `plugins/` and one line in [`STAGES`]; whatever else has to know
//! it (the loader, the reference pages, the tests here) takes it from there. The tests of this
//! package also hold the layout: which package may depend on which.

use trailmill_stage::StageSpec;

/// Every plugin there is, in the order of their names.
pub const STAGES: &[&StageSpec] = &[
    &trailmill_decode_cloudtrail::SPEC,
    &trailmill_dedupe::SPEC,
    &trailmill_enrich_account::SPEC,
    &trailmill_enrich_action::SPEC,
    &trailmill_enrich_geoip::SPEC,
    &trailmill_enrich_identity::SPEC,
    &trailmill_enrich_source_address::SPEC,
    &trailmill_enrich_threat::SPEC,
    &trailmill_enrich_user_agent::SPEC,
    &trailmill_filter::SPEC,
    &trailmill_flatten::SPEC,
    &trailmill_redact::SPEC,
    &trailmill_sample::SPEC,
];
