//! The parts of an SDK's user agent that say what they are: `os/linux#6.1`, `md/command#s3.ls`.
//!
//! Since version 2.0 of the format, `#` stands between name and value; before, and where `#` is not
//! allowed, `/` does.

use crate::agent::{Agent, Named};
use crate::kind::Kind;
use crate::systems;
use crate::words::until;

impl<'t> Agent<'t> {
    /// Takes a part, by the word before its first slash; says whether it was one.
    #[inline]
    pub(crate) fn take_part(&mut self, key: &str, value: &'t str) -> bool {
        match key {
            // What features were used, what was configured, what called: nothing about who calls.
            "api" | "cfg" | "ft" | "m" | "ua" => {}
            "md" => self.take_metadata(named(value)),
            "os" | "OS" => {
                let Named { name, version } = named(value);
                self.system = match name {
                    // The SDK for .NET 1 has no more than the version of Windows.
                    Some(only) if only.starts_with(|c: char| c.is_ascii_digit()) => {
                        Named { name: None, version: Some(only) }
                    }
                    _ => Named { name: name.map(systems::system), version },
                };
            }
            "lang" => self.take_language(named(value)),
            "exec-env" => self.environment = Some(value),
            "app" => self.app = Some(value),
            "lib" => self.library = Some(value),
            // The AWS CLI before 2.14 wrote some of its metadata without `md`.
            "command" => self.command = Some(value),
            "prompt" if self.is_cli() => {}
            "exe" | "source" | "docker" if self.is_cli() => self.take_machine(value),
            _ => return false,
        }
        true
    }

    fn is_cli(&self) -> bool {
        self.client.is_some_and(|client| client.kind == Kind::Cli)
    }

    /// Metadata of an SDK or of the AWS CLI.
    fn take_metadata(&mut self, Named { name, version }: Named<'t>) {
        match name {
            Some("command") => self.command = version,
            Some("distrib") => self.distribution = version,
            Some("arch" | "GOARCH") => self.architecture = version,
            // The SDK for JavaScript has the version of the language here.
            Some("nodejs") => self.language.version = version,
            _ => {}
        }
    }

    fn take_language(&mut self, Named { name, version }: Named<'t>) {
        let name = name.map(|name| if name.starts_with(".NET") { "dotnet" } else { name });
        self.language = Named { name, version: version.or(self.language.version) };
    }

    /// Machine and distribution, as in `x86_64.amzn.2`.
    fn take_machine(&mut self, value: &'t str) {
        let (machine, distribution) = match value.split_once('.') {
            Some((machine, distribution)) => (machine, Some(distribution)),
            None => (value, None),
        };
        self.architecture = Some(machine);
        self.distribution = distribution;
    }
}

/// A name and the value behind it.
#[inline]
fn named(text: &str) -> Named<'_> {
    let name = until(text, |byte| matches!(byte, b'#' | b'/'));
    Named { name: Some(name), version: text.get(name.len() + 1..) }
}
