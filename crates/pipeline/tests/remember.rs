//! Stages that remember: what their memory sees, how long it lasts, and where they may stand.

mod toy;

use std::sync::Arc;
use toy::{Files, GUARDED, Taken, guarded, run, run_once};
use trailmill_event::Source;
use trailmill_pipeline::{Format, Pipeline, Worker};
use trailmill_stage::{Input, NoResources};

fn input(numbers: &[u64]) -> String {
    numbers.iter().map(|n| format!("{{\"n\":{n}}}\n")).collect()
}

#[test]
fn the_first_of_several_goes_on() {
    let pipeline = guarded("stages: [decode-lines, once]");
    let (taken, books, _) = run_once(&pipeline, &input(&[1, 2, 1, 0, 0, 3, 2, 13]));
    assert_eq!(taken.of(0), input(&[1, 2, 0, 0, 3]));
    assert_eq!((books.filtered, books.quarantined), (2, 1));
}

/// The memory lasts from input to input of a run, and no longer.
#[test]
fn a_memory_lasts_for_a_run() {
    let pipeline = guarded("stages: [decode-lines, once]");
    for _ in 0..2 {
        let mut worker = Worker::new(&pipeline, None);
        let mut taken = Taken::default();
        run(&mut worker, input(&[1, 2]).as_bytes(), &mut taken).expect("a good input");
        run(&mut worker, b"{\"n\":3}\ncut\n", &mut taken).expect_err("a bad input");
        run(&mut worker, input(&[3, 2, 4]).as_bytes(), &mut taken).expect("a good input");
        assert_eq!(taken.of(0), input(&[1, 2, 3, 4]));
        assert_eq!(worker.books().check(), Ok(()));
    }
}

#[test]
fn a_worker_can_go_back_to_earlier_books() {
    let pipeline = guarded("stages: [decode-lines]");
    let mut worker = Worker::new(&pipeline, None);
    run(&mut worker, input(&[1]).as_bytes(), &mut Taken::default()).expect("a good input");
    let books = worker.books().clone();
    run(&mut worker, input(&[2, 3]).as_bytes(), &mut Taken::default()).expect("a good input");
    worker.restore(books);
    assert_eq!((worker.books().read, worker.books().inputs), (1, 1));
}

/// What a later stage is at fault on is remembered; what an earlier one has stopped is not.
#[test]
fn faults_and_filters() {
    let text = "stages:
  - decode-lines
  - sieve: { filter: 5, when: m exists }
  - once
  - sieve: { fault: 2 }
";
    let lines = "{\"n\":5,\"m\":1}\n{\"n\":5}\n{\"n\":2}\n{\"n\":2}\n{\"n\":5}\n";
    let (taken, books, _) = run_once(&guarded(text), lines);
    assert_eq!(taken.of(0), "{\"n\":5}\n");
    assert_eq!((books.written, books.filtered, books.quarantined), (1, 3, 1));
}

#[test]
fn what_passes_a_memory_by_is_not_remembered() {
    let pipeline = guarded("stages: [decode-lines, { once: { when: m exists } }]");
    let lines = "{\"n\":1}\n{\"n\":1}\n{\"n\":1,\"m\":1}\n{\"n\":1,\"m\":2}\n{\"n\":1}\n";
    let (taken, books, _) = run_once(&pipeline, lines);
    assert_eq!((taken.of(0).lines().count(), books.filtered, books.stages[1].skipped), (4, 1, 3));
}

/// A fault behind guard and memory: looking at the event again asks no memory.
#[test]
fn behind_a_guard() {
    let text = "stages: [decode-lines, veil, once, { sieve: { fault: 2 } }]";
    let lines = "{\"n\":2,\"secret\":1}\n{\"n\":2}\n{\"n\":1}\n";
    let (taken, books, _) = run_once(&guarded(text), lines);
    assert_eq!((books.written, books.filtered, books.quarantined), (1, 1, 1));
    assert!(taken.quarantine.contains("\"redacted\":true"), "{}", taken.quarantine);
}

#[test]
fn every_own_test_begins_with_nothing() {
    const FILES: Files = Files(&[("in", "{\"n\":1}\n{\"n\":1}\n"), ("out", "{\"n\":1}\n")]);
    let text = "stages: [decode-lines, once]
tests:
  - { name: one, in: in, out: out }
  - { name: two, in: in, out: out }
";
    let pipeline = Pipeline::load(text, Format::Yaml, GUARDED, &FILES).expect("good");
    for test in pipeline.tests() {
        assert!(pipeline.run_test(test, &FILES).expect("runs").passed(), "{}", test.name);
    }
}

#[test]
fn explanations_know_one_event() {
    let pipeline = guarded("stages: [decode-lines, once, sieve]");
    let mut reader: &[u8] = b"{\"n\":1,\"eventID\":\"a\"}\n{\"n\":1,\"eventID\":\"b\"}\n";
    let source = Source { name: Arc::from("a"), ..Source::default() };
    let mut input = Input::whole(&mut reader, source);
    let found = pipeline.explain(&mut input, Some("b")).expect("readable").expect("an event");
    assert_eq!(found.finished.len(), 1);
}

#[test]
fn places_where_nothing_can_be_remembered() {
    for (text, message) in [
        (
            "stages: [decode-lines]\noutputs:\n  - to: stdout\n    stages: [sieve, once]",
            "4:21: `once` remembers events, so it must stand among the stages that all outputs share",
        ),
        (
            "stages:\n  - decode-lines\n  - once\n  - sieve\n  - once: { when: n == 1 }",
            "5:5: `once` can not stand behind `once`, as only one stage of a pipeline can remember \
             events",
        ),
        (
            "stages:\n  - decode-lines\n  - row: { name: r }\n  - sieve\n  - once",
            "5:5: `once` can not stand behind `row`, which makes rows of the events",
        ),
        (
            "stages:\n  - once",
            "2:5: the first stage must be a decoder, and `once` is none (decoders: decode-lines)",
        ),
    ] {
        match Pipeline::load(text, Format::Yaml, GUARDED, &NoResources) {
            Ok(_) => panic!("{text}"),
            Err(error) => assert_eq!(error.to_string(), message),
        }
    }
}
