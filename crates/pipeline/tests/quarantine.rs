//! Quarantine lines, each in full.

mod toy;

use std::sync::Arc;
use toy::{CUT, pipeline, run_once};
use trailmill_event::Source;
use trailmill_pipeline::{Pipeline, Remains, Spot};
use trailmill_stage::Fault;

#[test]
fn records_and_pieces() {
    let pipeline = pipeline(
        "stages: [decode-lines, { sieve: { fault: 7 } }]
outputs:
  - { name: small, stages: [{ sieve: { limits: { max: 9 } } }], to: stdout }
  - { name: all, to: { file: { path: a } } }
",
    );
    let input = "{\"n\": 14}\n{\"n\":\"\\u0000\"\n{\"n\": 10}\n{\"n\": 1}\n";
    let (taken, books, _) = run_once(&pipeline, input);
    let expected = [
        r#"{"fault":"toy-much","message":"the number is too much at byte 5","stage":"sieve","scope":"record","source":"made.json","container":"lines","offset":0,"collectedAt":"2024-01-01T00:00:00Z","sha256":"8f87b4683056ac61691da713e50b3e184640b5531d2566a708d32c61eedb6200","bytes":9,"raw":"{\"n\": 14}"}"#,
        r#"{"fault":"toy-much","message":"the number is too much (limits.max is 9)","stage":"sieve","output":"small","scope":"record","source":"made.json","container":"lines","offset":24,"collectedAt":"2024-01-01T00:00:00Z","sha256":"1aadf80e7e4be2638fccd619d44301aa233c0aabaf7ecd06f51ab6df111ee63f","bytes":9,"raw":"{\"n\": 10}"}"#,
        r#"{"fault":"toy-not-json","message":"the line is not JSON at byte 10","stage":"decode-lines","scope":"piece","source":"made.json","container":"lines","offset":10,"collectedAt":"2024-01-01T00:00:00Z","sha256":"6b7e3701df19d5ead8696049e0fcece7a65fdbb4db3fe709cfb52b1742b30358","bytes":14,"raw":"{\"n\":\"\\u0000\"\n"}"#,
    ];
    assert_eq!(taken.quarantine.lines().collect::<Vec<_>>(), expected);
    assert_eq!((books.quarantined, books.quarantine_lines), (3, 3));
}

fn dead(pipeline: &Pipeline, source: &Source, remains: Remains) -> String {
    let fault = Fault::new(&CUT).at(8).found("a digest file");
    let line = pipeline.dead_input(fault, source, || remains).expect("is not dropped");
    String::from_utf8(line).expect("text")
}

#[test]
fn whole_inputs() {
    let source = Source { name: Arc::from("a \"b\".json"), ..Source::default() };
    let pipeline = pipeline("stages: [decode-lines]");
    assert_eq!(
        dead(&pipeline, &source, Remains::whole(b"abc")),
        concat!(
            r#"{"fault":"toy-cut","message":"the input is cut: a digest file at byte 8","stage":"decode-lines","scope":"input","source":"a \"b\".json","container":"","offset":0,"collectedAt":"","sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad","bytes":3,"raw":"abc"}"#,
            "\n"
        )
    );
    // Not UTF-8; and only a part of it.
    let part = Remains { raw: b"\x1f\x8b\x08\x00".to_vec(), bytes: 700, sha256: [0xab; 32] };
    let line = dead(&pipeline, &source, part);
    let end = format!(
        r#""sha256":"{}","bytes":700,"rawBase64":"H4sIAA==","rawBytes":4}}"#,
        "ab".repeat(32)
    );
    assert!(line.trim_end().ends_with(&end), "{line}");
}

/// The books have the first place of each fault, whatever the order in which they were met.
#[test]
fn first_places() {
    let pipeline = pipeline("stages: [decode-lines: { lines_max: 9 }, { sieve: { fault: 2 } }]");
    let input = "{\"n\":1}\n{\"n\":2}\n{\"n\":4}\nnot\n{}\nneither\ncut\n";
    let (_, books, outcome) = run_once(&pipeline, input);
    assert_eq!(outcome, Err(Fault::new(&CUT).at(39)));
    let spot = |offset| Spot { source: Arc::from("made.json"), offset };
    let faults = books
        .faults
        .iter()
        .map(|fault| (fault.stage, fault.kind.name, fault.count, fault.first.clone()));
    assert_eq!(
        faults.collect::<Vec<_>>(),
        [
            (0, "toy-cut", 1, spot(39)),
            (0, "toy-not-json", 2, spot(24)),
            (1, "toy-much", 2, spot(8)),
        ]
    );
    let notes: Vec<_> = books.notes.iter().map(|(kind, count)| (kind.name, count)).collect();
    assert_eq!(notes, [("toy-odd", 2)]);
}

#[test]
fn dropped_pieces_leave_no_line() {
    let pipeline = pipeline("stages: [decode-lines: { on_fault: drop }]");
    let (taken, books, _) = run_once(&pipeline, "not\n{}\n");
    assert_eq!(taken.quarantine, "");
    assert_eq!((books.read, books.dropped, books.written), (2, 1, 1));
}
