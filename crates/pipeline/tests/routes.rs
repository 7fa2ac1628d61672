//! `when:` on stages and outputs, and `else:`.

mod toy;

use std::sync::Arc;
use toy::{guarded, pipeline, run_once};
use trailmill_event::Source;
use trailmill_stage::Input;

fn input(numbers: &[u64]) -> String {
    numbers.iter().map(|n| format!("{{\"n\":{n}}}\n")).collect()
}

#[test]
fn a_stage_is_passed_by_where_its_condition_does_not_hold() {
    let pipeline = pipeline("stages: [decode-lines, { row: { name: r, when: n > 2 } }]");
    let (taken, books, _) = run_once(&pipeline, &input(&[1, 2, 3]));
    assert_eq!(taken.of(0), "{\"n\":1}\n{\"n\":2}\n{\"n\":3,\"r\":true}\n");
    let row = &books.stages[1];
    assert_eq!((row.skipped, row.read, row.kept), (2, 1, 1));
}

/// A condition sees the event as the stages before have left it.
#[test]
fn conditions_see_what_stages_have_made() {
    let text = "stages:
  - decode-lines
  - row: { name: a, when: m exists }
  - row: { name: b, when: a == true }
outputs:
  - { when: b exists, to: stdout }
";
    let (taken, books, _) = run_once(&pipeline(text), "{\"n\":1,\"m\":1}\n{\"n\":2}\n");
    assert_eq!(taken.of(0), "{\"n\":1,\"a\":true,\"b\":true}\n");
    assert_eq!((books.written, books.filtered, books.not_routed), (1, 1, 1));
}

#[test]
fn outputs_share_events_out() {
    let text = "stages: [decode-lines]
outputs:
  - { name: small, when: n < 3, stages: [{ row: { name: s } }], to: { file: { path: a } } }
  - { name: even, when: { pattern: { n: [2, 4] } }, to: { file: { path: b } } }
  - { name: all, to: { file: { path: c } } }
  - { name: rest, else: true, to: stdout }
";
    let (taken, books, _) = run_once(&pipeline(text), &input(&[1, 2, 3, 4, 5]));
    assert_eq!(taken.of(0), "{\"n\":1,\"s\":true}\n{\"n\":2,\"s\":true}\n");
    assert_eq!(taken.of(1), input(&[2, 4]));
    assert_eq!(taken.of(2), input(&[1, 2, 3, 4, 5]));
    assert_eq!(taken.of(3), input(&[3, 5]));
    let not_routed: Vec<_> = books.outputs.iter().map(|output| output.not_routed).collect();
    assert_eq!((not_routed, books.not_routed), (vec![3, 3, 0, 3], 0));
}

/// An event that no output takes is filtered, and counted by itself.
#[test]
fn events_that_no_output_takes() {
    let text = "stages: [decode-lines, { sieve: { filter: 5 } }]
outputs:
  - { when: n == 1, to: { file: { path: a } } }
  - { when: n == 2, stages: [{ sieve: { fault: 2 } }], to: { file: { path: b } } }
";
    let (_, books, _) = run_once(&pipeline(text), &input(&[1, 2, 3, 4, 5]));
    assert_eq!((books.read, books.written, books.quarantined), (5, 1, 1));
    assert_eq!((books.filtered, books.not_routed), (3, 2));
}

/// An event that a guard was not for has not passed it.
#[test]
fn guards_that_were_passed_by() {
    let text = "stages: [decode-lines, { veil: { when: n > 2 } }, { sieve: { fault: 1 } }]";
    let lines = "{\"n\":1,\"secret\":\"kAnArY7x\"}\n{\"n\":3,\"secret\":\"kAnArY7x\"}\n";
    let (taken, ..) = run_once(&guarded(text), lines);
    assert!(!taken.quarantine.contains("kAnArY7x"), "{}", taken.quarantine);
    let lines: Vec<&str> = taken.quarantine.lines().collect();
    assert!(lines[0].contains("\"withheld\":true"), "{}", lines[0]);
    assert!(
        lines[1].ends_with(
            ",\"redacted\":true,\"event\":\"{\\\"n\\\":3,\\\"secret\\\":\\\"***\\\"}\"}"
        )
    );
}

#[test]
fn explanations_tell_the_way() {
    let text = "stages: [decode-lines, { sieve: { when: n == 1 } }]
outputs:
  - { when: n == 1, to: { file: { path: a } } }
  - { else: true, to: stdout }
";
    let explain = |record: &str| {
        let mut reader = record.as_bytes();
        let source = Source { name: Arc::from("a"), ..Source::default() };
        let mut input = Input::whole(&mut reader, source);
        let found = pipeline(text).explain(&mut input, None).expect("readable").expect("an event");
        let finished: Vec<_> = found.finished.iter().map(|finished| finished.output).collect();
        (found.passages[0].skipped, finished, found.not_routed)
    };
    assert_eq!(explain("{\"n\":1}"), (false, vec![0], vec![1]));
    assert_eq!(explain("{\"n\":2}"), (true, vec![1], vec![0]));
}
