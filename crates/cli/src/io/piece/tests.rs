//! Tests of pieces of files.

use super::*;
use std::io::Write;

fn file(bytes: &[u8]) -> File {
    let name = format!("trailmill-piece-{}-{:p}", std::process::id(), bytes);
    let path = std::env::temp_dir().join(name);
    File::create(&path).and_then(|mut file| file.write_all(bytes)).expect("a temporary file");
    let file = File::open(&path).expect("it is there");
    std::fs::remove_file(&path).expect("it can be removed");
    file
}

#[test]
fn cuts_come_before_lines_that_begin_with_a_brace() {
    let text = b"{1}\n{2}\n [3]\n{4}\nx";
    let file = file(text);
    let cuts: Vec<_> = (1..=text.len() as u64).map(|from| next_cut(&file, from).unwrap()).collect();
    let expected = |from: usize| [4, 13].into_iter().find(|&cut| cut >= from as u64);
    assert_eq!(cuts, (1..=text.len()).map(expected).collect::<Vec<_>>());
    assert_eq!(last_cut(text), Some(13));
    assert_eq!(last_cut(&text[..13]), Some(4));
    assert_eq!(last_cut(b"{1}\n"), None);
}

#[test]
fn a_cut_may_lie_anywhere_in_what_is_read_at_a_time() {
    for length in [LOOK_BYTES - 2, LOOK_BYTES - 1, LOOK_BYTES, LOOK_BYTES + 1, 3 * LOOK_BYTES] {
        let mut text = vec![b'x'; length];
        text.extend_from_slice(b"\n{}");
        let file = file(&text);
        assert_eq!(next_cut(&file, 1).unwrap(), Some(length as u64 + 1), "{length}");
        assert_eq!(next_cut(&file, length as u64 + 1).unwrap(), Some(length as u64 + 1));
        assert_eq!(next_cut(&file, length as u64 + 2).unwrap(), None, "{length}");
    }
}

#[test]
fn a_piece_reads_what_is_its_own() {
    let file = Arc::new(file(b"0123456789"));
    let read = |start, end| {
        let mut text = String::new();
        let mut piece = Piece { file: file.clone(), start, end };
        piece.read_to_string(&mut text).map(|_| text).unwrap()
    };
    assert_eq!(read(2, 5), "234");
    assert_eq!(read(7, u64::MAX), "789");
    assert_eq!(read(4, 4), "");
}
