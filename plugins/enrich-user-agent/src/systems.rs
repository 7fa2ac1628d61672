//! Operating systems: their names, and those made for penetration tests.

use crate::tables::marks::SYSTEMS;

/// The name that a system has here; as it is written if that is not known.
///
/// SDKs write `linux`, `macos`, `windows`, `android`, `ios`, `watchos`, `tvos` and `other` (the
/// specification of SDK user agents, 2.1), or what the system calls itself.
pub(crate) fn system(written: &str) -> &str {
    const NAMES: &[(&str, &str)] = &[
        ("linux", "linux"),
        ("darwin", "macos"),
        ("macos", "macos"),
        ("mac_os", "macos"),
        ("win32", "windows"),
        ("windows", "windows"),
        ("microsoft", "windows"),
    ];
    let starts = |name: &str| {
        written.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
    };
    NAMES.iter().find(|(start, _)| starts(start)).map_or(written, |(_, name)| name)
}

/// The system made for penetration tests that a version or the name of a distribution tells.
pub(crate) fn offensive(written: &str) -> Option<&'static str> {
    let mut words = written.as_bytes().split(|byte| !byte.is_ascii_alphabetic());
    let system = |word: &[u8]| {
        let is_it = |row: &&(&str, _)| word.eq_ignore_ascii_case(row.0.as_bytes());
        // None of them is shorter than four letters, and most words of versions are.
        if word.len() < 4 { None } else { SYSTEMS.iter().find(is_it) }
    };
    words.find_map(system).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_have_one_name() {
        for (written, name) in [
            ("Linux", "linux"),
            ("Darwin", "macos"),
            ("Windows_NT", "windows"),
            ("win32", "windows"),
            ("ios", "ios"),
            ("FreeBSD", "FreeBSD"),
            ("é", "é"),
            ("", ""),
        ] {
            assert_eq!(system(written), name);
        }
    }

    #[test]
    fn systems_for_penetration_tests_are_words() {
        for (written, name) in [
            ("5.4.0-kali3-amd64", Some("Kali Linux")),
            ("6.12.25+kali-amd64", Some("Kali Linux")),
            ("kali.2024", Some("Kali Linux")),
            ("6.5.0-13parrot1-amd64", Some("Parrot Security Linux")),
            ("5.10.11-pentoo", Some("Pentoo Linux")),
            ("blackarch", Some("BlackArch Linux")),
            ("5.6.3-arch1-1", None),
            ("alkali.3", None),
            ("5.10.209-218.812.amzn2.x86_64", None),
            ("", None),
        ] {
            assert_eq!(offensive(written), name, "{written}");
        }
    }
}
