//! The JSON Schema of pipeline files: it takes what the loader takes, and refuses what an editor
//! can know to be wrong.

mod toy;

use serde_json::{Value, json};
use toy::{Files, SPECS};
use trailmill_pipeline::{Format, Pipeline, schema};

/// As much of JSON Schema as these schemas use. Keywords that are not known fail the test.
fn is_valid(root: &Value, schema: &Value, value: &Value) -> bool {
    let sub = |schema: &Value, value: &Value| is_valid(root, schema, value);
    let rules = schema.as_object().expect("a schema is an object");
    rules.iter().all(|(keyword, rule)| match keyword.as_str() {
        "$schema" | "title" | "description" | "$defs" => true,
        "$ref" => {
            let pointer = rule.as_str().expect("text").trim_start_matches('#');
            sub(root.pointer(pointer).expect("a definition"), value)
        }
        "anyOf" => list(rule).iter().any(|schema| sub(schema, value)),
        "const" => value == rule,
        "enum" => list(rule).contains(value),
        "type" => match rule {
            Value::Array(types) => types.iter().any(|name| is_type(name, value)),
            name => is_type(name, value),
        },
        "minLength" => value.as_str().is_none_or(|text| text.len() as u64 >= count(rule)),
        "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= count(rule)),
        "minimum" => value.as_i64().is_none_or(|number| number >= count(rule) as i64),
        "prefixItems" => value.as_array().is_none_or(|items| {
            list(rule).iter().zip(items).all(|(schema, item)| sub(schema, item))
        }),
        "items" => value.as_array().is_none_or(|items| {
            let before = schema.get("prefixItems").map_or(0, |prefix| list(prefix).len());
            items.iter().skip(before).all(|item| sub(rule, item))
        }),
        "required" => value.as_object().is_none_or(|map| {
            list(rule).iter().all(|name| map.contains_key(name.as_str().expect("text")))
        }),
        "properties" => value.as_object().is_none_or(|map| {
            map.iter().all(|(name, value)| rule.get(name).is_none_or(|schema| sub(schema, value)))
        }),
        "additionalProperties" => value.as_object().is_none_or(|map| {
            let known =
                |name: &str| schema.get("properties").is_some_and(|p| p.get(name).is_some());
            let others = map.iter().filter(|(name, _)| !known(name));
            others.into_iter().all(|(_, value)| *rule != json!(false) && sub(rule, value))
        }),
        _ => panic!("the keyword `{keyword}` is not known here"),
    })
}

fn is_type(name: &Value, value: &Value) -> bool {
    match name.as_str().expect("text") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "integer" => value.is_i64() || value.is_u64(),
        name => panic!("the type `{name}` is not known here"),
    }
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("a list")
}

fn count(value: &Value) -> u64 {
    value.as_u64().expect("a count")
}

/// Whether the schema and the loader take a file.
fn verdicts(file: &Value) -> (bool, bool) {
    let schema = schema(SPECS);
    let by_schema = is_valid(&schema, &schema, file);
    let files = Files(&[("t", "")]);
    (by_schema, Pipeline::load(&file.to_string(), Format::Json, SPECS, &files).is_ok())
}

#[test]
fn takes_what_the_loader_takes() {
    for file in [
        json!({ "stages": ["decode-lines"] }),
        json!({ "stages": [{ "decode-lines": null }, "sieve", { "sieve": {} }] }),
        json!({ "stages": [{ "decode-lines": { "lines_max": 2, "on_fault": "drop" } }] }),
        json!({ "stages": ["decode-lines", { "row": { "name": "r", "style": "bad" } }] }),
        json!({ "stages": ["decode-lines", { "sieve": { "limits": { "max": 3 }, "table": "t" } }] }),
        json!({
            "name": "n",
            "description": "d",
            "source": "stdin",
            "stages": ["decode-lines", { "sieve": { "on_fault": "mark" } }],
            "outputs": [
                { "name": "a", "stages": ["sieve"], "to": "stdout" },
                { "to": { "file": { "path": "a/{n}", "compression": "zstd" } } },
            ],
            "quarantine": { "file": { "path": "q" } },
            "tests": [
                { "name": "x", "in": "i", "out": { "a": "o" }, "collected_at": "now" },
                { "name": "y", "in": "i", "quarantine": "q" },
            ],
        }),
        json!({ "source": { "files": "in" }, "stages": ["decode-lines"] }),
        json!({
            "stages": ["decode-lines", { "sieve": { "when": "n == 1" } }],
            "outputs": [
                { "when": { "pattern": { "n": [1] } }, "to": { "file": { "path": "a" } } },
                { "to": { "file": { "path": "b" } }, "else": false },
                { "else": true, "to": "stdout" },
            ],
        }),
        json!({ "source": { "files": ["a", "b"] }, "stages": ["decode-lines"] }),
        json!({ "source": { "stdin": null }, "stages": ["decode-lines"] }),
        json!({ "stages": ["decode-lines"], "outputs": [{ "to": { "stdout": null } }] }),
    ] {
        assert_eq!(verdicts(&file), (true, true), "{file}");
    }
}

#[test]
fn refuses_what_the_loader_refuses() {
    for file in [
        json!([]),
        json!({}),
        json!({ "stages": [] }),
        json!({ "stages": ["sieve"] }),
        json!({ "stages": ["decode-lines", "decode-lines"] }),
        json!({ "stages": ["decode-lines", "seive"] }),
        json!({ "stages": ["decode-lines", "row"] }),
        json!({ "stages": ["decode-lines", { "row": null }] }),
        json!({ "stages": ["decode-lines", { "row": { "style": "good" } }] }),
        json!({ "stages": ["decode-lines", { "row": { "name": "r", "style": "none" } }] }),
        json!({ "stages": ["decode-lines", { "row": { "name": "r", "on_fault": "mark" } }] }),
        json!({ "stages": ["decode-lines", { "sieve": { "filtre": 3 } }] }),
        json!({ "stages": ["decode-lines", { "sieve": {}, "row": { "name": "r" } }] }),
        json!({ "stages": [{ "decode-lines": { "on_fault": "mark" } }] }),
        json!({ "stages": [{ "decode-lines": { "lines_max": -1 } }] }),
        json!({ "stages": ["decode-lines"], "output": [] }),
        json!({ "stages": ["decode-lines"], "outputs": [] }),
        json!({ "stages": ["decode-lines"], "outputs": [{ "stages": [] }] }),
        json!({ "stages": ["decode-lines"], "outputs": [{ "to": "stdin" }] }),
        json!({ "stages": ["decode-lines"], "outputs": [{ "to": { "file": "a" } }] }),
        json!({ "stages": ["decode-lines"], "quarantine": { "file": {} } }),
        json!({ "stages": ["decode-lines"], "tests": [{ "in": "i", "out": "o" }] }),
        json!({ "stages": ["decode-lines"], "source": { "files": [] } }),
        json!({ "stages": ["decode-lines"], "source": "files" }),
        json!({ "stages": [{ "decode-lines": { "when": "n == 1" } }] }),
        json!({ "stages": ["decode-lines", { "sieve": { "when": true } }] }),
        json!({ "stages": ["decode-lines"], "outputs": [{ "to": "stdout", "else": "yes" }] }),
    ] {
        assert_eq!(verdicts(&file), (false, false), "{file}");
    }
}

#[test]
fn says_what_the_plugins_say() {
    let schema = schema(SPECS);
    let row = &schema["$defs"]["stage"]["anyOf"][2]["properties"]["row"];
    assert_eq!(row["description"], "Makes a row.");
    assert_eq!(
        row["properties"]["style"],
        json!({ "enum": ["good", "bad", "even"], "description": "An option. Default: good." })
    );
    assert_eq!(row["properties"]["on_fault"]["enum"], json!(["quarantine", "drop"]));
}
