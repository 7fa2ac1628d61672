//! Any text through everything that writes JSON, and back.
#![no_main]

#[allow(dead_code)]
#[path = "../../crates/json/tests/support/oracle.rs"]
mod oracle;

use libfuzzer_sys::fuzz_target;
use trailmill_json::{Index, Literal, Output, compact_into, escape_into, quote_into};

fuzz_target!(|input: (usize, &[u8])| {
    let (before, text) = input;
    // The buffers begin at any place of a block, with no room to spare.
    let before = before % 100;
    escape(before, text);
    if let Ok(text) = std::str::from_utf8(text) {
        quote(before, text);
    }
    compact(text);
    append(before, text);
});

fn escape(before: usize, text: &[u8]) {
    let mut out = vec![b'x'; before];
    escape_into(text, &mut out);
    let mut expected = vec![b'x'; before];
    for &byte in text {
        if matches!(byte, b'"' | b'\\') {
            expected.push(b'\\');
        }
        expected.push(byte);
    }
    assert_eq!(out, expected);
}

fn quote(before: usize, text: &str) {
    let mut out = vec![b'x'; before];
    quote_into(text, &mut out);
    let quoted = &out[before..];
    assert_eq!(serde_json::from_slice::<String>(quoted).unwrap(), text);
    let mut index = Index::new();
    let root = index.parse(quoted).unwrap();
    let string = root.as_string().unwrap();
    assert_eq!(string.decode(), text);
    assert!(string.is(text));
}

/// Compacting changes nothing but blanks, and what is compact can go into a string.
fn compact(text: &[u8]) {
    let mut compact = Vec::new();
    compact_into(text, &mut compact);
    let mut index = Index::new();
    if index.parse(text).is_err() {
        return;
    }
    assert_eq!(compact, oracle::compact(text));
    let mut out = b"\"".to_vec();
    escape_into(&compact, &mut out);
    out.push(b'"');
    let root = index.parse(&out).unwrap();
    assert_eq!(root.as_string().unwrap().decode().as_bytes(), compact);
}

/// Pieces of all kinds, each as long as a byte of the text says.
fn append(before: usize, text: &[u8]) {
    let mut vec = vec![b'x'; before];
    let mut expected = vec.clone();
    let mut out = Output::new(&mut vec);
    let mut rest = text;
    while let [first, behind @ ..] = rest {
        let length = usize::from(first >> 2).min(behind.len());
        let piece = &behind[..length];
        let start = text.len() - behind.len();
        match first & 3 {
            0 => out.bytes(piece),
            1 => out.span(text, start, start + length),
            2 => out.literal(&Literal::new(piece).unwrap()),
            _ => out.with(|vec| vec.extend_from_slice(piece)),
        }
        out.byte(*first);
        expected.extend_from_slice(piece);
        expected.push(*first);
        rest = &behind[length..];
    }
    drop(out);
    assert_eq!(vec, expected);
}
