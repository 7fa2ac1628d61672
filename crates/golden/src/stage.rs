//! Runs a stage on records, and holds it to its contract.

use crate::outcome::{Outcome, checked, compact, object};
use crate::pretty::pretty;
use trailmill_stage::event::{Batch, Event, Source};
use trailmill_stage::{Stage, Verdict};

/// What becomes of each of the records in `text`, which is JSON.
///
/// # Errors
/// How the stage broke its contract, or why the text has no records.
pub(crate) fn run(stage: &dyn Stage, text: &[u8]) -> Result<Vec<Outcome>, String> {
    let mut batch = load(text)?;
    let records: Vec<String> = (0..batch.len()).map(|n| compact(batch.raw(n))).collect();
    let mut outcomes = Vec::new();
    for (number, record) in records.iter().enumerate() {
        let outcome = apply(stage, &mut batch.event(number))?;
        if apply(stage, &mut batch.event(number))? != outcome {
            return Err("a second call on the same record has another outcome".to_owned());
        }
        for mut other in layouts(record)? {
            if !apply(stage, &mut other.event(0))?.is_like(&outcome) {
                return Err("the outcome depends on blanks between tokens".to_owned());
            }
        }
        outcomes.push(outcome);
    }
    Ok(outcomes)
}

/// The record in memory laid out densely, and with many blanks.
pub(crate) fn layouts(record: &str) -> Result<[Batch; 2], String> {
    let mut dense = load(record.as_bytes())?;
    dense.set_dense(true);
    Ok([dense, load(pretty(record).as_bytes())?])
}

pub(crate) fn load(text: &[u8]) -> Result<Batch, String> {
    let mut batch = Batch::new();
    let source = Source { name: "in.json".into(), ..Source::default() };
    batch.load_lines(text, source).map_err(|error| format!("the input is not JSON: {error}"))?;
    match batch.is_empty() {
        true => Err("the input has no records".to_owned()),
        false => Ok(batch),
    }
}

fn apply(stage: &dyn Stage, event: &mut Event<'_>) -> Result<Outcome, String> {
    let before = written(event);
    match stage.apply(event) {
        Ok(Verdict::Keep) => object(written(event)),
        Ok(Verdict::Filter) => Ok(Outcome::Filtered),
        Err(_) if event.is_rewritten() || written(event) != before => {
            Err("on `Err` the event is not as it was found".to_owned())
        }
        Err(fault) => checked(fault).map(Outcome::Fault),
    }
}

fn written(event: &Event<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    event.write_into(&mut out);
    out
}
