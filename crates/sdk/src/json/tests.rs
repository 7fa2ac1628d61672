//! The grammar by somebody else's judgment, and members and strings by example.

use super::*;
use crate::Record;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde::de::IgnoredAny;
use serde_json::Value;

/// Whether `serde_json` takes a text for an object, whatever its numbers and its depth.
fn expected(text: &str) -> bool {
    let value: Result<IgnoredAny, _> = serde_json::from_str(text);
    value.is_ok() && text.trim_start_matches([' ', '\n', '\r', '\t']).starts_with('{')
}

#[test]
fn the_grammar_is_that_of_the_rfc() {
    for good in [
        "{}",
        " {\n}\t\r",
        r#"{"a":1e400,"b":-0.1E+7,"c":[],"d":[{}],"e":"\u00e9\ud800\n","a":null}"#,
        r#"{"":[true,false,null,[1,2],{"x":{}}]}"#,
        "{\"a\":\"\u{7f}\u{2028}\u{10ffff}12345678\"}",
    ] {
        assert!(is_object(good), "{good}");
        assert_eq!(Record::of(good).map(|record| record.text()), Some(good.trim()));
    }
    for bad in [
        "",
        " ",
        "[]",
        "1",
        "null",
        "{",
        "}",
        "{}}",
        "{}{}",
        "{} x",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{\"a\":1,}",
        "{,}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":[1,]}",
        "{\"a\":[1}",
        "{\"a\":{]}}",
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":.1}",
        "{\"a\":-}",
        "{\"a\":1e}",
        "{\"a\":+1}",
        "{\"a\":tru}",
        "{\"a\":nulls}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\u12",
        "{\"a\":\"\n\"}",
        "{\"a\":\"1234567\u{0}\"}",
        "{\"a\":\"",
        "{\u{0}}",
        "\u{feff}{}",
        "{\u{a0}}",
        "{\"a\":\"\\",
        "{1:2}",
        "{\"a\":1\u{b}}",
        "\u{c}{}",
        "{}\u{c}",
    ] {
        assert!(!is_object(bad), "{bad}");
        assert!(Record::of(bad).is_none(), "{bad}");
        assert!(!expected(bad), "{bad}");
    }
}

#[test]
fn nesting_ends_where_that_of_others_does() {
    for (depth, fine) in [(1, true), (126, true), (127, true), (128, false), (100_000, false)] {
        let lists = format!("{{\"a\":{}{}}}", "[".repeat(depth - 1), "]".repeat(depth - 1));
        let objects = format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
        let lists = lists.replace(":}", ":1}");
        assert_eq!(is_object(&lists), fine, "{depth}");
        assert_eq!(Record::of(&lists).is_some(), fine, "{depth}");
        assert_eq!(Record::of(&objects).is_some(), fine, "{depth}");
        assert_eq!(is_object(&objects), fine, "{depth}");
        assert_eq!(serde_json::from_str::<Value>(&objects).is_ok(), fine, "{depth}");
    }
}

/// Objects with bytes removed, doubled and replaced are judged as `serde_json` does it, and their
/// members are found as it finds them.
#[test]
fn spoiled_objects_are_judged_as_others_do() {
    const GOOD: &str = r#"{"eventName":"Put\u0041\ud83d\ude00","list":[1,-2.5e3,true,null,{"a":"é\\\"\n"}],"n":{"x":{},"y":[]},"eventName":"last"}"#;
    let spoil = (0..GOOD.len(), prop::sample::select(b"{}[]\",:\\01e-. utn\x1f".to_vec()), 0..3);
    let mut runner =
        TestRunner::new(Config { cases: 20_000, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&prop::collection::vec(spoil, 0..4), |spoils| {
        let mut text = GOOD.as_bytes().to_vec();
        for (place, byte, way) in spoils {
            let place = place.min(text.len() - 1);
            text.splice(place..place + usize::from(way != 1), (way != 2).then_some(byte));
        }
        let text = String::from_utf8_lossy(&text);
        prop_assert_eq!(is_object(&text), expected(&text), "{}", text);
        let record = Record::of(&text);
        prop_assert_eq!(record.is_some(), expected(&text), "{}", text);
        let Ok(Value::Object(object)) = serde_json::from_str(&text) else { return Ok(()) };
        for name in ["eventName", "list", "n", "none"] {
            let value = member(&text, name).map(|value| serde_json::from_str(value).unwrap());
            prop_assert_eq!(value.as_ref(), object.get(name));
            let value = record.as_ref().and_then(|record| record.get(name));
            prop_assert_eq!(value, member(&text, name));
        }
        let name = member(&text, "eventName").and_then(string);
        prop_assert_eq!(name.as_deref(), object.get("eventName").and_then(Value::as_str));
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

/// What is compared with a record that is known is judged as what is looked at as a whole.
#[test]
fn what_a_record_begins_is_judged_as_others_do() {
    const RECORDS: [&str; 6] = [
        "{}",
        "{ }",
        r#"{"a":[1,{"b":"}"}]}"#,
        r#"{"a":1 }"#,
        r#"{"a":{}}"#,
        r#"{"12345678":"é"}"#,
    ];
    const ENDS: [&str; 14] = [
        "}",
        "",
        "}}",
        r#","x":1}"#,
        r#""x":1}"#,
        ",}",
        r#","x":[{"y":"z"}]} "#,
        r#","x":[}"#,
        "]",
        "1}",
        r#"","b":2}"#,
        "}{}",
        r#"x":1}"#,
        ",1}",
    ];
    for record in RECORDS {
        for end in ENDS {
            for cut in 0..3 {
                let begin = record.get(..record.len().saturating_sub(cut)).unwrap_or_default();
                let text = format!("{begin}{end}");
                assert_eq!(
                    is_object_like(record, &text, &mut Checks::new(DEPTH_MAX)),
                    is_object(&text),
                    "{record} {text}"
                );
            }
        }
    }
    let deep = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    for (depth, fine) in [(126, true), (127, false)] {
        let text = format!(r#"{{"a":1,"b":{}}}"#, deep(depth));
        assert_eq!(
            is_object_like("{\"a\":1}", &text, &mut Checks::new(DEPTH_MAX)),
            fine,
            "{depth}"
        );
    }
}

#[test]
fn names_are_compared_with_their_escapes_undone() {
    let object = r#"{ "a\u0062" : [1] , "c":{"ab":2} }"#;
    assert_eq!(member(object, "ab"), Some("[1]"));
    assert_eq!(member(object, "b"), None);
    let record = Record::of(object).expect("a record");
    assert_eq!(
        (record.get("ab"), record.get("b"), record.get("a\\u0062")),
        (Some("[1]"), None, None)
    );
    assert_eq!(member(member(object, "c").unwrap(), "ab"), Some("2"));
    assert_eq!(member("[1]", "0"), None);
    assert_eq!(member("", "a"), None);
}

#[test]
fn strings_are_read_and_written() {
    for (value, text) in [
        (r#""""#, ""),
        (r#""a\"\\\/\b\f\n\r\tz""#, "a\"\\/\u{8}\u{c}\n\r\tz"),
        (r#""\u00e9\ud83d\ude00é""#, "é😀é"),
        (r#""\ud83dx\ude00""#, "\u{fffd}x\u{fffd}"),
        (r#""\ud83d\u0041""#, "\u{fffd}A"),
    ] {
        assert_eq!(string(value).as_deref(), Some(text));
        let mut quoted = String::new();
        quote(text, &mut quoted);
        assert_eq!(serde_json::from_str::<String>(&quoted).unwrap(), text);
    }
    let all: String = (0..0x100).filter_map(char::from_u32).collect();
    let mut quoted = String::new();
    quote(&all, &mut quoted);
    assert_eq!(serde_json::from_str::<String>(&quoted).unwrap(), all);
    assert_eq!(string(&quoted).as_deref(), Some(&*all));
    for other in ["1", "null", "{}", "", "\""] {
        assert_eq!(string(other), None, "{other}");
    }
    // What is no JSON has an answer as well.
    for odd in [r#""\""#, r#""\u12""#, r#""\u12é4""#, r#""\é""#, r#""\ud800\u""#] {
        assert!(string(odd).is_some(), "{odd}");
    }
}

#[test]
fn a_member_is_added_at_the_end() {
    for (object, expected) in [
        ("{}", r#"{"n":[1]}"#),
        (" { } ", r#"{"n":[1]}"#),
        ("{ \"}\" : \"}\" }\n", r#"{ "}" : "}","n":[1]}"#),
        ("no object", r#"{"n":[1]}"#),
        ("}", r#"{"n":[1]}"#),
    ] {
        let mut out = String::new();
        with_member(object, "n", "[1]", &mut out);
        assert_eq!(out, expected);
    }
}
