//! Every code path finds the same tokens, stops at the same place and gives the same answers.
// Too slow under Miri, for which `harmless`, `errors` and `writing` are enough.
#![cfg(not(miri))]

mod support;

use proptest::collection::vec;
use proptest::prelude::*;
use support::{cases, oracle, paths, spoil, tree};
use trailmill_json::{Blanks, Error, ErrorKind, Index, Isa};

/// Everything that an index says about a text.
#[derive(Debug, PartialEq)]
struct Facts {
    tokens: Vec<(u8, usize)>,
    stop: Option<Error>,
    blanks: Blanks,
    /// What validation says from each token that it was tried at.
    verdicts: Vec<Result<usize, Error>>,
    parsed: Result<std::ops::Range<usize>, Error>,
}

fn facts(isa: Isa, text: &[u8]) -> Facts {
    let mut index = Index::with_isa(isa);
    index.scan(text);
    let tokens = (0..=index.len()).map(|token| (index.kind(token), index.position(token)));
    Facts {
        tokens: tokens.collect(),
        stop: index.stop(),
        blanks: index.blanks(),
        verdicts: verdicts(&mut index, text),
        parsed: index.parse(text).map(|root| root.span()),
    }
}

/// Validates value after value; after a refusal, goes on at the next token.
fn verdicts(index: &mut Index, text: &[u8]) -> Vec<Result<usize, Error>> {
    let mut verdicts = Vec::new();
    let mut token = 0;
    while token <= index.len() && verdicts.len() < 60 {
        let verdict = index.validate(text, token);
        token = verdict.unwrap_or(token + 1).max(token + 1);
        verdicts.push(verdict);
    }
    verdicts
}

/// Compares all paths with the scalar one, and gives what they agree on.
fn all_agree(text: &[u8]) -> Result<Facts, TestCaseError> {
    let reference = facts(Isa::Scalar, text);
    for isa in paths() {
        prop_assert_eq!(facts(isa, text), facts(Isa::Scalar, text), "{:?}", isa);
    }
    Ok(reference)
}

proptest! {
    #![proptest_config(cases(8000))]

    #[test]
    fn arbitrary_bytes(text in vec(any::<u8>(), 0..300)) {
        all_agree(&text)?;
    }

    #[test]
    fn junk(text in spoil::junk(40)) {
        all_agree(&text)?;
    }

    #[test]
    fn backslashes_and_quotes(text in vec(prop::sample::select(b"\\\\\\\"\"u0 \n".to_vec()), 0..200)) {
        all_agree(&text)?;
    }

    #[test]
    fn spoiled_documents(document in tree::documents(), spoils in spoil::spoils()) {
        let mut text = document.text;
        for spoil in spoils {
            spoil.apply(&mut text);
        }
        all_agree(&text)?;
    }

    /// The blanks of a valid document are those that are there.
    #[test]
    fn blanks(document in tree::documents()) {
        let facts = all_agree(&document.text)?;
        let mut expected = Blanks::default();
        oracle::outside_strings(&document.text, |byte| match byte {
            b'\n' => expected.newlines += 1,
            b' ' | b'\t' | b'\r' => expected.spaces = true,
            _ => {}
        });
        prop_assert_eq!(facts.blanks, expected);
    }

    /// Each piece that is appended has the tokens that it has alone.
    #[test]
    fn pieces(pieces in vec(prop_oneof![
        spoil::junk(12),
        spoil::token_soup(),
        tree::documents().prop_map(|document| document.text),
    ], 1..6)) {
        for isa in paths() {
            appends(isa, &pieces)?;
        }
    }
}

proptest! {
    #![proptest_config(cases(2000))]

    /// Text at and around the bounds of blocks and strides.
    #[test]
    fn around_the_bounds(text in spoil::shifted(spoil::junk(12))) {
        all_agree(&text)?;
    }

    /// The same, cut at any byte near the end.
    #[test]
    fn cut_around_the_bounds(text in spoil::shifted(spoil::junk(8)), back in 0usize..140) {
        all_agree(&text[..text.len().saturating_sub(back)])?;
    }

    /// Valid documents behind filler, so that each construct meets each bound.
    #[test]
    fn documents_around_the_bounds(
        document in tree::documents(),
        before in prop_oneof![0usize..130, 16_384usize - 300..16_384],
    ) {
        let text = [vec![b' '; before], document.text].concat();
        let facts = all_agree(&text)?;
        let root = &document.spans[0];
        prop_assert_eq!(facts.parsed, Ok(root.start + before..root.end + before));
    }
}

/// Indexes the pieces one behind the other, and each alone.
fn appends(isa: Isa, pieces: &[Vec<u8>]) -> Result<(), TestCaseError> {
    let (mut whole, mut alone) = (Index::with_isa(isa), Index::with_isa(Isa::Scalar));
    let mut text = Vec::new();
    for piece in pieces {
        let (from, before) = (text.len(), whole.len());
        text.extend_from_slice(piece);
        let first = whole.append(&text, from);
        prop_assert_eq!(first, if before == 0 { 0 } else { before + 1 });
        if before > 0 {
            prop_assert_eq!(whole.kind(before), 0);
        }
        alone.scan(piece);
        let tokens: Vec<_> = (first..whole.len())
            .map(|token| (whole.kind(token), whole.position(token) - from))
            .collect();
        let expected: Vec<_> =
            (0..alone.len()).map(|token| (alone.kind(token), alone.position(token))).collect();
        prop_assert_eq!(tokens, expected);
        prop_assert_eq!(whole.blanks(), alone.blanks());
        prop_assert_eq!(whole.stop(), alone.stop().map(|error| behind(error, from)));
        let verdict = alone.validate(piece, 0);
        let expected = verdict.map(|end| end + first).map_err(|error| behind(error, from));
        prop_assert_eq!(whole.validate(&text, first), expected);
    }
    Ok(())
}

/// The same error in a text with that many bytes before it.
fn behind(error: Error, from: usize) -> Error {
    Error { offset: error.offset + from, ..error }
}

/// Each byte in each place of a block, outside and inside a string.
#[test]
fn every_byte_in_every_place() {
    for place in 0..130 {
        for byte in 0..=255 {
            for fill in [&b" "[..], b"\"", b"[", b"\"\\", b"7"] {
                let mut text = fill.to_vec();
                text.resize(place + fill.len(), if fill[0] == b'"' { b'x' } else { fill[0] });
                text.extend([byte, b'"', b' ', b'1']);
                all_agree(&text).unwrap();
            }
        }
    }
}

/// What a later piece stops at is no news about an earlier one.
#[test]
fn an_earlier_piece_keeps_its_verdict() {
    let mut index = Index::new();
    let text = br#"{"a":[1,{"b":"c"}"#;
    index.append(&text[..8], 0);
    let second = index.append(text, 8);
    let torn = Error { kind: ErrorKind::Incomplete, offset: 8 };
    assert_eq!(index.validate(text, 0), Err(torn));
    assert_eq!(index.validate(text, second), Ok(index.len()));
    index.append(b"{\"a\":[1,{\"b\":\"c\"}\"\\x\"", 17);
    assert_eq!(index.stop().map(|error| error.kind), Some(ErrorKind::Escape));
    assert_eq!(index.validate(b"{\"a\":[1,{\"b\":\"c\"}\"\\x\"", 0), Err(torn));
}
