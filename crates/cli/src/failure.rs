//! How a command ends: a status for the shell, and one message when it went wrong.

use std::fmt::Display;
use std::io;
use std::process::ExitCode;

/// What the shell is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// All is well.
    Good,
    /// Something was quarantined under `--strict`, or a test of a pipeline failed.
    Unmet,
    /// The usage or the settings are wrong.
    Usage,
    /// Input or output could not be read or written.
    Io,
    /// A signal of that number ended the run.
    Signal(u8),
    /// The program itself is wrong; the number is the one that Rust gives a panic.
    Bug,
}

impl Status {
    /// The number that the shell sees.
    pub(crate) fn number(self) -> u8 {
        match self {
            Status::Good => 0,
            Status::Unmet => 1,
            Status::Usage => 2,
            Status::Io => 3,
            Status::Bug => 101,
            Status::Signal(signal) => 128 + signal,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        ExitCode::from(status.number())
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
pub(crate) struct Failure {
    /// What the shell is told.
    pub(crate) status: Status,
    /// What the user is told.
    pub(crate) error: anyhow::Error,
}

impl Failure {
    /// Wrong usage or settings.
    pub(crate) fn usage(message: impl Display) -> Self {
        Failure { status: Status::Usage, error: anyhow::anyhow!("{message}") }
    }

    /// Input or output that can not be read or written.
    pub(crate) fn io(message: impl Display) -> Self {
        Failure { status: Status::Io, error: anyhow::anyhow!("{message}") }
    }

    /// A file that can not be read.
    pub(crate) fn reading(name: impl Display, error: &io::Error) -> Self {
        Self::io(cannot_read(name, error))
    }

    /// A file that can not be written.
    pub(crate) fn writing(name: impl Display, error: &io::Error) -> Self {
        Self::io(format_args!("cannot write {name}: {}", reason(error)))
    }
}

/// The message about a file that can not be read.
pub(crate) fn cannot_read(name: impl Display, error: &io::Error) -> String {
    format!("cannot read {name}: {}", reason(error))
}

/// The text of an error of the system, without its number.
pub(crate) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_the_system_error_is_left_out() {
        let error = io::Error::from_raw_os_error(2);
        assert_eq!(cannot_read("a.json", &error), "cannot read a.json: No such file or directory");
        assert_eq!(reason(&io::Error::other("torn")), "torn");
    }

    #[test]
    fn signals_end_as_shells_expect() {
        assert_eq!(Status::Signal(2).number(), 130);
        assert_eq!(Status::Signal(15).number(), 143);
    }
}
