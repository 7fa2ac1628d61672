//! The examples of AWS's documentation of event patterns and advanced event selectors, with the
//! matches that it states or that follow from its words, and those of the tests of event-ruler.
//!
//! They are data, in `documentation/`, each with the page that it is from. A case goes through the
//! plugin as a pipeline would have it, and through nothing else of this package.

use serde::Deserialize;
use serde_json::{Value, json};
use trailmill_filter::SPEC;
use trailmill_stage::event::{Batch, Source};
use trailmill_stage::{Build, Resources, Settings, SettingsError, Stage, Verdict};

/// A condition, with events that it matches and others.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    page: String,
    section: String,
    #[serde(alias = "pattern", alias = "selectors")]
    condition: Value,
    matches: Vec<Value>,
    others: Vec<Value>,
}

/// A pattern that is none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refused {
    what: String,
    pattern: Value,
}

/// There are no files.
struct Nothing;

impl Resources for Nothing {
    fn file(&self, path: &str) -> Result<Vec<u8>, String> {
        Err(format!("{path}: there are no files"))
    }
}

fn keep(condition: Value) -> Result<Box<dyn Stage>, SettingsError> {
    let Build::Stage(build) = SPEC.build else { panic!("filter is a stage") };
    build(&Settings::new(json!({ "keep": condition })), &Nothing)
}

/// The pattern for an event that is a member of the record: the documentation has members of
/// EventBridge's envelope, which a record lies in and does not have.
fn pattern(pattern: &Value) -> Result<Box<dyn Stage>, SettingsError> {
    keep(json!({"pattern": {"event": pattern}}))
}

fn is_kept(stage: &dyn Stage, record: &Value) -> bool {
    let mut batch = Batch::new();
    batch.load_lines(record.to_string().as_bytes(), Source::default()).unwrap();
    stage.apply(&mut batch.event(0)).unwrap() == Verdict::Keep
}

/// What does not hold, as text; and how many matches were looked at.
fn check(cases: &[Case], made: impl Fn(&Case) -> Box<dyn Stage>, record: fn(&Value) -> Value) {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for case in cases {
        let stage = made(case);
        let stated = case.matches.iter().map(|event| (event, true));
        for (event, expected) in stated.chain(case.others.iter().map(|event| (event, false))) {
            seen += 1;
            if is_kept(&*stage, &record(event)) != expected {
                let Case { page, section, condition, .. } = case;
                let says = if expected { "matches" } else { "does not match" };
                wrong.push(format!("{page}, {section}:\n{condition}\n{says}\n{event}"));
            }
        }
    }
    assert!(seen > cases.len(), "{seen} matches of {} cases", cases.len());
    assert!(wrong.is_empty(), "{} of {seen} do not hold\n\n{}", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn event_patterns() {
    let cases: Vec<Case> =
        serde_json::from_str(include_str!("documentation/patterns.json")).unwrap();
    let made = |case: &Case| {
        let stage = pattern(&case.condition);
        stage.unwrap_or_else(|error| panic!("{}: {error}", case.section))
    };
    check(&cases, made, |event| json!({ "event": event }));
}

#[test]
fn advanced_event_selectors() {
    let cases: Vec<Case> =
        serde_json::from_str(include_str!("documentation/selectors.json")).unwrap();
    let made = |case: &Case| {
        let stage = keep(json!({"selectors": case.condition}));
        stage.unwrap_or_else(|error| panic!("{}: {error}", case.section))
    };
    check(&cases, made, Value::clone);
}

/// What EventBridge refuses is refused here too; the tests of event-ruler have the list.
#[test]
fn patterns_that_are_none() {
    let refused: Vec<Refused> =
        serde_json::from_str(include_str!("documentation/refused-patterns.json")).unwrap();
    let taken = refused.iter().filter(|case| keep(json!({ "pattern": case.pattern })).is_ok());
    let taken: Vec<_> = taken.map(|case| format!("{}: {}", case.what, case.pattern)).collect();
    assert!(taken.is_empty(), "taken for patterns:\n{}", taken.join("\n"));
    assert!(refused.len() > 30);
}
