//! Undoes the escapes of JSON text inside a JSON string, where every eighth byte or so has one.

use trailmill_stage::event::json::Str;

const BLOCK: usize = 8;
const BACKSLASHES: u64 = u64::from_ne_bytes([b'\\'; BLOCK]);
const LOW: u64 = u64::from_ne_bytes([0x01; BLOCK]);
const HIGH: u64 = u64::from_ne_bytes([0x80; BLOCK]);

/// The text that `string` stands for, as [`Str::decode`] has it; twice as fast where there
/// are many short escapes.
pub(super) fn unescape(string: Str<'_>) -> Vec<u8> {
    let mut out = Vec::with_capacity(string.raw().len() + BLOCK);
    if short_escapes(string.raw(), &mut out) {
        return out;
    }
    string.decode().into_owned().into_bytes()
}

/// Undoes escapes of two characters; gives up at any other.
fn short_escapes(raw: &[u8], out: &mut Vec<u8>) -> bool {
    let mut rest = raw;
    loop {
        rest = &rest[plain_part(rest, out)..];
        let escaped = match rest {
            [] => return true,
            [b'\\', escaped @ (b'"' | b'\\' | b'/'), ..] => *escaped,
            [b'\\', b'b', ..] => 0x08,
            [b'\\', b'f', ..] => 0x0c,
            [b'\\', b'n', ..] => b'\n',
            [b'\\', b'r', ..] => b'\r',
            [b'\\', b't', ..] => b'\t',
            _ => return false,
        };
        out.push(escaped);
        rest = &rest[2..];
    }
}

/// Copies what precedes the first backslash; gives its length.
fn plain_part(text: &[u8], out: &mut Vec<u8>) -> usize {
    let mut at = 0;
    while let Some(block) = text[at..].first_chunk::<BLOCK>() {
        // A byte of `differs` is zero where there is a backslash; subtracting one from each byte
        // shows the lowest of those (and perhaps false ones above it).
        let differs = u64::from_le_bytes(*block) ^ BACKSLASHES;
        let found = differs.wrapping_sub(LOW) & !differs & HIGH;
        // Copying all eight and cutting costs less than copying as many as are wanted.
        out.extend_from_slice(block);
        if found != 0 {
            let wanted = (found.trailing_zeros() / 8) as usize;
            out.truncate(out.len() - (BLOCK - wanted));
            return at + wanted;
        }
        at += BLOCK;
    }
    let tail = &text[at..];
    let wanted = tail.iter().position(|byte| *byte == b'\\').unwrap_or(tail.len());
    out.extend_from_slice(&tail[..wanted]);
    at + wanted
}

#[cfg(test)]
mod tests {
    use super::unescape;
    use proptest::prelude::*;
    use trailmill_stage::event::json::Index;

    proptest! {
        #[test]
        fn the_text_is_the_one_that_was_escaped(
            text in prop_oneof![any::<String>(), "[a-z\\\\\"/\n\t\u{8}\u{c}\r]{0,40}", "[a-z]{0,20}"],
            wide in any::<bool>(),
        ) {
            let mut json = serde_json::Value::from(text.as_str()).to_string();
            if wide {
                json = json.replace('a', "\\u0061");
            }
            let mut index = Index::new();
            let string = index.parse(json.as_bytes()).expect("JSON").as_string().expect("a string");
            prop_assert_eq!(unescape(string), text.as_bytes());
        }
    }
}
