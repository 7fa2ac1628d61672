//! `trailmill test`: the tests that pipelines carry.

use crate::args::TestArgs;
use crate::failure::{Failure, Status, reason};
use crate::io::stdout::print;
use crate::settings::{self, Loaded, Variables};
use crate::ui::diff::diff;
use crate::ui::figures::counted;
use std::fmt::Write;
use trailmill_pipeline::{Comparison, TestCase, TestOutcome};

/// Runs the command: a line for each test, and for those that fail what differs.
pub(super) fn run(args: &TestArgs) -> Result<Status, Failure> {
    let mut report = String::new();
    let mut tally = Tally::default();
    for path in &args.pipelines {
        let loaded = settings::load_with(path, &settings::stages(), Variables::Made)?;
        let tests = loaded.pipeline.tests();
        let _ = writeln!(report, "{}:", loaded.path.display());
        if tests.is_empty() {
            report.push_str("  no tests\n");
        }
        for test in tests {
            tally.add(run_one(&loaded, test, args.update, &mut report)?);
        }
    }
    let failed = match tally.failed {
        0 => String::new(),
        count => format!(", {count} failed"),
    };
    let _ = writeln!(report, "{} passed{failed}", counted(tally.passed, "test"));
    print(|out| out.write_all(report.as_bytes()))?;
    Ok(match tally.failed {
        0 => Status::Good,
        _ => Status::Unmet,
    })
}

#[derive(Default)]
struct Tally {
    passed: u64,
    failed: u64,
}

impl Tally {
    fn add(&mut self, passed: bool) {
        match passed {
            true => self.passed += 1,
            false => self.failed += 1,
        }
    }
}

/// Runs one test and reports on it; says whether it has passed.
fn run_one(
    loaded: &Loaded,
    test: &TestCase,
    update: bool,
    report: &mut String,
) -> Result<bool, Failure> {
    let mut outcome = match loaded.pipeline.run_test(test, &loaded.resources) {
        Ok(outcome) => outcome,
        Err(message) => {
            let _ = writeln!(report, "  FAILED  {}\n    {message}", test.name);
            return Ok(false);
        }
    };
    if update {
        for comparison in &mut outcome.comparisons {
            take_over(loaded, comparison, report)?;
        }
    }
    let passed = outcome.passed();
    let _ = writeln!(report, "  {}  {}", if passed { "passed" } else { "FAILED" }, test.name);
    tell_differences(&outcome, report);
    Ok(passed)
}

/// Writes what came out into the file of what should, if there is one.
fn take_over(
    loaded: &Loaded,
    comparison: &mut Comparison,
    report: &mut String,
) -> Result<(), Failure> {
    if comparison.holds() {
        return Ok(());
    }
    let Some(path) = &comparison.path else { return Ok(()) };
    let path = loaded.resources.path(path);
    std::fs::write(&path, &comparison.actual).map_err(|error| {
        Failure::io(format_args!("cannot write {}: {}", path.display(), reason(&error)))
    })?;
    let _ = writeln!(report, "  updated {}", path.display());
    comparison.expected.clone_from(&comparison.actual);
    comparison.missing = None;
    Ok(())
}

fn tell_differences(outcome: &TestOutcome, report: &mut String) {
    for comparison in outcome.comparisons.iter().filter(|comparison| !comparison.holds()) {
        if let Some(message) = &comparison.missing {
            let _ = writeln!(report, "    {}: {message}", comparison.what);
        }
        let expected = match &comparison.path {
            Some(path) => path.as_str(),
            None => "nothing, as the test names no file for it",
        };
        let _ = writeln!(report, "    {}: - expected ({expected}), + found", comparison.what);
        diff(&comparison.expected, &comparison.actual, "    ", report);
    }
}
