//! What may be shown of an event in a pipeline that guards what leaves it.

use crate::pipeline::{Output, Pipeline};
use crate::step::{OnFault, Step};
use trailmill_event::{Batch, Event, Path};
use trailmill_stage::Verdict;

/// Why input is withheld.
pub(crate) const REASON: &str = "no guard of the pipeline has passed it";

/// A member, how long its value may be, and whether a text looks like one of its values.
type Known = (&'static str, usize, fn(&str) -> bool);

/// The members that are told of an event that is withheld, unless it has something else there,
/// such as a key or a token.
const KNOWN: [Known; 4] = [
    ("eventID", 36, |text| is_of(text, |byte| b"0123456789abcdef-".contains(&byte))),
    ("eventTime", 35, |text| is_of(text, |byte| b"0123456789TZ:.+-".contains(&byte))),
    ("eventName", 64, is_name),
    ("awsRegion", 24, |text| is_of(text, |byte| byte.is_ascii_lowercase() || is_mark(byte))),
];

fn is_of(text: &str, is_usual: fn(u8) -> bool) -> bool {
    text.bytes().all(is_usual)
}

fn is_mark(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b'-'
}

/// Whether a text looks like the name of a call, `GetEC2InstanceData2020_05_31`: words with a
/// few numbers. A key has capitals only, or digits all over.
fn is_name(text: &str) -> bool {
    let is_number = |byte: &u8| byte.is_ascii_digit() || *byte == b'_';
    let bytes = text.as_bytes();
    let numbers = bytes.chunk_by(|one, next| is_number(one) == is_number(next));
    bytes[0].is_ascii_alphabetic()
        && bytes.iter().any(u8::is_ascii_lowercase)
        && bytes.iter().all(|byte| byte.is_ascii_alphabetic() || is_number(byte))
        && numbers.filter(|run| is_number(&run[0])).count() <= 2
}

/// Notes at each step whether a guard is still to come; says whether there is any guard.
pub(crate) fn place(shared: &mut [Step], outputs: &mut [Output]) -> bool {
    let in_outputs = outputs.iter_mut().map(|output| behind(&mut output.steps, false));
    let in_outputs = in_outputs.fold(false, |any, one| any | one);
    behind(shared, in_outputs)
}

fn behind(steps: &mut [Step], mut to_come: bool) -> bool {
    for step in steps.iter_mut().rev() {
        step.clear = !to_come;
        to_come |= step.guards;
    }
    to_come
}

/// The event as the last guard before `at` has left it, as compact JSON.
///
/// Nothing if no guard has passed it, or one is still to come. Stages are pure, and those that
/// remember change nothing, so that the way to there is walked again; that costs nothing as long as
/// there is no fault.
pub(crate) fn passed(
    pipeline: &Pipeline,
    batch: &mut Batch,
    number: usize,
    at: &Step,
) -> Option<String> {
    if at.guards || !at.clear {
        return None;
    }
    // What the stages note was counted when they went over the event first.
    let notes = std::mem::take(batch.notes_mut());
    let mut event = batch.event(number);
    let text = walk(pipeline.way_to(at), &mut event);
    // A row that was written on the way must not stand among those of the batch.
    event.start_over();
    *batch.notes_mut() = notes;
    String::from_utf8(text?).ok()
}

fn walk<'p>(way: impl Iterator<Item = &'p Step>, event: &mut Event<'_>) -> Option<Vec<u8>> {
    let mut passed = None;
    for step in way {
        if !step.is_for(event) {
            continue;
        }
        match step.apply_alone(event) {
            Ok(Verdict::Keep) if step.guards => {
                let mut text = Vec::new();
                event.write_into(&mut text);
                passed = Some(text);
            }
            Ok(Verdict::Keep) => {}
            Ok(Verdict::Filter) => return None,
            Err(fault) => {
                let goes_on = step.on_fault == OnFault::Mark && step.mark(event, fault);
                goes_on.then_some(())?;
            }
        }
    }
    passed
}

/// What may be told of an event that is withheld: its id, time, name and region, each only if it
/// is a short text of the characters that it is made of in CloudTrail.
pub(crate) fn known(event: &Event<'_>) -> Vec<(&'static str, String)> {
    let known = KNOWN.iter().filter_map(|&(name, length_max, is_usual)| {
        let text = event.get(&Path::member(name))?.as_string()?.decode();
        let harmless = (1..=length_max).contains(&text.len()) && is_usual(&text);
        harmless.then(|| (name, text.into_owned()))
    });
    known.collect()
}
