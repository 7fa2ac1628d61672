//! Compiles the values of a pattern and the operators among them.

use super::{Except, Scalar, Sign, Test, TextTest};
use crate::ConditionError;
use crate::value::{Folded, Networks, Number, Wildcard};
use serde_json::Value;

/// The operators, as they are documented.
const OPERATORS: &str = "prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, \
                         exists, cidr";

/// Names that mean operators to EventBridge now or may do so later, so that what has them is no
/// pattern under `$or` (`Constants.java` of <https://github.com/aws/event-ruler>).
const RESERVED: &[&str] = &[
    "exactly",
    "equals-ignore-case",
    "prefix",
    "suffix",
    "anything-but",
    "exists",
    "wildcard",
    "numeric",
    "cidr",
    "=",
    "<",
    "<=",
    ">",
    ">=",
    "regex",
    "not-wildcard",
    "not-equals-ignore-case",
    "date-after",
    "date-on-or-after",
    "date-before",
    "date-on-or-before",
    "in-date-range",
    "ip-address-in-range",
    "ip-address-not-in-range",
];

/// Whether a name is one of operators.
pub(super) fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
}

/// Compiles one of the values that a member may have.
pub(super) fn test(value: &Value) -> Result<Test, ConditionError> {
    if let Some(scalar) = scalar(value) {
        return Ok(Test::Is(scalar));
    }
    let (operator, operand) = only_entry(value)
        .ok_or_else(|| fail("", format!("expected a value or a map with one of {OPERATORS}")))?;
    let test = match operator {
        "exactly" => text(operand).map(|text| Test::Is(Scalar::Text(text.into()))),
        "anything-but" => except(operand).map(Test::AnythingBut),
        "numeric" => numeric(operand).map(Test::Numeric),
        "exists" => match operand {
            Value::Bool(there) => Ok(Test::Exists(*there)),
            _ => Err(fail("", "expected true or false")),
        },
        "cidr" => cidr(operand).map(Test::Cidr),
        _ => text_test(operator, operand).map(Test::Text),
    };
    test.map_err(|error| error.inside(operator))
}

fn scalar(value: &Value) -> Option<Scalar> {
    match value {
        Value::String(text) => Some(Scalar::Text(text.as_str().into())),
        Value::Number(number) => number.to_string().parse().ok().map(Scalar::Number),
        Value::Bool(truth) => Some(Scalar::Bool(*truth)),
        Value::Null => Some(Scalar::Null),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// The one entry of a map that has no other.
fn only_entry(value: &Value) -> Option<(&str, &Value)> {
    let map = value.as_object().filter(|map| map.len() == 1)?;
    map.iter().next().map(|(name, value)| (name.as_str(), value))
}

fn text(value: &Value) -> Result<&str, ConditionError> {
    value.as_str().ok_or_else(|| fail("", "expected a text"))
}

/// Compiles an operator on texts.
fn text_test(operator: &str, operand: &Value) -> Result<TextTest, ConditionError> {
    match (operator, only_entry(operand)) {
        ("prefix", Some(("equals-ignore-case", start))) => {
            text(start).map(|start| TextTest::PrefixIgnoringCase(Folded::new(start)))
        }
        ("suffix", Some(("equals-ignore-case", end))) => {
            text(end).map(|end| TextTest::SuffixIgnoringCase(Folded::new(end)))
        }
        ("prefix", _) => text(operand).map(|start| TextTest::Prefix(start.into())),
        ("suffix", _) => text(operand).map(|end| TextTest::Suffix(end.into())),
        ("equals-ignore-case", _) => {
            text(operand).map(|text| TextTest::EqualsIgnoringCase(Folded::new(text)))
        }
        ("wildcard", _) => {
            let wildcard = Wildcard::new(text(operand)?);
            wildcard.map(TextTest::Wildcard).map_err(|error| fail("", error.message()))
        }
        _ => Err(fail("", format!("no operator; there is {OPERATORS}"))),
    }
}

fn except(operand: &Value) -> Result<Except, ConditionError> {
    if let Some((operator, operand)) = only_entry(operand) {
        return like(operator, operand).map_err(|error| error.inside(operator));
    }
    let values = listed(operand)?.iter().map(|value| match scalar(value) {
        Some(scalar @ (Scalar::Text(_) | Scalar::Number(_))) => Ok(scalar),
        _ => Err(fail("", "expected texts or numbers")),
    });
    let values: Vec<Scalar> = values.collect::<Result<_, _>>()?;
    let texts = values.iter().filter(|value| matches!(value, Scalar::Text(_))).count();
    if texts != 0 && texts != values.len() {
        return Err(fail("", "expected either texts or numbers, not both"));
    }
    Ok(Except::Values(values))
}

fn like(operator: &str, operand: &Value) -> Result<Except, ConditionError> {
    let tests = listed(operand)?.iter().map(|operand| match (operator, text(operand)?) {
        ("prefix" | "suffix", "") => Err(fail("", "an empty text leaves nothing")),
        _ => text_test(operator, operand),
    });
    tests.collect::<Result<_, _>>().map(Except::Like)
}

/// A value alone, or those of a list.
fn listed(value: &Value) -> Result<&[Value], ConditionError> {
    match value {
        Value::Array(values) if values.is_empty() => {
            Err(fail("", "an empty list excludes nothing"))
        }
        Value::Array(values) => Ok(values),
        _ => Ok(std::slice::from_ref(value)),
    }
}

fn numeric(operand: &Value) -> Result<Vec<(Sign, Number)>, ConditionError> {
    const FORM: &str = "expected a sign and a number, such as [\"<\", 5], or a range from below, \
                        such as [\">\", 0, \"<=\", 5]";
    let parts = operand.as_array().map_or(&[][..], Vec::as_slice);
    let comparisons = parts.chunks(2).map(|pair| match pair {
        [Value::String(sign), Value::Number(number)] => {
            Some((self::sign(sign)?, number.to_string().parse().ok()?))
        }
        _ => None,
    });
    let comparisons: Option<Vec<(Sign, Number)>> = comparisons.collect();
    let comparisons = comparisons.ok_or_else(|| fail("", FORM))?;
    let is_form = match comparisons[..] {
        [_] => true,
        [(low, bottom), (high, top)] => {
            matches!(low, Sign::Greater | Sign::GreaterOrEqual)
                && matches!(high, Sign::Less | Sign::LessOrEqual)
                && bottom.compare(top).is_lt()
        }
        _ => false,
    };
    if is_form { Ok(comparisons) } else { Err(fail("", FORM)) }
}

fn sign(text: &str) -> Option<Sign> {
    match text {
        "=" => Some(Sign::Equal),
        "<" => Some(Sign::Less),
        "<=" => Some(Sign::LessOrEqual),
        ">" => Some(Sign::Greater),
        ">=" => Some(Sign::GreaterOrEqual),
        _ => None,
    }
}

fn cidr(operand: &Value) -> Result<Networks, ConditionError> {
    match text(operand)?.parse() {
        Ok(network) => Ok(Networks::new([network])),
        Err(()) => Err(fail("", "expected a network such as 10.0.0.0/8")),
    }
}

fn fail(option: &str, message: impl Into<String>) -> ConditionError {
    ConditionError::new(option, message)
}
