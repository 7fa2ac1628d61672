//! The reference page of a stage, and the list of all, in Markdown.

use anyhow::{Context, Result};
use serde_json::{Map, Value};
use std::fmt::Write;
use trailmill_golden::pretty;
use trailmill_stage::{After, Build, Example, OptionSpec, StageSpec};

/// The first line of every derived page.
const NOTICE: &str = "<!-- Written by `cargo xtask docs`; change the SPEC and not this page. -->";

/// A page with the notice that it is derived.
pub(super) fn derived(text: &str) -> String {
    format!("{NOTICE}\n\n{}\n", text.trim())
}

/// The list of all stages.
pub(super) fn index(specs: &[&StageSpec]) -> String {
    let mut page = String::from("# Stages\n\n| stage | what it does |\n|---|---|\n");
    for spec in specs {
        let _ = writeln!(page, "| [{0}]({0}.md) | {1} |", spec.name, spec.summary);
    }
    derived(&page)
}

/// The reference page of a stage.
///
/// # Errors
/// An example whose settings are not JSON.
pub(super) fn stage(spec: &StageSpec) -> Result<String> {
    let mut page = format!("# {}\n\n{}\n", spec.name, spec.summary);
    if let Build::Decoder(_) = spec.build {
        page.push_str("\nIt reads the input, so it can only come first.\n");
    }
    if !spec.details.is_empty() {
        let _ = writeln!(page, "\n{}", spec.details.trim());
    }
    options(spec.options, &mut page);
    page.push_str("\n## Examples\n");
    for example in spec.examples {
        let shown = show(spec, example, &mut page);
        shown.with_context(|| format!("{}: {}", spec.name, example.title))?;
    }
    Ok(derived(&page))
}

fn options(options: &[OptionSpec], page: &mut String) {
    page.push_str("\n## Options\n\n");
    if options.is_empty() {
        page.push_str("None.\n");
        return;
    }
    page.push_str("| option | value | default | meaning |\n|---|---|---|---|\n");
    for option in options {
        let default = match option.default {
            "" => "must be given".to_owned(),
            default => format!("`{default}`"),
        };
        let cells = [option.kind, &default, option.summary].map(|cell| cell.replace('|', "\\|"));
        let _ = writeln!(page, "| `{}` | {} |", option.name, cells.join(" | "));
    }
}

fn show(spec: &StageSpec, example: &Example, page: &mut String) -> Result<()> {
    let _ = write!(page, "\n### {}\n\n", example.title);
    block("yaml", &step(spec.name, example.settings)?, page);
    page.push_str("\nBefore:\n\n");
    match spec.build {
        Build::Stage(_) => block("json", &pretty(example.before), page),
        Build::Remember(_) => block("json", example.before, page),
        Build::Decoder(_) => block("text", example.before, page),
    }
    after(example.after, page);
    Ok(())
}

/// The step of a pipeline file that has these settings.
fn step(name: &str, settings: &str) -> Result<String> {
    let options: Map<String, Value> = match settings.trim() {
        "" => Map::new(),
        text => serde_json::from_str(text)?,
    };
    if options.is_empty() {
        return Ok(format!("- {name}"));
    }
    // Values are written as JSON, which YAML can read.
    let lines = options.iter().map(|(option, value)| format!("\n    {option}: {value}"));
    Ok(format!("- {name}:{}", lines.collect::<String>()))
}

fn after(after: After, page: &mut String) {
    match after {
        After::Event(text) => {
            page.push_str("\nAfter:\n\n");
            block("json", &pretty(text), page);
        }
        After::Events([]) => page.push_str("\nAfter: no records.\n"),
        After::Events(texts) => {
            page.push_str("\nAfter:\n\n");
            let texts: Vec<String> = texts.iter().map(|text| pretty(text)).collect();
            block("json", &texts.join("\n"), page);
        }
        After::Filtered => page.push_str("\nAfter: the event is filtered.\n"),
        After::Fault(kind) => {
            let _ = writeln!(page, "\nAfter: the fault `{kind}`.");
        }
    }
}

fn block(language: &str, text: &str, page: &mut String) {
    let _ = writeln!(page, "```{language}\n{}\n```", text.trim_end());
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: StageSpec = StageSpec {
        name: "made-up",
        summary: "Does nothing.",
        details: "",
        options: &[OptionSpec { name: "field", kind: "a | b", default: "", summary: "Which." }],
        examples: &[Example {
            title: "Do nothing",
            settings: r#"{"field": "a"}"#,
            before: r#"{"a":1.0}"#,
            after: After::Fault("odd-event"),
        }],
        guards: false,
        build: Build::Stage(|_, _| Err(trailmill_stage::SettingsError::new("", "never built"))),
    };

    #[test]
    fn a_page_has_everything_of_its_spec() {
        let expected = format!(
            "{NOTICE}\n\n# made-up\n\nDoes nothing.\n\n## Options\n\n\
             | option | value | default | meaning |\n|---|---|---|---|\n\
             | `field` | a \\| b | must be given | Which. |\n\n## Examples\n\n### Do nothing\n\n\
             ```yaml\n- made-up:\n    field: \"a\"\n```\n\n\
             Before:\n\n```json\n{{\n  \"a\": 1.0\n}}\n```\n\nAfter: the fault `odd-event`.\n"
        );
        assert_eq!(stage(&SPEC).unwrap(), expected);
    }

    #[test]
    fn steps_without_settings_are_a_name() {
        assert_eq!(step("redact", " ").unwrap(), "- redact");
        assert_eq!(step("redact", "{}").unwrap(), "- redact");
        assert!(step("redact", "{").is_err());
    }
}
