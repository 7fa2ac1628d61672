//! What the loader says about files that it does not take: each message in full, with its place.

mod toy;

use toy::SPECS;
use trailmill_pipeline::{Format, Pipeline};
use trailmill_stage::NoResources;

/// A pipeline file that is fine but for one part.
const GOOD: &str = "stages: [decode-lines]\n";

#[test]
fn top_level() {
    check(&[
        ("", "1:1: expected a map, found nothing"),
        ("- decode-lines", "1:1: expected a map, found a list"),
        ("name: x", "1:1: the pipeline has no `stages`"),
        (
            "stages: [decode-lines]\noutput: []",
            "2:1: unknown option `output` of the pipeline; did you mean `outputs`? (options: name, \
             description, source, stages, outputs, quarantine, tests)",
        ),
        (
            "stages: [decode-lines]\nstages: []",
            "2:1: `stages` is set twice, in line 1 and in line 2",
        ),
        (
            "name: 7\nstages: [decode-lines]",
            "1:7: expected a string, found a whole number; quote it",
        ),
        ("name: ''\nstages: [decode-lines]", "1:7: expected some text"),
        ("stages:\n\t- decode-lines", "2:1: line 2 is indented with a tab; YAML wants spaces"),
    ]);
}

#[test]
fn stages() {
    check(&[
        ("stages: []", "1:9: `stages` is empty"),
        ("stages: decode-lines", "1:9: expected a list, found a string"),
        (
            "stages:\n  - sieve",
            "2:5: the first stage must be a decoder, and `sieve` is none (decoders: decode-lines)",
        ),
        (
            "stages:\n  - decode-lines\n  - decode-lines",
            "3:5: `decode-lines` is a decoder, which only the first stage of the pipeline can be",
        ),
        (
            "stages: [decode-lines]\noutputs:\n  - to: stdout\n    stages:\n      - decode-lines",
            "5:9: `decode-lines` is a decoder, which only the first stage of the pipeline can be",
        ),
        (
            "stages:\n  - decode-lines\n  - seive: { filter: 3 }",
            "3:5: unknown stage `seive`; did you mean `sieve`? (stages: decode-lines, sieve, row)",
        ),
        (
            "stages:\n  - decode-lines\n  - enrich",
            "3:5: unknown stage `enrich` (stages: decode-lines, sieve, row)",
        ),
        (
            "stages:\n  - decode-lines\n  - 7",
            "3:5: expected a stage: its name, or a map of name and options; found a whole number",
        ),
        ("stages:\n  - decode-lines\n  - {}", "3:5: expected a stage, found an empty map"),
        (
            "stages:\n  - decode-lines\n  - sieve:\n    filter: 3",
            "4:5: `filter` stands beside the stage `sieve`; indent it if it is an option of it",
        ),
    ]);
}

#[test]
fn options_of_stages() {
    check(&[
        (
            "stages:\n  - decode-lines\n  - sieve:\n      filtre: 3",
            "4:7: unknown option `filtre` of stage `sieve`; did you mean `filter`? (options: \
             filter, fault, limits, table, on_fault, when)",
        ),
        ("stages:\n  - decode-lines: 3", "2:19: expected a map, found a whole number"),
        ("stages:\n  - decode-lines\n  - row", "3:5: stage `row` needs the option `name`"),
        (
            "stages:\n  - decode-lines\n  - row: { style: good }",
            "3:5: stage `row` needs the option `name`",
        ),
        (
            "stages:\n  - decode-lines:\n      lines_max: 0",
            "3:7: stage `decode-lines`: option `lines_max`: must be at least 1",
        ),
        (
            "stages:\n  - decode-lines\n  - sieve:\n      limits:\n        max: much",
            "5:9: stage `sieve`: option `limits.max`: invalid type: string, expected i64",
        ),
        (
            "stages:\n  - decode-lines\n  - sieve:\n      limits:\n        names:\n          a.b: \
             [1]\n          a.b.c:\n            - 1\n            - x",
            "9:15: stage `sieve`: option `limits.names.a.b.c[1]`: invalid type: string, \
             expected i64",
        ),
        (
            "stages:\n  - decode-lines\n  - sieve:\n      table: none.csv",
            "4:7: stage `sieve`: option `table`: there are no files here, so no `none.csv`",
        ),
    ]);
}

#[test]
fn on_fault() {
    check(&[
        (
            "stages:\n  - decode-lines: { on_fault: mark }",
            "2:31: `on_fault` of stage `decode-lines` can not be that (values: quarantine, drop)",
        ),
        (
            "stages:\n  - decode-lines\n  - sieve: { on_fault: drops }",
            "3:24: `on_fault` of stage `sieve` can not be that; did you mean `drop`? (values: \
             quarantine, mark, drop)",
        ),
        (
            "stages:\n  - decode-lines\n  - row: { name: x, on_fault: mark }",
            "3:31: `on_fault` of stage `row` can not be that (values: quarantine, drop)",
        ),
        (
            "stages:\n  - decode-lines\n  - sieve: { on_fault: true }",
            "3:24: expected a string, found a boolean; quote it",
        ),
    ]);
}

#[test]
fn conditions() {
    check(&[
        (
            "stages:\n  - decode-lines: { when: 'n == 1' }",
            "2:21: unknown option `when` of stage `decode-lines` (options: lines_max, on_fault)",
        ),
        (
            "stages:\n  - decode-lines\n  - sieve: { when: 'n == ' }",
            "3:20: `when` of stage `sieve`: expected a text in quotes, a number, true, false or \
             null at character 6\n  n == \n       ^",
        ),
        (
            "stages:\n  - decode-lines\n  - sieve: { when: 1 }",
            "3:20: `when` of stage `sieve`: expected an expression, or a map with either `pattern` \
             or `selectors`",
        ),
        (
            "stages:\n  - decode-lines\n  - sieve:\n      when:\n        pattern:\n          n: \
             [{ about: 1 }]",
            "6:17: `when` of stage `sieve`: `pattern.n[0].about`: no operator; there is prefix, suffix, \
             equals-ignore-case, wildcard, anything-but, numeric, exists, cidr",
        ),
    ]);
    check_below(&[
        (
            "outputs:\n  - { name: a, when: 'and', to: stdout }",
            "3:22: `when` of output `a`: expected a path, `not` or `(` at character \
             1\n  and\n  ^",
        ),
        (
            "outputs:\n  - { when: 'n == 1', else: true, to: stdout }",
            "3:13: an output with `else` takes what no other took; it can not have a `when` as well",
        ),
        (
            "outputs:\n  - { else: true, to: stdout }",
            "3:13: no output before this one has a `when`, so there is no `else`",
        ),
        (
            "outputs:\n  - { to: stdout }\n  - { else: true, to: { file: { path: a } } }",
            "4:13: no output before this one has a `when`, so there is no `else`",
        ),
        (
            "outputs:\n  - { when: n exists, to: stdout }\n  - { else: true, to: { file: { path: a } \
             } }\n  - { to: { file: { path: b } } }",
            "4:13: output `2` has `else` and must be the last of the outputs",
        ),
        (
            "outputs:\n  - { when: n exists, to: stdout }\n  - { else: true, to: { file: { path: a } \
             } }\n  - { else: true, to: { file: { path: b } } }",
            "4:13: output `2` has `else` and must be the last of the outputs",
        ),
        (
            "outputs:\n  - { else: 1, to: stdout }",
            "3:13: expected true or false, found a whole number",
        ),
    ]);
}

#[test]
fn source() {
    check_below(&[
        ("source: files", "2:9: `files` wants a list of files, folders and globs"),
        ("source: { files: [] }", "2:18: `files` is empty"),
        ("source: { files: [''] }", "2:19: expected some text"),
        ("source: { files: { a: b } }", "2:18: expected a list, found a map"),
        (
            "source: { stdin: { a: b } }",
            "2:20: unknown option `a` of source `stdin` (it has no options)",
        ),
        (
            "source: { file: x }",
            "2:11: unknown source `file`; did you mean `files`? (sources: files, stdin)",
        ),
        (
            "source: { files: x, recursive: true }",
            "2:21: `recursive` stands beside the source `files`; indent it if it is an option of it",
        ),
    ]);
}

#[test]
fn targets() {
    check_below(&[
        ("outputs: []", "2:10: `outputs` is empty"),
        ("outputs:\n  - stages: []", "3:5: the output needs the option `to`"),
        (
            "outputs:\n  - to: stdout\n    compress: gzip",
            "4:5: unknown option `compress` of an output (options: name, when, else, \
             stages, to)",
        ),
        (
            "outputs:\n  - to: std-out",
            "3:9: unknown target `std-out`; did you mean `stdout`? (targets: file, stdout)",
        ),
        (
            "outputs:\n  - to: { stdout: { a: b } }",
            "3:21: unknown option `a` of target `stdout` (it has no options)",
        ),
        ("outputs:\n  - to: file", "3:9: target `file` needs the option `path`"),
        (
            "outputs:\n  - to: { file: { compression: gzip } }",
            "3:11: target `file` needs the option `path`",
        ),
        ("outputs:\n  - to: { file: out/a }", "3:17: expected a map, found a string"),
        (
            "outputs:\n  - to: { file: { path: 'out/{DATE}/../a' } }",
            "3:25: `..` can not stand here in the path",
        ),
        (
            "outputs:\n  - to: { file: { path: out/a, compression: gz } }",
            "3:45: unknown compression `gz` (compressions: none, gzip, zstd)",
        ),
        (
            "outputs:\n  - { name: a, to: stdout }\n  - { name: a, to: { file: { path: a } } }",
            "4:13: two outputs have the name `a`",
        ),
        (
            "outputs:\n  - to: stdout\n  - { name: '1', to: { file: { path: a } } }",
            "4:13: two outputs have the name `1`",
        ),
        (
            "outputs:\n  - to: stdout\n  - to: stdout",
            "4:9: outputs `1` and `2` have the same target",
        ),
        (
            "outputs:\n  - to: { file: { path: out/a } }\nquarantine: { file: { path: out/a } }",
            "4:13: output `1` and the quarantine have the same target",
        ),
        ("quarantine: stdout", "2:13: output `1` and the quarantine have the same target"),
        (
            "quarantine: { file: { path: 'out/{DATE}' } }",
            "2:29: the path of the quarantine can have no fields",
        ),
    ]);
}

#[test]
fn tests() {
    let two = "outputs:\n  - { name: a, to: stdout }\n  - { name: b, to: { file: { path: b } } }\n";
    let several = format!("{two}tests:\n  - {{ name: x, in: i, out: o }}");
    let unknown = format!("{two}tests:\n  - {{ name: x, in: i, out: {{ a: o, c: o }} }}");
    check_below(&[
        ("tests: []", "2:8: `tests` is empty"),
        ("tests:\n  - { in: i, out: o }", "3:5: the test needs the option `name`"),
        ("tests:\n  - { name: x, out: o }", "3:5: the test needs the option `in`"),
        ("tests:\n  - { name: x, in: i }", "3:5: the test needs the option `out` or `quarantine`"),
        (
            "tests:\n  - { name: x, input: i }",
            "3:16: unknown option `input` of a test (options: name, in, out, quarantine, \
             collected_at)",
        ),
        (
            "tests:\n  - { name: x, in: i, out: o }\n  - { name: x, in: j, out: p }",
            "4:13: two tests have the same name",
        ),
        (
            &several,
            "6:28: expected a map from outputs to files, as there are several outputs (outputs: a, b)",
        ),
        (&unknown, "6:36: unknown output `c` (outputs: a, b)"),
    ]);
}

#[test]
fn places_are_right_in_every_format() {
    let toml = "stages = [\n  'decode-lines',\n  { sieve = { filtre = 3 } },\n]\n";
    let json = "{\n  \"stages\": [\"decode-lines\",\n    {\"sieve\": {\"filtre\": 3}}]\n}\n";
    let message = "unknown option `filtre` of stage `sieve`; did you mean `filter`? (options: \
                   filter, fault, limits, table, on_fault, when)";
    assert_eq!(error(toml, Format::Toml), format!("3:15: {message}"));
    assert_eq!(error(json, Format::Json), format!("3:16: {message}"));
}

fn error(text: &str, format: Format) -> String {
    match Pipeline::load(text, format, SPECS, &NoResources) {
        Ok(_) => "no error".to_owned(),
        Err(error) => error.to_string(),
    }
}

/// Compares each file with its error and reports all differences at once.
fn check(cases: &[(&str, &str)]) {
    let wrong = cases.iter().filter_map(|(text, expected)| {
        let found = error(text, Format::Yaml);
        (found != *expected).then(|| format!("{text}\n  expected {expected}\n  found    {found}"))
    });
    let wrong: Vec<_> = wrong.collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The same for files whose first line is fine.
fn check_below(cases: &[(&str, &str)]) {
    let cases: Vec<_> =
        cases.iter().map(|(text, expected)| (format!("{GOOD}{text}"), *expected)).collect();
    let cases: Vec<_> = cases.iter().map(|(text, expected)| (text.as_str(), *expected)).collect();
    check(&cases);
}
