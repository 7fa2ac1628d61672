//! Entries come back as they were written, and nothing else is taken for one.

use super::*;

fn two() -> Vec<u8> {
    let mut out = Vec::new();
    entry(PIPELINE, "p.yaml", b"stages: []", &mut out);
    entry(VARIABLE, "KEY", b"", &mut out);
    out
}

#[test]
fn entries_come_back() {
    let all = two();
    let read: Result<Vec<Entry<'_>>, UnknownEntry> = Entries::of(&all).collect();
    let read = read.expect("entries");
    let told: Vec<_> = read.iter().map(|e| (e.kind, e.name, &all[e.value.clone()])).collect();
    assert_eq!(told, [(PIPELINE, "p.yaml", &b"stages: []"[..]), (VARIABLE, "KEY", b"")]);
    assert_eq!(Entries::of(b"").count(), 0);
}

#[test]
fn what_is_cut_or_unknown_is_no_entry() {
    let all = two();
    let first = 12 + 6 + 10;
    for end in (1..all.len()).filter(|&end| end != first) {
        let last = Entries::of(&all[..end]).last().expect("something");
        assert_eq!(last, Err(UnknownEntry(if end < first { 0 } else { first })), "{end}");
    }
    let mut unknown = Vec::new();
    entry(4, "x", b"", &mut unknown);
    assert_eq!(Entries::of(&unknown).collect::<Vec<_>>(), [Err(UnknownEntry(0))]);
    let long = [[0u8; 4], [0xff; 4], [0xff; 4]].concat();
    assert_eq!(Entries::of(&long).next(), Some(Err(UnknownEntry(0))));
}
