//! Many documents in one text: each answers for itself, and a bad one costs no neighbor.
// Too slow under Miri, for which `harmless`, `errors` and `writing` are enough.
#![cfg(not(miri))]

mod support;

use proptest::collection::vec;
use proptest::prelude::*;
use support::{cases, paths, spoil, tree};
use trailmill_json::{Error, ErrorKind, Index, Isa};

/// The document on each line, if there is just one: a text is scanned once, and again from the
/// next line on after each stop.
fn read_lines(isa: Isa, text: &[u8]) -> Vec<Option<&[u8]>> {
    let mut index = Index::with_isa(isa);
    index.scan(text);
    let mut base = 0;
    let mut start = 0;
    let mut values = Vec::new();
    for line in text.split(|&byte| byte == b'\n') {
        if index.stop().is_some_and(|stop| base + stop.offset < start) {
            base = start;
            index.scan(&text[base..]);
        }
        let end = start + line.len();
        values.push(read_line(&mut index, &text[base..], start - base, end - base));
        start = end + 1;
    }
    values
}

fn read_line<'a>(
    index: &mut Index,
    window: &'a [u8],
    start: usize,
    end: usize,
) -> Option<&'a [u8]> {
    let (first, behind) = (index.token_at(start), index.token_at(end));
    let stopped = index.stop().is_some_and(|stop| (start..=end).contains(&stop.offset));
    let whole = !stopped && first < behind && index.validate(window, first) == Ok(behind);
    whole.then(|| &window[index.document(window).value(first).span()])
}

/// A document without line feeds: outside strings they are blanks, inside there are none.
fn line() -> impl Strategy<Value = Vec<u8>> {
    tree::documents().prop_map(|document| on_one_line(document.text))
}

fn on_one_line(mut text: Vec<u8>) -> Vec<u8> {
    text.iter_mut().filter(|byte| **byte == b'\n').for_each(|byte| *byte = b' ');
    text
}

proptest! {
    #![proptest_config(cases(2000))]

    /// A line in a window is worth what it is worth alone, whatever its neighbors are.
    #[test]
    fn each_line_answers_for_itself(
        lines in vec(prop_oneof![
            4 => line(),
            2 => (line(), spoil::spoils()).prop_map(|(mut text, spoils)| {
                spoils.iter().for_each(|spoil| spoil.apply(&mut text));
                on_one_line(text)
            }),
            1 => spoil::junk(8).prop_map(on_one_line),
            1 => spoil::token_soup().prop_map(on_one_line),
        ], 1..16),
    ) {
        let text = lines.join(&b'\n');
        for isa in paths() {
            let values = read_lines(isa, &text);
            prop_assert_eq!(values.len(), lines.len());
            for (value, line) in values.iter().zip(&lines) {
                let mut alone = Index::with_isa(isa);
                let expected = alone.parse(line).ok().map(|root| root.raw());
                prop_assert_eq!(*value, expected);
            }
        }
    }

    /// Containers need nothing between them.
    #[test]
    fn documents_without_a_gap(documents in vec(tree::containers(), 1..6)) {
        let texts: Vec<_> = documents.iter().map(|document| &document.text[..]).collect();
        let text = texts.concat();
        let mut index = Index::new();
        index.scan(&text);
        let (mut token, mut base) = (0, 0);
        for document in &documents {
            let end = index.validate(&text, token).unwrap();
            let span = index.document(&text).value(token).span();
            prop_assert_eq!(span.start - base..span.end - base, document.spans[0].clone());
            (token, base) = (end, base + document.text.len());
        }
        prop_assert_eq!(token, index.len());
        prop_assert_eq!(index.stop(), None);
    }

    /// Whatever the scan stops at, all values before it are what they were.
    #[test]
    fn a_stop_spares_what_precedes_it(
        documents in vec(tree::documents(), 1..5),
        (torn, kind) in prop::sample::select(vec![
            (&b"\"abc"[..], ErrorKind::Incomplete),
            (b"\"abc\\", ErrorKind::Incomplete),
            (b"\"\\ud8", ErrorKind::Incomplete),
            (b"\"\xc3", ErrorKind::Incomplete),
            (b"\"a\nb\"", ErrorKind::Control),
            (b"\x00", ErrorKind::Control),
            (b"\\", ErrorKind::Escape),
            (b"\"\\x\"", ErrorKind::Escape),
            (b"\"\xff\"", ErrorKind::Utf8),
            (b"\xff", ErrorKind::Utf8),
            (b"\"a\\\"b\xff\"", ErrorKind::Utf8),
            (b"\"a\\\\\\\"\xff\"", ErrorKind::Utf8),
        ]),
    ) {
        let mut text = Vec::new();
        for document in &documents {
            text.extend_from_slice(&document.text);
            text.push(b' ');
        }
        let end = text.len();
        text.extend_from_slice(torn);
        for isa in paths() {
            let mut index = Index::with_isa(isa);
            index.scan(&text);
            let mut token = 0;
            let mut base = 0;
            for document in &documents {
                let next = index.validate(&text, token).unwrap();
                let span = document.spans[0].clone();
                let raw = index.document(&text).value(token).raw();
                prop_assert_eq!(raw, &document.text[span]);
                (token, base) = (next, base + document.text.len() + 1);
            }
            prop_assert_eq!((token, base), (index.len(), end));
            let stop = index.stop().unwrap();
            prop_assert_eq!(stop.kind, kind);
            prop_assert!(stop.offset >= end);
            prop_assert_eq!(index.validate(&text, token), Err(stop));
        }
    }

    /// The last document of a window that ends too early is incomplete, and the others are not.
    #[test]
    fn the_last_document_is_cut(
        documents in vec(tree::containers(), 1..5),
        cut in any::<prop::sample::Index>(),
    ) {
        let (last, whole) = documents.split_last().unwrap();
        let kept = 1 + cut.index(last.spans[0].len() - 1) + last.spans[0].start;
        let mut text: Vec<u8> = whole.iter().flat_map(|document| document.text.clone()).collect();
        text.extend_from_slice(&last.text[..kept]);
        for isa in paths() {
            let mut index = Index::with_isa(isa);
            index.scan(&text);
            let mut token = 0;
            for _ in whole {
                token = index.validate(&text, token).unwrap();
            }
            let cut = Error { kind: ErrorKind::Incomplete, offset: text.len() };
            prop_assert_eq!(index.validate(&text, token), Err(cut));
        }
    }
}

/// `token_at` finds the first token at or behind a place, and the end behind the last.
#[test]
fn finds_tokens_by_their_place() {
    let text = b" {\"a\": 1}\n[2]\n";
    for isa in paths() {
        let mut index = Index::with_isa(isa);
        index.scan(text);
        let found: Vec<_> = (0..=text.len()).map(|offset| index.token_at(offset)).collect();
        assert_eq!(found, [0, 0, 1, 2, 2, 2, 3, 3, 4, 5, 5, 6, 7, 8, 8]);
        assert_eq!(index.token_at(usize::MAX), index.len());
    }
}
