//! Compares what was expected with what came, and shows the difference line by line.

use crate::outcome::compact;
use crate::pretty::pretty;
use similar::TextDiff;

/// Lines shown around a difference.
const CONTEXT: usize = 3;

/// Compares JSON texts, one a line or one alone, without the blanks between their tokens.
///
/// # Errors
/// The difference, as a unified diff of both laid out on several lines.
pub(crate) fn json(expected: &[&str], got: &[&str]) -> Result<(), String> {
    let same = |(one, two): (&&str, &&str)| compact(one.as_bytes()) == compact(two.as_bytes());
    if expected.len() == got.len() && expected.iter().zip(got).all(same) {
        return Ok(());
    }
    let laid_out = |texts: &[&str]| -> String {
        let laid_out = texts.iter().map(|text| format!("{}\n", pretty(text)));
        laid_out.collect()
    };
    text(&laid_out(expected), &laid_out(got))
}

/// Compares texts.
///
/// # Errors
/// The difference, as a unified diff.
pub(crate) fn text(expected: &str, got: &str) -> Result<(), String> {
    if expected == got {
        return Ok(());
    }
    let diff = TextDiff::from_lines(expected, got);
    let mut shown = diff.unified_diff();
    let shown = shown.context_radius(CONTEXT).header("expected", "got");
    Err(format!("\n{shown}"))
}
