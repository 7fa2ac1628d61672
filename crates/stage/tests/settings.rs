//! What is said about settings that do not fit, in full.

use serde::Deserialize;
use serde_json::json;
use trailmill_stage::Settings;

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
            "option `mode`: unknown value, expected `fast` or `very-safe`",
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
