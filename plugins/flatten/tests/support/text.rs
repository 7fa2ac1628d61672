//! JSON text taken apart with nothing but a look at quotes and brackets.

/// The members of an object that is valid JSON: keys with their quotes, and values, as they stand.
pub(crate) fn members(object: &str) -> Vec<(&str, &str)> {
    let inside = object.trim().strip_prefix('{').unwrap().strip_suffix('}').unwrap();
    let members = split(inside, b',').into_iter().filter(|member| !member.trim().is_empty());
    members
        .map(|member| {
            let parts = split(member, b':');
            let key = parts[0];
            (key.trim(), member[key.len() + 1..].trim())
        })
        .collect()
}

/// The text between separators that stand in no string and inside no bracket.
fn split(text: &str, separator: u8) -> Vec<&str> {
    let (mut parts, mut from, mut depth) = (Vec::new(), 0, 0);
    for (at, byte) in outside_strings(text) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ if byte == separator && depth == 0 => {
                parts.push(&text[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts
}

/// Bytes with their places, but those of strings.
fn outside_strings(text: &str) -> Vec<(usize, u8)> {
    let (mut bytes, mut quoted, mut escaped) = (Vec::new(), false, false);
    for (at, byte) in text.bytes().enumerate() {
        match (quoted, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => quoted = !quoted,
            (true, _) => {}
            (false, _) => bytes.push((at, byte)),
        }
    }
    bytes
}

/// The text without the blanks outside strings.
pub(crate) fn compact(text: &str) -> String {
    let blanks: Vec<usize> = outside_strings(text)
        .into_iter()
        .filter(|(_, byte)| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
        .map(|(at, _)| at)
        .collect();
    let (mut out, mut from) = (String::new(), 0);
    for at in blanks {
        out.push_str(&text[from..at]);
        from = at + 1;
    }
    out + &text[from..]
}

/// An object of these members.
pub(crate) fn object<K: AsRef<str>, V: AsRef<str>>(members: &[(K, V)]) -> String {
    let members: Vec<String> =
        members.iter().map(|(key, value)| format!("{}:{}", key.as_ref(), value.as_ref())).collect();
    format!("{{{}}}", members.join(","))
}

/// A string with every character escaped.
pub(crate) fn escaped(text: &str) -> String {
    let units = text.encode_utf16().map(|unit| format!("\\u{unit:04x}"));
    format!("\"{}\"", units.collect::<String>())
}

#[test]
fn takes_apart() {
    let object = "{ \"a\" : [1, {\"b\":\",}\\\"\"}] ,\"\\\"\":\r\n{\"x\" : 1.0}}";
    let wanted = [("\"a\"", "[1, {\"b\":\",}\\\"\"}]"), ("\"\\\"\"", "{\"x\" : 1.0}")];
    assert_eq!(members(object), wanted);
    assert_eq!(compact(object), r#"{"a":[1,{"b":",}\""}],"\"":{"x":1.0}}"#);
    assert_eq!(members(" { } "), []);
}
