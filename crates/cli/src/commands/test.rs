//! `trailmill test`: the tests that pipelines carry.

use crate::args::PipelinesArgs;
use crate::failure::{Failure, Status};
use crate::io::stdout::print;
use crate::settings::{self, Loaded};
use crate::ui::diff::diff;
use crate::ui::figures::counted;
use std::fmt::Write;
use trailmill_pipeline::TestCase;

/// Runs the command: a line for each test, and for those that fail what differs.
pub(super) fn run(args: &PipelinesArgs) -> Result<Status, Failure> {
    let mut report = String::new();
    let mut tally = Tally::default();
    for path in &args.pipelines {
        let loaded = settings::load(path)?;
        let tests = loaded.pipeline.tests();
        let _ = writeln!(report, "{}:", loaded.path.display());
        if tests.is_empty() {
            report.push_str("  no tests\n");
        }
        for test in tests {
            tally.add(run_one(&loaded, test, &mut report));
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
fn run_one(loaded: &Loaded, test: &TestCase, report: &mut String) -> bool {
    let outcome = match loaded.pipeline.run_test(test, &loaded.resources) {
        Ok(outcome) => outcome,
        Err(message) => {
            let _ = writeln!(report, "  FAILED  {}\n    {message}", test.name);
            return false;
        }
    };
    if outcome.passed() {
        let _ = writeln!(report, "  passed  {}", test.name);
        return true;
    }
    let _ = writeln!(report, "  FAILED  {}", test.name);
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
    false
}
