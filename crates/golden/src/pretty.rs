//! Lays JSON text out on several lines, with every token as it stood.

use trailmill_stage::event::json::{Index, Kind, Value};

/// Lays JSON text out on several lines; numbers, escapes and the order of members stay.
///
/// Text that is not one JSON value comes back as it is.
pub fn pretty(text: &str) -> String {
    let mut index = Index::new();
    match index.parse(text.as_bytes()) {
        Ok(root) => {
            let mut out = String::new();
            value(root, 0, &mut out);
            out
        }
        Err(_) => text.to_owned(),
    }
}

fn value(from: Value<'_>, depth: usize, out: &mut String) {
    match from.kind() {
        Kind::Object => {
            let members = from.members();
            list(['{', '}'], members, depth, out, |member, out| {
                out.push('"');
                raw(member.key().raw(), out);
                out.push_str("\": ");
                value(member.value(), depth + 1, out);
            });
        }
        Kind::Array => {
            let elements = from.elements();
            list(['[', ']'], elements, depth, out, |element, out| {
                value(element, depth + 1, out);
            });
        }
        _ => raw(from.raw(), out),
    }
}

fn list<T>(
    brackets: [char; 2],
    items: impl Iterator<Item = T>,
    depth: usize,
    out: &mut String,
    write: impl Fn(T, &mut String),
) {
    out.push(brackets[0]);
    let mut empty = true;
    for item in items {
        if !empty {
            out.push(',');
        }
        empty = false;
        new_line(depth + 1, out);
        write(item, out);
    }
    if !empty {
        new_line(depth, out);
    }
    out.push(brackets[1]);
}

fn raw(text: &[u8], out: &mut String) {
    out.push_str(&String::from_utf8_lossy(text));
}

fn new_line(depth: usize, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}

#[cfg(test)]
mod tests {
    use super::pretty;

    #[test]
    fn keeps_every_token() {
        let text = r#"{"a":[1.10,{"b, c":"\"]"}],"d":{},"e" : [ ],"\u0041":1e400}"#;
        let expected = "{\n  \"a\": [\n    1.10,\n    {\n      \"b, c\": \"\\\"]\"\n    }\n  ],\n  \
                        \"d\": {},\n  \"e\": [],\n  \"\\u0041\": 1e400\n}";
        assert_eq!(pretty(text), expected);
        assert_eq!(pretty(expected), expected);
    }

    #[test]
    fn leaves_what_is_not_json() {
        assert_eq!(pretty("[1, 2"), "[1, 2");
        assert_eq!(pretty(""), "");
    }
}
