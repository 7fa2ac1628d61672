//! Two texts of JSON lines, and what differs between them.

use serde_json::Value;
use similar::{ChangeTag, TextDiff};
use std::fmt::Write;

/// How many lines that are the same are shown around a change.
const CONTEXT: usize = 2;
/// A larger difference is cut here.
const LINES_MAX: usize = 200;

/// Appends what differs, each line after `indent`; JSON is laid out with a member on each line, so
/// that the members that differ can be told.
pub(crate) fn diff(expected: &[u8], actual: &[u8], indent: &str, report: &mut String) {
    let (expected_text, actual_text) = (laid_out(expected), laid_out(actual));
    if expected_text == actual_text {
        let _ = writeln!(report, "{indent}the same values, written differently");
        return compare(&text(expected), &text(actual), indent, report);
    }
    compare(&expected_text, &actual_text, indent, report);
}

fn compare(expected: &str, actual: &str, indent: &str, report: &mut String) {
    let diff = TextDiff::from_lines(expected, actual);
    let mut lines = 0;
    for (position, group) in diff.grouped_ops(CONTEXT).iter().enumerate() {
        if position > 0 {
            let _ = writeln!(report, "{indent}  ...");
        }
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            lines += 1;
            if lines > LINES_MAX {
                let _ = writeln!(report, "{indent}and more");
                return;
            }
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            let line = change.value().trim_end_matches('\n');
            let _ = writeln!(report, "{indent}{sign} {line}");
        }
    }
}

/// The lines, each that is JSON over several lines.
fn laid_out(bytes: &[u8]) -> String {
    let mut laid_out = String::new();
    for line in text(bytes).lines() {
        match serde_json::from_str::<Value>(line) {
            Ok(value) => {
                let _ = writeln!(laid_out, "{value:#}");
            }
            Err(_) => {
                let _ = writeln!(laid_out, "{line}");
            }
        }
    }
    laid_out
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(expected: &str, actual: &str) -> String {
        let mut report = String::new();
        diff(expected.as_bytes(), actual.as_bytes(), "  ", &mut report);
        report
    }

    #[test]
    fn only_members_that_differ_are_marked() {
        let expected = "{\"a\":1,\"b\":2,\"c\":3}\n";
        let actual = "{\"a\":1,\"b\":5,\"c\":3}\n";
        let wanted =
            "    {\n      \"a\": 1,\n  -   \"b\": 2,\n  +   \"b\": 5,\n      \"c\": 3\n    }\n";
        assert_eq!(shown(expected, actual), wanted);
    }

    #[test]
    fn a_difference_of_form_is_a_difference() {
        let report = shown("{\"a\":1}\n", "{\"a\": 1}\n");
        assert!(report.contains("written differently"), "{report}");
        assert!(report.contains("- {\"a\":1}"), "{report}");
    }

    #[test]
    fn long_differences_are_cut() {
        let expected: String = (0..1000).map(|number| format!("{number}\n")).collect();
        let report = shown(&expected, "");
        assert!(report.ends_with("  and more\n"));
        assert_eq!(report.lines().count(), LINES_MAX + 1);
    }
}
