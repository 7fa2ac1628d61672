//! What is told of answers.

use super::*;
use trailmill_abi::{AnswerWriter, Counts};

/// Addresses have 32 bits; the lower ones of a native address do to tell places apart.
fn address(byte: *const u8) -> u32 {
    byte as usize as u32
}

fn words(bytes: &[u8]) -> Vec<u32> {
    let word = |bytes: &[u8]| bytes.iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte));
    bytes.chunks(4).map(word).collect()
}

#[test]
fn an_answer_is_told_where_it_stands() {
    let mut writer = AnswerWriter::default();
    writer.start();
    writer.add(Kind::Rows, 0, None, b"a\n").unwrap();
    writer.add(Kind::Quarantine, 0, None, b"q\n").unwrap();
    writer.add(Kind::Rows, 1, Some("x/y"), b"bc\n").unwrap();
    let counts = Counts { read: 3, written: 2, quarantined: 1, ..Counts::default() };
    let answer = writer.done(counts).to_vec();
    let mut told = Told::default();
    let result = words(&told.result(&answer, address));
    let place = |text: &[u8]| {
        let at = answer.windows(text.len()).position(|part| part == text).expect("in the answer");
        address(answer[at..].as_ptr())
    };
    assert_eq!(result[..2], [0, 0], "it has gone well");
    assert_eq!(result[2..4], [address(told.frames.as_ptr().cast()), 2]);
    assert_eq!(result[4..6], [place(b"q\n"), 2]);
    assert_eq!(result[6..], [3, 0, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
    assert_eq!(told.frames[0][0], 0);
    assert_eq!(told.frames[0][3..], [place(b"a\n"), 2]);
    assert_eq!(told.frames[1], [1, place(b"x/y"), 3, place(b"bc\n"), 3]);
}

#[test]
fn quarantine_lines_of_several_frames_are_gathered() {
    let mut writer = AnswerWriter::default();
    writer.start();
    writer.add(Kind::Quarantine, 0, None, b"q\n").unwrap();
    writer.add(Kind::Rows, 0, None, b"a\n").unwrap();
    writer.add(Kind::Quarantine, 0, None, b"r\n").unwrap();
    let answer = writer.done(Counts::default()).to_vec();
    let mut told = Told::default();
    let result = words(&told.result(&answer, address));
    assert_eq!(told.quarantine, b"q\nr\n");
    assert_eq!(result[4..6], [address(told.quarantine.as_ptr()), 4]);
}

#[test]
fn a_failure_is_an_error() {
    let answer = crate::failure("why");
    let result = words(&Told::default().result(&answer, address));
    assert_eq!((result[0], result[3]), (1, 3));
}
