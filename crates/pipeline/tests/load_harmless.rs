//! Whatever a pipeline file says: it is a pipeline, or there is an error at a place in it.

mod toy;

use proptest::prelude::*;
use toy::GUARDED;
use trailmill_pipeline::{Format, Pipeline};
use trailmill_stage::NoResources;

const YAML: &str = "name: made
source: { files: [a, 'b/**'] }
stages:
  - decode-lines: { lines_max: 2, on_fault: drop }
  - sieve: { filter: 3, limits: { max: 9, names: { a.b: [1] } }, when: 'n == 1 and not m exists' }
  - veil: { hide: \"x\\u00e4\", on_fault: drop }
  - once
outputs:
  - name: a
    when: { pattern: { n: [{ numeric: ['>', 1] }] } }
    to: { file: { path: 'out/{n}', compression: gzip } }
  - { else: true, stages: [row: { name: r, style: bad }], to: stdout }
quarantine: { file: { path: q } }
tests:
  - { name: t, in: i, out: { a: o }, collected_at: now }
";

const TOML: &str = "name = 'made'
stages = ['decode-lines', { sieve = { filter = 3, when = 'n == 1' } }, 'once']
[[outputs]]
when = { selectors = [{ FieldSelectors = [{ Field = 'eventName', Equals = ['a'] }] }] }
to.file.path = 'a'
[[outputs]]
else = true
to = 'stdout'
";

const JSON: &str = r#"{"stages":["decode-lines",{"veil":{"when":"n in [1,10.0.0.0/8]"}}],
"outputs":[{"to":{"file":{"path":"a/{n}/b.zst"}},"when":"a starts with 'b'"},
{"to":"stdout","else":true}]}"#;

/// What is put into a text in the place of a part of it.
fn patch() -> impl Strategy<Value = String> {
    let parts = [
        "",
        "\n",
        "\n  ",
        ": ",
        "- ",
        "{",
        "}",
        "[",
        "]",
        "'",
        "\"",
        "\\",
        "\t",
        "#",
        "&a",
        "*a",
        "!!b",
        "<<",
        "|",
        ">",
        "null",
        "when: ",
        "else: ",
        "stages: ",
        "on_fault: mark",
        "9e999",
        "-",
        ",",
        "\u{0}",
        "\u{feff}",
        "ä",
        "\u{2028}",
        "when: 'n == '",
        "{n}",
        "..",
        "/",
    ];
    prop_oneof![
        8 => prop::sample::select(parts.to_vec()).prop_map(str::to_owned),
        1 => ".{0,8}",
    ]
}

fn check(text: &str, format: Format) -> Result<(), TestCaseError> {
    if let Err(error) = Pipeline::load(text, format, GUARDED, &NoResources) {
        // A carriage return ends a line in YAML; the end of the text may be a line of its own.
        let lines = 2 + text.matches(['\n', '\r']).count() as u32;
        prop_assert!((1..=lines).contains(&error.line) && error.column > 0, "{}", error);
        prop_assert!(!error.message.is_empty());
    }
    Ok(())
}

proptest! {
    #[test]
    fn spoiled_files(
        which in 0usize..3,
        patches in prop::collection::vec(
            (any::<prop::sample::Index>(), 0usize..12, patch()),
            0..5,
        ),
    ) {
        let (text, format) =
            [(YAML, Format::Yaml), (TOML, Format::Toml), (JSON, Format::Json)][which];
        let mut text: Vec<char> = text.chars().collect();
        for (at, length, patch) in patches {
            let start = at.index(text.len() + 1);
            let end = (start + length).min(text.len());
            text.splice(start..end, patch.chars());
        }
        check(&text.into_iter().collect::<String>(), format)?;
    }

    #[test]
    fn any_text(text in "\\PC{0,60}", format in 0usize..3) {
        check(&text, [Format::Yaml, Format::Toml, Format::Json][format])?;
    }
}

#[test]
fn the_files_are_good_before_they_are_spoiled() {
    for (text, format) in [(YAML, Format::Yaml), (TOML, Format::Toml), (JSON, Format::Json)] {
        Pipeline::load(text, format, GUARDED, &NoResources)
            .unwrap_or_else(|e| panic!("{e}\n{text}"));
    }
}
