//! Text that is nearly JSON, or not at all.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// One way to spoil a text.
#[derive(Clone, Debug)]
pub(crate) enum Spoil {
    /// Flips bits of one byte.
    Flip(Index, u8),
    /// Puts another byte in the place of one.
    Replace(Index, u8),
    /// Puts bytes in.
    Insert(Index, Vec<u8>),
    /// Takes up to this many bytes out.
    Remove(Index, usize),
    /// Cuts the rest off.
    Cut(Index),
}

impl Spoil {
    /// Applies it; an empty text stays as it is.
    pub(crate) fn apply(&self, text: &mut Vec<u8>) {
        if text.is_empty() {
            return;
        }
        let length = text.len();
        match self {
            Spoil::Flip(at, mask) => text[at.index(length)] ^= mask,
            Spoil::Replace(at, byte) => text[at.index(length)] = *byte,
            Spoil::Insert(at, bytes) => {
                let at = at.index(length);
                text.splice(at..at, bytes.iter().copied());
            }
            Spoil::Remove(at, count) => {
                let at = at.index(length);
                text.drain(at..length.min(at + count));
            }
            Spoil::Cut(at) => text.truncate(at.index(length)),
        }
    }
}

/// One to three ways to spoil a text.
pub(crate) fn spoils() -> impl Strategy<Value = Vec<Spoil>> {
    let at = any::<Index>;
    let one = prop_oneof![
        (at(), 1u8..).prop_map(|(at, mask)| Spoil::Flip(at, mask)),
        (at(), biased_byte()).prop_map(|(at, byte)| Spoil::Replace(at, byte)),
        (at(), vec(biased_byte(), 1..4)).prop_map(|(at, bytes)| Spoil::Insert(at, bytes)),
        (at(), 1usize..5).prop_map(|(at, count)| Spoil::Remove(at, count)),
        at().prop_map(Spoil::Cut),
    ];
    vec(one, 1..4)
}

/// Bytes that mean something to a scan, more often than others.
pub(crate) fn biased_byte() -> impl Strategy<Value = u8> {
    prop_oneof![
        12 => select(b"{}[]:,\"\"\"\"\\\\\\\\ \n\t\r".to_vec()),
        3 => select(b"0123456789-+.eEutrfalsnb/dD8".to_vec()),
        1 => select(vec![0, 1, 8, 0x0b, 0x0c, 0x1a, 0x1f, 0x7f, 0x80, 0xc3, 0xa9, 0xed, 0xff]),
        1 => any::<u8>(),
    ]
}

/// Bytes, fragments of JSON and characters beyond ASCII in any order.
pub(crate) fn junk(pieces: usize) -> impl Strategy<Value = Vec<u8>> {
    let fragments: Vec<&[u8]> = vec![
        b"\"a\":\"b\",",
        b"{\"a\":",
        b"\"\\u00e9\"",
        b"\\ud83d\\ude00",
        b"\\u12",
        b"\\\\\\\"",
        b"true",
        b"null",
        b"false",
        b"-1.5e+3",
        b"[[[[",
        b"]]]]",
        b"}\n{",
        b"\"\"",
        b"    ",
        "\u{e9}".as_bytes(),
        "\u{20ac}".as_bytes(),
        "\u{1f600}".as_bytes(),
        b"\xe2\x82",
        b"\xed\xa0\x80",
        b"\xc0\x80",
        b"\xf4\x90\x80\x80",
        b"\xef\xbb\xbf",
    ];
    let piece = prop_oneof![
        4 => biased_byte().prop_map(|byte| vec![byte]),
        2 => select(fragments).prop_map(<[u8]>::to_vec),
        1 => (biased_byte(), 1usize..70).prop_map(|(byte, count)| vec![byte; count]),
        1 => vec(any::<u8>(), 0..8),
    ];
    vec(piece, 0..pieces).prop_map(|pieces| pieces.concat())
}

/// Sequences of whole tokens, so that the grammar is what decides.
pub(crate) fn token_soup() -> impl Strategy<Value = Vec<u8>> {
    let tokens: Vec<&[u8]> = vec![
        b"{",
        b"}",
        b"[",
        b"]",
        b":",
        b",",
        b"\"a\"",
        b"\"\"",
        b"\"a\":",
        b"\"a\":\"b\",",
        b"1",
        b"-0.5e9",
        b"01",
        b"tru",
        b"true",
        b"false",
        b"null",
        b"nul",
        b" ",
        b"\n",
        b"1.",
        b"-",
        b"[]",
        b"{}",
        b"\"a\":1",
        b"[1,",
        b"\"\\",
    ];
    vec(select(tokens), 0..12).prop_map(|tokens| tokens.concat())
}

/// Text with `before` bytes in front that move it against the blocks of 64 and strides of 16 KiB.
pub(crate) fn shifted(text: impl Strategy<Value = Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let before = prop_oneof![
        4 => 0usize..140,
        1 => 16_384usize - 140..16_384 + 140,
        1 => 32_768usize - 140..32_768 + 140,
    ];
    let fillers: Vec<(&[u8], &[u8])> = vec![
        (b"", b" "),
        (b"\"", b"x"),
        (b"", b"1"),
        (b"", b"["),
        (b"", b"\n"),
        (b"\"", b"\\\\"),
        (b"\"", b"\\\""),
        (b"\"", b"\\"),
        (b"\"", "\u{e9}".as_bytes()),
        (b"", b"\"\""),
    ];
    (before, select(fillers), text).prop_map(|(before, (first, repeat), text)| {
        let filler = first.iter().chain(repeat.iter().cycle()).copied();
        filler.take(before).chain(text).collect()
    })
}
