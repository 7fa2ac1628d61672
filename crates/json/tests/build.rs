//! Objects made member by member: the tokens are those that a scan of the text finds.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use trailmill_json::{Draft, Index, Key, List, Object};

const KEYS: [Key; 4] = [
    Key::new("a"),
    Key::new("kind"),
    Key::new("accessKeyId"),
    Key::new("a name as long as a key may have, to its last byte, is good"),
];
const NAMES: [&str; 4] =
    ["a", "kind", "accessKeyId", "a name as long as a key may have, to its last byte, is good"];

/// Values of the kinds that can be added; objects have no name twice.
fn value() -> impl Strategy<Value = Value> {
    let text = prop_oneof!["[a-z ]{0,80}", "\\PC{0,20}", "[\\x00-\\x7f]{0,20}"];
    let leaf = prop_oneof![
        text.prop_map(Value::String),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(|number| json!(number)),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        let member = (0..NAMES.len(), inner.clone());
        let members = prop::collection::vec(member, 0..4);
        let object = members.prop_map(|members| {
            let named = members.into_iter().map(|(name, value)| (NAMES[name].to_owned(), value));
            Value::Object(named.collect())
        });
        prop_oneof![object, prop::collection::vec(inner, 0..4).prop_map(Value::Array)]
    })
}

/// The value as it comes out: without what is empty, and lists with what they can hold.
fn expected(value: &Value) -> Option<Value> {
    match value {
        Value::Object(members) => {
            let members = members.iter().filter_map(|(k, v)| Some((k.clone(), expected(v)?)));
            let members: Map<String, Value> = members.collect();
            (!members.is_empty()).then_some(Value::Object(members))
        }
        Value::Array(elements) => {
            let kept = elements.iter().filter(|v| v.is_string() || v.is_object());
            let elements: Vec<Value> = kept.filter_map(expected).collect();
            (!elements.is_empty()).then_some(Value::Array(elements))
        }
        leaf => Some(leaf.clone()),
    }
}

fn add_all(object: &mut Object<'_>, value: &Value) {
    for (name, value) in value.as_object().into_iter().flatten() {
        let key = &KEYS[NAMES.iter().position(|known| known == name).unwrap()];
        match value {
            Value::String(text) => object.text(key, text),
            Value::Bool(flag) => object.flag(key, *flag),
            Value::Number(number) => object.integer(key, number.as_i64().unwrap()),
            Value::Array(elements) => object.list(key, |list| add_elements(list, elements)),
            Value::Object(_) => object.object(key, |inner| add_all(inner, value)),
            Value::Null => unreachable!(),
        }
    }
}

fn add_elements(list: &mut List<'_>, elements: &[Value]) {
    for element in elements {
        match element {
            Value::String(text) => list.text(text),
            Value::Object(_) => list.object(|inner| add_all(inner, element)),
            _ => {}
        }
    }
}

/// The tokens from `first` on, from the start of their text; with the token behind each.
fn tokens(index: &Index, text: &[u8], first: usize, from: usize) -> Vec<(u8, usize, usize)> {
    let document = index.document(text);
    let token = |token| {
        let behind = match index.kind(token) {
            b'{' | b'[' => document.value(token).token_behind() - first,
            _ => 0,
        };
        (index.kind(token), index.position(token) - from, behind)
    };
    (first..index.len()).map(token).collect()
}

proptest! {
    #[test]
    fn a_draft_is_what_a_scan_of_its_text_finds(
        values in prop::collection::vec(value(), 1..4),
        names in prop::collection::vec("[a-z\"\\\\]{0,5}", 0..3),
    ) {
        let (mut draft, mut index, mut text) = (Draft::default(), Index::new(), Vec::new());
        for value in &values {
            let names = names.iter().map(String::as_str);
            draft.object(names.clone(), |object| add_all(object, value));
            let Some(inner) = expected(value).filter(Value::is_object) else {
                prop_assert!(draft.is_empty());
                continue;
            };
            let from = text.len();
            let first = index.adopt(&draft, &mut text);
            let whole = names.rev().fold(inner, |inner, name| {
                Value::Object([(name.to_owned(), inner)].into_iter().collect())
            });
            let made = &text[from..];
            prop_assert_eq!(serde_json::from_slice::<Value>(made).unwrap(), whole.clone());
            prop_assert_eq!(made, serde_json::to_vec(&whole).unwrap(), "compact");
            prop_assert_eq!(made.len(), draft.len());
            let mut scanned = Index::new();
            scanned.parse(made).unwrap();
            let found = tokens(&index, &text, first, from);
            prop_assert_eq!(found, tokens(&scanned, made, 0, 0));
            let value = index.document(&text).value(first);
            prop_assert_eq!(value.raw(), made);
        }
    }
}

#[test]
fn strings_can_be_taken_over_as_they_stand() {
    let mut index = Index::new();
    let root = index.parse(br#"{"a":"x\u0041\n\"","b":""}"#).unwrap();
    let string = |name| root.get(name).unwrap().as_string().unwrap();
    let (mut draft, mut text) = (Draft::default(), Vec::new());
    draft.object(std::iter::empty(), |object| {
        object.raw(&KEYS[0], string("a"));
        object.raw(&KEYS[1], string("b"));
    });
    Index::new().adopt(&draft, &mut text);
    assert_eq!(text, br#"{"a":"x\u0041\n\"","kind":""}"#);
}
