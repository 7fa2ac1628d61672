//! Any bytes through the index: all code paths agree with each other and with serde_json.
#![no_main]

#[path = "../../crates/json/tests/support/ask.rs"]
mod ask;
#[allow(dead_code)]
#[path = "../../crates/json/tests/support/oracle.rs"]
mod oracle;

use libfuzzer_sys::fuzz_target;
use trailmill_json::{Error, ErrorKind, Index, Isa};

fuzz_target!(|text: &[u8]| {
    let reference = facts(Isa::Scalar, text);
    for &isa in Isa::ALL {
        assert_eq!(facts(isa, text), reference, "{isa:?}");
    }
    let verdict = compare(text);
    cut(text, verdict);
    // In two pieces, the second of which has the tokens that it has alone.
    let middle = text.len() / 2;
    let mut index = Index::new();
    index.scan(&text[..middle]);
    let first = index.append(text, middle);
    assert_eq!(index.len() - first, tokens(&text[middle..]));
    ask::ask_all(index.document(text), index.len().min(40));
});

/// What an index says about a text, value after value.
fn facts(isa: Isa, text: &[u8]) -> impl PartialEq + std::fmt::Debug {
    let mut index = Index::with_isa(isa);
    index.scan(text);
    let tokens: Vec<_> =
        (0..=index.len()).map(|token| (index.kind(token), index.position(token))).collect();
    let mut verdicts = Vec::new();
    let mut token = 0;
    while token < index.len() && verdicts.len() < 100 {
        let verdict = index.validate(text, token);
        token = verdict.unwrap_or(token + 1);
        verdicts.push(verdict);
    }
    ask::ask_all(index.document(text), index.len().min(40));
    (tokens, index.stop(), index.blanks(), verdicts)
}

/// Asks both parsers; where both accept, the trees are the same.
fn compare(text: &[u8]) -> Result<(), Error> {
    let mut index = Index::new();
    let outcome = index.parse(text);
    assert_eq!(outcome.is_ok(), oracle::accepts(text), "{outcome:?}");
    let root = outcome?;
    // It keeps neither lone surrogates nor numbers that no float can hold.
    if let Ok(expected) = serde_json::from_slice::<serde_json::Value>(text) {
        assert_eq!(oracle::rebuild(root), expected);
    }
    Ok(())
}

/// Nothing that is incomplete has a beginning that is anything else.
fn cut(text: &[u8], verdict: Result<(), Error>) {
    let Err(Error { kind: ErrorKind::Incomplete, .. }) = verdict else { return };
    let mut index = Index::new();
    let half = index.parse(&text[..text.len() / 2]).map(|_| ());
    assert!(!matches!(half, Err(Error { kind, .. }) if kind != ErrorKind::Incomplete));
}

fn tokens(text: &[u8]) -> usize {
    let mut index = Index::with_isa(Isa::Scalar);
    index.scan(text);
    index.len()
}
