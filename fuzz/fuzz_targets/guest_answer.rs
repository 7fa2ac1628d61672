//! Any answer of a guest: read within its bytes, and a row only if that is one object on one line.
#![no_main]

use libfuzzer_sys::fuzz_target;
use trailmill_abi::{Answer, AnswerWriter, Counts, Kind};
use trailmill_event::json::{Index, Kind as JsonKind, compact_into};
use trailmill_event::{Batch, Source};
use trailmill_host::Reply;

const ROW_BYTES_MAX: usize = 4096;

/// Reads an answer as the stage `wasm` does, and looks at what it takes.
fn check(bytes: &[u8]) {
    let mut index = Index::new();
    if let Ok(answer) = Answer::read(bytes) {
        let frames: usize = answer.frames().map(|f| 16 + f.path.len() + f.bytes.len()).sum();
        assert_eq!(frames + 64, bytes.len(), "frames cover the answer");
    }
    let (text, compact) = match Reply::read(bytes, &mut index, ROW_BYTES_MAX) {
        Ok(Reply::Row { text, compact }) => (text, compact),
        Ok(Reply::Nothing) | Err(_) => return,
    };
    assert!(text.len() <= ROW_BYTES_MAX && !text.contains(&b'\n'));
    assert!(bytes.as_ptr_range().contains(&text.as_ptr()), "a row from somewhere else");
    std::str::from_utf8(text).expect("UTF-8");
    let root = index.parse(text).expect("JSON");
    assert_eq!(root.kind(), JsonKind::Object);
    let mut row = Vec::new();
    compact_into(text, &mut row);
    assert_eq!(compact, row == text, "compact or not");
    let mut batch = Batch::new();
    batch.load_lines(b"{}", Source::default()).expect("a record");
    let mut event = batch.event(0);
    event.rewrite(|_, out| Ok::<(), ()>(out.extend_from_slice(&row))).expect("written");
    event.settle().expect("the row can be looked into");
}

// The bytes as an answer themselves; then as frames in an answer that is laid out well, so that
// rows are met more often. The first byte says how many frames, and the counts.
fuzz_target!(|bytes: &[u8]| {
    check(bytes);
    let [first, rest @ ..] = bytes else { return };
    let mut writer = AnswerWriter::default();
    writer.start();
    for (number, piece) in rest.splitn(1 + usize::from(first & 3), |byte| *byte == 0).enumerate() {
        let kind = match first >> 2 & 7 {
            0 => Kind::Quarantine,
            1 => Kind::Message,
            _ => Kind::Rows,
        };
        // Of another output, so that frames are not joined.
        let _ = writer.add(kind, number as u32, None, piece);
    }
    let written = u64::from(first >> 5 & 1);
    let counts = Counts {
        read: 1 + u64::from(first >> 6 & 1),
        written,
        filtered: 1 - written,
        ..Counts::default()
    };
    check(writer.done(counts));
});
