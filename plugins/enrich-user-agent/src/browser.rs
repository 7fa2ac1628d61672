//! Browsers, which name themselves last and others first.

use crate::agent::{Agent, Named};

/// What systems are called in the first comment of a browser, the telling ones first, and where
/// their versions stand.
const SYSTEMS: &[(&str, &str)] = &[
    ("Windows NT ", "windows"),
    ("Windows", "windows"),
    ("Android ", "android"),
    ("Android", "android"),
    ("iPhone OS ", "ios"),
    ("CPU OS ", "ios"),
    ("Mac OS X ", "macos"),
    ("Macintosh", "macos"),
    ("CrOS", "chromeos"),
    ("Linux", "linux"),
    ("X11", "linux"),
];

impl<'t> Agent<'t> {
    /// Takes the system that a browser says it runs on.
    pub(crate) fn take_browser_comment(&mut self, comment: &'t str) {
        let found = SYSTEMS.iter().find_map(|(mark, name)| {
            let at = memchr::memmem::find(comment.as_bytes(), mark.as_bytes())?;
            Some((*name, &comment[at + mark.len()..]))
        });
        let Some((name, rest)) = found else { return };
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '_'));
        let version = &rest[..end.unwrap_or(rest.len())];
        self.system = Named { name: Some(name), version: Some(version) };
    }
}

/// What of the version of a browser lasts: its first number.
pub(crate) fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or_default()
}
