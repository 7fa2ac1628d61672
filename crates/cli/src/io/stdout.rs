//! Standard output of commands that only print: a reader that goes away early is no error.

use crate::failure::{Failure, Status};
use std::io::{self, Write};

/// Prints what `write` writes.
///
/// # Errors
/// If it can not be written, but for the case that nobody wants to read it any more.
pub(crate) fn print(
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<Status, Failure> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::writing("standard output", &error))
        }
        _ => Ok(Status::Good),
    }
}
