//! Compiles the objects of a pattern.

use super::operators::{self, test};
use super::{Field, Fields, Object, Want};
use crate::ConditionError;
use crate::value::Names;
use serde_json::{Map, Value};

/// How deep a pattern may be nested; compiling and asking recurse that far.
const DEPTH_MAX: usize = 64;

/// Compiles a pattern as a whole.
pub(super) fn pattern(pattern: &Value) -> Result<Object, ConditionError> {
    let Value::Object(map) = pattern else {
        return Err(ConditionError::new("", "a pattern is a map"));
    };
    object(map, 0)
}

fn object(map: &Map<String, Value>, depth: usize) -> Result<Object, ConditionError> {
    let mut names = Names::default();
    let fields = fields(map, &mut names, depth)?;
    Ok(Object { names, fields })
}

fn fields(
    map: &Map<String, Value>,
    names: &mut Names,
    depth: usize,
) -> Result<Fields, ConditionError> {
    if depth > DEPTH_MAX {
        return Err(ConditionError::new("", "nested more than 64 deep"));
    }
    if map.is_empty() {
        return Err(ConditionError::new("", "an empty map matches nothing in particular"));
    }
    let mut fields = Fields::default();
    for (name, value) in map {
        match value {
            Value::Array(alternatives) if name == "$or" && is_or(alternatives) => {
                fields.or.push(or(alternatives, names, depth).map_err(|error| error.inside(name))?);
            }
            _ => {
                let want = want(value, depth).map_err(|error| error.inside(name))?;
                fields.fields.push(Field { slot: names.slot(name), want });
            }
        }
    }
    Ok(fields)
}

/// Whether what stands under `$or` are alternatives. Where they are none, EventBridge takes `$or`
/// for the name of a member, and so is it here.
fn is_or(alternatives: &[Value]) -> bool {
    let is_pattern = |alternative: &Value| match alternative {
        Value::Object(map) => !map.keys().any(|name| operators::is_reserved(name)),
        _ => false,
    };
    alternatives.len() >= 2 && alternatives.iter().all(is_pattern)
}

fn or(
    alternatives: &[Value],
    names: &mut Names,
    depth: usize,
) -> Result<Vec<Fields>, ConditionError> {
    let compiled = alternatives.iter().enumerate().map(|(position, alternative)| {
        let Value::Object(map) = alternative else {
            return Err(ConditionError::new(&format!("[{position}]"), "a pattern is a map"));
        };
        fields(map, names, depth + 1).map_err(|error| error.inside(&format!("[{position}]")))
    });
    compiled.collect()
}

fn want(value: &Value, depth: usize) -> Result<Want, ConditionError> {
    match value {
        Value::Object(map) => object(map, depth + 1).map(|object| Want::Object(Box::new(object))),
        Value::Array(values) if values.is_empty() => {
            Err(ConditionError::new("", "an empty list matches nothing"))
        }
        Value::Array(values) => {
            let tests = values.iter().enumerate().map(|(position, value)| {
                test(value).map_err(|error| error.inside(&format!("[{position}]")))
            });
            tests.collect::<Result<_, _>>().map(Want::Value)
        }
        _ => Err(ConditionError::new("", "expected a list of values, or a map")),
    }
}
