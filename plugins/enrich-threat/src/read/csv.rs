//! Lists as comma-separated values (RFC 4180) with a header.

use super::{Add, Problem};
use std::borrow::Cow;

/// Hands the cells of `column` to `add`, with those of `label_column` as labels. Rows that begin
/// with `#`, and empty ones, are comments.
///
/// # Errors
/// The first row that is not well formed or has no entry.
pub(super) fn read(
    text: &str,
    column: &str,
    label_column: Option<&str>,
    add: &mut Add<'_>,
) -> Result<(), Problem> {
    let mut rows = Rows { rest: text, line: 1 };
    let Some((line, header)) = rows.next().transpose()? else { return Ok(()) };
    let find = |name: &str| header.iter().position(|cell| cell.trim() == name);
    let missing = |name: &str| {
        let there: Vec<String> = header.iter().map(|cell| format!("`{}`", cell.trim())).collect();
        Problem::at(line, format!("there is no column `{name}`, but {}", there.join(", ")))
    };
    let at = find(column).ok_or_else(|| missing(column))?;
    let label_at = label_column.map(|name| find(name).ok_or_else(|| missing(name))).transpose()?;
    for row in rows {
        let (line, cells) = row?;
        let problem =
            |why: &str| Problem::at(line, format!("{why}; correct the row, or put `#` before it"));
        let entry = cells.get(at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
        let entry =
            entry.ok_or_else(|| problem(&format!("there is nothing in column `{column}`")))?;
        let label = label_at.and_then(|at| cells.get(at)).map(|cell| cell.trim());
        add(entry, label.filter(|label| !label.is_empty())).map_err(|why| problem(&why))?;
    }
    Ok(())
}

/// Iterates over rows, each with the line that it begins in.
struct Rows<'t> {
    rest: &'t str,
    line: usize,
}

type Row<'t> = (usize, Vec<Cow<'t, str>>);

impl<'t> Iterator for Rows<'t> {
    type Item = Result<Row<'t>, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let head = self.rest.split('\n').next().unwrap_or_default();
            if !head.starts_with('#') && !head.trim().is_empty() {
                return Some(self.row());
            }
            self.skip(head.len());
            self.skip(1);
        }
    }
}

impl<'t> Rows<'t> {
    /// Goes on by so many bytes; what it went over.
    fn skip(&mut self, bytes: usize) -> &'t str {
        let (gone, rest) = self.rest.split_at(bytes.min(self.rest.len()));
        self.line += gone.bytes().filter(|&byte| byte == b'\n').count();
        self.rest = rest;
        gone
    }

    fn row(&mut self) -> Result<Row<'t>, Problem> {
        let line = self.line;
        let mut cells = Vec::new();
        loop {
            cells.push(self.cell()?);
            match self.skip(1) {
                "," => {}
                "\r" => {
                    self.skip(1);
                    return Ok((line, cells));
                }
                _ => return Ok((line, cells)),
            }
        }
    }

    /// Reads a cell, up to the comma or the end of the line behind it.
    fn cell(&mut self) -> Result<Cow<'t, str>, Problem> {
        if !self.rest.starts_with('"') {
            let end = self.rest.find([',', '\n']).unwrap_or(self.rest.len());
            let text = self.rest.get(..end).unwrap_or_default();
            let is_line_end = !self.rest[end..].starts_with(',');
            let text = if is_line_end { text.strip_suffix('\r').unwrap_or(text) } else { text };
            return Ok(Cow::Borrowed(self.skip(text.len())));
        }
        let line = self.line;
        self.skip(1);
        let mut cell = Cow::Borrowed("");
        loop {
            let end = self.rest.find('"').ok_or_else(|| {
                Problem::at(line, "a quote is opened here and never closed; close it")
            })?;
            let piece = self.skip(end);
            self.skip(1);
            cell = if cell.is_empty() { Cow::Borrowed(piece) } else { cell + piece };
            // Two quotes inside of quotes are one.
            match self.rest.starts_with('"') {
                true => {
                    self.skip(1);
                    cell += "\"";
                }
                false => break,
            }
        }
        let is_end = self.rest.is_empty() || self.rest.starts_with([',', '\n']);
        match is_end || self.rest == "\r" || self.rest.starts_with("\r\n") {
            true => Ok(cell),
            false => Err(Problem::at(
                self.line,
                "text follows a closing quote; write quotes inside of quotes twice",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Result<Vec<Row<'_>>, String> {
        let rows: Result<Vec<_>, _> = Rows { rest: text, line: 1 }.collect();
        rows.map_err(|problem| problem.to_string())
    }

    #[test]
    fn rows_are_read() {
        let text =
            "a,b\r\n\"x, y\",\"say \"\"no\"\"\"\n# c\n\n,\"two\nlines\"\r\nlast,\n\"\"\"\",é";
        let found = rows(text).unwrap();
        let found: Vec<(usize, Vec<&str>)> = found
            .iter()
            .map(|(line, cells)| (*line, cells.iter().map(|cell| &**cell).collect()))
            .collect();
        let expected = [
            (1, vec!["a", "b"]),
            (2, vec!["x, y", "say \"no\""]),
            (5, vec!["", "two\nlines"]),
            (7, vec!["last", ""]),
            (8, vec!["\"", "é"]),
        ];
        assert_eq!(found, expected);
        assert_eq!(rows("").unwrap(), []);
    }

    #[test]
    fn broken_rows_are_told() {
        let open = ", line 2: a quote is opened here and never closed; close it";
        assert_eq!(rows("a\n\"x\n\ny").unwrap_err(), open);
        let behind = ", line 1: text follows a closing quote; write quotes inside of quotes twice";
        assert_eq!(rows("\"x\"y,z").unwrap_err(), behind);
    }
}
