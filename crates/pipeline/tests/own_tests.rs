//! The tests of pipeline files: what passes, what does not, and what it shows then.

mod toy;

use toy::{Files, SPECS};
use trailmill_pipeline::{Comparison, Format, Pipeline, TestOutcome};

const TEXT: &str = "
stages: [decode-lines, { sieve: { fault: 3 } }]
outputs:
  - { name: a, to: stdout }
  - { name: b, stages: [{ sieve: { filter: 2 } }], to: { file: { path: 'out/{n}' } } }
tests:
";

const FILES: Files = Files(&[
    ("two.json", "{\"n\":2}\n{\"n\":1}\n"),
    ("two.a", "{\"n\":2}\n{\"n\":1}\n"),
    ("two.b", "{\"n\":1}\n"),
    ("three.json", "{\"n\":3}"),
    ("dead.json", "cut\n"),
    (
        "dead.q",
        "{\"fault\":\"toy-cut\",\"message\":\"the input is cut at byte 0\",\"stage\":\"decode-lines\",\"scope\":\"input\",\"source\":\"dead.json\",\"container\":\"\",\"offset\":0,\"collectedAt\":\"2024-01-01T00:00:00Z\",\"sha256\":\"717061f0708e03806cb40a09c090ce689cfe0956eb43cfa2961242dddcfcbaa7\",\"bytes\":4,\"raw\":\"cut\\n\"}\n",
    ),
]);

fn outcome(test: &str) -> Result<TestOutcome, String> {
    let text = format!("{TEXT}  - {test}");
    let pipeline = Pipeline::load(&text, Format::Yaml, SPECS, &FILES).expect(&text);
    pipeline.run_test(&pipeline.tests()[0], &FILES)
}

/// What does not hold, as `what: expected / actual`.
fn failed(test: &str) -> Vec<String> {
    let outcome = outcome(test).expect(test);
    let failed: Vec<_> = outcome.comparisons.iter().filter(|c| !c.holds()).collect();
    assert_eq!(outcome.passed(), failed.is_empty());
    let show = |comparison: &&Comparison| {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (expected, actual) = (text(&comparison.expected), text(&comparison.actual));
        format!("{}: {expected:?} / {actual:?}", comparison.what)
    };
    failed.iter().map(show).collect()
}

#[test]
fn tests_that_pass() {
    for test in [
        "{ name: x, in: two.json, out: { a: two.a, b: two.b } }",
        "{ name: x, in: dead.json, quarantine: dead.q }",
    ] {
        assert_eq!(failed(test), [""; 0], "{test}");
    }
}

#[test]
fn tests_that_fail() {
    let rows = "{\\\"n\\\":2}\\n{\\\"n\\\":1}\\n";
    assert_eq!(
        failed("{ name: x, in: two.json, out: { a: two.b } }"),
        [
            format!("output a: \"{{\\\"n\\\":1}}\\n\" / \"{rows}\""),
            "output b: \"\" / \"{\\\"n\\\":1}\\n\"".to_owned(),
        ],
        "an output without a file must stay empty"
    );
    let failed = failed("{ name: x, in: three.json, out: {} , quarantine: none }");
    assert_eq!(failed.len(), 1, "{failed:?}");
    assert!(
        failed[0].starts_with("quarantine: \"\" / \"{\\\"fault\\\":\\\"toy-much\\\""),
        "{failed:?}"
    );
}

#[test]
fn files_that_are_not_there() {
    assert_eq!(outcome("{ name: x, in: none, out: { a: b } }"), Err("no file `none`".to_owned()));
    let outcome = outcome("{ name: x, in: three.json, quarantine: none }").expect("runs");
    let quarantine = outcome.comparisons.last().expect("the quarantine");
    assert_eq!(quarantine.missing.as_deref(), Some("no file `none`"));
    assert!(!quarantine.holds());
}
