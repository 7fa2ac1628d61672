//! Reference of stages, from their descriptors: for the terminal and as Markdown.

use serde_json::Value;
use std::fmt::Write;
use trailmill_stage::{After, Build, Example, OptionSpec, StageSpec};

/// Text on a terminal is broken at this column.
const COLUMNS: usize = 88;

/// All stages, a line for each.
pub(crate) fn list(specs: &[&StageSpec]) -> String {
    let width = specs.iter().map(|spec| spec.name.len()).max().unwrap_or_default();
    let mut text = String::new();
    for spec in specs {
        let _ = writeln!(text, "{:width$}  {}", spec.name, spec.summary);
    }
    text.push_str("\n`trailmill stages NAME` tells all about one of them.\n");
    text
}

/// All about one stage, for the terminal.
pub(crate) fn text(spec: &StageSpec) -> String {
    let mut text = format!("{} ({})\n", spec.name, kind(spec));
    wrap(spec.summary, "  ", &mut text);
    for paragraph in paragraphs(spec) {
        text.push('\n');
        wrap(paragraph, "  ", &mut text);
    }
    text.push_str("\nOptions\n");
    for option in spec.options {
        let _ = writeln!(text, "  {} ({}; {})", option.name, option.kind, default(option));
        wrap(option.summary, "      ", &mut text);
    }
    if spec.options.is_empty() {
        text.push_str("  none\n");
    }
    for example in spec.examples {
        let _ = writeln!(text, "\nExample: {}", example.title);
        for (title, body) in parts(spec, example) {
            let _ = writeln!(text, "  {title}");
            for line in body.lines() {
                let _ = writeln!(text, "    {line}");
            }
        }
    }
    text
}

/// All about one stage, as a page of Markdown.
pub(crate) fn markdown(spec: &StageSpec) -> String {
    let mut text = format!("# `{}`\n\n{} ({})\n", spec.name, spec.summary, kind(spec));
    for paragraph in paragraphs(spec) {
        let _ = writeln!(text, "\n{paragraph}");
    }
    text.push_str("\n## Options\n\n");
    match spec.options {
        [] => text.push_str("None.\n"),
        options => {
            text.push_str("| option | what may be written | default | |\n|---|---|---|---|\n");
            for option in options {
                let default = match option.default {
                    "" => "must be given".to_owned(),
                    default => format!("`{}`", cell(default)),
                };
                let (kind, summary) = (cell(option.kind), cell(option.summary));
                let _ = writeln!(text, "| `{}` | {kind} | {default} | {summary} |", option.name);
            }
        }
    }
    text.push_str("\n## Examples\n");
    for example in spec.examples {
        let _ = writeln!(text, "\n### {}", example.title);
        for (title, body) in parts(spec, example) {
            let _ = writeln!(text, "\n{title}:\n\n```\n{body}\n```");
        }
    }
    text.push('\n');
    text
}

fn kind(spec: &StageSpec) -> &'static str {
    match spec.build {
        Build::Decoder(_) => "a decoder: the first stage of a pipeline",
        Build::Stage(_) => "a stage after the decoder",
        Build::Remember(_) => "a stage that all outputs share, which remembers the events before",
    }
}

fn paragraphs(spec: &StageSpec) -> impl Iterator<Item = &'static str> {
    let paragraphs = spec.details.split("\n\n").map(str::trim);
    paragraphs.filter(|paragraph| !paragraph.is_empty())
}

fn default(option: &OptionSpec) -> String {
    match option.default {
        "" => "must be given".to_owned(),
        default => format!("default: {default}"),
    }
}

/// A text that may stand in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// The parts of an example: the settings, what comes in, what goes out.
fn parts(spec: &StageSpec, example: &Example) -> Vec<(&'static str, String)> {
    let settings: Value = serde_json::from_str(example.settings).unwrap_or_default();
    let settings = match settings.as_object().is_none_or(serde_json::Map::is_empty) {
        true => format!("- {}", spec.name),
        false => format!("- {}: {settings}", spec.name),
    };
    let mut parts = vec![("In the pipeline file", settings), ("Before", laid_out(example.before))];
    match example.after {
        After::Event(event) => parts.push(("After", laid_out(event))),
        After::Events(events) => {
            let events: Vec<String> = events.iter().map(|event| laid_out(event)).collect();
            parts.push(("After", events.join("\n")));
        }
        After::Filtered => parts.push(("After", "filtered".to_owned())),
        After::Fault(fault) => parts.push(("After", format!("at fault: {fault}"))),
    }
    parts
}

/// JSON with a member on each line; anything else as it stands.
fn laid_out(text: &str) -> String {
    match serde_json::from_str::<Value>(text) {
        Ok(value) => format!("{value:#}"),
        Err(_) => text.to_owned(),
    }
}

/// Appends a paragraph, or a list, broken into lines.
fn wrap(paragraph: &str, indent: &str, text: &mut String) {
    let mut column = 0;
    for line in paragraph.lines() {
        if line.starts_with("- ") && column > 0 {
            text.push('\n');
            column = 0;
        }
        for word in line.split_whitespace() {
            let width = word.chars().count();
            let fits = column > 0 && column + 1 + width <= COLUMNS;
            if column > 0 {
                text.push(if fits { ' ' } else { '\n' });
            }
            if !fits {
                text.push_str(indent);
                column = indent.len() - 1;
            }
            text.push_str(word);
            column += 1 + width;
        }
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_broken_between_words() {
        let mut text = String::new();
        wrap(&"word ".repeat(40), "  ", &mut text);
        assert!(text.lines().all(|line| line.len() <= COLUMNS && line.starts_with("  word")));
        assert_eq!(text.split_whitespace().count(), 40);
    }

    #[test]
    fn items_of_a_list_begin_a_line() {
        let mut text = String::new();
        wrap("- one\nand more\n- two", "  ", &mut text);
        assert_eq!(text, "  - one and more\n  - two\n");
    }

    #[test]
    fn every_stage_is_told_of_in_full() {
        for spec in crate::settings::stages() {
            for page in [text(spec), markdown(spec)] {
                assert!(page.contains(spec.summary.split(' ').next().unwrap_or_default()));
                for option in spec.options {
                    assert!(page.contains(option.name), "{} {}", spec.name, option.name);
                }
                for example in spec.examples {
                    assert!(page.contains(example.title), "{}", example.title);
                }
            }
        }
    }
}
