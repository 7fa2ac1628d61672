//! Guests that do what they may not: a fault of its own kind for each, and a fresh instance.

use crate::guest::{WRITTEN, answer, answering, guest, making, process, processing};
use crate::support::{apply, build, stage};
use serde_json::json;
use trailmill_abi::{AnswerWriter, Counts, Kind};

/// The fault of an event in a guest, as `kind: message`.
fn fault(module: Vec<u8>) -> String {
    let stage = stage(module);
    let first = apply(&*stage, r#"{"a":1}"#).expect_err("a fault");
    // Whatever it was, the next event fares no worse.
    let second = apply(&*stage, r#"{"a":1}"#).expect_err("a fault");
    assert_eq!(first, second);
    format!("{}: {first}", first.kind.name)
}

#[test]
fn traps() {
    for (body, what) in [
        ("(unreachable)", "it gave up"),
        ("(i64.extend_i32_u (i32.div_u (i32.const 1) (i32.const 0)))", "it divided by zero"),
        ("(i64.load (i32.const -8))", "it reached beyond its memory"),
        ("(i64.trunc_f64_s (f64.const 1e300))", "a number does not fit"),
        ("(call $process (local.get $at) (local.get $length))", "its stack is full"),
    ] {
        let expected = format!("guest-trapped: the guest has trapped: {what}");
        assert_eq!(fault(processing(body)), expected, "{body}");
    }
    let table = "(table 1 funcref) (type $f (func (result i64)))";
    for (index, what) in
        [(0, "it called a function that is not there"), (9, "it reached beyond a table")]
    {
        let body = format!("(call_indirect (type $f) (i32.const {index}))");
        let expected = format!("guest-trapped: the guest has trapped: {what}");
        assert_eq!(fault(guest(&[("table", table), ("process", &process(&body))])), expected);
    }
}

#[test]
fn hogs() {
    let memory = "(loop $more (br_if $more (i32.ge_s (memory.grow (i32.const 16)) (i32.const 0))))
        (unreachable)";
    let expected = "guest-out-of-memory: the guest needs more memory than it may have \
                    (memory_bytes_max is 67108864)";
    assert_eq!(fault(processing(memory)), expected);
    let table = "(loop $more (br_if $more
            (i32.ge_s (table.grow $t (ref.null func) (i32.const 1000)) (i32.const 0))))
        (unreachable)";
    let parts = [("table", "(table $t 1 funcref)"), ("process", &*process(table))];
    assert_eq!(fault(guest(&parts)), expected);
    // Several tables have no more than one.
    let tables = "(table $t 60000 funcref) (table $u 1 funcref)";
    let body = "(if (i32.lt_s (table.grow $u (ref.null func) (i32.const 50000)) (i32.const 0))
        (then (unreachable))) (call $answer (local.get $at) (local.get $length))";
    assert_eq!(fault(guest(&[("table", tables), ("process", &process(body))])), expected);
    let malloc = r#"(func (export "malloc") (param i32) (result i32) (i32.const 0))"#;
    assert_eq!(fault(guest(&[("malloc", malloc)])), expected);
}

/// A guest that lives with less than it asks for is no hog.
#[test]
fn a_refused_page_is_no_fault_by_itself() {
    let body = "(drop (memory.grow (i32.const 65535)))
        (call $answer (local.get $at) (local.get $length))";
    assert_eq!(apply(&*stage(processing(body)), "{}"), Ok(Some("{}".to_owned())));
}

#[test]
fn addresses_that_are_wrong() {
    let outside = "guest-answer-malformed: the guest does not answer as it should: its answer is \
                   not within its memory";
    let pages_4 = 4 * 65_536_u64;
    for (at, length) in [
        (pages_4, 1),
        (pages_4 - 63, 64),
        (0, pages_4 + 1),
        (u64::from(u32::MAX), 1),
        (u64::from(u32::MAX), u64::from(u32::MAX)),
        (1, u64::from(u32::MAX)),
        (1 << 31, 1 << 31),
    ] {
        let packed = ((at << 32) | length) as i64;
        assert_eq!(fault(processing(&format!("(i64.const {packed})"))), outside, "{at} {length}");
    }
    let malformed =
        |what| format!("guest-answer-malformed: the guest does not answer as it should: {what}");
    // Where nothing is does not matter, but an answer is not nothing.
    assert_eq!(fault(processing("(i64.const 0)")), malformed("it has no header"));
    assert_eq!(fault(processing("(i64.const -4294967296)")), malformed("it has no header"));
    let last = format!("(i64.const {})", ((pages_4 - 63) << 32) | 63);
    assert_eq!(fault(processing(&last)), malformed("it has no header"));
    for at in [pages_4 as i64, pages_4 as i64 - 7, -1, -8, i64::from(i32::MIN)] {
        let malloc =
            format!(r#"(func (export "malloc") (param i32) (result i32) (i32.const {at}))"#);
        let expected = malformed("the memory that it gave is not there");
        assert_eq!(fault(guest(&[("malloc", &malloc)])), expected, "{at}");
    }
}

/// An answer that reaches into the input, or is its own frame, is read as it stands there.
#[test]
fn answers_that_overlap_are_read_as_they_stand() {
    let over_input = "(i64.or (i64.shl (i64.extend_i32_u (local.get $at)) (i64.const 32))
        (i64.extend_i32_u (local.get $length)))";
    let expected =
        "guest-answer-malformed: the guest does not answer as it should: it has no header";
    assert_eq!(fault(processing(over_input)), expected);
}

#[test]
fn answers_that_are_laid_out_wrongly() {
    let good = answer(&[(Kind::Rows, b"{}\n")], WRITTEN);
    let with = |at: usize, word: u32| {
        let mut bytes = good.clone();
        bytes[at..at + 4].copy_from_slice(&word.to_le_bytes());
        answering(&bytes)
    };
    assert_eq!(apply(&*stage(answering(&good)), r#"{"a":1}"#), Ok(Some("{}".to_owned())));
    for (module, what) in [
        (with(0, 2), "its status is unknown"),
        (with(4, 0), "there is something behind its last frame"),
        (with(4, 2), "a frame is cut"),
        (with(4, u32::MAX), "a frame is cut"),
        (with(64, 3), "the kind of a frame is unknown"),
        (with(72, 1), "a frame is cut"),
        (with(72, u32::MAX), "a frame is cut"),
        (with(76, 2), "there is something behind its last frame"),
        (with(76, u32::MAX), "a frame is cut"),
        (with(8, 2), "its counts do not balance"),
        (with(16, 2), "its counts do not balance"),
        (with(12, u32::MAX), "its counts do not balance"),
        (with(0, 1), "it has failed and counted all the same"),
        (answering(&good[..63]), "it has no header"),
        (answering(&good[..good.len() - 1]), "a frame is cut"),
    ] {
        let expected =
            format!("guest-answer-malformed: the guest does not answer as it should: {what}");
        assert_eq!(fault(module), expected);
    }
}

#[test]
fn counts_that_are_not_of_one_event() {
    let none = Counts::default();
    let row: &[(Kind, &[u8])] = &[(Kind::Rows, b"{}\n")];
    let not_one = "its counts are not those of one event";
    for (frames, counts, what) in [
        (row, none, not_one),
        (&[], none, not_one),
        (&[], Counts { read: 2, filtered: 2, ..none }, not_one),
        (row, Counts { read: 2, written: 2, ..none }, not_one),
        (row, Counts { read: u64::MAX, written: u64::MAX, ..none }, not_one),
        (
            row,
            Counts { read: 0, written: u64::MAX, filtered: 1, ..none },
            "its counts do not balance",
        ),
        (&[], WRITTEN, "the row of the event is missing"),
        (&[(Kind::Rows, b"")], WRITTEN, "the row of the event is missing"),
        (
            row,
            Counts { read: 1, filtered: 1, ..none },
            "there is a row of an event that has become none",
        ),
        (
            row,
            Counts { read: 1, dropped: 1, ..none },
            "there is a row of an event that has become none",
        ),
        (&[(Kind::Message, b"hm")], WRITTEN, "there is a message though it has not failed"),
    ] {
        let expected =
            format!("guest-answer-malformed: the guest does not answer as it should: {what}");
        assert_eq!(fault(answering(&answer(frames, counts))), expected);
    }
}

#[test]
fn rows_that_are_none() {
    let invalid = |what: &str| {
        let kind =
            "guest-row-invalid: what the guest made of the event is no JSON object on one line";
        format!("{kind}: {what}")
    };
    for (row, what) in [
        (&b"{\"a\":\"\xff\"}\n"[..], "bytes that are not UTF-8"),
        (b"{\"a\":\"\xed\xa0\x80\"}\n", "bytes that are not UTF-8"),
        (b"{\"a\":1\n", "the text ends before its document does"),
        (b"{\"a\":1}}\n", "something follows the end of the document"),
        (b"{\"a\":1}{}\n", "something follows the end of the document"),
        (b"{\"a\":tru}\n", "neither a number nor true, false or null"),
        (b"{\"a\":1}\0\n", "a control character where none may stand"),
        (b"{\"a\":\"\x01\"}\n", "a control character where none may stand"),
        (b"\n", "the text ends before its document does"),
        (b"[]\n", "it is no object"),
        (b"\"{}\"\n", "it is no object"),
        (b"{\"a\":1}", "no line feed ends it"),
        (b"{\"a\":1}\n ", "no line feed ends it"),
        (&[[b'['; 200], [b']'; 200]].concat(), "no line feed ends it"),
    ] {
        assert_eq!(fault(making(row)), invalid(what), "{}", String::from_utf8_lossy(row));
    }
    let deep = format!("{}{}\n", "{\"a\":".repeat(129), "}".repeat(129));
    assert_eq!(fault(making(deep.as_bytes())), invalid("too many brackets are open"));
}

#[test]
fn rows_that_are_several() {
    let expected =
        "guest-several-rows: the guest made several rows of the event, which can become one only";
    assert_eq!(fault(making(b"{}\n{}\n")), expected);
    assert_eq!(fault(making(b"{\"a\":\n1}\n")), expected);
    assert_eq!(fault(making(b"{}\n\n")), expected);
    let frames: &[(Kind, &[u8])] = &[(Kind::Rows, b"{}\n"), (Kind::Rows, b"{}\n")];
    assert_eq!(fault(answering(&answer(frames, WRITTEN))), expected);
}

#[test]
fn rows_that_are_too_large() {
    let stage = build(making(b"{\"a\":1}\n"), json!({"row_bytes_max": 6})).expect("a stage");
    let fault = apply(&*stage, "{}").expect_err("too large");
    assert_eq!(fault.kind.name, "guest-row-too-large");
    assert_eq!(
        fault.to_string(),
        "what the guest made of the event is too large (row_bytes_max is 6)"
    );
    let stage = build(making(b"{\"a\":1}\n"), json!({"row_bytes_max": 7})).expect("a stage");
    assert_eq!(apply(&*stage, "{}"), Ok(Some(r#"{"a":1}"#.to_owned())));
}

#[test]
fn guests_in_trouble_of_their_own() {
    let failed = AnswerWriter::default().failed("the secret is hunter2").to_vec();
    // What the guest says may hold anything, so nobody repeats it.
    assert_eq!(fault(answering(&failed)), "guest-refused: the guest could not process the event");
    let quarantined = Counts { read: 1, quarantined: 1, quarantine_lines: 1, ..Counts::default() };
    let dead = Counts { quarantine_lines: 1, dead_inputs: 1, ..Counts::default() };
    let line: &[(Kind, &[u8])] = &[(Kind::Quarantine, b"{}\n")];
    let both: &[(Kind, &[u8])] = &[(Kind::Rows, b"{}\n"), (Kind::Quarantine, b"{}\n")];
    for (frames, counts) in [(line, quarantined), (&[], quarantined), (line, dead), (both, WRITTEN)]
    {
        let expected = "guest-quarantined: the guest has put the event into its quarantine";
        assert_eq!(fault(answering(&answer(frames, counts))), expected);
    }
}

/// A trap in `free` comes behind the answer; the answer does not count all the same.
#[test]
fn free_is_a_call_too() {
    let free = r#"(func (export "free") (param i32) (unreachable))"#;
    assert_eq!(fault(guest(&[("free", free)])), "guest-trapped: the guest has trapped: it gave up");
    // It may answer nowhere by the time that it is looked at.
    let shrink = r#"(func (export "free") (param i32)
        (memory.fill (i32.const 0) (i32.const 255) (i32.const 262144)))"#;
    let expected = "guest-answer-malformed: the guest does not answer as it should: its status is \
                    unknown";
    assert_eq!(fault(guest(&[("free", shrink)])), expected);
}

/// Two good answers, then a trap: the instance behind it begins anew.
#[test]
fn a_trap_ends_an_instance() {
    let parts = [
        ("count", "(global $calls (mut i32) (i32.const 0))"),
        (
            "process",
            &*process(
                "(global.set $calls (i32.add (global.get $calls) (i32.const 1)))
                 (if (i32.eq (global.get $calls) (i32.const 3)) (then (unreachable)))
                 (i32.store8 offset=5 (local.get $at)
                    (i32.add (i32.const 48) (global.get $calls)))
                 (call $answer (local.get $at) (local.get $length))",
            ),
        ),
    ];
    let stage = stage(guest(&parts));
    for _ in 0..3 {
        assert_eq!(apply(&*stage, r#"{"a":0}"#), Ok(Some(r#"{"a":1}"#.to_owned())));
        assert_eq!(apply(&*stage, r#"{"a":0}"#), Ok(Some(r#"{"a":2}"#.to_owned())));
        let fault = apply(&*stage, r#"{"a":0}"#).expect_err("a trap");
        assert_eq!(fault.kind.name, "guest-trapped");
    }
}

/// What a guest says in good order does not cost it its instance.
#[test]
fn a_refusal_ends_no_instance() {
    let failed = AnswerWriter::default().failed("no").to_vec();
    let data: String = failed.iter().map(|byte| format!("\\{byte:02x}")).collect();
    let parts = [
        ("count", "(global $calls (mut i32) (i32.const 0))"),
        ("data", &*format!("(data (i32.const 1024) \"{data}\")")),
        (
            "process",
            &*process(&format!(
                "(global.set $calls (i32.add (global.get $calls) (i32.const 1)))
                 (if (i32.eq (global.get $calls) (i32.const 1))
                    (then (return (i64.const {}))))
                 (call $answer (local.get $at) (local.get $length))",
                (1024_u64 << 32) | failed.len() as u64
            )),
        ),
    ];
    let stage = stage(guest(&parts));
    assert_eq!(apply(&*stage, "{}").expect_err("refused").kind.name, "guest-refused");
    assert_eq!(apply(&*stage, "{}"), Ok(Some("{}".to_owned())));
}
