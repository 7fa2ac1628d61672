//! Tests of path templates.

use super::PathTemplate;
use proptest::prelude::*;
use trailmill_event::json::quote_into;
use trailmill_event::{Batch, Path, Put, Source};

/// The path below the root that a template gives for an event.
fn rendered(template: &str, event: &str) -> String {
    let template = PathTemplate::new(template).expect(template);
    let mut batch = Batch::new();
    batch.load_lines(event.as_bytes(), Source::default()).expect("an event");
    let mut path = "what was there".to_owned();
    template.render(&batch.event(0), &mut path);
    path
}

#[test]
fn knows_root_and_fields() {
    for (text, root, fields) in [
        ("out/{DATE}.ndjson", "out", &["DATE"][..]),
        ("a/b-{X}/{Y}{Z}.gz", "a", &["X", "Y", "Z"]),
        ("/var/log/{X}", "/var/log", &["X"]),
        ("../out/{X}", "../out", &["X"]),
        ("./{X}", ".", &["X"]),
        ("snare-{X}", ".", &["X"]),
        ("/snare-{X}", "/", &["X"]),
        ("out/snare.ndjson", "out", &[]),
        ("../a/../snare.ndjson", "../a/..", &[]),
        ("snare.ndjson", ".", &[]),
        ("/snare.ndjson", "/", &[]),
    ] {
        let template = PathTemplate::new(text).expect(text);
        assert_eq!(template.root(), root, "{text}");
        assert_eq!(template.fields().collect::<Vec<_>>(), fields, "{text}");
        assert_eq!(template.has_fields(), !fields.is_empty(), "{text}");
        assert_eq!(template.text(), text);
    }
}

#[test]
fn refuses_what_it_can_not_confine() {
    let begins = "a path can not begin with a field; put a folder before it, as in `out/{DATE}`";
    let long = "a name in the path may become longer than 200 bytes; a field counts as 64";
    for (text, message) in [
        ("", "the path is empty"),
        ("a\0b", "the path holds a control character"),
        ("{X}", begins),
        ("{X}/a", begins),
        ("/{X}/a", begins),
        ("out/{X}/../a", "`..` can not stand here in the path"),
        ("out/{X}/./a", "`.` can not stand here in the path"),
        ("out/..", "`..` can not stand here in the path"),
        ("out/{X}//a", "a folder of the path has no name"),
        ("out/{X}/", "the path names a folder, not a file"),
        ("out/", "the path names a folder, not a file"),
        ("out/{X", "`{` without a `}` behind it"),
        ("out/{X{Y}}", "`{` without a `}` behind it"),
        ("out/X}", "`}` without a `{` before it"),
        ("out/{}", "between `{` and `}` stands the name of a member"),
        ("out/{a/b}", "between `{` and `}` stands the name of a member"),
        ("out/{A}{B}{C}{D}", long),
        ("out/{A}-{B}-{C}-1234567", long),
    ] {
        assert_eq!(PathTemplate::new(text), Err(message.to_owned()), "{text}");
    }
    assert!(PathTemplate::new("out/{A}-{B}-{C}-12345").is_ok());
}

#[test]
fn fills_in_values() {
    let long = format!(r#"{{"X":"{}"}}"#, "x".repeat(70));
    for (template, event, path) in [
        ("out/{X}.json", r#"{"X":"2023-03-30"}"#, "2023-03-30.json"),
        ("out/{X}/{Y}.json", r#"{"X":12.50,"Y":true}"#, "12.50/true.json"),
        ("out/a.json", r#"{"X":1}"#, "a.json"),
        ("out/{X}", r#"{"X":"../../etc/passwd"}"#, ".._.._etc_passwd"),
        ("out/{X}", r#"{"X":".."}"#, "_"),
        ("out/.{X}", r#"{"X":"."}"#, "._"),
        ("out/{X}{Y}", r#"{"X":".","Y":"."}"#, "__"),
        ("out/{X}", r#"{"X":""}"#, "_"),
        ("out/{X}", r#"{"X":null}"#, "_"),
        ("out/{X}", r#"{"X":["a"]}"#, "_"),
        ("out/{X}", r#"{"Y":"a"}"#, "_"),
        ("out/{X}", r#"{"X":"a\/b\\c\u0000d\u00e9"}"#, "a_b_c_d_"),
        ("out/{X}", r#"{"X":"a=b@c+d-e_f.g"}"#, "a=b@c+d-e_f.g"),
        ("out/{a b}", r#"{"a b":"x"}"#, "x"),
        ("out/{X}", &long, &"x".repeat(64)),
    ] {
        assert_eq!(rendered(template, event), path, "{template} {event}");
    }
}

#[test]
fn sees_what_stages_have_set() {
    let template = PathTemplate::new("out/{X}-{Y}").expect("a template");
    let mut batch = Batch::new();
    batch.load_lines(br#"{"X":"a"}"#, Source::default()).expect("an event");
    let mut event = batch.event(0);
    event.set(&Path::member("X"), Put::Integer(7)).expect("set");
    event.set(&Path::member("Y"), Put::Text("/")).expect("set");
    let mut path = String::new();
    template.render(&event, &mut path);
    assert_eq!(path, "7-_");
}

proptest! {
    /// Whatever the values, the path has the folders of its template, none of which is special.
    #[test]
    fn never_leaves_its_root(x in ".{0,80}", y in "[./\\\\\u{0}]{0,6}") {
        let mut event = br#"{"X":"#.to_vec();
        quote_into(&x, &mut event);
        event.extend_from_slice(br#","Y":"#);
        quote_into(&y, &mut event);
        event.push(b'}');
        let event = String::from_utf8(event).expect("text");
        let path = rendered("out/{X}/{Y}{X}/.{Y}", &event);
        let names: Vec<_> = path.split('/').collect();
        prop_assert_eq!(names.len(), 3);
        for name in names {
            prop_assert!(!name.is_empty() && name != "." && name != "..");
            prop_assert!(name.len() <= 200);
            prop_assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "._=@+-".contains(c)));
        }
    }
}
