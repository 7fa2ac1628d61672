//! The memory of the process while guests misbehave, in a program of its own, where nothing else
//! takes any.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "the test tells its figures")]

#[path = "sandbox/guest.rs"]
#[allow(dead_code, reason = "one guest is enough here")]
mod guest;
#[path = "sandbox/moody.rs"]
mod moody;
#[path = "sandbox/support.rs"]
mod support;

use moody::{MOODS, moody};
use std::fs;
use support::{apply, build};

/// How many bytes of a kind `/proc/self/status` tells of, if there is such a file.
fn bytes(kind: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(kind))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes << 10)
}

const MIB: u64 = 1 << 20;

/// What a stage may hold beside the memory of its guests.
const SLACK: u64 = 16 * MIB;

#[test]
fn memory_stays_within_its_bounds() {
    if bytes("VmRSS").is_none() {
        eprintln!("SKIPPED: nothing tells how much memory this process has");
        return;
    }
    // Deadlines are tested elsewhere: on a busy machine 64 MiB of fresh memory may take one.
    let stage = build(moody(), serde_json::json!({ "deadline_ms": 1000 })).expect("a stage");
    let resident = || bytes("VmRSS").expect("resident memory");
    let good = |n: u32| {
        let record = format!(r#"{{"a":0,"n":{n}}}"#);
        assert_eq!(apply(&*stage, &record), Ok(Some(record)));
    };
    let bad = |mood: char, kind: &str| {
        let fault = apply(&*stage, &format!(r#"{{"a":{mood},"b":1}}"#)).expect_err(kind);
        assert_eq!(fault.kind.name, kind);
    };
    good(0);

    // A hog takes what it may have, and gives it back with its instance.
    let before = resident();
    bad('2', "guest-out-of-memory");
    let peak = bytes("VmHWM").expect("the most that there was");
    assert!(peak >= before + 32 * MIB, "the hog took nothing: {before} and {peak}");
    assert!(peak <= before + 64 * MIB + SLACK, "the hog took too much: {before} and {peak}");
    good(1);
    let behind = resident();
    assert!(behind <= before + SLACK, "the hog keeps what it took: {before} and {behind}");
    println!("a hog with 64 MiB: {} MiB at most", (peak - before) / MIB);

    // Faults of every kind but those that take their time, each with a good call behind it.
    // The hog is one in a hundred, as memory takes its time too.
    let slow = |mood: char| mood == '2' || mood == '9';
    let moods: Vec<_> = MOODS.iter().filter(|(mood, _)| !slow(*mood)).collect();
    let round = |from: u32, to: u32| {
        for n in from..to {
            match n % 100 {
                0 => bad('2', "guest-out-of-memory"),
                _ => {
                    let (mood, kind) = *moods[n as usize % moods.len()];
                    bad(mood, kind);
                }
            }
            good(n);
        }
    };
    round(0, 500);
    let warm = resident();
    round(500, 10_500);
    let after = resident();
    println!("10,000 faults: {} KiB more", after.saturating_sub(warm) >> 10);
    assert!(after <= warm + SLACK, "memory grows with faults: {warm} and {after}");
}
