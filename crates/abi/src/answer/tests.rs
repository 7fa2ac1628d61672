//! Answers come back as they were written, and what is not laid out as one is refused.

use super::*;
use crate::HEADER_BYTES;

const COUNTS: Counts = Counts {
    read: 4,
    written: 2,
    filtered: 1,
    dropped: 0,
    quarantined: 1,
    quarantine_lines: 1,
    dead_inputs: 0,
};

fn written() -> Vec<u8> {
    let mut writer = AnswerWriter::default();
    writer.start();
    writer.add(Kind::Rows, 0, None, b"a\n").unwrap();
    writer.add(Kind::Rows, 0, None, b"b\n").unwrap();
    writer.add(Kind::Rows, 1, Some("x/y"), b"c\n").unwrap();
    writer.add(Kind::Quarantine, 0, None, b"d\n").unwrap();
    writer.done(COUNTS).to_vec()
}

#[test]
fn answers_come_back() {
    let bytes = written();
    let answer = Answer::read(&bytes).expect("an answer");
    assert_eq!((answer.status, answer.counts), (Status::Done, COUNTS));
    assert!(answer.counts.balance());
    let frames: Vec<Frame<'_>> = answer.frames().collect();
    let frame = |kind, output, path, bytes| Frame { kind, output, path, bytes };
    let expected = [
        frame(Kind::Rows, 0, "", b"a\nb\n"),
        frame(Kind::Rows, 1, "x/y", b"c\n"),
        frame(Kind::Quarantine, 0, "", b"d\n"),
    ];
    assert_eq!(frames, expected);
}

#[test]
fn a_writer_is_used_again() {
    let mut writer = AnswerWriter::default();
    writer.failed("the reason, which is long").to_vec();
    let failed = writer.failed("the reason").to_vec();
    let answer = Answer::read(&failed).expect("an answer");
    assert_eq!((answer.status, answer.counts), (Status::Failed, Counts::default()));
    let frames: Vec<Frame<'_>> = answer.frames().collect();
    let expected = Frame { kind: Kind::Message, output: 0, path: "", bytes: b"the reason" };
    assert_eq!(frames, [expected]);
}

#[test]
fn nothing_is_read_from_half_an_answer() {
    let bytes = written();
    for end in 0..bytes.len() {
        assert!(Answer::read(&bytes[..end]).is_err(), "{end}");
    }
    let behind = [&bytes[..], b"x"].concat();
    let wrong = Malformed("there is something behind its last frame");
    assert_eq!(Answer::read(&behind).err(), Some(wrong));
    for (at, value, why) in [
        (0, 2, "its status is unknown"),
        (4, 0xff, "a frame is cut"),
        (HEADER_BYTES, 3, "the kind of a frame is unknown"),
        (HEADER_BYTES + 8, 0xff, "a frame is cut"),
        (HEADER_BYTES + 15, 0xff, "a frame is cut"),
        (HEADER_BYTES + 20 + 16, 0xff, "a path is not UTF-8"),
    ] {
        let mut bytes = bytes.clone();
        bytes[at] = value;
        assert_eq!(Answer::read(&bytes).err(), Some(Malformed(why)), "{at}");
    }
}

#[test]
fn books_that_overflow_do_not_balance() {
    assert!(!Counts { written: u64::MAX, filtered: 2, read: 1, ..Counts::default() }.balance());
    assert_eq!(COUNTS.since(COUNTS), Counts::default());
}
