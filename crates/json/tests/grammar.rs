//! The grammar over tokens: every path says the same of the same tokens, be they few or many.
// Too slow under Miri, where there is one path of the grammar anyway.
#![cfg(not(miri))]

mod support;

use proptest::prelude::*;
use proptest::sample::Index as Place;
use std::ops::Range;
use support::tree;
use support::{cases, paths};
use trailmill_json::{Error, Index, Isa};

/// Every kind of token, and words that are none.
const ALPHABET: &[&str] = &["{", "}", "[", "]", ":", ",", "\"a\"", "1", "true", "nul", "-1e400"];

/// What validating the first value of a text says: the token behind it, the span of every object
/// and array in it, and whether there was a number of note.
type Said = (Result<(usize, Vec<Range<usize>>), Error>, bool);

fn said(index: &mut Index, text: &[u8]) -> Said {
    index.scan(text);
    let end = index.validate(text, 0);
    let extremes = index.take_extremes();
    let spans = |end: usize| {
        let document = index.document(text);
        let brackets = (0..end).filter(|&token| matches!(index.kind(token), b'{' | b'['));
        (end, brackets.map(|token| document.value(token).span()).collect())
    };
    (end.map(spans), extremes)
}

/// An index for the reference, and one for each other path.
struct Paths {
    reference: Index,
    others: Vec<Index>,
}

impl Paths {
    fn new(brackets_max: usize) -> Self {
        let index = |isa| Index::with_isa(isa).with_depth_max(brackets_max);
        let others = paths().filter(|isa| *isa != Isa::Scalar).map(index).collect();
        Paths { reference: index(Isa::Scalar), others }
    }

    /// Asks all paths; gives whether they accept.
    fn agree(&mut self, text: &[u8]) -> bool {
        let expected = said(&mut self.reference, text);
        for index in &mut self.others {
            let isa = index.isa();
            assert_eq!(said(index, text), expected, "{isa:?}: {}", String::from_utf8_lossy(text));
        }
        expected.0.is_ok()
    }
}

/// Calls `see` with all sequences of so many tokens.
fn sequences(tokens: usize, text: &mut String, see: &mut impl FnMut(&str)) {
    if tokens == 0 {
        return see(text);
    }
    let length = text.len();
    for token in ALPHABET {
        text.push_str(token);
        sequences(tokens - 1, text, see);
        text.truncate(length);
    }
}

#[test]
fn all_short_sequences_of_tokens() {
    let mut paths = Paths::new(3);
    let mut accepted = 0;
    for tokens in 0..=5 {
        sequences(tokens, &mut String::new(), &mut |text| {
            accepted += usize::from(paths.agree(text.as_bytes()));
        });
    }
    assert!(accepted > 1000, "{accepted}");
}

/// The same sequences where 64 tokens, and twice as many, end before, in and behind them.
#[test]
fn short_sequences_anywhere() {
    let mut paths = Paths::new(8);
    let mut accepted = 0;
    for before in (0..8).chain(48..72).chain(110..132) {
        // `[` and four tokens of `[],` make any odd and any even number of tokens.
        let even = if before % 2 == 0 { "" } else { "[[]," };
        let prefix = format!("{even}[{}", "1,".repeat(before / 2));
        for tokens in 0..=3 {
            for (open, close) in [("", ""), ("{\"a\":", "}"), ("[", ",{\"b\":[]}]")] {
                sequences(tokens, &mut format!("{prefix}{open}"), &mut |text| {
                    let text = format!("{text}{close}]{}", if even.is_empty() { "" } else { "]" });
                    accepted += usize::from(paths.agree(text.as_bytes()));
                });
            }
        }
    }
    assert!(accepted > 1000, "{accepted}");
}

/// Brackets up to the limit and beyond, behind any number of tokens.
#[test]
fn depths_anywhere() {
    for most in [1, 2, 3, 61, 62, 63, 64, 127, 128] {
        let mut paths = Paths::new(most);
        for depth in most.saturating_sub(2)..most + 3 {
            for before in [0, 1, 28, 29, 30, 31, 32, 60, 61] {
                for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
                    let depth = if open.len() > 6 { depth.div_ceil(2) } else { depth };
                    let text = [
                        "[".to_owned() + &"1,".repeat(before),
                        open.repeat(depth.saturating_sub(1)),
                        "1".to_owned(),
                        close.repeat(depth.saturating_sub(1)),
                        "]".to_owned(),
                    ];
                    paths.agree(text.concat().as_bytes());
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(4000))]

    /// Documents of which a few tokens were taken out, doubled, or have become others.
    #[test]
    fn spoiled_documents(
        documents in prop::collection::vec(tree::containers(), 1..6),
        before in 0usize..70,
        spoils in prop::collection::vec((any::<Place>(), 0..ALPHABET.len() + 2), 0..3),
    ) {
        let mut tokens = vec![b"[".to_vec()];
        tokens.extend((0..before).flat_map(|_| [b"\"x\"".to_vec(), b",".to_vec()]));
        for (number, document) in documents.iter().enumerate() {
            if number > 0 {
                tokens.push(b",".to_vec());
            }
            tokens.extend(tokens_of(&document.text));
        }
        tokens.push(b"]".to_vec());
        for (place, spoil) in spoils {
            let at = place.index(tokens.len());
            match ALPHABET.get(spoil) {
                Some(token) => tokens[at] = token.as_bytes().to_vec(),
                None if spoil == ALPHABET.len() => drop(tokens.remove(at)),
                None => tokens.insert(at, tokens[at].clone()),
            }
            if tokens.is_empty() {
                break;
            }
        }
        let mut paths = Paths::new(20);
        // Words that meet would be one.
        paths.agree(&tokens.join(&b" "[..]));
        paths.agree(&tokens.concat());
    }
}

/// The text of each token.
fn tokens_of(text: &[u8]) -> Vec<Vec<u8>> {
    let mut index = Index::with_isa(Isa::Scalar);
    index.scan(text);
    let token = |token| text[index.position(token)..index.position(token + 1)].trim_ascii_end();
    (0..index.len()).map(|number| token(number).to_vec()).collect()
}
