//! What a pipeline file becomes.

mod toy;

use toy::{Files, SPECS, pipeline};
use trailmill_pipeline::{
    Compression, Format, OnFault, Output, Pipeline, SourceSettings, Target, TestCase, TestOut,
};

const FULL: &str = "
name: sorted
description: Sorts numbers.
source: { files: ['in/**/*.json', more] }
stages:
  - decode-lines: { lines_max: 2, on_fault: drop }
  - sieve: { filter: 3, table: names.csv }
outputs:
  - name: rows
    stages: [{ row: { name: r } }]
    to: { file: { path: 'out/{n}.ndjson.gz' } }
  - to: { file: { path: out/all.zst, compression: none } }
  - to: stdout
quarantine: { file: { path: out/quarantine.ndjson } }
tests:
  - name: one
    in: tests/one.json
    out: { rows: tests/one.rows, '3': tests/one.out }
  - { name: two, in: a, quarantine: b, collected_at: '2025-02-03T04:05:06+07:00' }
";

fn load(text: &str, format: Format) -> Pipeline {
    Pipeline::load(text, format, SPECS, &Files(&[("names.csv", "a,b")])).expect("a pipeline")
}

/// Name, template, compression.
fn shown(output: &Output) -> (&str, Option<(&str, Compression)>) {
    let to = match output.to() {
        Target::File { path, compression } => Some((path.text(), *compression)),
        Target::Stdout => None,
    };
    (output.name(), to)
}

#[test]
fn everything_that_a_file_may_say() {
    let pipeline = load(FULL, Format::Yaml);
    assert_eq!(pipeline.name(), Some("sorted"));
    assert_eq!(pipeline.description(), Some("Sorts numbers."));
    let patterns = vec!["in/**/*.json".to_owned(), "more".to_owned()];
    assert_eq!(pipeline.source(), Some(&SourceSettings::Files { patterns }));
    assert_eq!(pipeline.decoder_on_fault(), OnFault::Drop);
    assert_eq!(pipeline.stage_names().collect::<Vec<_>>(), ["decode-lines", "sieve", "row"]);
    let outputs: Vec<_> = pipeline.outputs().iter().map(shown).collect();
    assert_eq!(
        outputs,
        [
            ("rows", Some(("out/{n}.ndjson.gz", Compression::Gzip))),
            ("2", Some(("out/all.zst", Compression::None))),
            ("3", None),
        ]
    );
    let Some(Target::File { path, compression: Compression::None }) = pipeline.quarantine() else {
        panic!("{:?}", pipeline.quarantine());
    };
    assert_eq!(path.text(), "out/quarantine.ndjson");
}

#[test]
fn tests_of_a_file() {
    let text = |text: &str| text.to_owned();
    let one = TestCase {
        name: text("one"),
        input: text("tests/one.json"),
        outs: vec![
            TestOut { output: 0, path: text("tests/one.rows") },
            TestOut { output: 2, path: text("tests/one.out") },
        ],
        quarantine: None,
        collected_at: text("2024-01-01T00:00:00Z"),
    };
    let two = TestCase {
        name: text("two"),
        input: text("a"),
        outs: Vec::new(),
        quarantine: Some(text("b")),
        collected_at: text("2025-02-03T04:05:06+07:00"),
    };
    assert_eq!(load(FULL, Format::Yaml).tests(), [one, two]);
}

#[test]
fn what_is_left_out_has_a_default() {
    let pipeline = pipeline("stages: [decode-lines]");
    assert_eq!((pipeline.name(), pipeline.description()), (None, None));
    assert_eq!(pipeline.source(), None);
    assert_eq!(pipeline.outputs().iter().map(shown).collect::<Vec<_>>(), [("1", None)]);
    assert!(pipeline.quarantine().is_none() && pipeline.tests().is_empty());
    assert_eq!(pipeline.decoder_on_fault(), OnFault::Quarantine);
    assert!(pipeline.may_split(b"{\"n\"") && !pipeline.may_split(b"[1]"), "asks the decoder");
}

#[test]
fn short_and_long_ways_to_write_the_same() {
    for source in ["stdin", "{ stdin: }", "{ stdin: ~ }"] {
        let text = format!("stages: [decode-lines]\nsource: {source}");
        assert_eq!(pipeline(&text).source(), Some(&SourceSettings::Stdin), "{source}");
    }
    let one = pipeline("stages: [decode-lines]\nsource: { files: in }");
    let patterns = vec!["in".to_owned()];
    assert_eq!(one.source(), Some(&SourceSettings::Files { patterns }));
    for stage in ["sieve", "sieve:", "{ sieve: {} }", "{ sieve: ~ }"] {
        let pipeline = pipeline(&format!("stages:\n  - decode-lines\n  - {stage}"));
        assert_eq!(pipeline.stage_names().count(), 2, "{stage}");
    }
    for to in ["stdout", "{ stdout: }"] {
        let pipeline = pipeline(&format!("stages: [decode-lines]\noutputs: [{{ to: {to} }}]"));
        assert_eq!(pipeline.outputs()[0].to(), &Target::Stdout, "{to}");
    }
}

#[test]
fn toml_and_json_say_the_same() {
    let toml = "
stages = ['decode-lines', { sieve = { filter = 3, on_fault = 'mark' } }]
quarantine = { file = { path = 'out/q' } }
[source]
files = ['in']
[[outputs]]
to = { file = { path = 'out/a' } }
[[outputs.stages]]
row = { name = 'r' }
";
    let json = r#"{
  "source": { "files": ["in"] },
  "stages": ["decode-lines", { "sieve": { "filter": 3, "on_fault": "mark" } }],
  "outputs": [{ "stages": [{ "row": { "name": "r" } }], "to": { "file": { "path": "out/a" } } }],
  "quarantine": { "file": { "path": "out/q" } }
}"#;
    let (toml, json) = (load(toml, Format::Toml), load(json, Format::Json));
    assert_eq!(format!("{toml:?}"), format!("{json:?}"));
}
