//! Examples of decoders, and breaches of their contract, as the harness sees them.

use std::io::Read;
use std::ops::ControlFlow;
use trailmill_golden::check_examples;
use trailmill_stage::event::Batch;
use trailmill_stage::{
    After, Build, Decoder, Example, Fault, FaultKind, Input, Resources, Settings, SettingsError,
    Sink, StageSpec,
};

static NOT_A_RECORD: FaultKind =
    FaultKind { name: "not-a-record", message: "the line is no record" };

/// JSON lines, one batch a line, with a breach that the settings name.
#[derive(Debug)]
struct Lines {
    does: String,
}

fn build(settings: &Settings, _: &dyn Resources) -> Result<Box<dyn Decoder>, SettingsError> {
    let does = settings.options().get("does").and_then(|value| value.as_str());
    Ok(Box::new(Lines { does: does.unwrap_or_default().to_owned() }))
}

impl Decoder for Lines {
    fn decode(
        &self,
        input: &mut Input<'_>,
        batch: &mut Batch,
        sink: &mut dyn Sink,
    ) -> Result<(), Fault> {
        let mut text = vec![0; 4096];
        let mut length = input.reader.read(&mut text).unwrap();
        if self.does != "reads-once" {
            length += read_all(input.reader, &mut text[length..]);
        }
        let whole = self.does == "reads-whole";
        for line in text[..length].split_inclusive(|&b| b == b'\n' && !whole) {
            let flow = match batch.load_lines(line, input.source.clone()) {
                Ok(()) => sink.batch(batch),
                Err(_) => sink.fault(Fault::new(&NOT_A_RECORD), &input.source, 0, line),
            };
            if flow == ControlFlow::Break(()) && self.does != "never-stops" {
                break;
            }
        }
        match self.does.as_str() {
            "dies" => Err(Fault::new(&NOT_A_RECORD)),
            _ => Ok(()),
        }
    }

    fn may_split(&self, _: &[u8]) -> bool {
        self.does != "never-splits"
    }
}

fn read_all(reader: &mut dyn Read, text: &mut [u8]) -> usize {
    let mut length = 0;
    loop {
        match reader.read(&mut text[length..]).unwrap() {
            0 => return length,
            more => length += more,
        }
    }
}

const fn spec(examples: &'static [Example]) -> StageSpec {
    StageSpec {
        name: "decode-made-up",
        summary: "Reads lines.",
        details: "",
        options: &[],
        examples,
        guards: false,
        build: Build::Decoder(build),
    }
}

const fn example(settings: &'static str, before: &'static str, after: After) -> Example {
    Example { title: "A made-up example", settings, before, after }
}

const TWO: &str = "{\"a\": 1}\n{\"a\": 2}\n";
const BOTH: After = After::Events(&[r#"{"a":1}"#, r#"{"a": 2}"#]);

fn report(examples: &'static [Example]) -> String {
    check_examples(&spec(examples)).unwrap_err()
}

#[test]
fn examples_that_hold() {
    const HOLD: &[Example] = &[
        example("", TWO, BOTH),
        example("", "{", After::Fault("not-a-record")),
        example(r#"{"does": "never-splits"}"#, TWO, BOTH),
    ];
    check_examples(&spec(HOLD)).unwrap();
}

#[test]
fn a_missing_record_is_shown() {
    const ONE: &[Example] = &[example("", TWO, After::Event(r#"{"a":1}"#))];
    assert!(report(ONE).contains("+  \"a\": 2\n"), "{}", report(ONE));
    const FAULTY: &[Example] = &[example("", "{\"a\":1}\n{", After::Event(r#"{"a":1}"#))];
    assert!(report(FAULTY).contains("Fault(Fault"), "{}", report(FAULTY));
}

#[test]
fn breaches_of_the_contract() {
    const READS_ONCE: &[Example] = &[example(r#"{"does": "reads-once"}"#, TWO, BOTH)];
    assert!(report(READS_ONCE).contains("depends on how the input is read"));
    const NEVER_STOPS: &[Example] = &[example(r#"{"does": "never-stops"}"#, TWO, BOTH)];
    assert!(report(NEVER_STOPS).contains("asked to stop is called again"));
    const DIES: &[Example] = &[example(r#"{"does": "dies"}"#, TWO, BOTH)];
    assert!(report(DIES).contains("asked to stop gets an error"));
}

#[test]
fn a_cut_changes_nothing() {
    const BEFORE: &str = "{\"a\":\n{}}";
    const CUT: &[Example] = &[example(r#"{"does": "reads-whole"}"#, BEFORE, BOTH)];
    assert!(report(CUT).contains("a cut at byte 6 changes the outcome"), "{}", report(CUT));
}
