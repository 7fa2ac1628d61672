//! Texts that are refused, with the place and the whole message.

use super::super::{Format, parse};

/// A message and the texts that are refused with it, each after its place.
type Refused<'a> = (&'a str, &'a [(&'a str, &'a str)]);

fn refused(format: Format, table: &[Refused<'_>]) {
    for (message, cases) in table {
        for (place, text) in *cases {
            let found = parse(text, format).map_err(|error| error.to_string());
            assert_eq!(found, Err(format!("{place}: {message}")), "{text:?}");
        }
    }
}

#[test]
fn yaml() {
    refused(Format::Yaml, YAML);
}

const YAML: &[Refused<'static>] = &[
    ("`a` is set twice, in line 1 and in line 4", &[("4:1", "a: 1\nb:\n  c: 2\na: 3")]),
    ("`k` is set twice, in line 1", &[("1:11", "x: {k: 1, \"k\": 2}")]),
    (
        "YAML anchors and aliases are not taken here; quote text that begins with `&` or `*`",
        &[("1:4", "a: &x 1"), ("1:5", "a: [&x 1, *x]"), ("1:8", "files: *.gz")],
    ),
    (
        "YAML tags are not taken here; quote text that begins with `!`",
        &[("1:7", "drop: !readOnly"), ("1:7", "drop: !a!b c"), ("1:1", "!!map\na: 1")],
    ),
    ("YAML merge keys (`<<`) are not taken here", &[("3:3", "b: {}\nc:\n  <<: {d: 1}")]),
    ("a key must be text, not a list or a map", &[("1:8", "path: {{ x }}"), ("1:3", "? [a]\n: b")]),
    ("expected a key before the `:`", &[("1:1", ": b")]),
    ("a second YAML document begins here; only one is taken", &[("2:1", "a: 1\n---\nb: 2")]),
    ("a number must not begin with 0; quote it if it is text", &[("1:4", "a: 012345678901")]),
    (
        "this whole number does not fit 64 bits; quote it if it is text",
        &[("1:4", "a: 9223372036854775808"), ("1:4", "a: 0x8000000000000000")],
    ),
    (
        "this number is not finite; quote it if it is text",
        &[("1:8", "a: [1, 1e999]"), ("1:4", "a: .inf"), ("1:4", "a: -.inf"), ("1:4", "a: .NaN")],
    ),
    (
        "a `:` does not fit here; check the indentation, and quote text with `: ` in it",
        &[("1:5", "a: b: c"), ("2:3", "a: 1\n b: 2")],
    ),
    ("the key before this place has no `:`; check the indentation", &[("3:1", "a: 1\nb\nc: 2")]),
    ("expected `- ` and an item; check the indentation", &[("2:1", "- a\nb: c")]),
    ("expected a key; check the indentation", &[("2:3", "a: b\n- c")]),
    ("not valid YAML: unexpected character: `@'", &[("1:4", "a: @x")]),
    (
        "not valid YAML: while parsing a flow sequence, expected ',' or ']'",
        &[("3:1", "a: [1,\n  2")],
    ),
    (
        "not valid YAML: while scanning a quoted scalar, found unexpected end of stream",
        &[("1:4", "a: 'x")],
    ),
    (
        "not valid YAML: while parsing a quoted scalar, found unknown escape character",
        &[("1:4", "a: \"\\q\"")],
    ),
];

#[test]
fn yaml_tabs() {
    for (line, column, text) in [
        (1, 1, "\ta: 1"),
        (3, 1, "a: 1\nb:\n\tc: 2"),
        (3, 2, "a: 1\nb:\n \tc: 2"),
        (3, 1, "a: b\n\n\tc: d"),
        (3, 1, "stages:\n  - x\n\t- y"),
        (3, 1, "stages:\n  - x:\n\ty"),
        (2, 1, "a: b\n\tc: d"),
        (2, 1, "a: \"b\"\n\tc: d"),
        (2, 1, "stages:\n\t- x\n\t- y"),
        (2, 1, "a: {\n\tb: 1\n}"),
        (2, 1, "a: 'x\n\ty'"),
        (2, 1, "a: |\n\tx"),
    ] {
        let message = format!("line {line} is indented with a tab; YAML wants spaces");
        let place = format!("{line}:{column}");
        refused(Format::Yaml, &[(&message, &[(&place, text)])]);
    }
}

#[test]
fn json() {
    refused(Format::Json, JSON);
}

const JSON: &[Refused<'static>] = &[
    (
        "expected a value",
        &[
            ("1:1", ""),
            ("1:4", "[1,]"),
            ("1:2", "["),
            ("1:6", "{\"a\":}"),
            ("1:7", "{\"a\": 'b'}"),
            ("1:2", "[tru]"),
            ("1:2", "[nullx]"),
            ("1:2", "[NaN]"),
            ("1:2", "[+1]"),
            ("1:2", "[.5]"),
            ("1:1", "\u{a0}1"),
        ],
    ),
    ("expected the end of the file after the value", &[("1:5", "[1] 2")]),
    (
        "`a` is set twice, in line 2 and in line 3",
        &[("3:3", "{\n  \"a\": 1,\n  \"\\u0061\": 2\n}")],
    ),
    ("expected `,` or `]`", &[("1:4", "[1 2]")]),
    (
        "expected a key in double quotes",
        &[("1:9", "{\"a\": 1,}"), ("1:2", "{a: 1}"), ("1:2", "{1: 1}")],
    ),
    ("expected `:` after the key", &[("1:6", "{\"a\" 1}")]),
    ("expected `,` or `}`", &[("1:8", "{\"a\":1 \"b\":2}")]),
    ("JSON has no comments", &[("1:1", "// x\n{}")]),
    (
        "this is not a number as JSON writes them",
        &[("1:2", "[01]"), ("1:2", "[1.]"), ("1:2", "[-]"), ("1:2", "[1e]"), ("1:2", "[0x1]")],
    ),
    (
        "this whole number does not fit 64 bits; quote it if it is text",
        &[("1:2", "[9223372036854775808]")],
    ),
    ("this number is not finite; quote it if it is text", &[("1:2", "[1e400]")]),
    (
        "this string has no closing quote on its line",
        &[("1:2", "[\"a\nb\"]"), ("1:2", "[\"a"), ("1:2", "[\"a\\")],
    ),
    ("this string is not valid JSON: invalid escape", &[("1:2", "[\"a\\é\"]")]),
    (
        "this string is not valid JSON: control character (\\u0000-\\u001F) found \
         while parsing a string",
        &[("1:2", "[\"\ta\"]")],
    ),
    ("this string is not valid JSON: unexpected end of hex escape", &[("1:2", "[\"\\ud800\"]")]),
];

#[test]
fn toml() {
    refused(Format::Toml, TOML);
}

const TOML: &[Refused<'static>] = &[
    ("`a` is set twice, in line 1 and in line 3", &[("3:1", "a = 1\nb = 2\n\"a\" = 3")]),
    ("`z` is set twice, in line 5", &[("5:14", "[t]\nx = 1\n[u]\nx = 1\ny = { z = 1, z = 2 }")]),
    ("`t` is set twice, in line 1 and in line 3", &[("3:2", "[t]\n[u]\n[t]")]),
    ("`b` is set twice, in line 1 and in line 2", &[("2:3", "a.b = 1\na.b = 2")]),
    ("`k` is set twice, in line 4 and in line 5", &[("5:1", "[[l]]\nk = 1\n[[l]]\nk = 1\nk = 2")]),
    ("`a` is set twice, in line 1 and in line 2", &[("2:3", "a = []\n[[a]]")]),
    ("`b` is set twice, in line 1 and in line 4", &[("4:1", "[a.b]\nx = 1\n[a]\nb.c = 1")]),
    (
        "not valid TOML: cannot extend value of type integer with a dotted key",
        &[("2:1", "a = 1\na.b = 2")],
    ),
    ("not valid TOML: key with no value, expected `=`", &[("2:2", "a = 1\nb"), ("1:4", "a: 1")]),
    (
        "not valid TOML: string values must be quoted, expected literal string",
        &[("1:5", "a = "), ("1:5", "a = x")],
    ),
    ("not valid TOML: unclosed array, expected `]`", &[("1:10", "a = [1, 2")]),
    ("not valid TOML: invalid literal string, expected `'`", &[("1:7", "a = 'x")]),
    (
        "this whole number does not fit 64 bits; quote it if it is text",
        &[("1:5", "a = 9223372036854775808")],
    ),
    (
        "this number is not finite; quote it if it is text",
        &[("2:5", "b = 1\na = inf"), ("1:5", "a = nan"), ("1:5", "a = 1e999")],
    ),
    ("not valid TOML: unexpected leading zero, expected nothing", &[("1:5", "a = 01")]),
];
