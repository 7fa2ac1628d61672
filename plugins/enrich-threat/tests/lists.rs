//! Whatever stands in the file of a list, it is read or refused with a message; nothing panics.

mod support;

use proptest::prelude::*;
use support::stage;

/// Settings for each format and type.
const SETTINGS: &[&str] = &[
    r#"{"lists": [{"name": "a", "type": "address", "file": "f"}]}"#,
    r#"{"lists": [{"name": "a", "type": "domain", "file": "f"}]}"#,
    r#"{"lists": [{"name": "a", "type": "access-key", "file": "f"}]}"#,
    r#"{"lists": [{"name": "a", "type": "user-agent", "file": "f"}]}"#,
    r#"{"lists": [{"name": "a", "type": "domain", "format": "csv", "column": "b",
        "label_column": "c", "file": "f"}]}"#,
    r#"{"lists": [{"name": "a", "format": "stix", "file": "f"}]}"#,
    r#"{"lists": [{"name": "a", "format": "stix", "unsupported": "skip", "file": "f"}]}"#,
];

/// Pieces of lists, so that what comes of them is near to one.
const PIECES: &[&str] = &[
    "",
    "\n",
    "\r\n",
    "\r",
    ",",
    "\"",
    "\"\"",
    "#",
    ";",
    " ",
    "a",
    "b,c\n",
    "é",
    "\u{feff}",
    "\\",
    "192.0.2.1",
    "/24",
    "::",
    "a.example",
    "*.",
    "AKIAIOSFODNN7EXAMPLE",
    "[",
    "]",
    "{",
    "}",
    ":",
    "{\"type\":\"bundle\",\"objects\":[",
    "{\"type\":\"indicator\",\"pattern\":\"",
    "\"}",
    "]}",
    "[ipv4-addr:value = '",
    "']",
    "' OR ",
    "\\\\'",
    "null",
    "1",
];

fn content() -> impl Strategy<Value = Vec<u8>> {
    let pieces = proptest::collection::vec(proptest::sample::select(PIECES), 0..24);
    prop_oneof![
        4 => pieces.prop_map(|pieces| pieces.concat().into_bytes()),
        1 => proptest::collection::vec(any::<u8>(), 0..64),
    ]
}

proptest! {
    #[test]
    fn any_list_is_read_or_refused(content in content(), number in 0..SETTINGS.len()) {
        let header: &[u8] = if SETTINGS[number].contains("csv") { b"b,c\n" } else { b"" };
        let content = [header, &content].concat();
        if let Err(error) = stage(SETTINGS[number], |_| content.clone()) {
            prop_assert_eq!(&error.option, "lists[0].file");
            prop_assert!(error.message.starts_with('f'), "{}", error.message);
        }
    }
}

#[test]
fn a_return_alone_ends_no_row() {
    // The byte behind the return was skipped as if it were a line feed.
    let error = stage(SETTINGS[4], |_| "b,c\n\"a.example\"\ré".into()).map(drop).unwrap_err();
    let message = "f, line 2: text follows a closing quote; write quotes inside of quotes twice";
    assert_eq!(error.message, message);
    assert!(stage(SETTINGS[4], |_| "b,c\n\"a.example\"\r".into()).is_ok());
}
