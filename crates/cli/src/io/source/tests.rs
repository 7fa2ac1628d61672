//! Tests of the order of items.

use super::*;
use crate::io::inputs::look_up;
use std::sync::atomic::{AtomicU32, Ordering};

static COUNT: AtomicU32 = AtomicU32::new(0);

fn path(text: &str) -> PathBuf {
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("trailmill-source-{}-{count}", std::process::id());
    let path = std::env::temp_dir().join(name);
    std::fs::write(&path, text).expect("a temporary file");
    path
}

/// The items of a file, as offset, text, and whether it is the last.
fn items(path: &std::path::Path, may_split: bool, piece_bytes: u64) -> Vec<(u64, String, bool)> {
    let control = Control::for_tests();
    let named = look_up(&[path.to_string_lossy().into_owned()]).expect("the file");
    let splits = move |_: &[u8]| may_split;
    let mut source = Source::new(Inputs::new(named), &splits, piece_bytes);
    let mut items = Vec::new();
    while let Some(item) = source.next(&control) {
        assert_eq!(item.sequence, items.len() as u64);
        let mut text = String::new();
        match item.body {
            Body::Whole(path) => text = std::fs::read_to_string(path).expect("text"),
            Body::Piece(mut piece) => {
                piece.read_to_string(&mut text).expect("text");
            }
            Body::Lines(lines, _) => text = String::from_utf8(lines).expect("text"),
            Body::Stream(stream) => {
                stream.reader(&control).read_to_string(&mut text).expect("text");
            }
            Body::Unreadable(message) => text = message,
        }
        items.push((item.offset, text, item.last));
    }
    items
}

fn lines() -> String {
    (0..100).map(|number| format!("{{\"number\":{number}}}\n")).collect()
}

#[test]
fn big_files_of_lines_come_in_pieces() {
    let text = lines();
    let path = path(&text);
    let items = items(&path, true, 100);
    assert!(items.len() > 10, "{} pieces", items.len());
    let whole: String = items.iter().map(|(_, piece, _)| piece.as_str()).collect();
    assert_eq!(whole, text);
    let mut offset = 0;
    for (position, (start, piece, last)) in items.iter().enumerate() {
        assert_eq!(*start, offset);
        assert!(piece.starts_with('{') && piece.ends_with('\n'));
        assert_eq!(*last, position + 1 == items.len());
        offset += piece.len() as u64;
    }
    std::fs::remove_file(path).expect("is there");
}

#[test]
fn other_files_come_whole() {
    let text = lines();
    let path = path(&text);
    assert_eq!(items(&path, false, 100), [(0, text.clone(), true)]);
    assert_eq!(items(&path, true, 10_000), [(0, text, true)], "a small one");
    std::fs::remove_file(path).expect("is there");
}

/// Names of files, item by item, in a folder that holds files of these sizes.
fn together(sizes: &[u64]) -> Vec<Vec<String>> {
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("trailmill-few-{}-{count}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    for (number, size) in sizes.iter().enumerate() {
        let file = File::create(folder.join(format!("{number:03}"))).expect("a file");
        file.set_len(*size).expect("its size");
    }
    let control = Control::for_tests();
    let named = look_up(&[folder.to_string_lossy().into_owned()]).expect("the folder");
    let splits = |_: &[u8]| false;
    let mut source = Source::new(Inputs::new(named), &splits, 1 << 20);
    let mut items = Vec::new();
    while let Some(item) = source.next(&control) {
        assert_eq!(item.sequence, items.len() as u64);
        let further = item.further.iter().map(|(name, path)| {
            assert_eq!(**name, path.to_string_lossy());
            name.to_string()
        });
        let names = std::iter::once(item.name.to_string()).chain(further);
        let short = |name: String| name.rsplit('/').next().unwrap_or_default().to_owned();
        items.push(names.map(short).collect());
    }
    std::fs::remove_dir_all(folder).expect("is there");
    items
}

#[test]
fn small_files_come_together_in_their_order_and_large_ones_alone() {
    let large = SMALL_BYTES;
    let items = together(&[10, 20, large, 0, 5, large, large, 30]);
    let names: Vec<String> = items.iter().map(|names| names.join(" ")).collect();
    assert_eq!(names, ["000 001", "002", "003 004", "005", "006", "007"]);
}

#[test]
fn there_are_bounds_to_how_many_come_together() {
    let counts = |sizes: &[u64]| together(sizes).iter().map(Vec::len).collect::<Vec<_>>();
    assert_eq!(counts(&[1; 100]), [TOGETHER_FILES + 1, 99 - TOGETHER_FILES]);
    assert_eq!(counts(&[SMALL_BYTES - 1; 7]), [5, 2]);
}

#[test]
fn a_file_that_goes_away_is_told_of() {
    let path = path("{}");
    let control = Control::for_tests();
    let named = look_up(&[path.to_string_lossy().into_owned()]).expect("the file");
    std::fs::remove_file(&path).expect("is there");
    let splits = |_: &[u8]| true;
    let mut source = Source::new(Inputs::new(named), &splits, 100);
    let item = source.next(&control).expect("an item");
    let message = format!("cannot read {}: No such file or directory", path.display());
    assert!(matches!(item.body, Body::Unreadable(text) if text == message));
    assert!(source.next(&control).is_none());
}

#[test]
fn nothing_is_handed_out_after_a_stop() {
    let path = path("{}");
    let control = Control::for_tests();
    control.stop();
    let named = look_up(&[path.to_string_lossy().into_owned()]).expect("the file");
    let splits = |_: &[u8]| true;
    assert!(Source::new(Inputs::new(named), &splits, 100).next(&control).is_none());
    std::fs::remove_file(path).expect("is there");
}
