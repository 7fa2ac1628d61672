//! Records through the stage.

use std::sync::LazyLock;
use trailmill_enrich_user_agent::EnrichUserAgent;
use trailmill_stage::event::{Batch, Event, Source};
use trailmill_stage::{Fault, Stage};

/// Made once, as its tables take a while.
static STAGE: LazyLock<EnrichUserAgent> = LazyLock::new(EnrichUserAgent::new);

/// The record as the stage leaves it after so many calls.
pub(crate) fn enriched(record: &str, calls: usize) -> Result<String, Fault> {
    let mut batch = Batch::new();
    batch.load_lines(record.as_bytes(), Source::default()).unwrap();
    let mut event = batch.event(0);
    for _ in 0..calls {
        STAGE.apply(&mut event)?;
    }
    Ok(written(&event))
}

/// An event as text.
pub(crate) fn written(event: &Event<'_>) -> String {
    let mut out = Vec::new();
    event.write_into(&mut out);
    String::from_utf8(out).unwrap()
}
