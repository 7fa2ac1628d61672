//! One record through a stage, for tests that are no cases.

use trailmill_stage::event::{Batch, Source};
use trailmill_stage::{Fault, Stage};

/// The record as a stage leaves it after so many calls.
///
/// # Errors
/// The fault of the first call that has one.
///
/// # Panics
/// If the record is not JSON, or what is left of it no text.
pub fn applied(stage: &dyn Stage, record: &str, calls: usize) -> Result<String, Fault> {
    let mut batch = Batch::new();
    let loaded = batch.load_lines(record.as_bytes(), Source::default());
    loaded.unwrap_or_else(|error| panic!("the record: {error}"));
    let mut event = batch.event(0);
    for _ in 0..calls {
        stage.apply(&mut event)?;
    }
    let mut out = Vec::new();
    event.write_into(&mut out);
    Ok(String::from_utf8(out).unwrap_or_else(|error| panic!("the event: {error}")))
}
