//! Texts that are read, with the tree and all its places, and what holds for any text.

use super::super::{Format, NESTING_MAX, TreeError, parse};
use super::{check, outcome};
use proptest::prelude::*;
use serde_json::Value as Json;

#[test]
fn yaml() {
    check(
        Format::Yaml,
        &[
            ("", "1:1 null"),
            ("# nothing\n", "1:1 null"),
            ("---\na: 1\n...\n", "2:1 {a@2:1 2:4 1}"),
            ("\u{feff}a: 1", "1:1 {a@1:1 1:4 1}"),
            ("a: 1\r\nb: x y\r\n", "1:1 {a@1:1 1:4 1, b@2:1 2:4 \"x y\"}"),
            ("é: 1 # ü\nß: {ä: b}", "1:1 {é@1:1 1:4 1, ß@2:1 2:4 {ä@2:5 2:8 \"b\"}}"),
            ("a:\nb:\n\nc: d", "1:1 {a@1:1 1:1 null, b@2:1 2:1 null, c@4:1 4:4 \"d\"}"),
            ("- a\n-\n- ~", "1:1 [1:3 \"a\", 2:2 null, 3:3 null]"),
            (
                "s:\n  - f: {x: 1}\n  - g\n",
                "1:1 {s@1:1 2:3 [2:5 {f@2:5 2:8 {x@2:9 2:12 1}}, 3:5 \"g\"]}",
            ),
            (
                "a: |\n  x\n  y\nb: 'q\n  r'\nc: z",
                "1:1 {a@1:1 2:3 \"x\\ny\\n\", b@4:1 4:4 \"q r\", c@6:1 6:4 \"z\"}",
            ),
            (
                "1: a\ntrue: b\n012: c\n\"<<\": d",
                "1:1 {1@1:1 1:4 \"a\", true@2:1 2:7 \"b\", 012@3:1 3:6 \"c\", <<@4:1 4:7 \"d\"}",
            ),
            ("- \"\\/\\u00e9\\t\"\n- {\"a\":1}", "1:1 [1:3 \"/é\\t\", 2:3 {a@2:4 2:8 1}]"),
            ("a: |\n  x\n  \ty\nb: \"\tq\"", "1:1 {a@1:1 2:3 \"x\\n\\ty\\n\", b@4:1 4:4 \"\\tq\"}"),
        ],
    );
}

#[test]
fn yaml_core_schema() {
    let resolved = [
        ("null Null NULL ~", "null"),
        ("true True TRUE", "true"),
        ("false False FALSE", "false"),
        ("0 +0 -0", "0"),
        ("12 +12 0xc 0xC 0o14", "12"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("1.5 +1.5 15e-1 0.15E+1 01.5", "1.5"),
        (".5 0.5 +.5", "0.5"),
        ("3. 3e0", "3.0"),
    ];
    for (texts, expected) in resolved {
        for text in texts.split(' ') {
            assert_eq!(outcome(text, Format::Yaml), format!("1:1 {expected}"), "{text}");
        }
    }
    let texts = "yes no on off y n TrUe 1_000 1,5 0x 0xg -0x1 0o8 0b1 . .e1 e5 -- + 1e 1e5.0 \
                 1.2.3 10:30 2024-01-02 inf nan -.nan infinity .infinity tRUE nil";
    for text in texts.split(' ') {
        assert_eq!(outcome(text, Format::Yaml), format!("1:1 \"{text}\""));
    }
    for quoted in ["'12'", "\"true\"", "'~'", "\"\""] {
        let text = &quoted[1..quoted.len() - 1];
        assert_eq!(outcome(quoted, Format::Yaml), format!("1:1 \"{text}\""));
    }
}

#[test]
fn json() {
    check(
        Format::Json,
        &[
            (" null ", "1:2 null"),
            ("\u{feff}[]", "1:1 []"),
            ("{}", "1:1 {}"),
            (
                "{\n\t\"a\": [true,false],\n\t\"é\":\t{\"\":\"\\/\\ud83d\\ude00\\u0000\"}\n}\n",
                "1:1 {a@2:2 2:7 [2:8 true, 2:13 false], é@3:2 3:7 {@3:8 3:11 \"/😀\\u0000\"}}",
            ),
            ("[\"é\",\"\\\\\",\"\\\"\"]", "1:1 [1:2 \"é\", 1:6 \"\\\\\", 1:11 \"\\\"\"]"),
            (
                "[0,-0,12,-9223372036854775808]",
                "1:1 [1:2 0, 1:4 0, 1:7 12, 1:10 -9223372036854775808]",
            ),
            ("[0.5,1E+2,1e-400]", "1:1 [1:2 0.5, 1:6 100.0, 1:11 0.0]"),
            ("[1,\r\n2]", "1:1 [1:2 1, 2:1 2]"),
        ],
    );
}

#[test]
fn toml() {
    check(
        Format::Toml,
        &[
            ("", "1:1 {}"),
            ("\u{feff}b = 1\r\na = 'x'\r\n", "1:1 {b@1:1 1:5 1, a@2:1 2:5 \"x\"}"),
            (
                "a = [1, 0x1F, -2.5, true]\n",
                "1:1 {a@1:1 1:5 [1:6 1, 1:9 31, 1:15 -2.5, 1:21 true]}",
            ),
            (
                "'é' = '''\nü'''\nx = { y.z = 'ä', q = 1 }",
                "1:1 {é@1:1 1:7 \"ü\", x@3:1 3:5 {y@3:7 3:7 {z@3:9 3:13 \"ä\"}, q@3:18 3:22 1}}",
            ),
            (
                "[t.u]\nk = 1\n[[l]]\n[[l]]\nm = 2",
                "1:1 {t@1:2 1:2 {u@1:4 1:1 {k@2:1 2:5 1}}, l@3:3 3:1 [3:1 {}, 4:1 {m@5:1 5:5 2}]}",
            ),
            (
                "a = 2024-01-02T03:04:05Z\nb = 2024-01-02 03:04:05.5\nc = 03:04:05",
                "1:1 {a@1:1 1:5 \"2024-01-02T03:04:05Z\", \
                 b@2:1 2:5 \"2024-01-02T03:04:05.5\", c@3:1 3:5 \"03:04:05\"}",
            ),
        ],
    );
}

#[test]
fn nesting_ends_at_the_limit_in_every_format() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let block = |levels: usize| "- ".repeat(levels);
    // The root table of TOML is a level too.
    let toml = |levels: usize| format!("a = {}", deep(levels - 1));
    let headers = |levels: usize| format!("[{}a]", "a.".repeat(levels - 2));
    let too_deep = |result: Result<_, TreeError>| {
        result.is_err_and(|error| error.message == "lists and maps may nest at most 64 deep")
    };
    for (text, format) in [
        (&deep as &dyn Fn(usize) -> String, Format::Json),
        (&deep, Format::Yaml),
        (&block, Format::Yaml),
        (&toml, Format::Toml),
        (&headers, Format::Toml),
    ] {
        assert_eq!(parse(&text(NESTING_MAX), format).err(), None);
        for levels in [NESTING_MAX + 1, 100, 1000, 100_000] {
            assert!(too_deep(parse(&text(levels), format)), "{format:?} {levels}");
        }
    }
}

fn json_value() -> impl Strategy<Value = Json> {
    let float = any::<f64>().prop_filter("finite", |number| number.is_finite());
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        float.prop_map(Json::from),
        any::<String>().prop_map(Json::from),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Json::from),
            prop::collection::vec((any::<String>(), inner), 0..6)
                .prop_map(|entries| Json::Object(entries.into_iter().collect())),
        ]
    })
}

/// Text that comes near to settings more often than chance would have it.
const NEARLY_SETTINGS: &str = "([ \t\r\n]|[-:,'\"|>?!&*%@`#.=\\\\/{}\\[\\]_]|[a-z019é]|- |: |\
                               \\[a\\]\n|a = |---\n|\"a\": )*";

proptest! {
    #[test]
    fn json_text_keeps_its_value(value in json_value(), pretty: bool) {
        let text = if pretty { format!("{value:#}") } else { value.to_string() };
        let tree = parse(&text, Format::Json).unwrap();
        prop_assert_eq!(tree.to_json(), value);
    }

    /// YAML 1.2 takes JSON, and both readers must agree on every place.
    #[test]
    fn json_text_is_the_same_tree_as_yaml(value in json_value(), pretty: bool) {
        let text = if pretty { format!("{value:#}") } else { value.to_string() };
        let tree = parse(&text, Format::Json).unwrap();
        prop_assert_eq!(parse(&text, Format::Yaml), Ok(tree));
    }

    #[test]
    fn any_text_ends_in_a_tree_or_an_error_inside_it(text in NEARLY_SETTINGS) {
        for format in [Format::Yaml, Format::Toml, Format::Json] {
            if let Err(error) = parse(&text, format) {
                let lines = text.split(['\n', '\r']).count() + 1;
                prop_assert!((1..=lines).contains(&(error.place.line as usize)), "{error}");
                prop_assert!(error.place.column as usize <= text.chars().count() + 1, "{error}");
            }
        }
    }
}
