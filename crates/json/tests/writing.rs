//! Writing: what is escaped, quoted, compacted or copied can be read back.
// The random tests are too slow for Miri, and what they use is left over.
#![cfg_attr(miri, allow(unused_imports))]

mod support;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index as Slot;
use support::{cases, oracle, spoil, tree};
use trailmill_json::{Index, Literal, Output, Spans, compact_into, escape_into, quote_into};

#[cfg(not(miri))]
proptest! {
    #![proptest_config(cases(2000))]

    /// The slow way gives the same, and so does a second time.
    #[test]
    fn compacts(document in tree::documents()) {
        let mut out = b"before".to_vec();
        compact_into(&document.text, &mut out);
        let compact = out.split_off(6);
        prop_assert_eq!(out, b"before");
        prop_assert_eq!(&compact, &oracle::compact(&document.text));
        let mut index = Index::new();
        index.scan(&compact);
        prop_assert_eq!(index.blanks(), trailmill_json::Blanks::default());
        prop_assert!(index.parse(&compact).is_ok());
        let mut again = Vec::new();
        compact_into(&compact, &mut again);
        prop_assert_eq!(again, compact);
    }

    /// Any bytes at all: no panic, and nothing that was not there.
    #[test]
    fn compacts_junk(text in spoil::junk(20)) {
        let mut out = Vec::new();
        compact_into(&text, &mut out);
        prop_assert!(out.len() <= text.len());
    }

    #[test]
    fn quotes(text in prop_oneof![any::<String>(), "[\\x00-\\x7f\u{e9}\u{1f600}]{0,80}"]) {
        let mut out = b"before".to_vec();
        quote_into(&text, &mut out);
        let quoted = out.split_off(6);
        prop_assert_eq!(&serde_json::from_slice::<String>(&quoted).unwrap(), &text);
        let mut index = Index::new();
        let root = index.parse(&quoted).unwrap();
        prop_assert_eq!(root.as_string().unwrap().decode(), text.as_str());
    }

    /// Compact JSON in a JSON string, as CloudWatch Logs and SNS carry it.
    #[test]
    fn escapes(document in tree::documents()) {
        let mut compact = Vec::new();
        compact_into(&document.text, &mut compact);
        let mut out = b"\"".to_vec();
        escape_into(&compact, &mut out);
        out.push(b'"');
        let mut index = Index::new();
        let root = index.parse(&out).unwrap();
        let decoded = root.as_string().unwrap().decode();
        prop_assert_eq!(decoded.as_bytes(), &compact[..]);
    }

    /// Pieces of all kinds, one behind the other, in a vector that has some room or none.
    #[test]
    fn output_is_all_that_was_appended(
        text in vec(any::<u8>(), 0..900),
        before in 0usize..100,
        pieces in vec((0u8..5, any::<Slot>(), any::<Slot>()), 0..40),
    ) {
        let mut vec = vec![b'x'; before];
        let mut expected = vec.clone();
        let mut out = Output::new(&mut vec);
        for (piece, a, b) in pieces {
            let (a, b) = (a.index(text.len() + 1), b.index(text.len() + 1));
            let bytes = &text[a.min(b)..a.max(b)];
            match piece {
                0 => out.byte(a as u8),
                1 => out.bytes(bytes),
                2 => out.span(&text, a.min(b), a.max(b)),
                3 => out.with(|vec| vec.extend_from_slice(bytes)),
                _ => match Literal::new(bytes) {
                    Some(literal) => out.literal(&literal),
                    None => {
                        prop_assert!(bytes.len() > Literal::LENGTH_MAX);
                        continue;
                    }
                },
            }
            match piece {
                0 => expected.push(a as u8),
                _ => expected.extend_from_slice(bytes),
            }
        }
        drop(out);
        prop_assert_eq!(vec, expected);
    }
}

/// Every length around a block, in a buffer that is just large enough.
#[test]
fn copies_spans_of_every_length() {
    let text: Vec<u8> = (0..=255).cycle().take(1000).collect();
    for length in (0..600).step_by(if cfg!(miri) { 31 } else { 1 }) {
        for behind in [0, 1, 63, 64, 65, 200] {
            let text = text[..100 + length + behind].to_vec().into_boxed_slice();
            let mut vec = Vec::with_capacity(3);
            vec.extend_from_slice(b"abc");
            Output::new(&mut vec).span(&text, 100, 100 + length);
            assert_eq!(vec, [b"abc", &text[100..100 + length]].concat());
        }
    }
}

/// The same behind a literal, of which the last can be as long as a block allows.
#[test]
fn copies_literals_and_spans() {
    let text: Vec<u8> = (0..=255).cycle().take(700).collect();
    for literal in [&b""[..], b",", &[b'n'; Literal::LENGTH_MAX]] {
        for behind in [0, 62, 63, 64, 65] {
            for length in [0, 1, 63, 64, 65, 511, 512, 513] {
                let text = text[..50 + length + behind].to_vec().into_boxed_slice();
                let mut vec = b"abc".to_vec();
                let name = Literal::new(literal).unwrap();
                let span = (50, 50 + length);
                Output::new(&mut vec).literal_and_span(&name, Spans::of(&text), span);
                assert_eq!(vec, [b"abc", literal, &text[50..50 + length]].concat());
            }
        }
    }
    assert!(Literal::new(&[b'n'; Literal::LENGTH_MAX + 1]).is_none());
}

/// One piece of each kind, round after round, so that each of them meets a full vector.
#[test]
fn each_kind_of_piece_finds_room() {
    const LITERAL: Literal = Literal::new(b"literal").unwrap();
    const TEXT: &[u8] = &[b'.'; 200];
    let mut vec = Vec::new();
    let mut expected = Vec::new();
    let mut out = Output::new(&mut vec);
    for round in 0..if cfg!(miri) { 60 } else { 10_000 } {
        out.byte(b'b');
        out.literal(&LITERAL);
        out.bytes(&TEXT[..round % 90]);
        out.array(b"array");
        out.span(TEXT, round % 7, round % 150 + 7);
        out.with(|vec| vec.extend_from_slice(b"with"));
        expected.extend_from_slice(b"bliteral");
        expected.extend_from_slice(&TEXT[..round % 90]);
        expected.extend_from_slice(b"array");
        expected.extend_from_slice(&TEXT[round % 7..round % 150 + 7]);
        expected.extend_from_slice(b"with");
    }
    drop(out);
    assert_eq!(vec, expected);
}

/// Whatever a piece of foreign code leaves of the vector is what there is.
#[test]
#[cfg_attr(panic = "abort", ignore = "no panic can be caught")]
fn output_survives_a_panic() {
    let mut vec = b"abc".to_vec();
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let mut out = Output::new(&mut vec);
        out.bytes(&[b'x'; 1000]);
        out.with(|vec| {
            *vec = Vec::new();
            panic!("foreign code");
        });
    }));
    assert!(outcome.is_err());
    assert!(vec.len() <= vec.capacity());
}

#[test]
#[should_panic(expected = "out of range")]
fn a_span_behind_the_text_is_refused() {
    Output::new(&mut Vec::new()).span(b"abc", 1, 4);
}

#[test]
#[should_panic(expected = "starts at 2 but ends at 1")]
fn a_span_that_ends_before_it_begins_is_refused() {
    Output::new(&mut Vec::new()).span(b"abc", 2, 1);
}

#[test]
#[should_panic(expected = "out of range")]
fn a_span_that_wraps_around_is_refused() {
    let text = Spans::of(&[b'.'; 200]);
    let literal = Literal::new(b"literal").unwrap();
    Output::new(&mut Vec::new()).literal_and_span(&literal, text, (usize::MAX - 9, 6));
}
