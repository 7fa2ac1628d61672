//! What is kept is what would be made, and no more than there is room for.

use super::{LENGTH_MAX, Memo, Memos, SLOTS, slot_of};
use crate::{Batch, Event, Names, Path, Put, Source};
use proptest::prelude::*;
use trailmill_json::{Draft, Key, Object};

const SAYS: Key = Key::new("says");

/// The object that says `text`, by way of the memory.
fn said<'m>(memos: &'m mut Memos, memo: &Memo, spare: &'m mut Draft, text: &str) -> &'m Draft {
    let tell = |basis: &mut super::Basis<'_>| basis.key.extend_from_slice(text.as_bytes());
    let write = |object: &mut Object<'_>| object.text(&SAYS, text);
    memos.object(memo, 0, spare, tell, |draft| draft.object([].into_iter(), write))
}

fn kept(memos: &Memos) -> usize {
    memos.slots.iter().filter(|slot| !slot.key.is_empty()).count()
}

#[test]
fn an_object_is_kept_once() {
    let (mut memos, memo, mut spare) = (Memos::default(), Memo::new(), Draft::default());
    for _ in 0..3 {
        let object = said(&mut memos, &memo, &mut spare, "a");
        assert!(!object.is_empty());
        assert_eq!(kept(&memos), 1);
    }
    said(&mut memos, &memo, &mut spare, "b");
    assert_eq!(kept(&memos), 2);
    said(&mut memos, &Memo::new(), &mut spare, "b");
    assert_eq!(kept(&memos), 3);
}

#[test]
fn what_is_known_of_a_value_tells_objects_apart() {
    let (mut memos, memo, mut spare) = (Memos::default(), Memo::new(), Draft::default());
    for flag in [false, true, false, true] {
        let write = |object: &mut Object<'_>| object.flag(&SAYS, flag);
        let make = |draft: &mut Draft| draft.object([].into_iter(), write);
        let object = memos.object(&memo, 0, &mut spare, |basis| basis.flag(flag), make).clone();
        make(&mut spare);
        assert_eq!(object, spare, "{flag}");
    }
    assert_eq!(kept(&memos), 2);
}

/// By which it is seen, too, that an object is not made again.
#[cfg(debug_assertions)]
#[test]
#[should_panic = "does not follow from its basis"]
fn an_object_follows_from_its_basis() {
    let (mut memos, memo, mut spare) = (Memos::default(), Memo::new(), Draft::default());
    for text in ["a", "b"] {
        let write = |object: &mut Object<'_>| object.text(&SAYS, text);
        let make = |draft: &mut Draft| draft.object([].into_iter(), write);
        memos.object(&memo, 0, &mut spare, |basis| basis.value(None), make);
    }
}

#[test]
fn memory_is_bounded() {
    let (mut memos, memo, mut spare) = (Memos::default(), Memo::new(), Draft::default());
    let long = "x".repeat(LENGTH_MAX + 1);
    let object = said(&mut memos, &memo, &mut spare, &long).clone();
    assert!(object.len() > long.len() && memos.slots.is_empty());
    // The basis is short enough, the object is not.
    let nearly = "\n".repeat(LENGTH_MAX - 100);
    let object = said(&mut memos, &memo, &mut spare, &nearly).clone();
    assert!(object.len() > LENGTH_MAX && kept(&memos) == 0);
    for number in 0..4 * SLOTS {
        said(&mut memos, &memo, &mut spare, &number.to_string());
    }
    assert_eq!(memos.slots.len(), SLOTS);
}

#[test]
fn slots_are_used_alike() {
    let mut used = vec![0; SLOTS];
    for number in 0..8 * SLOTS {
        let session = format!("{:0200}{number:08}{:0200}", 0, 0);
        used[slot_of(session.as_bytes())] += 1;
    }
    assert!(used.iter().filter(|&&count| count > 0).count() > SLOTS * 9 / 10);
    assert!(used.iter().all(|&count| count <= 32), "{:?}", used.iter().max());
}

/// What a stage might find out of two members.
fn find_out(event: &Event<'_>, wanted: &Names, object: &mut Object<'_>) {
    let [who, what] = event.root().pick(wanted);
    if let Some(who) = who.and_then(crate::Node::text) {
        object.text(&SAYS, &who);
    }
    if let Some(count) = what.map(|what| what.members().count() as i64) {
        object.integer(&Key::new("members"), count);
    }
}

fn records() -> impl Strategy<Value = Vec<String>> {
    let who = prop_oneof![
        4 => "[ab]{0,2}".prop_map(|text| format!(r#""who":"{text}","#)),
        1 => (2000..2100_usize).prop_map(|length| format!(r#""who":"{}","#, "x".repeat(length))),
        1 => Just(r#""who" : "\u0061\n", "#.to_owned()),
        1 => Just(r#""who":0,"#.to_owned()),
        1 => Just(String::new()),
    ];
    let what = prop_oneof![
        2 => Just(r#""what":{},"#),
        2 => Just(r#""what":{"a":1,"b":2},"#),
        1 => Just(r#""what":{"a": 1},"#),
        1 => Just(""),
    ];
    let added = prop_oneof![
        4 => Just(""),
        1 => Just(r#""added":{"old":1},"#),
        1 => Just(r#""added":null,"#),
        1 => Just(r#""added":1,"#),
    ];
    let record = (who, what, added, 0..3_u8)
        .prop_map(|(who, what, added, id)| format!(r#"{{{who}{what}{added}"id":{id}}}"#));
    proptest::collection::vec(record, 1..60)
}

proptest! {
    #[test]
    fn nothing_depends_on_what_is_kept(records in records()) {
        let wanted = Names::new(["who", "what"]);
        let stages = ["added.one", "added.two", "three"].map(|path| {
            (path.parse::<Path>().unwrap(), Memo::new())
        });
        let member: Path = "what.c".parse().unwrap();
        let lines = records.join("\n");
        let [mut with, mut without] = [(); 2].map(|()| {
            let mut batch = Batch::new();
            batch.load_lines(lines.as_bytes(), Source::default()).unwrap();
            batch
        });
        for number in 0..records.len() {
            let (mut one, mut other) = (with.event(number), without.event(number));
            for (round, (path, memo)) in stages.iter().enumerate() {
                let tell = |event: &Event<'_>, basis: &mut super::Basis<'_>| {
                    event.root().pick::<2>(&wanted).into_iter().for_each(|it| basis.value(it));
                };
                let write = |event: &Event<'_>, object: &mut Object<'_>| {
                    find_out(event, &wanted, object);
                };
                prop_assert_eq!(
                    one.set_object_by(path, memo, tell, write),
                    other.set_object(path, write)
                );
                if round == 1 && number % 2 == 0 {
                    let put = Put::Integer(number as i64 % 3);
                    prop_assert_eq!(one.set(&member, put), other.set(&member, put));
                }
            }
            let texts = [one, other].map(|event| {
                let mut text = Vec::new();
                event.write_into(&mut text);
                String::from_utf8(text).unwrap()
            });
            prop_assert_eq!(&texts[0], &texts[1]);
        }
    }
}
