//! Memory does not grow with the input.

use crate::scene::{Scene, records};
use std::io::Write;
use std::process::{Child, ChildStdin};

/// The largest memory that a process has had, in KiB; none where the system does not tell.
fn peak_kib(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn feed(stdin: &mut ChildStdin, text: &[u8], times: usize) {
    for _ in 0..times {
        stdin.write_all(text).expect("the program reads on");
    }
}

/// Feeds a program for a while, and then for much longer; gives the peaks after both.
fn peaks(out: &str) -> Option<(u64, u64)> {
    let scene = Scene::new();
    let mut child = scene.start(&["run", "p.yaml", "-", "--quiet", "--out", out]);
    let mut stdin = child.stdin.take().expect("is piped");
    let text = records(0..5000);
    let times = (8 << 20) / text.len();
    feed(&mut stdin, text.as_bytes(), times);
    let first = peak_kib(&child);
    feed(&mut stdin, text.as_bytes(), 7 * times);
    let second = peak_kib(&child);
    drop(stdin);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    first.zip(second)
}

#[test]
fn a_long_input_takes_no_more_than_a_short_one() {
    for out in ["/dev/null", "rows.ndjson", "rows.ndjson.gz"] {
        let Some((first, second)) = peaks(out) else {
            eprintln!("skipped: this system does not tell how much memory a process has");
            return;
        };
        eprintln!("{out}: {first} KiB after 8 MiB, {second} KiB after 64 MiB");
        assert!(second < 64 << 10, "{out}: {second} KiB");
        assert!(second < first + (24 << 10), "{out}: from {first} to {second} KiB");
    }
}
