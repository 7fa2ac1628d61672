//! Every plugin is in the list, under its name; every stage has a summary, and examples that hold.

use crate::{folders, stages, workspace};
use std::fs;
use trailmill_catalog::STAGES;

/// What fits in a table of contents beside a name.
const SUMMARY_MAX: usize = 100;

#[test]
fn folders_and_names_are_the_same_list() {
    let names: Vec<&str> = STAGES.iter().map(|spec| spec.name).collect();
    // Folders are sorted and unique, so this says as much of the names.
    assert_eq!(names, folders("plugins"));
    assert!(names.iter().all(|name| trailmill_golden::is_kebab_case(name)), "{names:?}");
}

#[test]
fn packages_are_called_as_their_folders() {
    for spec in STAGES {
        let path = workspace(&format!("plugins/{}/Cargo.toml", spec.name));
        let manifest: toml::Table = fs::read_to_string(path).unwrap().parse().unwrap();
        let package = manifest["package"]["name"].as_str();
        assert_eq!(package, Some(format!("trailmill-{}", spec.name).as_str()));
    }
}

#[test]
fn summaries_are_one_sentence() {
    for spec in stages() {
        assert!(is_sentence(spec.summary), "{}: {}", spec.name, spec.summary);
        assert!(spec.summary.len() <= SUMMARY_MAX, "{}: too long a summary", spec.name);
    }
}

/// Whether a text is one sentence: begins with a capital letter and has one full stop, at its end.
pub(crate) fn is_sentence(text: &str) -> bool {
    let body = text.strip_suffix('.');
    let capital = text.starts_with(|first: char| first.is_uppercase());
    capital && body.is_some_and(|body| !body.contains(". ") && !body.ends_with(['.', ' ']))
}

#[test]
fn a_sentence_is_told_from_what_is_none() {
    assert!(is_sentence("Reads a.b and c."));
    for text in ["", "Two. Sentences.", "No stop", "lower case.", "Trails off...", "SOON"] {
        assert!(!is_sentence(text), "{text}");
    }
}

#[test]
fn examples_have_titles_of_their_own() {
    for spec in stages() {
        let mut titles: Vec<&str> = spec.examples.iter().map(|example| example.title).collect();
        for title in &titles {
            let capital = title.starts_with(|first: char| first.is_uppercase());
            assert!(capital && !title.ends_with('.'), "{}: the title \"{title}\"", spec.name);
        }
        titles.sort_unstable();
        let count = titles.len();
        titles.dedup();
        assert_eq!(titles.len(), count, "{}: a title is there twice", spec.name);
    }
}

#[test]
fn examples_hold() {
    // The harness refuses a plugin that has none.
    for spec in stages() {
        trailmill_golden::examples(spec);
    }
}
