//! Random documents and spoiled ones: what this crate says of them is what serde_json says.
// Too slow under Miri, for which `harmless`, `errors` and `writing` are enough.
#![cfg(not(miri))]

mod support;

use proptest::prelude::*;
use support::tree::{self, Text, Tree};
use support::{cases, oracle, spoil, verdict};
use trailmill_json::{ErrorKind, Index, Isa, Kind, Str, Value};

proptest! {
    #![proptest_config(cases(4000))]

    /// Every kind, span, key, string and number is what was written.
    #[test]
    fn reads_what_was_written(document in tree::documents()) {
        let mut index = Index::new();
        let root = index.parse(&document.text).unwrap();
        same(root, &document.tree);
        let mut spans = Vec::new();
        collect_spans(root, &mut spans);
        prop_assert_eq!(&spans, &document.spans);
        prop_assert_eq!(root.token_behind(), index.len());
    }

    /// A tree built through the lazy values is the tree that serde_json builds.
    #[test]
    fn gives_the_tree_of_serde_json(document in tree::documents()) {
        match serde_json::from_slice::<serde_json::Value>(&document.text) {
            Ok(expected) => {
                let mut index = Index::new();
                let root = index.parse(&document.text).unwrap();
                prop_assert_eq!(oracle::rebuild(root), expected);
            }
            // It keeps neither lone surrogates nor numbers that no float can hold.
            Err(error) => prop_assert!(
                has_lone(&document.tree) || error.to_string().contains("number out of range"),
                "{}", error
            ),
        }
    }

    /// A value's raw text is a document of its own, and the same one.
    #[test]
    fn raw_text_stands_alone(document in tree::documents()) {
        let mut index = Index::new();
        let root = index.parse(&document.text).unwrap();
        let mut other = Index::new();
        let mut stack = vec![root];
        while let Some(value) = stack.pop() {
            let alone = other.parse(value.raw()).unwrap();
            prop_assert_eq!(alone.kind(), value.kind());
            prop_assert_eq!(alone.raw(), value.raw());
            stack.extend(value.elements());
            stack.extend(value.members().map(|member| member.value()));
        }
    }

    /// Where there are no blanks, the way that looks for none gives the same.
    #[test]
    fn dense_members_are_the_same(document in tree::documents()) {
        let dense = oracle::compact(&document.text);
        let mut index = Index::new();
        let mut stack = vec![index.parse(&dense).unwrap()];
        while let Some(value) = stack.pop() {
            let (mut plain, mut fast) = (Vec::new(), Vec::new());
            value.each_member::<false>(|member| plain.push(format!("{member:?}")));
            value.each_member::<true>(|member| fast.push(format!("{member:?}")));
            prop_assert_eq!(plain, fast);
            let mut members = value.dense_members();
            value.each_member::<true>(|member| {
                let dense = members.next().unwrap();
                assert_eq!(
                    (dense.token, dense.last_token, dense.kind),
                    (member.value_token, member.last_token, member.kind)
                );
                let places = [dense.key_start, dense.start, dense.end].map(|place| place as usize);
                assert_eq!(places, [member.key_start, member.value_start, member.end]);
            });
            prop_assert!(members.next().is_none());
            stack.extend(value.elements());
            stack.extend(value.members().map(|member| member.value()));
        }
    }

    /// Spoiled text is refused, or not, by both.
    #[test]
    fn refuses_what_serde_json_refuses(
        document in tree::documents(),
        spoils in spoil::spoils(),
    ) {
        let mut text = document.text;
        for spoil in spoils {
            spoil.apply(&mut text);
        }
        agrees(&text)?;
    }

    /// The same for text that never was JSON.
    #[test]
    fn agrees_on_junk(text in spoil::junk(24)) {
        agrees(&text)?;
    }

    /// The same for whole tokens in any order.
    #[test]
    fn agrees_on_token_soup(text in spoil::token_soup()) {
        agrees(&text)?;
    }

    /// The same for words that may be numbers.
    #[test]
    fn agrees_on_numbers(word in "-?[0-9]{0,3}[.]?[0-9]{0,3}[eE]?[+-]?[0-9]{0,3}[0x]?") {
        agrees(word.as_bytes())?;
        agrees(format!("[{word}]").as_bytes())?;
        agrees(format!("{{\"a\":{word} }}").as_bytes())?;
    }

    /// A list that is cut is incomplete, wherever the cut: reading on could save it.
    #[test]
    fn a_cut_text_is_incomplete(
        document in tree::containers(),
        cut in any::<prop::sample::Index>(),
    ) {
        let whole = document.spans[0].end;
        let cut = &document.text[..cut.index(whole)];
        let error = verdict(Isa::best(), cut).unwrap_err();
        prop_assert_eq!(error.kind, ErrorKind::Incomplete);
        prop_assert_eq!(error.offset, cut.len());
    }
}

/// Both accept the text, or both refuse it; a refusal names a place in it.
fn agrees(text: &[u8]) -> Result<(), TestCaseError> {
    let ours = verdict(Isa::best(), text);
    prop_assert_eq!(ours.is_ok(), oracle::accepts(text), "{:?}", ours);
    if let Err(error) = ours {
        prop_assert!(error.offset <= text.len());
    }
    Ok(())
}

/// Compares a value with the tree that it was written from.
fn same(value: Value<'_>, tree: &Tree) {
    match tree {
        Tree::Null => assert_eq!(value.kind(), Kind::Null),
        Tree::Bool(truth) => assert_eq!(value.as_bool(), Some(*truth)),
        Tree::Number(text) => {
            assert_eq!((value.kind(), value.raw()), (Kind::Number, text.as_bytes()));
            assert_eq!(value.as_i64(), text.parse().ok());
        }
        Tree::String(text) => same_string(value.as_string().unwrap(), text),
        Tree::Array(elements) => {
            assert_eq!(value.kind(), Kind::Array);
            assert_eq!(value.elements().count(), elements.len());
            for (position, expected) in elements.iter().enumerate() {
                same(value.element(position).unwrap(), expected);
            }
        }
        Tree::Object(members) => same_members(value, members),
    }
}

fn same_members(value: Value<'_>, members: &[(Text, Tree)]) {
    assert_eq!(value.kind(), Kind::Object);
    assert_eq!(value.members().count(), members.len());
    same_spans(value);
    let tokens: Vec<_> = value.members().map(|m| m.value().token()).collect();
    let last = |name: &str| {
        let position = members.iter().rposition(|(key, _)| key.decoded == name);
        position.map(|position| tokens[position])
    };
    for (member, (key, expected)) in value.members().zip(members) {
        same_string(member.key(), key);
        same(member.value(), expected);
        // The raw text is another name, where it is not the name itself.
        for name in [&key.decoded, &key.raw] {
            assert_eq!(value.get(name).map(Value::token), last(name));
        }
    }
}

/// The fast way over the members gives what the plain one gives.
fn same_spans(value: Value<'_>) {
    let mut members = value.members();
    value.each_member::<false>(|spans| {
        let member = members.next().unwrap();
        assert_eq!(spans.key().raw(), member.key().raw());
        assert_eq!(spans.kind, member.value().kind());
        assert_eq!(spans.value_token, member.value().token());
        assert_eq!(spans.key_start..spans.end, member.span());
        assert_eq!(spans.value_start..spans.end, member.value().span());
    });
    assert!(members.next().is_none());
}

fn same_string(string: Str<'_>, text: &Text) {
    assert_eq!(string.raw(), text.raw.as_bytes());
    assert_eq!(string.decode(), text.decoded);
    assert!(string.is(&text.decoded));
    assert_eq!(string.is(&text.raw), text.raw == text.decoded);
}

/// The spans of a value and of everything in it, as [`tree::Written`] has them.
fn collect_spans(value: Value<'_>, spans: &mut Vec<std::ops::Range<usize>>) {
    spans.push(value.span());
    for element in value.elements() {
        collect_spans(element, spans);
    }
    for member in value.members() {
        let key = member.key().raw().len() + 2;
        assert_eq!(member.span().end, member.value().span().end);
        assert!(member.span().start + key < member.value().span().start);
        collect_spans(member.value(), spans);
    }
}

fn has_lone(tree: &Tree) -> bool {
    match tree {
        Tree::String(text) => text.lone,
        Tree::Array(elements) => elements.iter().any(has_lone),
        Tree::Object(members) => members.iter().any(|(key, value)| key.lone || has_lone(value)),
        _ => false,
    }
}
