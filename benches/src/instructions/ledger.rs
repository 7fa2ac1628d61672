//! The recorded counts, as they stand in `benches/instructions.toml`.

use crate::way::Unmeasured;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The first lines of the file.
const HEAD: &str = "\
# Instructions that each case of cases/ takes for a record. Written by
# `cargo xtask instructions --update --reason TEXT`; to count one more case, name it there.
";

/// Instructions a record, by the name of the instruction set.
pub(super) type Counts = BTreeMap<String, u64>;

/// What is recorded.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ledger {
    /// The compiler whose code was counted.
    rustc: String,
    /// By how much a count may be above what is recorded.
    tolerance_percent: f64,
    /// Why counts were recorded, first to last.
    reasons: Vec<String>,
    /// By the name of the case.
    instructions: BTreeMap<String, Counts>,
}

/// How a count compares with what is recorded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Verdict {
    recorded: Option<u64>,
    counted: u64,
    /// Whether it is not above the tolerance. What was never recorded is not.
    pub(super) holds: bool,
}

impl Ledger {
    /// Reads the file.
    ///
    /// # Errors
    /// If it is not there, or says something else.
    pub(super) fn read() -> Result<Self, Unmeasured> {
        let wrong = |error: &dyn fmt::Display| Unmeasured(format!("instructions.toml: {error}"));
        let text = std::fs::read_to_string(path()).map_err(|error| wrong(&error))?;
        toml::from_str(&text).map_err(|error| wrong(&error))
    }

    /// The names of the cases, sorted.
    pub(super) fn cases(&self) -> Vec<String> {
        self.instructions.keys().cloned().collect()
    }

    /// Holds a count against what is recorded.
    pub(super) fn verdict(&self, case: &str, isa: &str, counted: u64) -> Verdict {
        let recorded = self.instructions.get(case).and_then(|counts| counts.get(isa)).copied();
        let most = |recorded: u64| recorded as f64 * (1.0 + self.tolerance_percent / 100.0);
        let holds = recorded.is_none_or(|recorded| counted as f64 <= most(recorded));
        Verdict { recorded, counted, holds }
    }

    /// Takes what was counted for a case in the place of what is recorded.
    pub(super) fn set(&mut self, case: String, counts: Counts) {
        self.instructions.insert(case, counts);
    }

    /// What to say behind the table.
    pub(super) fn conclusion(&self, holds: bool) -> String {
        let mut text = match holds {
            true => "\nNo case takes more instructions than it may.\n".to_owned(),
            false => format!(
                "\nThere is a case that takes over {} % more instructions than recorded. Where \
                 that is meant:\n  cargo xtask instructions --update --reason TEXT\n",
                self.tolerance_percent
            ),
        };
        let rustc = rustc();
        if rustc != self.rustc {
            let _ = writeln!(text, "Recorded with {}, counted with {rustc}.", self.rustc);
        }
        text
    }

    /// Writes the file anew, with one reason more.
    ///
    /// # Errors
    /// If it can not be written.
    pub(super) fn write(mut self, reason: &str) -> Result<(), Unmeasured> {
        self.rustc = rustc();
        self.reasons.push(reason.to_owned());
        std::fs::write(path(), self.text())
            .map_err(|error| Unmeasured(format!("instructions.toml: {error}")))
    }

    fn text(&self) -> String {
        // A string of JSON is one of TOML.
        let quoted = |text: &String| serde_json::Value::from(text.as_str()).to_string();
        let mut text = format!("{HEAD}rustc = {}\n", quoted(&self.rustc));
        let _ = write!(text, "tolerance_percent = {:?}\nreasons = [\n", self.tolerance_percent);
        for reason in &self.reasons {
            let _ = writeln!(text, "    {},", quoted(reason));
        }
        text += "]\n\n[instructions]\n";
        for (case, counts) in &self.instructions {
            let counts: Vec<String> =
                counts.iter().map(|(isa, count)| format!("{isa} = {count}")).collect();
            let _ = writeln!(text, "{case} = {{ {} }}", counts.join(", "));
        }
        text
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Verdict { recorded, counted, holds } = *self;
        let Some(recorded) = recorded else { return write!(f, "- | {counted} | new") };
        let change = (counted as f64 / recorded as f64 - 1.0) * 100.0;
        let mark = if holds { "" } else { " TOO MANY" };
        write!(f, "{recorded} | {counted} | {change:+.1} %{mark}")
    }
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("instructions.toml")
}

/// The compiler that this workspace is built with, as it calls itself.
fn rustc() -> String {
    let mut command = Command::new("rustc");
    let output = command.arg("--version").current_dir(env!("CARGO_MANIFEST_DIR")).output();
    let said = output.map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&said).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases;

    fn ledger(count: u64) -> Ledger {
        Ledger {
            rustc: "rustc 1.95.0".to_owned(),
            tolerance_percent: 3.0,
            reasons: vec!["say \"first\"".to_owned()],
            instructions: [("a-case".to_owned(), [("avx2".to_owned(), count)].into())].into(),
        }
    }

    #[test]
    fn more_than_the_tolerance_does_not_hold() {
        let verdict = |count| ledger(10_000).verdict("a-case", "avx2", count);
        assert!(verdict(10_300).holds && verdict(7_000).holds && !verdict(10_301).holds);
        assert_eq!(verdict(10_301).to_string(), "10000 | 10301 | +3.0 % TOO MANY");
        assert!(ledger(1).verdict("a-case", "swar", 2).holds, "it was never recorded");
    }

    #[test]
    fn what_is_written_is_read() {
        let ledger = ledger(7);
        assert_eq!(toml::from_str::<Ledger>(&ledger.text()).unwrap(), ledger);
    }

    #[test]
    fn the_file_names_cases_that_there_are_and_is_as_it_was_written() {
        let ledger = Ledger::read().unwrap();
        assert_eq!(ledger.text(), std::fs::read_to_string(path()).unwrap());
        let known = cases::names().unwrap();
        assert!(ledger.instructions.keys().all(|case| known.contains(case)));
        assert!(ledger.instructions.contains_key("lines-to-snare"));
        let counts = ledger.instructions.values();
        assert!(counts.flat_map(Counts::values).all(|&count| count > 1_000));
    }
}
