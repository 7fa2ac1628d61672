//! Wrong use through the safe interface: answers that mean nothing, but no panic, no endless loop
//! and no byte that is not in the text.
// The random tests are too slow for Miri, and what they use is left over.
#![cfg_attr(miri, allow(unused_imports))]

mod support;

use proptest::collection::vec;
use proptest::prelude::*;
use support::ask::ask_all;
use support::{cases, paths, spoil, tree};
use trailmill_json::{ErrorKind, Index, Isa};

#[cfg(not(miri))]
proptest! {
    #![proptest_config(cases(1000))]

    /// Tokens that nobody validated.
    #[test]
    fn unvalidated_tokens(text in prop_oneof![spoil::junk(20), spoil::token_soup()]) {
        for isa in paths() {
            let mut index = Index::with_isa(isa);
            index.scan(&text);
            ask_all(index.document(&text), index.len());
        }
    }

    /// The links of one text under the tokens of the next.
    #[test]
    fn stale_links(
        before in vec(tree::containers(), 1..4),
        text in prop_oneof![spoil::junk(20), spoil::token_soup()],
    ) {
        let mut index = Index::new();
        for document in &before {
            index.parse(&document.text).unwrap();
        }
        index.scan(&text);
        let _ = index.validate(&text, 0);
        ask_all(index.document(&text), index.len());
    }

    /// Another text of the same length than the one that was indexed.
    #[test]
    fn another_text(
        document in tree::documents(),
        other in vec(prop_oneof![any::<u8>(), spoil::biased_byte()], 64),
    ) {
        let text = &document.text;
        let other: Vec<u8> = other.into_iter().cycle().take(text.len()).collect();
        let mut index = Index::new();
        index.parse(text).unwrap();
        ask_all(index.document(&other), index.len());
        let _ = index.validate(&other, 0);
        for token in 0..index.len() {
            let _ = index.validate(&other, token);
        }
        ask_all(index.document(&other), index.len());
    }

    /// An index that was cleared remembers nothing.
    #[test]
    fn cleared(document in tree::documents()) {
        let mut index = Index::new();
        index.parse(&document.text).unwrap();
        index.clear();
        prop_assert!(index.is_empty());
        prop_assert_eq!((index.kind(0), index.position(0), index.token_at(0)), (0, 0, 0));
        prop_assert_eq!(index.validate(b"", 0).unwrap_err().kind, ErrorKind::Incomplete);
        ask_all(index.document(b""), 0);
    }

    /// Any order of calls, with whatever was left by the calls before.
    #[test]
    fn calls_in_any_order(calls in vec((0u8..5, spoil::junk(6), any::<u16>()), 1..12)) {
        let mut index = Index::new();
        let mut text = Vec::new();
        for (call, piece, token) in calls {
            match call {
                0 => {
                    text = piece;
                    index.scan(&text);
                }
                1 => {
                    text = piece;
                    let _ = index.parse(&text);
                }
                2 => {
                    let from = text.len();
                    text.extend_from_slice(&piece);
                    index.append(&text, from);
                }
                3 => {
                    text.clear();
                    index.clear();
                }
                _ => {
                    let _ = index.validate(&text, usize::from(token) % (index.len() + 2));
                }
            }
            ask_all(index.document(&text), index.len());
        }
    }
}

/// Pieces of text in any order, made by a generator of a few lines: what Miri has the time for.
#[test]
fn any_text() {
    const PIECES: [&[u8]; 24] = [
        b"{",
        b"}",
        b"[",
        b"]",
        b":",
        b",",
        b"\"a\"",
        b"\"a\":\"b\",",
        b"{\"a\":[1,{\"b\":null}]}",
        b"1",
        b"-2.5e3",
        b"tru",
        b"true",
        b" ",
        b"\n",
        b"\"",
        b"\\",
        b"\"\\u00e9\\n\"",
        b"\x00",
        b"\xff",
        "\u{e9}".as_bytes(),
        "\"\u{1f600}\"".as_bytes(),
        b"\"\\ud800\"",
        b"\xe2\x82",
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as usize % below
    };
    let mut index = Index::with_isa(Isa::Scalar);
    let mut text = Vec::new();
    for _ in 0..if cfg!(miri) { 60 } else { 5_000 } {
        let from = if random(4) == 0 { text.len() } else { 0 };
        text.truncate(from);
        if from == 0 {
            index.clear();
        }
        for _ in 0..random(9) {
            text.extend_from_slice(PIECES[random(PIECES.len())]);
        }
        let first = index.append(&text, from);
        for token in first..=index.len() {
            let _ = index.validate(&text, token);
        }
        ask_all(index.document(&text), index.len());
        if text.len() > 200 {
            text.clear();
            index.clear();
        }
    }
}

/// A path that the machine lacks is never taken.
#[test]
fn unusable_paths_become_the_scalar_one() {
    for &isa in Isa::ALL {
        let index = Index::with_isa(isa);
        assert!(index.isa().is_usable());
        assert_eq!(index.isa() == isa, isa.is_usable());
        assert_eq!(Isa::named(isa.name()), Some(isa));
    }
    assert!(Isa::best().is_usable());
    // What a target has as such, the tests of paths do test.
    if cfg!(all(target_arch = "aarch64", not(miri))) {
        assert_eq!(Isa::best(), Isa::Neon);
    }
    if cfg!(all(target_arch = "wasm32", target_feature = "simd128")) {
        assert_eq!(Isa::best(), Isa::Simd128);
    }
    assert_eq!(Isa::named("neon2"), None);
}

#[test]
#[should_panic(expected = "another text than the one indexed")]
fn a_text_of_another_length_is_refused() {
    let mut index = Index::new();
    index.scan(b"[1]");
    let _ = index.validate(b"[1] ", 0);
}

#[test]
#[should_panic(expected = "another text than the one indexed")]
fn a_document_of_another_length_is_refused() {
    let mut index = Index::new();
    index.scan(b"[1]");
    let _ = index.document(b"[1");
}

#[test]
#[should_panic(expected = "another text than the one indexed")]
fn a_piece_that_does_not_follow_is_refused() {
    let mut index = Index::new();
    index.scan(b"[1]");
    index.append(b"[1] [2] [3]", 8);
}

/// The memory is asked for and hardly touched.
#[cfg(all(target_pointer_width = "64", not(miri)))]
#[test]
fn four_gibibytes_are_too_long() {
    let mut text = vec![0u8; (1 << 32) + 1];
    text[..3].copy_from_slice(b"[1]");
    let mut index = Index::new();
    let error = index.parse(&text).unwrap_err();
    assert_eq!(error.kind, ErrorKind::TooLong);

    for _ in 0..3 {
        // Tokens to be forgotten, more of them than pieces follow.
        index.scan(&[b'['; 500]);
        index.scan(&text[..3]);
        let token = index.append(&text, 3);
        assert_eq!(index.validate(&text, 0), Ok(3));
        assert_eq!(index.validate(&text, token).unwrap_err().kind, ErrorKind::TooLong);
        for _ in 0..100 {
            let token = index.append(&text, text.len());
            assert_eq!(index.validate(&text, token).unwrap_err().kind, ErrorKind::TooLong);
            assert_eq!(index.validate(&text, 0), Ok(3));
        }
    }
}
