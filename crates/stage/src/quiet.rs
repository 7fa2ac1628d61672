//! Messages about settings without the values in them: one may be a key that was meant for
//! another option.

/// What serde calls the kinds of values that it finds.
const KINDS: &[&str] = &[
    "boolean",
    "integer",
    "floating point",
    "character",
    "string",
    "byte array",
    "unit value",
    "null",
    "map",
    "sequence",
    "Option value",
];

/// A message of serde without the value that it repeats.
///
/// What was expected is the type's own text and comes last, so that it is looked for from the end:
/// a value can hold any text, but not behind itself. Names of unknown options are kept, as the user
/// has to look for them, and so are messages that a type makes up itself.
pub(crate) fn without_value(message: String) -> String {
    for what in ["invalid type", "invalid value"] {
        if let Some(found) = message.strip_prefix(what).and_then(|rest| rest.strip_prefix(": ")) {
            let expected = expected(found);
            let kind = KINDS.iter().find(|kind| found.starts_with(**kind));
            let kind = kind.map_or_else(String::new, |kind| format!(": {kind}"));
            return format!("{what}{kind}{expected}");
        }
    }
    match message.strip_prefix("unknown variant ") {
        Some(found) => format!("unknown value{}", expected(found)),
        None => message,
    }
}

/// The part of a message that says what was expected, with the comma before it.
fn expected(found: &str) -> &str {
    found.rfind(", expected ").map_or("", |at| &found[at..])
}
