//! Batches: every runtime answers what the native guest does, and that is what a worker gives.

use crate::abi::{Answer, FULL, Host, configuration, snare};
use crate::hosts::{Compiled, Interpreted, Machine};
use std::ops::ControlFlow;
use trailmill_event::Source;
use trailmill_guest::{Configured, Guest};
use trailmill_pipeline::{Format, Outlet, Pipeline, Worker};
use trailmill_stage::{Input, NoResources};

/// How many records a batch has.
const BATCH: usize = 1000;

const ORIGIN: &[u8] = br#"{"source":"a trail","collectedAt":"2024-03-08T10:15:30.5+01:00"}"#;

/// The corpus in batches of JSON lines.
fn batches() -> Option<Vec<Vec<u8>>> {
    let records = trailmill_golden::corpus()?;
    Some(records.chunks(BATCH).map(|chunk| chunk.join("\n").into_bytes()).collect())
}

/// Runs batches natively and in a runtime; gives the answers, which are the same.
fn same<M: Machine>(configuration: &[u8], batches: &[Vec<u8>]) -> Vec<Answer> {
    let configured = Configured::new(configuration).expect("a configuration");
    let mut native = Guest::new(&configured, None);
    let mut host = Host::<M>::configured(configuration);
    native.origin(ORIGIN).expect("an origin");
    assert_eq!(host.with("trailmill_origin", ORIGIN).unwrap(), b"");
    let mut answers = Vec::new();
    for batch in batches {
        let expected = native.process(batch);
        let answer = host.process(batch);
        assert!(answer == expected, "{} answers otherwise", M::NAME);
        answers.push(Answer::read(expected));
    }
    answers
}

/// How many records were read, and how many rows they gave.
fn totals(answers: &[Answer]) -> (u64, u64) {
    answers.iter().fold((0, 0), |(read, written), answer| {
        (read + answer.counts[0], written + answer.counts[1])
    })
}

#[test]
fn the_corpus_gives_the_same_rows_everywhere() {
    let Some(batches) = batches() else { return };
    assert_eq!(totals(&same::<Compiled>(&snare(), &batches)), (6175, 6175));
    assert_eq!(totals(&same::<Interpreted>(&snare(), &batches)), (6175, 6175));
    let full = configuration("full.yaml", FULL, &[]);
    let compiled = totals(&same::<Compiled>(&full, &batches));
    assert_eq!(compiled.0, 6175);
    assert!((4000..6175).contains(&compiled.1), "{compiled:?}");
    assert_eq!(totals(&same::<Interpreted>(&full, &batches)), compiled);
}

/// Keeps what a worker gives.
#[derive(Default)]
struct Kept {
    rows: [Vec<u8>; 2],
    quarantine: Vec<u8>,
}

impl Outlet for Kept {
    fn rows(&mut self, output: usize, _: Option<&str>, bytes: &mut Vec<u8>) -> ControlFlow<()> {
        self.rows[output].append(bytes);
        ControlFlow::Continue(())
    }

    fn quarantine(&mut self, line: &[u8]) -> ControlFlow<()> {
        self.quarantine.extend_from_slice(line);
        ControlFlow::Continue(())
    }
}

/// What a worker of that pipeline gives.
fn kept(pipeline: &str, input: &[u8]) -> Kept {
    let stages = trailmill_catalog::STAGES;
    let pipeline =
        Pipeline::load(pipeline, Format::Yaml, stages, &NoResources).expect("a pipeline");
    let mut kept = Kept::default();
    let mut reader = input;
    let mut input = Input::whole(&mut reader, Source::default());
    Worker::new(&pipeline, None).run(&mut input, &mut kept).expect("an input");
    kept
}

/// Two outputs, of which one filters, and bad lines among the records.
#[test]
fn an_answer_holds_what_a_worker_gives() {
    let pipeline = r#"
stages: [decode-cloudtrail]
outputs:
  - stages: [ { flatten: { schema: snare } } ]
    to: stdout
  - stages: [ { filter: { keep: 'readOnly == true' } } ]
    to: { file: { path: "out/{eventName}.ndjson" } }
"#;
    let configuration = configuration("p.yaml", pipeline, &[]);
    let record = |name: &str, read_only: bool| {
        format!(
            r#"{{"eventVersion":"1.08","eventTime":"2024-03-08T09:41:07Z","eventSource":"s3.amazonaws.com","eventName":"{name}","readOnly":{read_only}}}"#
        )
    };
    let lines = [
        record("ListBuckets", true),
        "{\"eventVersion\":".to_owned(),
        record("PutObject", false),
        record("GetObject", true),
        record("ListBuckets", true),
    ];
    let input = lines.join("\n");
    let configured = Configured::new(&configuration).expect("a configuration");
    let expected = kept(pipeline, input.as_bytes());
    let answer = Answer::read(Guest::new(&configured, None).process(input.as_bytes()));
    assert_eq!(answer.counts, [5, 4, 0, 0, 1, 1, 0]);
    assert_eq!(answer.lines(0, 0), expected.rows[0]);
    assert_eq!(answer.lines(0, 1), expected.rows[1]);
    assert_eq!(answer.lines(1, 0), expected.quarantine);
    let paths: Vec<&str> = answer.frames.iter().map(|frame| frame.path.as_str()).collect();
    assert_eq!(paths, ["", "", "ListBuckets.ndjson", "GetObject.ndjson"]);
    same::<Compiled>(&configuration, &[input.into_bytes()]);
}
