//! A part of a page that is written by a program, between two marks.

use crate::way::Unmeasured;
use std::path::Path;

/// Puts a text between the marks `<!-- NAME -->` and `<!-- /NAME -->` of a page.
///
/// # Errors
/// If the page can not be read or written, or does not have both.
pub(super) fn put(page: &Path, name: &str, text: &str) -> Result<(), Unmeasured> {
    let failed = |error: std::io::Error| Unmeasured(format!("{}: {error}", page.display()));
    let old = std::fs::read_to_string(page).map_err(failed)?;
    let new = replaced(&old, name, text);
    let new = new.ok_or_else(|| Unmeasured(format!("{} has no marks", page.display())))?;
    std::fs::write(page, new).map_err(failed)
}

fn replaced(page: &str, name: &str, text: &str) -> Option<String> {
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (head, rest) = page.split_once(&begin)?;
    let (_, tail) = rest.split_once(&end)?;
    Some(format!("{head}{begin}{}\n\n{end}{tail}", text.trim()))
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn only_what_is_between_the_marks_changes() {
        let page = "a\n<!-- x -->\nold\n<!-- /x -->\nb\n";
        let new = "a\n<!-- x -->\nnew\n\n<!-- /x -->\nb\n";
        assert_eq!(replaced(page, "x", "\nnew\n").as_deref(), Some(new));
        assert_eq!(replaced(new, "x", "new").as_deref(), Some(new));
        assert_eq!(replaced(page, "y", "new"), None);
    }
}
