//! Compiles one selector.

use super::{FIELDS, FieldSelector, Operator, Selector};
use crate::ConditionError;
use crate::value;
use serde::Deserialize;
use serde_json::Value;

/// A selector as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct WrittenSelector {
    #[serde(default, rename = "Name")]
    _name: Option<String>,
    field_selectors: Vec<WrittenFieldSelector>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase", default)]
#[derive(Default)]
struct WrittenFieldSelector {
    field: String,
    equals: Option<Vec<Text>>,
    starts_with: Option<Vec<Text>>,
    ends_with: Option<Vec<Text>>,
    not_equals: Option<Vec<Text>>,
    not_starts_with: Option<Vec<Text>>,
    not_ends_with: Option<Vec<Text>>,
}

/// A text; YAML reads `true` and `false` as something else, which is meant just so.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a text")]
enum Text {
    Text(String),
    Bool(bool),
}

/// Compiles a selector.
pub(super) fn selector(written: &Value) -> Result<Selector, ConditionError> {
    let written: WrittenSelector = WrittenSelector::deserialize(written)
        .map_err(|error| ConditionError::new("", error.to_string()))?;
    if written.field_selectors.is_empty() {
        return Err(ConditionError::new("FieldSelectors", "expected one or more"));
    }
    let mut selector = Selector::default();
    for (position, written) in written.field_selectors.into_iter().enumerate() {
        let compiled = field_selector(written)
            .map_err(|error| error.inside(&format!("FieldSelectors[{position}]")))?;
        match compiled.field.name.starts_with("resources.") {
            true => selector.resources.push(compiled),
            false => selector.record.push(compiled),
        }
    }
    Ok(selector)
}

fn field_selector(written: WrittenFieldSelector) -> Result<FieldSelector, ConditionError> {
    let Some(field) = FIELDS.iter().find(|field| field.name == written.field) else {
        let known: Vec<&str> = FIELDS.iter().map(|field| field.name).collect();
        let message = format!("no field `{}`; there is {}", written.field, known.join(", "));
        return Err(ConditionError::new("Field", message));
    };
    let mut compiled = FieldSelector { field, select: Vec::new(), deselect: Vec::new() };
    let FieldSelector { select, deselect, .. } = &mut compiled;
    add(select, "Equals", written.equals, Operator::Equals)?;
    add(select, "StartsWith", written.starts_with, Operator::StartsWith)?;
    add(select, "EndsWith", written.ends_with, Operator::EndsWith)?;
    add(deselect, "NotEquals", written.not_equals, Operator::Equals)?;
    add(deselect, "NotStartsWith", written.not_starts_with, Operator::StartsWith)?;
    add(deselect, "NotEndsWith", written.not_ends_with, Operator::EndsWith)?;
    if compiled.select.is_empty() && compiled.deselect.is_empty() {
        let message = "expected one of Equals, StartsWith, EndsWith, NotEquals, NotStartsWith, \
                       NotEndsWith";
        return Err(ConditionError::new("", message));
    }
    Ok(compiled)
}

/// Adds the operators of one name.
fn add(
    to: &mut Vec<Operator>,
    name: &str,
    values: Option<Vec<Text>>,
    operator: fn(Box<str>) -> Operator,
) -> Result<(), ConditionError> {
    for value in values.iter().flatten() {
        let text = match value {
            Text::Text(text) => text,
            Text::Bool(truth) => value::word(*truth),
        };
        if text.is_empty() {
            return Err(ConditionError::new(name, "expected texts of one or more characters"));
        }
        to.push(operator(text.into()));
    }
    match values {
        Some(values) if values.is_empty() => {
            Err(ConditionError::new(name, "expected one or more values"))
        }
        _ => Ok(()),
    }
}
