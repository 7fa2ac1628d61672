//! Every module opens with one sentence.

use super::files::{File, sources};

/// What fits in a table of contents: a line and a half.
const SENTENCE_MAX: usize = 150;

pub(super) fn sentences(files: &[File]) -> Vec<String> {
    let modules = sources(files).filter(|(file, _)| is_module(&file.path));
    let problems = modules.filter_map(|(file, _)| {
        let message = problem(&file.text)?;
        Some(file.problem(0, message))
    });
    problems.collect()
}

/// Whether a path is that of a module of a crate or a plugin.
fn is_module(path: &str) -> bool {
    let steps: Vec<&str> = path.split('/').collect();
    matches!(steps[..], ["crates" | "plugins", _, "src", ..] | ["benches", "src", ..])
}

/// What is wrong with how a module opens.
fn problem(text: &str) -> Option<&'static str> {
    let lines = text.lines().map_while(|line| line.strip_prefix("//! "));
    let opening = lines.collect::<Vec<_>>().join(" ");
    if opening.is_empty() {
        return Some("opens without a `//!` sentence");
    }
    let one = opening.ends_with('.') && !opening.contains(". ");
    match (one, opening.len() > SENTENCE_MAX) {
        (false, _) => Some("opens with a `//!` paragraph that is not one sentence"),
        (true, true) => Some("opens with a `//!` sentence too long for a table of contents"),
        (true, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openings_are_sentences() {
        for good in ["//! One sentence.\n", "//! One\n//! sentence.\n//!\n//! More. Text.\n"] {
            assert_eq!(problem(good), None, "{good}");
        }
        let long = format!("//! A{}.\n", " word".repeat(40));
        for bad in ["", "use a;\n", "//! No stop\n", "//! Two. Sentences.\n", "// One.", &long] {
            assert!(problem(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn modules_of_crates_and_plugins_are_checked() {
        let of = |path| sentences(&[File::new(path, "use a;")]).len();
        assert_eq!([of("crates/a/src/b/c.rs"), of("plugins/a/src/lib.rs")], [1, 1]);
        assert_eq!([of("crates/a/tests/b.rs"), of("docs/a.md")], [0, 0]);
    }
}
