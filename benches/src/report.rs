//! What a program says at its end.

use crate::way::Unmeasured;
use std::io::{self, Write};
use std::process::ExitCode;

/// Prints a report; the exit code is 2, and the reason on the error output, if there is none or it
/// can not be printed.
pub(crate) fn tell(program: &str, report: Result<String, Unmeasured>) -> ExitCode {
    let told = report.and_then(|text| {
        let told = io::stdout().lock().write_all(text.as_bytes());
        told.map_err(|error| Unmeasured(format!("can not be told: {error}")))
    });
    match told {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // There is nobody left to tell if this fails too.
            let _ = writeln!(io::stderr(), "{program}: {error}");
            ExitCode::from(2)
        }
    }
}
