//! Why a guest has not answered.

use std::fmt;
use wasmtime::Trap;

/// Why a guest has not answered, or not as it should have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It has trapped; what it did.
    Trapped(&'static str),
    /// It took longer than it may.
    TimedOut,
    /// It could not go on with the memory, or the tables, that it may have.
    OutOfMemory,
    /// What it has answered can not be read; what is wrong with it.
    Malformed(&'static str),
    /// It does not take what it was given; its own words. The instance is as it was.
    Refused(String),
}

impl Failure {
    /// What the error of a call stands for; `denied` says whether the guest was refused memory.
    pub(crate) fn of(error: &wasmtime::Error, denied: bool) -> Self {
        match error.downcast_ref::<Trap>() {
            Some(Trap::Interrupt) => Failure::TimedOut,
            _ if denied => Failure::OutOfMemory,
            Some(trap) => Failure::Trapped(words(*trap)),
            None => Failure::Trapped("the runtime could not go on"),
        }
    }
}

/// What a guest did that has trapped.
fn words(trap: Trap) -> &'static str {
    match trap {
        Trap::StackOverflow => "its stack is full",
        Trap::MemoryOutOfBounds => "it reached beyond its memory",
        Trap::TableOutOfBounds => "it reached beyond a table",
        Trap::IndirectCallToNull | Trap::BadSignature => "it called a function that is not there",
        Trap::IntegerDivisionByZero => "it divided by zero",
        Trap::IntegerOverflow | Trap::BadConversionToInteger => "a number does not fit",
        Trap::UnreachableCodeReached => "it gave up",
        _ => "it did what may not be done",
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Trapped(what) => write!(f, "the guest has trapped: {what}"),
            Failure::TimedOut => f.write_str("the guest takes too long"),
            Failure::OutOfMemory => f.write_str("the guest needs more memory than it may have"),
            Failure::Malformed(what) => write!(f, "the guest does not answer as it should: {what}"),
            Failure::Refused(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for Failure {}

/// Text of a stranger for a message: on one line, without what a terminal would obey, and short.
pub(crate) fn quoted(text: &str) -> String {
    const CHARACTERS_MAX: usize = 300;
    let plain = text.chars().map(|character| match character {
        '\n' | '\t' => ' ',
        _ if character.is_control() => char::REPLACEMENT_CHARACTER,
        _ => character,
    });
    plain.take(CHARACTERS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_of_strangers_are_made_harmless() {
        assert_eq!(quoted("a\nb\u{1b}[31m\u{9b}"), "a b\u{fffd}[31m\u{fffd}");
        assert_eq!(quoted(&"é".repeat(1000)).chars().count(), 300);
    }
}
