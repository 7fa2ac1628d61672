//! Lists with an entry a line.

use super::{Add, Problem};
use crate::entry::IndicatorType;

/// What begins a comment.
const MARKS: [char; 2] = ['#', ';'];

/// Hands every entry to `add`, with the comment behind it as its label.
///
/// # Errors
/// The first line that is no entry.
pub(super) fn read(text: &str, of: IndicatorType, add: &mut Add<'_>) -> Result<(), Problem> {
    for (line, number) in text.lines().zip(1..) {
        let line = line.trim();
        if line.is_empty() || line.starts_with(MARKS) {
            continue;
        }
        let (entry, label) = match of {
            // In user agents these marks are common.
            IndicatorType::UserAgent => (line, None),
            _ => without_comment(line),
        };
        add(entry, label).map_err(|why| {
            Problem::at(number, format!("{why}; correct the line, or put `#` before it"))
        })?;
    }
    Ok(())
}

/// An entry, and the comment behind it: `192.0.2.0/24 ; SBL1`.
fn without_comment(line: &str) -> (&str, Option<&str>) {
    let Some((entry, rest)) = line.split_once(|letter: char| letter.is_whitespace()) else {
        return (line, None);
    };
    match rest.trim_start().strip_prefix(MARKS) {
        Some(comment) => (entry, Some(comment.trim()).filter(|comment| !comment.is_empty())),
        None => (line, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_told_from_entries() {
        let text =
            "# a list\r\n\r\n192.0.2.1\r\n  192.0.2.0/24 ; SBL1 \n;x\na.example# b\nc #\nd e";
        let mut found = Vec::new();
        let mut add = |entry: &str, label: Option<&str>| {
            found.push((entry.to_owned(), label.map(str::to_owned)));
            if entry == "d e" { Err("no".to_owned()) } else { Ok(()) }
        };
        let problem = read(text, IndicatorType::Domain, &mut add).unwrap_err();
        assert_eq!(problem.to_string(), ", line 8: no; correct the line, or put `#` before it");
        let found: Vec<_> = found.iter().map(|(e, l)| (e.as_str(), l.as_deref())).collect();
        let sbl = ("192.0.2.0/24", Some("SBL1"));
        assert_eq!(
            found,
            [("192.0.2.1", None), sbl, ("a.example# b", None), ("c", None), ("d e", None)]
        );
    }
}
