//! A million entries take less than 100 MB, and are all found.
#![allow(clippy::disallowed_methods, clippy::print_stderr)]

mod support;

use std::fmt::Write;
use support::stage;
use trailmill_golden::applied;

/// The most that a million entries may take, in KiB.
const MEMORY_MAX: usize = 100_000_000 / 1024;

const COUNT: u32 = 1_000_000;

/// The memory of this process, now or at its most, in KiB; nothing where the system does not tell.
fn memory(line: &str) -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let found = status.lines().find_map(|text| text.strip_prefix(line))?;
    found.trim().strip_suffix(" kB")?.parse().ok()
}

/// Numbers that are far apart, and none of them twice.
fn scattered(number: u32) -> u32 {
    number.wrapping_mul(0x9e37_79b1)
}

/// The entry of a list, by its name.
fn entry(list: &str, number: u32) -> String {
    let bits = scattered(number);
    match list {
        "v4" => std::net::Ipv4Addr::from(bits | 1 << 31).to_string(),
        "v6" => std::net::Ipv6Addr::from(0x2001_u128 << 112 | u128::from(bits) << 64).to_string(),
        "domain" => format!("host-{bits:08x}.bad{}.example", number % 1000),
        _ => format!("AKIA{bits:016X}"),
    }
}

/// How many entries each list has: a million together, as feeds have them.
const MIXED: &[(&str, &str, &str, u32)] = &[
    ("v4", "address", "sourceIPAddress", COUNT * 6 / 10),
    ("v6", "address", "sourceIPAddress", COUNT / 10),
    ("domain", "domain", "requestParameters", COUNT * 2 / 10),
    ("key", "access-key", "userIdentity", COUNT / 10),
];

fn content(list: &str) -> Vec<u8> {
    let (.., count) = MIXED.iter().find(|(name, ..)| *name == list).unwrap();
    let mut text = String::new();
    for number in 0..*count {
        writeln!(text, "{}", entry(list, number)).unwrap();
    }
    text.into_bytes()
}

#[test]
fn a_million_entries() {
    let lists: Vec<String> = MIXED
        .iter()
        .map(|(name, of, ..)| format!(r#"{{"name":"{name}","type":"{of}","file":"{name}"}}"#))
        .collect();
    let before = memory("VmRSS:");
    let stage = stage(&format!(r#"{{"lists":[{}]}}"#, lists.join(",")), content).unwrap();
    match (before, memory("VmRSS:"), memory("VmHWM:")) {
        (Some(before), Some(after), Some(most)) => {
            eprintln!("KiB of memory before {before}, after {after}, at most {most}");
            assert!(after - before < MEMORY_MAX, "{} KiB", after - before);
            assert!(most < MEMORY_MAX, "{most} KiB at most");
        }
        _ => eprintln!("SKIPPED: this system does not tell how much memory is used"),
    }
    for (name, of, field, count) in MIXED {
        for number in (0..*count).step_by(997) {
            let text = entry(name, number);
            let value = match *field {
                "requestParameters" => format!(r#"{{"Host":"x.{text}"}}"#),
                "userIdentity" => format!(r#"{{"accessKeyId":"{text}"}}"#),
                _ => format!(r#""{text}""#),
            };
            let after = applied(&*stage, &format!(r#"{{"{field}":{value}}}"#), 1).unwrap();
            let found = format!(r#"{{"matches":[{{"list":"{name}","type":"{of}","#);
            assert!(after.contains(&found), "{after}");
        }
    }
}
