//! Options are documented: all that a plugin takes, no others, and with the right default.

use crate::list::is_sentence;
use crate::stages;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use trailmill_golden::ExampleFiles;
use trailmill_stage::{Build, OptionSpec, Settings, SettingsError, StageSpec};

/// An option that no plugin has.
const UNKNOWN: &str = "no_such_option";

/// How the default of an option is written that has no value unless it is given.
const NO_DEFAULT: &str = "none";

fn build(spec: &StageSpec, options: Map<String, Value>) -> Result<(), SettingsError> {
    let settings = Settings::new(Value::Object(options));
    match spec.build {
        Build::Stage(build) => build(&settings, &ExampleFiles::of(spec)).map(drop),
        Build::Remember(build) => build(&settings, &ExampleFiles::of(spec)).map(drop),
        Build::Decoder(build) => build(&settings, &ExampleFiles::of(spec)).map(drop),
    }
}

/// The settings of each example.
fn written(spec: &StageSpec) -> impl Iterator<Item = Map<String, Value>> {
    let texts = spec.examples.iter().map(|example| example.settings);
    texts.map(|text| match text {
        "" => Map::new(),
        text => serde_json::from_str(text).unwrap(),
    })
}

/// Every option with the plugin that has it.
fn options() -> impl Iterator<Item = (&'static StageSpec, &'static OptionSpec)> {
    stages().into_iter().flat_map(|spec| spec.options.iter().map(move |option| (spec, option)))
}

fn is_documented(spec: &StageSpec, name: &str) -> bool {
    let nested = |option: &OptionSpec| option.name.split('.').next() == Some(name);
    spec.options.iter().any(|option| option.name == name || nested(option))
}

#[test]
fn names_are_snake_case_and_unique() {
    for (spec, option) in options() {
        let name = option.name;
        let letters = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        let steps = name.split('.').all(|step| !step.is_empty() && step.bytes().all(letters));
        assert!(steps, "{}: `{name}` is not snake_case", spec.name);
        let count = spec.options.iter().filter(|other| other.name == name).count();
        assert_eq!(count, 1, "{}: `{name}` is there twice", spec.name);
    }
}

#[test]
fn every_option_says_what_it_takes_and_does() {
    for (spec, option) in options() {
        assert!(!option.kind.is_empty(), "{}: {}", spec.name, option.name);
        assert!(is_sentence(option.summary), "{}: {}", spec.name, option.name);
    }
}

#[test]
fn examples_use_documented_options() {
    for spec in stages() {
        for name in written(spec).flat_map(|options| options.into_iter().map(|(name, _)| name)) {
            assert!(is_documented(spec, &name), "{}: `{name}` is not documented", spec.name);
        }
    }
}

#[test]
fn what_a_plugin_takes_is_what_is_documented() {
    for spec in stages() {
        let mut options = written(spec).next().unwrap_or_default();
        options.insert(UNKNOWN.to_owned(), json!(1));
        let error = build(spec, options).expect_err(spec.name).to_string();
        assert!(error.contains(UNKNOWN), "{}: {error}", spec.name);
        let documented = spec.options.iter().filter_map(|option| option.name.split('.').next());
        let taken = names(&error);
        assert_eq!(taken, documented.collect(), "{}: {error}", spec.name);
    }
}

/// The options that stand in serde's message about one that it does not know.
fn names(message: &str) -> BTreeSet<&str> {
    let quoted = message.split('`').skip(1).step_by(2);
    quoted.filter(|&name| name != UNKNOWN).collect()
}

#[test]
fn defaults_are_what_holds_without_them() {
    for (spec, option) in options().filter(|(_, o)| !["", NO_DEFAULT].contains(&o.default)) {
        let value = serde_json::from_str(option.default);
        let value = value.unwrap_or_else(|_| json!(option.default));
        let mut settings = written(spec).next().unwrap_or_default();
        set(&mut settings, option.name, value);
        if let Err(error) = build(spec, settings) {
            panic!("{}: the default of `{}` is refused: {error}", spec.name, option.name);
        }
    }
}

/// Sets an option, which may be inside another: `limits.depth_max`.
fn set(options: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => drop(options.insert(path.to_owned(), value)),
        Some((first, rest)) => {
            let inner = options.entry(first).or_insert_with(|| json!({}));
            set(inner.as_object_mut().unwrap(), rest, value);
        }
    }
}
