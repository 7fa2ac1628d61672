//! One case for each bug that was found: a text in `regressions/`, and what is right for it.

mod support;

use std::collections::BTreeSet;
use std::path::Path;
use support::{paths, verdict};
use trailmill_json::{Error, ErrorKind, Index};

/// A case: the file, its verdict, and the raw text of the value that it begins with.
type Case = (&'static str, Result<(), (ErrorKind, usize)>, Option<&'static str>);

const CASES: &[Case] = &[
    // Was accepted: a string that does not end leaves no token.
    ("open-string-behind-document", Err((ErrorKind::Trailing, 3)), Some("{}")),
    // The raw text of the string went on to the end of the text.
    ("string-before-stop", Err((ErrorKind::Escape, 6)), Some("\"abc\"")),
    // The number was refused for what comes behind it.
    ("number-before-open-string", Err((ErrorKind::Trailing, 3)), Some("12")),
    // A NUL was taken for the end of the tokens, and so for something that more text could save.
    ("nul-outside-string", Err((ErrorKind::Control, 3)), None),
    // More text could save these, which were malformed.
    ("cut-word", Err((ErrorKind::Incomplete, 8)), None),
    ("cut-number", Err((ErrorKind::Incomplete, 4)), None),
    // `get` compared the text that it was asked for with the raw one.
    ("key-with-backslash", Ok(()), Some(r#"{"a\\b":1}"#)),
];

#[test]
fn each_case_is_right_on_every_path() {
    for (name, expected, value) in CASES {
        let text = std::fs::read(folder().join(name).with_extension("json")).unwrap();
        let expected = expected.map_err(|(kind, offset)| Error { kind, offset });
        for isa in paths() {
            assert_eq!(verdict(isa, &text), expected, "{name} with {isa:?}");
            let mut index = Index::with_isa(isa);
            index.scan(&text);
            let found = index.validate(&text, 0).ok();
            let raw = found.map(|_| index.document(&text).value(0).raw());
            assert_eq!(raw, value.map(str::as_bytes), "{name} with {isa:?}");
        }
    }
}

#[test]
fn each_file_is_a_case() {
    let files: BTreeSet<_> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let cases: BTreeSet<_> = CASES.iter().map(|(name, ..)| (*name).to_owned()).collect();
    assert_eq!(files, cases);
}

#[test]
fn a_key_is_found_by_what_it_means() {
    let mut index = Index::new();
    let root = index.parse(br#"{"a\\b":1}"#).unwrap();
    assert_eq!(root.get(r"a\b").unwrap().raw(), b"1");
    assert!(root.get(r"a\\b").is_none());
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/regressions"))
}
