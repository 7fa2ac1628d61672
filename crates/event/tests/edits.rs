//! Events and a plain tree take the same random steps and look alike after each.

mod support;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::Config;
use support::play::play;
use trailmill_event::{Batch, EditError, Event, Path, Put, Source};

proptest! {
    // A failing game belongs below as a test of its own, so proptest keeps no files.
    #![proptest_config(Config {
        cases: Config::default().cases * 6,
        failure_persistence: None,
        ..Config::default()
    })]

    #[test]
    fn edits_do_what_a_tree_does(bytes in vec(any::<u8>(), 0..700)) {
        play(&bytes);
    }
}

fn path(text: &str) -> Path {
    text.parse().unwrap()
}

fn written(event: &Event<'_>) -> String {
    let mut out = Vec::new();
    event.write_into(&mut out);
    String::from_utf8(out).unwrap()
}

/// Plays with a record that is laid out densely and one with blanks.
fn with(record: &str, play: impl Fn(&mut Event<'_>)) {
    let mut batch = Batch::new();
    for text in [record.to_owned(), record.replace(',', " ,\r\n ").replace(':', " : ")] {
        batch.load_lines(text.as_bytes(), Source::default()).unwrap();
        play(&mut batch.event(0));
    }
}

#[test]
fn edits_inside_edited_values() {
    with(r#"{"a":{"b":1},"l":[1,{"x":2},3]}"#, |event| {
        event.set(&path("a.b"), Put::Json(br#"{ "c" : [ {"d": 1} ] }"#)).unwrap();
        event.set(&path("a.b.c[0].e"), Put::Text("new")).unwrap();
        assert!(event.remove(&path("a.b.c[0].d")));
        assert_eq!(event.rename(&path("a.b.c"), "k"), Ok(true));
        assert!(event.get(&path("a.b.c")).is_none());
        assert!(event.remove(&path("l[0]")));
        // What was element 1 is element 0 now.
        event.set(&path("l[0].x"), Put::Integer(-7)).unwrap();
        assert_eq!(event.get(&path("l[0].x")).unwrap().as_i64(), Some(-7));
        assert_eq!(written(event), r#"{"a":{"b":{"k":[{"e":"new"}]}},"l":[{"x":-7},3]}"#);
    });
}

#[test]
fn null_gives_way_to_an_object() {
    with(r#"{"n":null,"m":{"x":null}}"#, |event| {
        event.set(&path("n.a"), Put::Integer(1)).unwrap();
        event.set(&path("n.b.c"), Put::Integer(2)).unwrap();
        event.set(&path("m.x.y.z"), Put::Integer(3)).unwrap();
        assert_eq!(written(event), r#"{"n":{"a":1,"b":{"c":2}},"m":{"x":{"y":{"z":3}}}}"#);
        let fault = event.set(&path("n.a.b"), Put::Null);
        assert_eq!(fault, Err(EditError::NotThere));
    });
}

#[test]
fn objects_that_only_grew_are_written_with_their_commas() {
    with(r#"{"a":1}"#, |event| {
        event.set(&path("e"), Put::Json(b"{ }")).unwrap();
        event.set(&path("e.x"), Put::Integer(1)).unwrap();
        event.set(&path("e.y"), Put::Json(b"{}")).unwrap();
        event.set(&path("e.y.z"), Put::Integer(2)).unwrap();
        assert_eq!(written(event), r#"{"a":1,"e":{"x":1,"y":{"z":2}}}"#);
        assert!(event.remove(&path("e.x")));
        assert_eq!(written(event), r#"{"a":1,"e":{"y":{"z":2}}}"#);
        event.set(&path("e.y"), Put::Null).unwrap();
        event.rename(&path("e.y"), "w").unwrap();
        assert_eq!(written(event), r#"{"a":1,"e":{"w":null}}"#);
    });
}

#[test]
fn nothing_written_sets_nothing() {
    with(r#"{"a":{"b":1}}"#, |event| {
        event.set_json(&path("a.c"), |_, _| ()).unwrap();
        assert_eq!(written(event), r#"{"a":{"b":1}}"#);
        let outcome = event.set_json(&path("a.c"), |event, out| {
            event.get(&path("a.b")).unwrap().write_into(out);
        });
        assert_eq!(outcome, Ok(()));
        assert_eq!(written(event), r#"{"a":{"b":1,"c":1}}"#);
        for bad in ["1}", "1},{\"x\":1", "{", "\"", "1,\"d\":2", " "] {
            let outcome = event.set_json(&path("d.e"), |_, out| out.extend(bad.as_bytes()));
            assert_eq!(outcome, Err(EditError::NotJson), "{bad}");
        }
        assert_eq!(written(event), r#"{"a":{"b":1,"c":1}}"#);
    });
}

#[test]
fn members_come_and_go() {
    with(r#"{"a":1,"b":2}"#, |event| {
        event.set(&path("n.x.y"), Put::Bool(false)).unwrap();
        assert_eq!(written(event), r#"{"a":1,"b":2,"n":{"x":{"y":false}}}"#);
        assert!(event.remove(&path("n.x.y")));
        assert!(event.remove(&path("n")));
        assert!(!event.remove(&path("n")));
        assert!(event.remove(&path("a")));
        event.set(&path("a"), Put::Null).unwrap();
        // A member that comes back comes last.
        assert_eq!(written(event), r#"{"b":2,"a":null}"#);
        assert_eq!(event.rename(&path("a"), "z"), Ok(true));
        assert_eq!(event.rename(&path("z"), "b"), Err(EditError::Exists));
        assert_eq!(event.rename(&path("z"), "z"), Err(EditError::Exists));
        assert_eq!(event.rename(&path("none"), "other"), Ok(false));
        assert_eq!(written(event), r#"{"b":2,"z":null}"#);
    });
}

#[test]
fn of_members_of_one_name_the_last_counts() {
    with(r#"{"a":1,"b":0,"a":{"x":1,"x":2},"a":{"x":3,"x":4}}"#, |event| {
        assert_eq!(event.get(&path("a.x")).unwrap().as_i64(), Some(4));
        event.set(&path("a.x"), Put::Integer(5)).unwrap();
        assert_eq!(written(event), r#"{"a":1,"b":0,"a":{"x":1,"x":2},"a":{"x":3,"x":5}}"#);
        assert!(event.remove(&path("a.x")));
        assert_eq!(written(event), r#"{"a":1,"b":0,"a":{"x":1,"x":2},"a":{}}"#);
        assert_eq!(event.rename(&path("a"), "c"), Ok(true));
        assert_eq!(written(event), r#"{"c":1,"b":0,"c":{"x":1,"x":2},"c":{}}"#);
        assert!(event.remove(&path("c")));
        assert_eq!(written(event), r#"{"b":0}"#);
    });
}

#[test]
fn keys_are_known_by_what_they_mean() {
    with(r#"{"\u0061":1,"a":2,"\u0062":{"\u00e9":3}}"#, |event| {
        assert_eq!(event.get(&path("a")).unwrap().as_i64(), Some(2));
        event.set(&path("b.\u{e9}"), Put::Integer(4)).unwrap();
        assert_eq!(written(event), r#"{"\u0061":1,"a":2,"\u0062":{"\u00e9":4}}"#);
        assert!(event.remove(&path("a")));
        assert_eq!(event.rename(&path("b"), "\"\n"), Ok(true));
        assert_eq!(written(event), r#"{"\"\n":{"\u00e9":4}}"#);
    });
}

#[test]
fn errors_leave_the_event_as_it_was() {
    let deep = [b"[".repeat(129), b"]".repeat(129)].concat();
    with(r#"{"a":"text","l":[1],"n":null}"#, |event| {
        let before = written(event);
        for (place, put, error) in [
            ("a.b", Put::Null, EditError::NotThere),
            ("l.b", Put::Null, EditError::NotThere),
            ("l[1]", Put::Null, EditError::NotThere),
            ("a[0]", Put::Null, EditError::NotThere),
            ("new[0]", Put::Null, EditError::NotThere),
            ("new.x[0]", Put::Null, EditError::NotThere),
            ("a", Put::Json(b"{"), EditError::NotJson),
            ("new.b", Put::Json(b"1,\"c\":2"), EditError::NotJson),
            ("a", Put::Json(&deep), EditError::NotJson),
        ] {
            assert_eq!(event.set(&path(place), put), Err(error), "{place}");
            assert_eq!(written(event), before, "{place}");
        }
        event.set(&path("a"), Put::Json(&deep[1..257])).unwrap();
    });
}

#[test]
fn a_row_takes_the_place_of_the_record() {
    with(r#"{"a":1}"#, |event| {
        event.set(&path("b"), Put::Integer(2)).unwrap();
        let outcome: Result<(), ()> = event.rewrite(|record, out| {
            out.extend_from_slice(br#"{"A":"#);
            record.get(&path("b")).unwrap().write_into(out);
            out.push(b'}');
            Ok(())
        });
        assert_eq!(outcome, Ok(()));
        assert_eq!(written(event), r#"{"A":2}"#);
        // A stage that fails later leaves the row alone.
        let failed = event.rewrite(|_, out| {
            out.extend_from_slice(b"half");
            Err("no")
        });
        assert_eq!(failed, Err("no"));
        assert_eq!(written(event), r#"{"A":2}"#);
        event.settle().unwrap();
        assert!(!event.is_rewritten());
        event.set(&path("B"), Put::Text("x")).unwrap();
        assert_eq!(written(event), r#"{"A":2,"B":"x"}"#);
        assert!(event.get(&path("a")).is_none());
    });
}

#[test]
fn a_mark_leads_back_over_rows() {
    let row = |text: &'static str| {
        move |_: &Event<'_>, out: &mut Vec<u8>| {
            out.extend_from_slice(text.as_bytes());
            Ok::<(), ()>(())
        }
    };
    with(r#"{"a":1}"#, |event| {
        let fresh = event.mark();
        event.rewrite(row(r#"{"first":1}"#)).unwrap();
        let unsettled = event.mark();
        event.settle().unwrap();
        event.set(&path("x"), Put::Null).unwrap();
        let settled = event.mark();
        for _ in 0..2 {
            event.rewrite(row(r#"{"second":2}"#)).unwrap();
            event.settle().unwrap();
            event.rewrite(row(r#"{"third":3}"#)).unwrap();
            event.settle().unwrap();
            assert_eq!(written(event), r#"{"third":3}"#);
            event.reset(&settled);
            assert_eq!(written(event), r#"{"first":1,"x":null}"#);
            assert!(event.get(&path("x")).is_some());
        }
        event.reset(&unsettled);
        assert_eq!((written(event).as_str(), event.is_rewritten()), (r#"{"first":1}"#, true));
        assert!(event.get(&path("a")).is_some());
        event.reset(&fresh);
        assert_eq!((written(event).as_str(), event.is_rewritten()), (r#"{"a":1}"#, false));
    });
}

#[test]
fn what_is_no_json_does_not_settle() {
    with(r#"{"a":1}"#, |event| {
        let outcome: Result<(), ()> = event.rewrite(|_, out| {
            out.extend_from_slice(b"{\"half\":");
            Ok(())
        });
        assert_eq!(outcome, Ok(()));
        assert!(event.settle().is_err());
        assert_eq!(written(event), r#"{"a":1}"#);
    });
}
