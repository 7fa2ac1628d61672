//! Golden cases and SPEC examples, run the same way for every plugin.
//!
//! A plugin's tests are two calls:
//!
//! ```text
//! #[test]
//! fn examples() {
//!     trailmill_golden::examples(&SPEC);
//! }
//!
//! #[test]
//! fn cases() {
//!     trailmill_golden::cases(&SPEC, "tests");
//! }
//! ```
//!
//! # Cases
//! A case is a folder, at any depth below the one named, with these files in it:
//!
//! | file | what it holds |
//! |---|---|
//! | `settings.json` | the options of the stage; none if it is left out. Files that they name are looked up in the same folder |
//! | `in.json`, `in.jsonl`, `in.*` | for a stage one record or several, as JSON; for a decoder the bytes of the input |
//! | `out.json` | the one event that comes out, laid out as you like |
//! | `out.jsonl` | the events that come out, one a line, where there may be several; empty if everything is filtered |
//! | `fault.txt` | the faults in their order, one a line, each with kind and message; or the error of the settings, and then there is no `in.*` |
//!
//! `UPDATE_GOLDEN=1 cargo test` rewrites the expectations that do not hold, for the difference to
//! be reviewed. Texts are compared without the blanks between tokens and in no other way
//! normalized: numbers are text, and members have an order.
//!
//! # The contract
//! On the way the harness holds every stage and decoder to its contract, whatever a case expects:
//!
//! | who | what |
//! |---|---|
//! | stage | on `Err` the event is as it was found; a second call on the same record, and one on the record laid out in another way, have the same outcome; what is written is one compact JSON object |
//! | decoder | the outcome is the same however small the pieces are in which the input is read; a sink that asks to stop is not called again; an input that `may_split` gives the same records and faults when it is cut |
//! | both | the kind of a fault has a name in kebab-case and a message without a full stop |

mod applied;
mod case;
mod corpus;
mod decoder;
mod diff;
mod example;
mod outcome;
mod pieces;
mod pretty;
mod remember;
mod run;
mod stage;
mod texts;

pub use applied::applied;
pub use corpus::corpus;
pub use example::{ExampleFiles, folder_of};
pub use outcome::is_kebab_case;
pub use pretty::pretty;

use std::path::Path;
use trailmill_stage::StageSpec;

/// Runs the examples of a plugin as tests.
///
/// # Panics
/// With a readable difference, if an example does not hold, or if there are none.
pub fn examples(spec: &StageSpec) {
    if let Err(report) = check_examples(spec) {
        panic!("{report}");
    }
}

/// Runs the cases in a folder as tests; a relative `folder` starts at the package under test.
///
/// # Panics
/// With a readable difference, if a case does not hold, or if there are none.
pub fn cases(spec: &StageSpec, folder: impl AsRef<Path>) {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1");
    if let Err(report) = check_cases(spec, folder.as_ref(), update) {
        panic!("{report}");
    }
}

/// Runs the examples of a plugin.
///
/// # Errors
/// What does not hold, example by example.
pub fn check_examples(spec: &StageSpec) -> Result<(), String> {
    let failures = spec.examples.iter().filter_map(|example| {
        let failure = example::check(spec, example).err()?;
        Some(format!("example \"{}\": {failure}", example.title))
    });
    report(spec, spec.examples.len(), failures.collect())
}

/// Runs the cases in a folder; with `update`, rewrites expectations that do not hold.
///
/// # Errors
/// What does not hold, case by case. A broken contract is never updated away.
pub fn check_cases(spec: &StageSpec, folder: &Path, update: bool) -> Result<(), String> {
    let found = case::find(folder)?;
    let failures = found.iter().filter_map(|case| {
        let failure = case::check(spec, case, update).err()?;
        Some(format!("case {}: {failure}", case.display()))
    });
    report(spec, found.len(), failures.collect())
}

fn report(spec: &StageSpec, count: usize, failures: Vec<String>) -> Result<(), String> {
    match (count, failures.len()) {
        (0, _) => Err(format!("{}: nothing to run", spec.name)),
        (_, 0) => Ok(()),
        (_, some) => Err(format!(
            "{}: {some} of {count} do not hold\n\n{}",
            spec.name,
            failures.join("\n\n")
        )),
    }
}
