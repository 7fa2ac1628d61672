//! What a plain YAML scalar stands for: the core schema of YAML 1.2.2, section 10.3.2.

use super::{Value, number};

/// Resolves a scalar that was written without quotes. `yes`, `no`, `on` and `off` are text.
///
/// One thing is stricter than the schema: that reads `012345678901` as a decimal number and so
/// loses the zero of an AWS account number. A leading zero is therefore refused.
///
/// # Errors
/// A message for the reader of the settings when a number can not be kept as it was written.
pub(super) fn resolve(text: &str) -> Result<Value, &'static str> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Ok(Value::Null),
        "true" | "True" | "TRUE" => Ok(Value::Bool(true)),
        "false" | "False" | "FALSE" => Ok(Value::Bool(false)),
        ".nan" | ".NaN" | ".NAN" => number::float(text),
        _ => numeric(text).unwrap_or_else(|| Ok(Value::String(text.to_owned()))),
    }
}

/// `None` if the text has not the form of a number.
fn numeric(text: &str) -> Option<Result<Value, &'static str>> {
    let all =
        |digits: &str, radix| !digits.is_empty() && digits.chars().all(|c: char| c.is_digit(radix));
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if all(unsigned, 10) {
        return Some(match unsigned {
            "0" => Ok(Value::Integer(0)),
            _ if unsigned.starts_with('0') => {
                Err("a number must not begin with 0; quote it if it is text")
            }
            _ => number::integer(text, 10),
        });
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix)
            && all(digits, radix)
        {
            return Some(number::integer(digits, radix));
        }
    }
    // What Rust parses of these characters is what the schema allows.
    let decimal = text.bytes().all(|byte| b"0123456789.eE+-".contains(&byte));
    let infinite = matches!(unsigned, ".inf" | ".Inf" | ".INF");
    (infinite || decimal && text.parse::<f64>().is_ok()).then(|| number::float(text))
}
