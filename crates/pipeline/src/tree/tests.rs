//! Trees and errors of all formats, by table and by property.

mod documents;
mod errors;
mod reading;

use super::{Format, Node, Value, parse};

/// A tree on one line: `line:column` before each value, `key@line:column` before each entry.
fn show(node: &Node) -> String {
    let at = node.at;
    match &node.value {
        Value::List(items) => {
            let items: Vec<_> = items.iter().map(show).collect();
            format!("{at} [{}]", items.join(", "))
        }
        Value::Map(entries) => {
            let entry = |e: &super::Entry| format!("{}@{} {}", e.key, e.key_at, show(&e.value));
            let entries: Vec<_> = entries.iter().map(entry).collect();
            format!("{at} {{{}}}", entries.join(", "))
        }
        _ => format!("{at} {}", node.to_json()),
    }
}

/// The tree of a text, or the error, on one line.
fn outcome(text: &str, format: Format) -> String {
    match parse(text, format) {
        Ok(node) => show(&node),
        Err(error) => format!("error {error}"),
    }
}

/// Compares each text with its outcome and reports all differences at once.
fn check<E: AsRef<str>>(format: Format, cases: &[(&str, E)]) {
    let wrong = cases.iter().filter_map(|(text, expected)| {
        let (found, expected) = (outcome(text, format), expected.as_ref());
        (found != expected).then(|| format!("{text:?}\n  expected {expected}\n  found    {found}"))
    });
    let wrong: Vec<_> = wrong.collect();
    assert!(wrong.is_empty(), "{format:?}:\n{}", wrong.join("\n"));
}
