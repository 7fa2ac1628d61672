//! The JSON Schema of pipeline files, derived from the plugins.

use crate::load::stages::{ON_FAULT, has_when, on_fault_values};
use crate::load::target::COMPRESSIONS;
use crate::load::tests_section::COLLECTED_AT;
use crate::load::when::WHEN;
use serde_json::{Map, Value, json};
use trailmill_stage::{Build, OptionSpec, StageSpec};

/// The JSON Schema (draft 2020-12) of pipeline files that may name these plugins, for editors.
///
/// It says no more than the loader checks, and the loader checks more: files, names that must
/// differ, what a plugin says of its own options.
pub fn schema(specs: &[&'static StageSpec]) -> Value {
    let (decoders, stages): (Vec<_>, Vec<_>) =
        specs.iter().copied().partition(|spec| matches!(spec.build, Build::Decoder(_)));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A trailmill pipeline",
        "type": "object",
        "properties": {
            "name": text("What the pipeline is called."),
            "description": text("What it is for."),
            "source": source(),
            "stages": {
                "description": "A decoder, and the stages that all outputs share.",
                "type": "array",
                "minItems": 1,
                "prefixItems": [{ "$ref": "#/$defs/decoder" }],
                "items": { "$ref": "#/$defs/stage" },
            },
            "outputs": {
                "description": "Where rows go, each output with stages of its own if it likes.",
                "type": "array",
                "minItems": 1,
                "items": { "$ref": "#/$defs/output" },
            },
            "quarantine": { "$ref": "#/$defs/target" },
            "tests": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/test" } },
        },
        "required": ["stages"],
        "additionalProperties": false,
        "$defs": {
            "decoder": {
                "anyOf": decoders.iter().flat_map(|spec| entries(spec)).collect::<Value>(),
            },
            "stage": { "anyOf": stages.iter().flat_map(|spec| entries(spec)).collect::<Value>() },
            "condition": condition(),
            "output": output(),
            "target": target(),
            "test": test(),
        },
    })
}

fn text(description: &str) -> Value {
    json!({ "description": description, "type": "string", "minLength": 1 })
}

/// An object with these properties, of which `required` must be there, and no others.
fn object(properties: Value, required: &[&str]) -> Value {
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn source() -> Value {
    let patterns = json!({
        "description": "Files, folders and globs.",
        "anyOf": [
            text("One of them."),
            { "type": "array", "minItems": 1, "items": { "type": "string", "minLength": 1 } },
        ],
    });
    json!({
        "description": "Where input comes from.",
        "anyOf": [
            { "const": "stdin" },
            object(json!({ "stdin": { "type": "null" } }), &["stdin"]),
            object(json!({ "files": patterns }), &["files"]),
        ],
    })
}

fn output() -> Value {
    let properties = json!({
        "name": text("What the output is called; its number if left out."),
        WHEN: { "$ref": "#/$defs/condition" },
        "else": {
            "description": "Whether it takes what no output with a `when` took, as the last one.",
            "type": "boolean",
        },
        "stages": {
            "description": "Stages for this output alone.",
            "type": "array",
            "items": { "$ref": "#/$defs/stage" },
        },
        "to": { "$ref": "#/$defs/target" },
    });
    object(properties, &["to"])
}

fn condition() -> Value {
    let description = "Which events it is for: an expression, an EventBridge pattern, or \
                       CloudTrail event selectors.";
    json!({
        "description": description,
        "anyOf": [
            { "type": "string" },
            object(json!({ "pattern": { "type": "object" } }), &["pattern"]),
            object(json!({ "selectors": { "type": ["array", "object"] } }), &["selectors"]),
        ],
    })
}

fn target() -> Value {
    let file = object(
        json!({
            "path": text(
                "The file. In an output, `{NAME}` stands for the member NAME of the finished event."
            ),
            "compression": {
                "description": "How it is packed; by the end of the path if left out.",
                "enum": COMPRESSIONS,
            },
        }),
        &["path"],
    );
    json!({
        "description": "Where lines go.",
        "anyOf": [
            { "const": "stdout" },
            object(json!({ "stdout": { "type": "null" } }), &["stdout"]),
            object(json!({ "file": file }), &["file"]),
        ],
    })
}

fn test() -> Value {
    let out = json!({
        "description": "The file with the rows; a file for each output if there are several.",
        "anyOf": [
            text("The file."),
            { "type": "object", "additionalProperties": { "type": "string", "minLength": 1 } },
        ],
    });
    let collected_at = format!("When the input was collected; {COLLECTED_AT} if left out.");
    let properties = json!({
        "name": text("What the test shows."),
        "in": text("The file to run, relative to the pipeline file."),
        "out": out,
        "quarantine": text("The file with the quarantine lines; none are expected if left out."),
        "collected_at": text(&collected_at),
    });
    object(properties, &["name", "in"])
}

/// How a stage may be written: its name, or a map from its name to its options.
fn entries(spec: &StageSpec) -> Vec<Value> {
    let (mut properties, needed) = options(spec, "");
    let on_fault = json!({
        "description": "What becomes of an event on which the stage is at fault.",
        "enum": on_fault_values(spec),
    });
    properties.insert(ON_FAULT.to_owned(), on_fault);
    if has_when(spec) {
        properties.insert(WHEN.to_owned(), json!({ "$ref": "#/$defs/condition" }));
    }
    let mut options = object(Value::Object(properties), &needed);
    options["description"] = Value::from(spec.summary);
    if needed.is_empty() {
        options["type"] = json!(["object", "null"]);
    }
    let with_options = object(json!({ spec.name: options }), &[spec.name]);
    let alone = json!({ "const": spec.name, "description": spec.summary });
    if needed.is_empty() { vec![alone, with_options] } else { vec![with_options] }
}

/// The options below a path such as `lists.` by their names there, and which of them are needed.
fn options(spec: &StageSpec, path: &str) -> (Map<String, Value>, Vec<&'static str>) {
    let (mut properties, mut needed) = (Map::new(), Vec::new());
    for option in spec.options.iter().filter(|option| option.name != ON_FAULT) {
        let Some(name) = option.name.strip_prefix(path).filter(|name| !name.contains('.')) else {
            continue;
        };
        properties.insert(name.to_owned(), property(spec, option));
        needed.extend(option.default.is_empty().then_some(name));
    }
    (properties, needed)
}

fn property(spec: &StageSpec, option: &OptionSpec) -> Value {
    let description = match option.default {
        "" => option.summary.to_owned(),
        default => format!("{} Default: {default}.", option.summary),
    };
    let (inner, needed) = options(spec, &format!("{}.", option.name));
    let mut property = match (inner.is_empty(), option.kind.starts_with("list")) {
        (true, _) => kind(option.kind),
        (false, true) => {
            json!({ "type": "array", "items": object(Value::Object(inner), &needed) })
        }
        (false, false) => object(Value::Object(inner), &needed),
    };
    property["description"] = Value::from(description);
    property
}

/// What may be written for an option, as far as its kind says so in known words.
fn kind(kind: &str) -> Value {
    if let Some(values) = kind.strip_prefix("one of ") {
        return json!({ "enum": values.split(", ").collect::<Vec<_>>() });
    }
    if let Some(items) = kind.strip_prefix("list of ") {
        return json!({ "type": "array", "items": self::kind(items.trim_end_matches('s')) });
    }
    match kind {
        "byte" | "bytes" | "count" | "integer" => json!({ "type": "integer", "minimum": 0 }),
        "number" => json!({ "type": "number" }),
        "text" | "path" | "name" | "field" => json!({ "type": "string" }),
        "true or false" => json!({ "type": "boolean" }),
        "map" => json!({ "type": "object" }),
        _ => json!({}),
    }
}
