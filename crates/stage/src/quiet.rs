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
/// a value can hold any text, but not behind itself. Names of unknown options are kept, since they
/// are what the user has to look for. A message that a type makes up itself is kept too, and has to
/// care for itself.
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

#[cfg(test)]
mod tests {
    use crate::Settings;
    use serde::Deserialize;
    use serde_json::json;

    #[derive(Debug, Default, Deserialize)]
    #[serde(deny_unknown_fields, default)]
    struct Options {
        count: u8,
        text: String,
        list: Vec<bool>,
        mode: Mode,
        pair: (u8, u8),
        letter: char,
    }

    #[derive(Debug, Default, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Mode {
        #[default]
        Fast,
        VerySafe,
    }

    #[test]
    fn no_value_is_repeated() {
        let said = |options: serde_json::Value| {
            let read = Settings::new(options.clone()).read::<Options>();
            read.expect_err(&options.to_string()).to_string()
        };
        for (options, message) in [
            (json!({"count": "hunter2"}), "option `count`: invalid type: string, expected u8"),
            (
                json!({"count": "a, expected \"b\", expected `c`"}),
                "option `count`: invalid type: string, expected u8",
            ),
            (json!({"count": 4711}), "option `count`: invalid value: integer, expected u8"),
            (json!({"count": -4711}), "option `count`: invalid value: integer, expected u8"),
            (json!({"count": 47.11}), "option `count`: invalid type: floating point, expected u8"),
            (json!({"count": null}), "option `count`: invalid type: null, expected u8"),
            (json!({"text": 4711}), "option `text`: invalid type: integer, expected a string"),
            (json!({"text": {"a": 1}}), "option `text`: invalid type: map, expected a string"),
            (
                json!({"list": [true, "hunter2"]}),
                "option `list[1]`: invalid type: string, expected a boolean",
            ),
            (json!({"list": true}), "option `list`: invalid type: boolean, expected a sequence"),
            (
                json!({"mode": "hunter2`, expected `x"}),
                "option `mode`: unknown value, expected `fast` or `very-safe`",
            ),
            (
                json!({"mode": {"hunter2": 1}}),
                "option `mode.hunter2`: unknown value, expected `fast` or `very-safe`",
            ),
            (
                json!({"letter": "hunter2"}),
                "option `letter`: invalid value: string, expected a character",
            ),
            (json!({"pair": [1]}), "option `pair`: invalid length 1, expected a tuple of size 2"),
            (
                json!({"cuont": "hunter2"}),
                "option `cuont`: unknown field `cuont`, expected one of `count`, `text`, `list`, \
                 `mode`, `pair`, `letter`",
            ),
            (json!("hunter2"), "invalid type: string, expected struct Options"),
        ] {
            assert_eq!(said(options), message);
        }
    }
}
