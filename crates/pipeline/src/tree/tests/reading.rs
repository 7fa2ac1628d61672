//! Getters, paths, formats and option names.

use super::super::{Format, Node, Place, Step, check_keys, locate, nearest, parse};
use std::path::Path;

fn yaml(text: &str) -> Node {
    parse(text, Format::Yaml).unwrap()
}

fn message<T>(result: Result<T, super::super::TreeError>) -> String {
    result.err().map(|error| error.to_string()).unwrap_or_default()
}

#[test]
fn formats_go_by_extension() {
    let of = |path: &str| Format::of_path(Path::new(path));
    assert_eq!(of("a/b.toml"), Format::Toml);
    assert_eq!(of("b.x.JSON"), Format::Json);
    for path in ["a.yaml", "a.yml", "a.conf", "toml", "-", ""] {
        assert_eq!(of(path), Format::Yaml, "{path}");
    }
}

#[test]
fn getters_take_their_type() {
    let list = yaml("[x, true, -7, 7, 2.5, [], {}]");
    let items = list.as_list().unwrap();
    assert_eq!(items[0].as_str(), Ok("x"));
    assert_eq!(items[1].as_bool(), Ok(true));
    assert_eq!(items[2].as_i64(), Ok(-7));
    assert_eq!(items[3].as_u64(), Ok(7));
    assert_eq!(items[3].as_f64(), Ok(7.0));
    assert_eq!(items[4].as_f64(), Ok(2.5));
    assert_eq!(items[5].as_list().map(<[_]>::len), Ok(0));
    assert_eq!(items[6].as_map().map(<[_]>::len), Ok(0));
}

#[test]
fn getters_say_what_they_found() {
    let node = yaml("a:\n  - [1]\n  - 123456789012\n  - -1\n  - 1.0\n  - x\n  - {}\n  -\n  - on\n");
    let items = node.get("a").unwrap().as_list().unwrap();
    for (found, expected) in [
        (message(items[0].as_str()), "2:5: expected a string, found a list"),
        (message(items[1].as_str()), "3:5: expected a string, found a whole number; quote it"),
        (
            message(items[2].as_u64()),
            "4:5: expected a whole number from 0 up, found a negative one",
        ),
        (message(items[3].as_i64()), "5:5: expected a whole number, found a decimal number"),
        (message(items[4].as_f64()), "6:5: expected a number, found a string"),
        (message(items[5].as_list()), "7:5: expected a list, found a map"),
        (message(items[6].as_map()), "8:4: expected a map, found nothing"),
        (message(items[6].as_str()), "8:4: expected a string, found nothing"),
        (message(items[7].as_bool()), "9:5: expected true or false, found a string"),
    ] {
        assert_eq!(found, expected);
    }
}

#[test]
fn paths_lead_to_the_deepest_node_there_is() {
    use Step::{Index, Key};
    let root = yaml("a:\n  - b: 1\n    c: {d: 2}\n  - e\n");
    for (path, line, column) in [
        (&[][..], 1, 1),
        (&[Key("a")], 2, 3),
        (&[Key("a"), Index(0), Key("c"), Key("d")], 3, 12),
        (&[Key("a"), Index(0), Key("c"), Key("x"), Key("y")], 3, 8),
        (&[Key("a"), Index(1)], 4, 5),
        (&[Key("a"), Index(2)], 2, 3),
        (&[Key("a"), Key("b")], 2, 3),
        (&[Index(0)], 1, 1),
    ] {
        assert_eq!(locate(&root, path), Place { line, column }, "{path:?}");
    }
}

#[test]
fn nearest_takes_small_slips_only() {
    let options = ["schema", "on_fault", "record_bytes_max", "preset", "to"];
    for (name, expected) in [
        ("schmea", Some("schema")),
        ("Schema", Some("schema")),
        ("shema", Some("schema")),
        ("on-fault", Some("on_fault")),
        ("ON_FAUTL", Some("on_fault")),
        ("record_byte_max", Some("record_bytes_max")),
        ("presets", Some("preset")),
        ("too", Some("to")),
        ("TO", Some("to")),
        ("at", None),
        ("x", None),
        ("", None),
        ("quarantine", None),
    ] {
        assert_eq!(nearest(name, options.into_iter()), expected, "{name}");
    }
    assert_eq!(nearest("cat", ["bat", "cap"].into_iter()), Some("bat"));
    assert_eq!(nearest("x", std::iter::empty()), None);
}

#[test]
fn unknown_options_are_named_with_the_nearest() {
    let settings = yaml("flatten:\n  into: x\n  schmea: snare\n  zzz: 1\n");
    let settings = settings.get("flatten").unwrap();
    let what = "stage `flatten`";
    assert_eq!(check_keys(settings, what, &["schmea", "into", "zzz"]), Ok(()));
    for (allowed, expected) in [
        (
            &["schema", "into", "zzz"][..],
            "3:3: unknown option `schmea` of stage `flatten`; did you mean `schema`? \
             (options: schema, into, zzz)",
        ),
        (
            &["schmea", "into"],
            "4:3: unknown option `zzz` of stage `flatten` (options: schmea, into)",
        ),
        (&[], "2:3: unknown option `into` of stage `flatten` (it has no options)"),
    ] {
        assert_eq!(message(check_keys(settings, what, allowed)), expected);
    }
    let found = message(check_keys(&yaml("[a]"), what, &["a"]));
    assert_eq!(found, "1:1: expected a map, found a list");
}

#[test]
fn keys_in_messages_stay_on_one_short_line() {
    let long = "é".repeat(70);
    let settings = yaml(&format!("\"a\\n\\e[1m\": 1\n{long}: 2\n"));
    let found = message(check_keys(&settings, "this", &[&long]));
    assert_eq!(
        found,
        format!("1:1: unknown option `a\u{fffd}\u{fffd}[1m` of this (options: {long})")
    );
    let found = message(parse(&format!("{long}: 1\n{long}: 2\n"), Format::Yaml));
    let shown = "é".repeat(60);
    assert_eq!(found, format!("2:1: `{shown}…` is set twice, in line 1 and in line 2"));
}
