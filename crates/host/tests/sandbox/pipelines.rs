//! Whole pipelines with a guest in them: no event is lost, and no neighbor harmed.

use crate::guest::{guest, process};
use crate::lines::{Caught, LINES, run};
use crate::moody::{MOODS, moody};
use crate::support::Files;
use serde_json::Value;
use std::thread;
use trailmill_host::SPEC;
use trailmill_pipeline::{Format, Pipeline};

fn load(yaml: &str, files: &Files) -> Result<Pipeline, String> {
    Pipeline::load(yaml, Format::Yaml, &[&LINES, &SPEC], files).map_err(|error| error.to_string())
}

fn moody_pipeline(options: &str) -> Pipeline {
    let yaml = format!(
        "stages: [decode-lines, {{wasm: {{module: moody.wasm{options}}}}}]\n\
         outputs: [{{to: stdout}}]"
    );
    let files = Files::of([("moody.wasm", moody())]);
    load(&yaml, &files).unwrap_or_else(|error| panic!("{error}"))
}

/// Records in every mood, with good ones between them, each with a number.
fn records(count: usize) -> Vec<String> {
    let moods = MOODS.iter().map(|(mood, _)| *mood).cycle();
    let pairs = moods.take(count).enumerate();
    pairs
        .flat_map(|(number, mood)| {
            [format!(r#"{{"a":0,"n":{number}}}"#), format!(r#"{{"a":{mood},"n":{number}}}"#)]
        })
        .collect()
}

/// Of each quarantine line the kind of the fault and the record.
fn faults(caught: &Caught) -> Vec<(String, String)> {
    let lines = caught.quarantine.iter().map(|line| serde_json::from_str::<Value>(line));
    lines
        .map(|line| {
            let line = line.expect("a quarantine line");
            assert_eq!((&line["stage"], &line["scope"]), (&"wasm".into(), &"record".into()));
            let text = |name: &str| line[name].as_str().expect(name).to_owned();
            (text("fault"), text("raw"))
        })
        .collect()
}

#[test]
fn every_event_comes_out_or_is_in_the_quarantine() {
    let pipeline = moody_pipeline("");
    let records = records(2 * MOODS.len());
    let (books, caught) = run(&pipeline, &records.join("\n"));
    books.check().expect("the books balance");
    assert_eq!((books.read, books.written, books.quarantined), (36, 18, 18));
    let good: Vec<&String> = records.iter().step_by(2).collect();
    assert_eq!(caught.rows.iter().collect::<Vec<_>>(), good);
    let expected: Vec<(String, String)> = MOODS
        .iter()
        .cycle()
        .zip(records.iter().skip(1).step_by(2))
        .map(|((_, kind), record)| ((*kind).to_owned(), record.clone()))
        .collect();
    assert_eq!(faults(&caught), expected);
}

/// Threads work with instances of their own, and what one of them throws away is nobody else's.
#[test]
fn threads_do_not_harm_each_other() {
    let pipeline = moody_pipeline("");
    // Without those that take their time.
    let records: Vec<String> =
        records(900).into_iter().filter(|record| !record.starts_with(r#"{"a":9"#)).collect();
    let text = records.join("\n");
    let good: Vec<&str> = text.lines().filter(|line| line.starts_with(r#"{"a":0"#)).collect();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let (books, caught) = run(&pipeline, &text);
                books.check().expect("the books balance");
                assert_eq!(caught.rows, good);
                assert_eq!(caught.rows.len() + caught.quarantine.len(), records.len());
            });
        }
    });
}

#[test]
fn events_in_trouble_go_where_the_pipeline_says() {
    let text = "{\"a\":1}\n{\"a\":0}\n";
    let (books, caught) = run(&moody_pipeline(", on_fault: drop"), text);
    assert_eq!((books.written, books.dropped), (1, 1));
    assert_eq!(caught.rows, [r#"{"a":0}"#]);
    let (books, caught) = run(&moody_pipeline(", on_fault: mark"), text);
    assert_eq!((books.written, books.check()), (2, Ok(())));
    let mark = "\"trailmillFault\":{\"stage\":\"wasm\",\"kind\":\"guest-trapped\",\
                \"message\":\"the guest has trapped: it gave up\"}";
    assert_eq!(caught.rows, [format!("{{\"a\":1,{mark}}}"), r#"{"a":0}"#.to_owned()]);
}

/// A stage behind a guest sees what the guest has made, and other outputs do not.
#[test]
fn a_guest_has_neighbors() {
    let yaml = "
stages: [decode-lines, {wasm: {module: add.wasm}}]
outputs:
  - {to: stdout, stages: [{wasm: {module: add.wasm}}, {wasm: {module: add.wasm}}]}
  - {to: {file: {path: two}}, when: a == 2}
  - {to: {file: {path: three}}, stages: [{wasm: {module: add.wasm}}]}";
    let add = process(
        "(i32.store8 offset=5 (local.get $at)
            (i32.add (i32.load8_u offset=5 (local.get $at)) (i32.const 1)))
         (call $answer (local.get $at) (local.get $length))",
    );
    let files = Files::of([("add.wasm", guest(&[("process", &add)]))]);
    let (books, caught) = run(&load(yaml, &files).expect("a pipeline"), r#"{"a":1,"b":[1.0]}"#);
    books.check().expect("the books balance");
    let row = |n: u32| format!(r#"{{"a":{n},"b":[1.0]}}"#);
    assert_eq!(caught.rows, [row(4), row(2), row(3)]);
}

const GUARDED: &str = r#"
(data (i32.const 16) "{\22abi\22:1,\22name\22:\22t\22,\22version\22:\221\22,\22pipeline\22:{\22guarded\22:true}}")
(func (export "trailmill_describe") (result i64) (i64.const 0x10_0000_003e))"#;

/// A guest that hides secrets is a guard: what it could not hide does not leave the pipeline.
#[test]
fn a_guest_may_be_a_guard() {
    let trap = process("(unreachable)");
    let files = Files::of([("guard.wasm", guest(&[("describe", GUARDED), ("process", &trap)]))]);
    let yaml = |more: &str| {
        format!(
            "stages: [decode-lines, {{wasm: {{module: guard.wasm{more}}}}}]\n\
             outputs: [{{to: stdout}}]"
        )
    };
    let pipeline = load(&yaml(""), &files).expect("a pipeline");
    assert!(pipeline.is_guarded());
    let (_, caught) = run(&pipeline, r#"{"eventName":"GetUser","secret":"hunter2"}"#);
    let [line] = &caught.quarantine[..] else { panic!("{caught:?}") };
    assert!(line.contains("\"withheld\":true") && !line.contains("hunter2"), "{line}");
    let error = load(&yaml(", on_fault: mark"), &files).expect_err("refused");
    assert!(
        error.ends_with("stage `wasm` is a guard here, so `on_fault` can not be `mark`"),
        "{error}"
    );
    assert!(!moody_pipeline("").is_guarded());
}

#[test]
fn errors_have_a_place() {
    let files = Files::of([("a.wasm", b"?".to_vec())]);
    let yaml = "stages:\n  - decode-lines\n  - wasm:\n      module: a.wasm\n";
    let error = load(yaml, &files).expect_err("no module");
    assert!(error.starts_with("4:7: stage `wasm`: option `module`: a.wasm: it is no"), "{error}");
    let error = load("stages: [decode-lines, wasm]", &files).expect_err("no module");
    assert!(error.ends_with("stage `wasm` needs the option `module`"), "{error}");
}
