//! Explanations: what each stage did to one event.

mod toy;

use std::sync::Arc;
use toy::pipeline;
use trailmill_event::Source;
use trailmill_pipeline::{Column, Explanation, Finished, Pipeline};
use trailmill_stage::{Fault, Input, Verdict};

fn explain(
    pipeline: &Pipeline,
    text: &str,
    id: Option<&str>,
) -> Result<Option<Explanation>, Fault> {
    let mut reader = text.as_bytes();
    let source = Source { name: Arc::from("made.json"), ..Source::default() };
    pipeline.explain(&mut Input::whole(&mut reader, source), id)
}

const INPUT: &str = "not\n{\"eventID\":\"a\",\"n\":1}\n{\"eventID\": \"b\", \"n\": 3}\ncut\n";

#[test]
fn every_stage_of_every_output() {
    let pipeline = pipeline(
        "stages: [decode-lines, { sieve: { fault: 3, on_fault: mark } }, sieve]
outputs:
  - stages: [{ row: { name: r } }]
    to: { file: { path: 'out/{n}' } }
  - { stages: [{ sieve: { filter: 3 } }, { row: { name: s } }], to: stdout }
",
    );
    let found = explain(&pipeline, INPUT, Some("b")).expect("readable so far").expect("b");
    let place = (found.source.as_str(), found.container, found.offset);
    assert_eq!(place, ("made.json", "lines", 26));
    assert_eq!(found.record.as_deref(), Some("{\"eventID\":\"b\",\"n\":3}"));

    let passed: Vec<_> = found
        .passages
        .iter()
        .map(|p| (p.stage, p.output, p.outcome.map_err(|f| f.kind.name)))
        .collect();
    let keep = Ok(Verdict::Keep);
    assert_eq!(
        passed,
        [
            ("sieve", None, Err("toy-much")),
            ("sieve", None, keep),
            ("row", Some(0), keep),
            ("sieve", Some(1), Ok(Verdict::Filter)),
        ]
    );
    let changes: Vec<_> = found
        .passages
        .iter()
        .map(|p| (p.added.join(" "), p.removed.join(" "), p.changed.join(" ")))
        .collect();
    let change = |added: &str, removed: &str| (added.to_owned(), removed.to_owned(), String::new());
    assert_eq!(
        changes,
        [
            change("trailmillFault", ""),
            change("", ""),
            change("r", "eventID trailmillFault"),
            change("", ""),
        ]
    );
    let notes: Vec<_> = found.passages.iter().map(|p| p.notes.len()).collect();
    assert_eq!(notes, [0, 1, 0, 1], "odd numbers are noted by whoever keeps or filters them");
    let line = Some("{\"n\":3,\"r\":true}".to_owned());
    assert_eq!(found.finished, [Finished { output: 0, path: Some("3".to_owned()), line }]);
}

#[test]
fn columns_and_where_they_came_from() {
    let pipeline = pipeline("stages: [decode-lines, { row: { name: r } }]");
    let found =
        explain(&pipeline, "{\"m\":1}\n{\"n\":2}\n", None).expect("good").expect("an event");
    let column = |column: &str, from: &str, rule: &str, value: &str| Column {
        column: column.to_owned(),
        from: from.to_owned(),
        rule: rule.to_owned(),
        value: Some(value.to_owned()),
    };
    let columns =
        [column("n", "n", "as it stands", "null"), column("r", "", "always true", "true")];
    assert_eq!(found.passages[0].columns, columns);
    assert_eq!(found.finished.len(), 1);
}

#[test]
fn changed_values() {
    let pipeline = pipeline("stages: [decode-lines, { row: { name: r } }]");
    let found =
        explain(&pipeline, "{\"n\": 1e0, \"r\": [1]}", None).expect("good").expect("an event");
    let passage = &found.passages[0];
    assert_eq!((&passage.changed[..], &passage.added[..]), (&["r".to_owned()][..], &[][..]));
}

#[test]
fn events_that_stop_on_the_way() {
    for (stages, outcome) in [
        ("{ sieve: { filter: 1 } }", Ok(Verdict::Filter)),
        ("{ sieve: { fault: 1 } }", Err("toy-much")),
        ("{ sieve: { fault: 1, on_fault: drop } }", Err("toy-much")),
    ] {
        let pipeline = pipeline(&format!("stages: [decode-lines, {stages}, sieve]"));
        let found = explain(&pipeline, INPUT, None).expect("readable so far").expect("an event");
        let outcomes: Vec<_> =
            found.passages.iter().map(|p| p.outcome.map_err(|f| f.kind.name)).collect();
        assert_eq!((outcomes, found.finished.len()), (vec![outcome], 0), "{stages}");
    }
}

#[test]
fn no_such_event() {
    let pipeline = pipeline("stages: [decode-lines]");
    assert!(explain(&pipeline, "{\"eventID\":\"a\"}\n", Some("c")).expect("good").is_none());
    assert!(explain(&pipeline, "", None).expect("good").is_none());
    let dead = explain(&pipeline, INPUT, Some("c")).expect_err("the input is cut");
    assert_eq!(dead.kind.name, "toy-cut");
}
