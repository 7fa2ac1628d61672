//! Texts inside texts: base64 and percent-encoding.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The fewest characters that are taken for base64.
const BASE64_LENGTH: usize = 16;

/// What a text in base64 stands for; `None` if it is none. Line feeds are passed over.
pub(crate) fn from_base64(text: &str) -> Option<Vec<u8>> {
    let plain: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    if plain.len() < BASE64_LENGTH {
        return None;
    }
    STANDARD.decode(plain).ok()
}

/// A text in base64.
pub(crate) fn to_base64(text: &str) -> String {
    STANDARD.encode(text)
}

/// What a percent-encoded text stands for (RFC 3986, section 2.1); `None` if that is no text.
pub(crate) fn from_percent(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = match byte {
            b'%' => bytes.get(at + 1..at + 3).and_then(code),
            _ => None,
        };
        plain.push(code.unwrap_or(byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(plain).ok()
}

/// The byte of two hexadecimal digits.
fn code(digits: &[u8]) -> Option<u8> {
    let value = |digit: &u8| char::from(*digit).to_digit(16);
    digits.iter().try_fold(0, |all, digit| Some(all << 4 | value(digit)? as u8))
}

/// A text, percent-encoded: all but letters, digits and `-._~`.
pub(crate) fn to_percent(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let text = "{\"a\": \"ü %\"}";
        assert_eq!(from_percent(&to_percent(text)).as_deref(), Some(text));
        assert_eq!(from_base64(&to_base64(text)).as_deref(), Some(text.as_bytes()));
        assert_eq!(from_percent("%7B%2").as_deref(), Some("{%2"));
        assert_eq!(from_percent("%ff"), None);
        assert_eq!(from_percent("%+1%ü").as_deref(), Some("%+1%ü"));
        assert_eq!(from_base64("password"), None);
        assert_eq!(from_base64("not base64, not at all"), None);
    }
}
