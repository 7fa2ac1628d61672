//! One case: its answer checked for every instruction set, then timed.

use super::say;
use crate::cases::{Amount, Case, Inputs};
use crate::contest::{Answer, Contender, race, table};
use crate::trail::usable;
use crate::way::Unmeasured;
use libdeflater::Decompressor;
use std::hint::black_box;

/// Checks and times the case of that name; says whether its answer was right.
pub(super) fn run(name: &str, rounds: usize) -> Result<bool, Unmeasured> {
    let case = Case::read(name)?;
    say(&format!("{name}: {}\n\n", case.analysis.trim()))?;
    let small = case.input.make(Amount::Checked)?;
    for isa in usable() {
        let answer = case.answer(&small, isa)?;
        if answer != case.expect {
            let (found, wanted) = (answer.section(), case.expect.section());
            say(&format!("{}: the answer is\n{found}\nand not\n{wanted}", isa.name()))?;
            return Ok(false);
        }
        say(&format!("{:<8} gives the answer for {} records\n", isa.name(), answer.read))?;
    }
    let inputs = case.input.make(Amount::Timed)?;
    let bytes = inputs.text_bytes();
    let pipeline = case.pipeline()?;
    let ours = usable().into_iter().map(|isa| Case::contender(&pipeline, &inputs, isa));
    let limit = inputs.compressed().next().map(|_| inflating(&inputs));
    let mut contenders: Vec<Contender<'_>> = ours.chain(limit).collect();
    say(&format!("\n{bytes} bytes of text, {rounds} rounds in turn:\n"))?;
    let speeds = race(&mut contenders, rounds)?;
    say(&table(&speeds, bytes))?;
    Ok(true)
}

/// What no way with the same library can be faster than: inflating, and nothing else.
fn inflating(inputs: &Inputs) -> Contender<'_> {
    let mut inflater = Decompressor::new();
    let mut text = Vec::new();
    Contender {
        name: "libdeflate alone".to_owned(),
        instructions: "-".to_owned(),
        round: Box::new(move || {
            let mut bytes = 0;
            for (stored, length) in inputs.compressed() {
                text.resize(length, 0);
                let inflated = inflater.gzip_decompress(stored, &mut text);
                let count = inflated.map_err(|error| Unmeasured(error.to_string()))?;
                bytes += black_box(&text[..count]).len();
            }
            Ok(Answer { records: None, bytes })
        }),
    }
}
