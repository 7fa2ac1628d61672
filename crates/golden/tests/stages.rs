//! Examples of stages, and breaches of their contract, as the harness sees them.

mod support;

use support::spec;
use trailmill_golden::{check_examples, examples};
use trailmill_stage::{After, Example};

const fn example(settings: &'static str, after: After) -> Example {
    Example { title: "A made-up example", settings, before: "{\"b\": 1.50, \"a\": [ ]}", after }
}

#[test]
fn examples_that_hold() {
    const HOLD: &[Example] = &[
        example("", After::Event(r#"{ "b": 1.50, "a": [], "mark": "seen" }"#)),
        example(r#"{"mark": "x"}"#, After::Events(&[r#"{"b":1.50,"a":[],"mark":"x"}"#])),
        example(r#"{"does": "filter"}"#, After::Filtered),
        example(r#"{"does": "fault"}"#, After::Fault("odd-event")),
    ];
    examples(&spec(HOLD));
}

fn report(examples: &'static [Example]) -> String {
    check_examples(&spec(examples)).unwrap_err()
}

#[test]
fn a_difference_is_shown_line_by_line() {
    const WRONG: &[Example] = &[example("", After::Event(r#"{"b":1.5,"a":[],"mark":"seen"}"#))];
    let report = report(WRONG);
    assert!(report.contains("made-up: 1 of 1 do not hold"), "{report}");
    assert!(report.contains("example \"A made-up example\""), "{report}");
    assert!(report.contains("-  \"b\": 1.5,\n+  \"b\": 1.50,\n"), "{report}");
}

#[test]
fn another_outcome_is_no_match() {
    const KEPT: &[Example] = &[example("", After::Filtered)];
    assert!(report(KEPT).contains("expected Filtered, got [Event("));
    const FILTERED: &[Example] = &[example(r#"{"does": "filter"}"#, After::Event("{}"))];
    assert!(report(FILTERED).contains("got [Filtered]"));
    const OTHER: &[Example] = &[example(r#"{"does": "fault"}"#, After::Fault("other-kind"))];
    assert!(report(OTHER).contains("odd-event"));
}

#[test]
fn no_examples_are_no_test() {
    assert_eq!(report(&[]), "made-up: nothing to run");
}

/// Expects that the stage that `does` something is told what it broke.
fn broken(examples: &'static [Example], told: &str) {
    let report = report(examples);
    assert!(report.contains(told), "{report}");
}

#[test]
fn breaches_of_the_contract() {
    const CHANGED: &[Example] =
        &[example(r#"{"does": "fault-and-change"}"#, After::Fault("odd-event"))];
    broken(CHANGED, "on `Err` the event is not as it was found");
    const COUNTS: &[Example] = &[example(r#"{"does": "count"}"#, After::Filtered)];
    broken(COUNTS, "a second call on the same record has another outcome");
    const RAW: &[Example] = &[example(r#"{"does": "copy-raw"}"#, After::Filtered)];
    broken(RAW, "the outcome depends on blanks between tokens");
    const BLANKS: &[Example] = &[example(r#"{"does": "row-with-blanks"}"#, After::Filtered)];
    broken(BLANKS, "what is written has blanks between its tokens");
    const NO_JSON: &[Example] = &[example(r#"{"does": "row-no-json"}"#, After::Filtered)];
    broken(NO_JSON, "what is written is not JSON");
    const NO_OBJECT: &[Example] = &[example(r#"{"does": "row-no-object"}"#, After::Filtered)];
    broken(NO_OBJECT, "what is written is not an object");
    const BADLY_NAMED: &[Example] =
        &[example(r#"{"does": "fault-badly-named"}"#, After::Fault("Odd_event"))];
    broken(BADLY_NAMED, "the fault kind `Odd_event` is not in kebab-case");
}

#[test]
fn settings_that_are_not_json() {
    const BROKEN: &[Example] = &[example("{", After::Filtered)];
    broken(BROKEN, "settings: EOF while parsing an object");
}
