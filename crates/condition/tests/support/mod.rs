//! What the tests share.
// Each test file is a crate of its own and uses its own part of this module.
#![allow(dead_code)]

pub(crate) mod draw;

use trailmill_condition::{Condition, Expression, Pattern};
use trailmill_event::{Batch, Source};

/// A batch with these records.
pub(crate) fn batch(records: &str) -> Batch {
    let mut batch = Batch::new();
    batch.load_lines(records.as_bytes(), Source::default()).expect(records);
    batch
}

/// Whether an expression matches a record.
pub(crate) fn expression(expression: &str, record: &str) -> bool {
    let expression: Expression = expression.parse().unwrap_or_else(|error| panic!("{error}"));
    expression.matches(&batch(record).event(0))
}

/// Whether a pattern matches a record.
pub(crate) fn pattern(pattern: &str, record: &str) -> bool {
    let written = serde_json::from_str(pattern).expect(pattern);
    let pattern = Pattern::new(&written).unwrap_or_else(|error| panic!("{pattern}: {error}"));
    pattern.matches(&batch(record).event(0))
}

/// What is said about settings that are no condition.
pub(crate) fn refused(settings: &str) -> String {
    let written = serde_json::from_str(settings).expect(settings);
    Condition::read(&written).expect_err(settings).to_string()
}
