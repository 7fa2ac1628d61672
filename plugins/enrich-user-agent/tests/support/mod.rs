//! Records through the stage.

use std::sync::LazyLock;
use trailmill_enrich_user_agent::EnrichUserAgent;
use trailmill_stage::Fault;

/// Made once, as its tables take a while.
static STAGE: LazyLock<EnrichUserAgent> = LazyLock::new(EnrichUserAgent::new);

/// The record as the stage leaves it after so many calls.
pub(crate) fn enriched(record: &str, calls: usize) -> Result<String, Fault> {
    trailmill_golden::applied(&*STAGE, record, calls)
}
