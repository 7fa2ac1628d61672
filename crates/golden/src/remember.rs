//! Runs a step that remembers on records, one after the other, and holds it to its contract.

use crate::outcome::{Outcome, checked, compact, object};
use crate::stage::{layouts, load};
use trailmill_stage::{Remember, Verdict};

/// What becomes of each of the records in `text`, which is JSON, from an empty memory on.
///
/// # Errors
/// How the step broke its contract, or why the text has no records.
pub(crate) fn run(step: &dyn Remember, text: &[u8]) -> Result<Vec<Outcome>, String> {
    let mut batch = load(text)?;
    let mut memory = step.memory();
    let mut outcomes = Vec::new();
    for number in 0..batch.len() {
        let record = compact(batch.raw(number));
        let trace = step.trace(&batch.event(number));
        for mut other in layouts(&record)? {
            if step.trace(&other.event(0)) != trace {
                return Err("the trace depends on blanks between tokens".to_owned());
            }
        }
        let verdict = match trace {
            Err(fault) => {
                outcomes.push(Outcome::Fault(checked(fault)?));
                continue;
            }
            Ok(None) => Verdict::Keep,
            Ok(Some(trace)) => {
                let guess = memory.guess(trace);
                let verdict = memory.see(trace);
                if verdict != guess {
                    return Err("the memory does not guess what it then says".to_owned());
                }
                verdict
            }
        };
        outcomes.push(match verdict {
            Verdict::Keep => object(record.into_bytes())?,
            Verdict::Filter => Outcome::Filtered,
        });
    }
    Ok(outcomes)
}
