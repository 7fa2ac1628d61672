//! Guarded pipelines: nothing that no guard has passed comes out anywhere.

mod toy;

use std::sync::Arc;
use toy::{GUARDED, Taken, guarded, run_once};
use trailmill_event::Source;
use trailmill_pipeline::{Format, Pipeline, Remains};
use trailmill_stage::{Fault, Input, NoResources};

/// What may not come out: it stands in a value, in a name, and in what is no JSON.
const CANARY: &str = "kAnArY7x";

/// Events from 1 to 12, and a line that is no event. Multiples of 7 have names that could be
/// anything.
fn input() -> String {
    let event = |n: usize| {
        let (id, name) = match n % 7 {
            0 => (CANARY, "AKIAIOSFODNN7EXAMPLE"),
            _ => ("3038ebd2-c98a-4c65-9b6e-e22506292313", "GetEC2Data2020_05_31"),
        };
        format!(
            r#"{{"n":{n},"eventID":"{id}","eventTime":"2024-02-01T00:00:00Z","eventName":"{name}","awsRegion":"eu-west-1","secret":"{CANARY}","{CANARY}":{n}}}"#
        )
    };
    let lines: Vec<String> = (1..=12).map(event).collect();
    format!("{}\n{{\"secret\":\"{CANARY}\n", lines.join("\n"))
}

/// The lines of the quarantine: fault, output, and what is kept of the event.
fn kept(taken: &Taken) -> Vec<(String, String, String)> {
    let line = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        let text = |name: &str| line[name].as_str().unwrap_or("-").to_owned();
        assert!(line.get("raw").is_none() && line.get("sha256").is_none(), "{line}");
        assert!(line["bytes"].as_u64() > Some(0) && line["offset"].is_u64(), "{line}");
        let evidence = match (&line["withheld"], &line["redacted"]) {
            (serde_json::Value::Bool(true), serde_json::Value::Null) => {
                assert_eq!(line["reason"], "no guard of the pipeline has passed it");
                ["eventID", "eventTime", "eventName", "awsRegion"].map(text).join(" ")
            }
            (serde_json::Value::Null, serde_json::Value::Bool(true)) => text("event"),
            _ => panic!("{line}"),
        };
        (text("scope"), text("output"), evidence)
    };
    taken.quarantine.lines().map(line).collect()
}

/// No canary in what came out.
#[track_caller]
fn assert_clean(text: &str, what: &str) {
    assert!(!text.contains(CANARY), "{what}: {text}");
}

/// The guard, and a row that leaves the names behind.
const HIDE_BOTH: &str = "veil, { row: { name: r } }";

#[test]
fn a_fault_before_the_guard_is_withheld() {
    let pipeline =
        guarded(&format!("stages: [decode-lines, {{ sieve: {{ fault: 5 }} }}, {HIDE_BOTH}]"));
    assert!(pipeline.is_guarded());
    let (taken, books, _) = run_once(&pipeline, &input());
    assert_eq!((books.read, books.written, books.quarantined), (13, 10, 3));
    assert_clean(&format!("{taken:?} {books:?}"), "a run");
    let known = "3038ebd2-c98a-4c65-9b6e-e22506292313 2024-02-01T00:00:00Z GetEC2Data2020_05_31 \
                 eu-west-1";
    let record = ("record".to_owned(), "-".to_owned(), known.to_owned());
    let piece = ("piece".to_owned(), "-".to_owned(), "- - - -".to_owned());
    assert_eq!(kept(&taken), [record.clone(), record, piece]);
}

#[test]
fn a_withheld_line_in_full() {
    let pipeline = guarded("stages: [decode-lines, { sieve: { fault: 1 } }, veil]");
    let (taken, ..) = run_once(&pipeline, r#"{"eventName":"GetUser","eventID":7,"n":1}"#);
    assert_eq!(
        taken.quarantine,
        "{\"fault\":\"toy-much\",\"message\":\"the number is too much at byte 5\",\"stage\":\
         \"sieve\",\"scope\":\"record\",\"source\":\"made.json\",\"container\":\"lines\",\
         \"offset\":0,\"collectedAt\":\"2024-01-01T00:00:00Z\",\"bytes\":41,\"eventName\":\
         \"GetUser\",\"withheld\":true,\"reason\":\"no guard of the pipeline has passed it\"}\n"
    );
}

/// What looks like no id, time, name or region is not told.
#[test]
fn known_members_are_told_only_if_they_look_like_it() {
    let pipeline = guarded("stages: [decode-lines, { sieve: { fault: 1 } }, veil]");
    let told = |record: &str| {
        let (taken, ..) = run_once(&pipeline, record);
        kept(&taken).remove(0).2
    };
    for bad in [
        r#"{"eventID":"3038EBD2","eventTime":"now","eventName":"AKIAIOSFODNN7EXAMPLE","awsRegion":"EU"}"#,
        r#"{"eventID":"","eventTime":"","eventName":"","awsRegion":""}"#,
        r#"{"eventID":["a"],"eventTime":{"b":1},"eventName":1,"awsRegion":null}"#,
        r#"{"eventID":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","eventName":"a1b2c3","awsRegion":"a b"}"#,
        r#"{"eventName":"wJalrXUtnFEMI7K7MDENG8bPxRfiCYEXAMPLEKEY","awsRegion":"aaaaaaaaaaaaaaaaaaaaaaaaa"}"#,
        "{}",
    ] {
        assert_eq!(told(bad), "- - - -", "{bad}");
    }
    let good = r#"{"eventID":"0a-b","eventTime":"2024-02-01T00:00:00.5+01:00","eventName":"\u0041bc","awsRegion":"us-gov-east-1"}"#;
    assert_eq!(told(good), "0a-b 2024-02-01T00:00:00.5+01:00 Abc us-gov-east-1");
}

#[test]
fn a_fault_of_the_guard_is_withheld() {
    let stages = "stages: [decode-lines, { veil: { fault: 7 } }, { row: { name: r } }]";
    let (taken, books, _) = run_once(&guarded(stages), &input());
    assert_eq!((books.written, books.quarantined), (11, 2));
    assert_clean(&format!("{taken:?} {books:?}"), "a run");
    // Nothing of the seventh looks like an id or a name.
    assert_eq!(kept(&taken)[0].2, "- 2024-02-01T00:00:00Z - eu-west-1");
}

#[test]
fn a_fault_behind_the_guard_keeps_what_the_guard_has_left() {
    let stages = "stages: [decode-lines, { sieve: { fault: 3, on_fault: mark } }, veil, { sieve: \
                  { fault: 5, on_fault: mark } }, { row: { name: r } }, { sieve: { fault: 2 } }]";
    let input = "{\"n\":10,\"secret\":\"kAnArY7x\"}\n{\"n\":6,\"secret\":[1]}\n";
    let (taken, books, _) = run_once(&guarded(stages), input);
    assert_clean(&format!("{taken:?} {books:?}"), "a run");
    let mark =
        r#"{"stage":"sieve","kind":"toy-much","message":"the number is too much at byte 5"}"#;
    let events: Vec<_> = kept(&taken).into_iter().map(|(_, _, event)| event).collect();
    assert_eq!(
        events,
        [
            r#"{"n":10,"secret":"***"}"#.to_owned(),
            format!(r#"{{"n":6,"secret":"***","trailmillFault":{mark}}}"#),
        ]
    );
    let notes: Vec<_> = books.notes.iter().map(|(kind, count)| (kind.name, count)).collect();
    assert_eq!(notes, [("toy-odd", 2)], "looking again notes nothing");
    assert_eq!(taken.of(0), "", "no row is left behind");
}

/// Rows of good neighbors stay as they are when an event between them is looked at again.
#[test]
fn rows_of_neighbors_stay() {
    let stages = "stages: [decode-lines: { lines_max: 9 }, veil, { row: { name: r } }, { sieve: { \
                  fault: 2 } }]";
    let input: String = (1..=5).map(|n| format!("{{\"n\":{n},\"secret\":1}}\n")).collect();
    let (taken, ..) = run_once(&guarded(stages), &input);
    let rows = [1, 3, 5].map(|n| format!("{{\"n\":{n},\"r\":true}}\n")).concat();
    assert_eq!(taken.of(0), rows);
    assert_eq!(kept(&taken).len(), 2);
}

/// A guard of one output guards what all share, and no other output.
#[test]
fn guards_of_outputs() {
    let text = "stages: [decode-lines, { sieve: { fault: 11 } }]
outputs:
  - { name: open, stages: [{ sieve: { fault: 5 } }], to: stdout }
  - { name: safe, stages: [veil, { sieve: { fault: 3 } }], to: { file: { path: b } } }
";
    let input: String = [11, 5, 3].map(|n| format!("{{\"n\":{n},\"secret\":1}}\n")).concat();
    let (taken, ..) = run_once(&guarded(text), &input);
    let withheld = "- - - -".to_owned();
    let (record, none) = ("record".to_owned(), "-".to_owned());
    assert_eq!(
        kept(&taken),
        [
            (record.clone(), none, withheld.clone()),
            (record.clone(), "open".to_owned(), withheld),
            (record, "safe".to_owned(), r#"{"n":3,"secret":"***"}"#.to_owned()),
        ]
    );
}

/// With a guard for all and one more for an output, an event is kept as the last has left it.
#[test]
fn guards_behind_guards() {
    let text = "stages: [decode-lines, veil, { sieve: { fault: 11 } }]
outputs:
  - { name: open, stages: [{ sieve: { fault: 5 } }], to: stdout }
  - name: safe
    stages: [{ sieve: { fault: 7 } }, { veil: { hide: more } }, { sieve: { fault: 3 } }]
    to: { file: { path: b } }
";
    let input: String =
        [11, 5, 7, 3].map(|n| format!("{{\"n\":{n},\"secret\":1,\"more\":1}}\n")).concat();
    let (taken, ..) = run_once(&guarded(text), &input);
    let events: Vec<_> = kept(&taken).into_iter().map(|(_, _, event)| event).collect();
    let once = r#"{"n":5,"secret":"***","more":1}"#;
    let twice = r#"{"n":3,"secret":"***","more":"***"}"#;
    assert_eq!(events, ["- - - -", once, "- - - -", twice]);
}

#[test]
fn inputs_that_are_bad_as_a_whole() {
    let pipeline = guarded("stages: [decode-lines, veil]");
    let source = Source { name: Arc::from("a.json"), ..Source::default() };
    let remains = || Remains::whole(CANARY.as_bytes());
    let line = pipeline.dead_input(Fault::new(&toy::CUT), &source, remains).expect("kept");
    assert_eq!(
        String::from_utf8(line).expect("text"),
        "{\"fault\":\"toy-cut\",\"message\":\"the input is cut\",\"stage\":\"decode-lines\",\
         \"scope\":\"input\",\"source\":\"a.json\",\"container\":\"\",\"offset\":0,\
         \"collectedAt\":\"\",\"bytes\":8,\"withheld\":true,\"reason\":\"no guard of the pipeline \
         has passed it\"}\n"
    );
}

#[test]
fn a_guard_can_not_keep_going() {
    let load = |text: &str| Pipeline::load(text, Format::Yaml, GUARDED, &NoResources);
    let error = load("stages:\n  - decode-lines\n  - veil: { on_fault: mark }").expect_err("mark");
    assert_eq!(
        error.to_string(),
        "3:23: `on_fault` of stage `veil` can not be that (values: quarantine, drop)"
    );
    let pipeline = load("stages: [decode-lines, { veil: { fault: 1, on_fault: drop } }]");
    let (taken, books, _) = run_once(&pipeline.expect("good"), &input());
    assert_eq!((taken.of(0), books.dropped, books.written), ("", 12, 0));
    assert!(!guarded("stages: [decode-lines]").is_guarded());
}

#[test]
fn explanations_begin_at_the_guard() {
    let text =
        "stages: [decode-lines, { row: { name: r } }, { sieve: { fault: 3, on_fault: mark } \
                }, veil, { sieve: { filter: 4 } }]
outputs: [{ to: { file: { path: 'out/{n}' } } }]
";
    let explain = |text: &str, n: usize| {
        let record = format!("{{\"n\":{n},\"secret\":\"{CANARY}\",\"{CANARY}\":true}}");
        let mut reader = record.as_bytes();
        let mut input = Input::whole(&mut reader, Source::default());
        guarded(text).explain(&mut input, None).expect("readable").expect("an event")
    };
    // The row keeps members that are true, under their names, and the guard here leaves them.
    let found = explain(&text.replace("veil,", &format!("{{ veil: {{ hide: {CANARY} }} }},")), 3);
    assert_eq!(found.record, None);
    let before = &found.passages[..2];
    assert_clean(&format!("{before:?}"), "before the guard");
    assert!(before.iter().all(|passage| passage.columns.is_empty() && passage.event.is_none()));
    let guard = found.passages[2].event.as_deref().expect("is shown from here");
    assert!(guard.starts_with(&format!("{{\"n\":3,\"{CANARY}\":\"***\"")), "{guard}");
    assert_eq!(found.finished[0].path.as_deref(), Some("3"));
    assert_eq!(found.finished[0].line.as_deref(), Some(guard));

    let at_fault = explain("stages: [decode-lines, { veil: { fault: 1 } }]", 1);
    assert_clean(&format!("{at_fault:?}"), "at fault");

    let text = "stages: [decode-lines]
outputs:
  - { name: open, stages: [{ row: { name: r } }], to: { file: { path: 'out/{secret}' } } }
  - { name: safe, stages: [veil, sieve], to: stdout }
";
    let found = explain(text, 1);
    assert_eq!((&found.finished[0].path, &found.finished[0].line), (&None, &None));
    assert!(found.finished[1].line.as_deref().is_some_and(|line| line.contains("***")));
    assert!(found.passages[0].columns.is_empty());
}
