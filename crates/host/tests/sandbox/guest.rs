//! Guests in the text format: a good one, and parts to make it a bad one.

use std::fmt::Write;
use trailmill_abi::{AnswerWriter, Counts, Kind};

/// The parts of a guest that gives every event back as it is.
const GOOD: &[(&str, &str)] = &[
    ("memory", r#"(memory (export "memory") 4)"#),
    ("answer", ANSWER),
    ("malloc", MALLOC),
    ("free", r#"(func (export "free") (param i32))"#),
    ("version", r#"(func (export "trailmill_abi_version") (result i32) (i32.const 1))"#),
    ("describe", DESCRIBE),
    ("process", IDENTITY),
];

/// Inputs stand at 64 KiB, whatever they are; behind them is as much room again.
const MALLOC: &str = r#"
(func $malloc (export "malloc") (param $bytes i32) (result i32)
  (local $more i32)
  (local.set $more (i32.sub
    (i32.add (i32.shr_u (local.get $bytes) (i32.const 15)) (i32.const 4)) (memory.size)))
  (if (i32.gt_s (local.get $more) (i32.const 0))
    (then (if (i32.lt_s (memory.grow (local.get $more)) (i32.const 0))
      (then (return (i32.const 0))))))
  (i32.const 65536))"#;

const DESCRIBE: &str = r#"
(data (i32.const 16) "{\"abi\":1,\"name\":\"test\",\"version\":\"1\"}")
(func (export "trailmill_describe") (result i64) (i64.const 0x10_0000_0025))"#;

/// `$answer`: the row at an address, ended by a line feed, as the answer behind it.
const ANSWER: &str = r#"
(func $answer (param $row i32) (param $length i32) (result i64)
  (local $at i32)
  (local.set $at (i32.add (local.get $row) (local.get $length)))
  (memory.fill (local.get $at) (i32.const 0) (i32.const 80))
  (i32.store offset=4 (local.get $at) (i32.const 1))
  (i64.store offset=8 (local.get $at) (i64.const 1))
  (i64.store offset=16 (local.get $at) (i64.const 1))
  (i32.store offset=76 (local.get $at) (local.get $length))
  (memory.copy
    (i32.add (local.get $at) (i32.const 80)) (local.get $row) (local.get $length))
  (i64.or
    (i64.shl (i64.extend_i32_u (local.get $at)) (i64.const 32))
    (i64.extend_i32_u (i32.add (local.get $length) (i32.const 80)))))"#;

const IDENTITY: &str = r#"
(func (export "trailmill_process") (param $at i32) (param $length i32) (result i64)
  (call $answer (local.get $at) (local.get $length)))"#;

/// The good guest with some parts in the place of its own, or added to them. An empty part takes
/// one away.
pub(crate) fn guest(parts: &[(&str, &str)]) -> Vec<u8> {
    let own = GOOD.iter().filter(|(name, _)| parts.iter().all(|(other, _)| other != name));
    let mut text = String::from("(module");
    own.chain(parts).for_each(|(_, part)| text.push_str(part));
    text.push(')');
    wat::parse_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// A guest whose function `trailmill_process` has this body, with `$at` and `$length`.
pub(crate) fn processing(body: &str) -> Vec<u8> {
    guest(&[("process", &process(body))])
}

/// The part `process` with this body.
pub(crate) fn process(body: &str) -> String {
    format!(
        r#"(func $process (export "trailmill_process")
             (param $at i32) (param $length i32) (result i64) {body})"#
    )
}

/// A guest that answers these bytes to every event.
pub(crate) fn answering(bytes: &[u8]) -> Vec<u8> {
    let packed = (1024_u64 << 32) | bytes.len() as u64;
    let data = format!("(data (i32.const 1024) \"{}\")", escaped(bytes));
    guest(&[("data", &data), ("process", &process(&format!("(i64.const {packed})")))])
}

/// A guest that answers with these rows, and the counts of one event that has become one.
pub(crate) fn making(rows: &[u8]) -> Vec<u8> {
    answering(&answer(&[(Kind::Rows, rows)], WRITTEN))
}

/// The counts of one event that has become a row.
pub(crate) const WRITTEN: Counts = Counts {
    read: 1,
    written: 1,
    filtered: 0,
    dropped: 0,
    quarantined: 0,
    quarantine_lines: 0,
    dead_inputs: 0,
};

/// The bytes of an answer with these frames, none of them joined.
pub(crate) fn answer(frames: &[(Kind, &[u8])], counts: Counts) -> Vec<u8> {
    let mut writer = AnswerWriter::default();
    writer.start();
    for (output, (kind, bytes)) in frames.iter().enumerate() {
        writer.add(*kind, output as u32, None, bytes).expect("room");
    }
    writer.done(counts).to_vec()
}

fn escaped(bytes: &[u8]) -> String {
    let mut text = String::new();
    bytes.iter().for_each(|byte| write!(text, "\\{byte:02x}").expect("text"));
    text
}
