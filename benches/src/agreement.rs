//! Whether two ways make the same rows: byte for byte, or at least as JSON.

use crate::digest::Digest;
use crate::input::pieces;
use crate::way::{Unmeasured, Way};
use serde_json::Value;
use std::fmt;

/// How much of the input is compared at once, so that outputs need not be held whole.
const PIECE: usize = 8 << 20;

/// How many bytes of a row are shown on either side of a difference.
const SHOWN: usize = 48;

/// Columns that hold JSON text, which may be written in more than one way.
const TEXTS: [&str; 2] = ["REQUESTPARAMETERS", "RESPONSEELEMENTS"];

/// What a comparison of the rows of two ways has found.
#[derive(Debug, Default)]
pub struct Agreement {
    /// Rows that are the same byte for byte.
    pub identical: u64,
    /// Rows that are the same as JSON: numbers and escapes written differently.
    pub equal: u64,
    /// Rows that are not the same.
    pub different: u64,
    /// The first row that is not identical, if all are the same as JSON; else the first that is
    /// not even that.
    pub first: Option<Difference>,
    /// Of all rows of the other way.
    pub digest: Digest,
}

/// Where two rows part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The row, from 1.
    pub row: u64,
    /// The byte of the row, from 0.
    pub byte: usize,
    /// What is there, with what is around it.
    pub expected: String,
    /// What the other way has there.
    pub found: String,
    /// Whether the rows are the same as JSON.
    pub is_equal: bool,
}

impl Agreement {
    /// How many rows were compared.
    pub fn rows(&self) -> u64 {
        self.identical + self.equal + self.different
    }

    /// Compares two outputs for the same input.
    ///
    /// # Errors
    /// If they do not have the same number of rows.
    pub fn add(&mut self, expected: &[u8], found: &[u8]) -> Result<(), Unmeasured> {
        self.digest.add(found);
        let (mut ours, mut theirs) = (lines(expected), lines(found));
        loop {
            match (ours.next(), theirs.next()) {
                (Some(expected), Some(found)) => self.row(expected, found),
                (None, None) => return Ok(()),
                _ => return Err(Unmeasured("the numbers of rows differ".to_owned())),
            }
        }
    }

    fn row(&mut self, expected: &[u8], found: &[u8]) {
        if expected == found {
            self.identical += 1;
            return;
        }
        let is_equal = same(expected, found);
        *(if is_equal { &mut self.equal } else { &mut self.different }) += 1;
        if self.first.as_ref().is_none_or(|first| first.is_equal && !is_equal) {
            self.first = Some(Difference::new(self.rows(), expected, found, is_equal));
        }
    }
}

/// Compares the rows of one way with those of another, over all of an input.
///
/// # Errors
/// If one of them can not take the input, or their numbers of rows differ.
pub fn compare(
    reference: &mut dyn Way,
    other: &mut dyn Way,
    text: &[u8],
) -> Result<Agreement, Unmeasured> {
    let mut agreement = Agreement::default();
    let (mut expected, mut found) = (Vec::new(), Vec::new());
    for piece in pieces(text, PIECE) {
        expected.clear();
        found.clear();
        reference.run(piece, &mut |rows| expected.extend_from_slice(rows))?;
        other.run(piece, &mut |rows| found.extend_from_slice(rows))?;
        agreement.add(&expected, &found)?;
    }
    Ok(agreement)
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split_inclusive(|&byte| byte == b'\n')
}

/// Whether two rows are the same as JSON, and so is the JSON text in their cells.
fn same(expected: &[u8], found: &[u8]) -> bool {
    let read = |row| serde_json::from_slice::<Value>(row).map(opened).ok();
    match (read(expected), read(found)) {
        (Some(expected), Some(found)) => expected == found,
        _ => false,
    }
}

/// A row with the JSON text of its cells read.
fn opened(mut row: Value) -> Value {
    for name in TEXTS {
        let cell = row.get_mut(name).filter(|cell| cell.is_string());
        let inner = |cell: &Value| serde_json::from_str(cell.as_str()?).ok();
        if let Some(cell) = cell
            && let Some(inner) = inner(cell)
        {
            *cell = inner;
        }
    }
    row
}

impl Difference {
    fn new(row: u64, expected: &[u8], found: &[u8], is_equal: bool) -> Self {
        let pairs = expected.iter().zip(found);
        let byte = pairs.take_while(|(expected, found)| expected == found).count();
        let (expected, found) = (around(expected, byte), around(found, byte));
        Difference { row, byte, expected, found, is_equal }
    }
}

fn around(row: &[u8], byte: usize) -> String {
    let shown = byte.saturating_sub(SHOWN)..row.len().min(byte + SHOWN);
    String::from_utf8_lossy(&row[shown]).trim_end().to_owned()
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let how = if self.is_equal { "is written differently" } else { "differs" };
        writeln!(f, "row {} {how} from byte {} on:", self.row, self.byte)?;
        writeln!(f, "  - {}", self.expected)?;
        write!(f, "  + {}", self.found)
    }
}

impl fmt::Display for Agreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Agreement { identical, equal, different, .. } = self;
        write!(f, "{identical} rows identical, {equal} equal as JSON, {different} different")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = r#"{"A":"x","REQUESTPARAMETERS":"{\"n\":5.760e2}","REST":{"b":"\u003d"}}"#;

    fn compared(other: &str) -> Agreement {
        let mut agreement = Agreement::default();
        let two = format!("{ROW}\n{ROW}\n");
        agreement.add(two.as_bytes(), format!("{ROW}\n{other}\n").as_bytes()).unwrap();
        agreement
    }

    #[test]
    fn identical_rows_are_told_from_equal_and_different_ones() {
        let counts = |a: Agreement| (a.identical, a.equal, a.different);
        assert_eq!(counts(compared(ROW)), (2, 0, 0));
        let equal = r#"{"A":"x","REST":{"b":"="},"REQUESTPARAMETERS":"{\"n\":576.0}"}"#;
        assert_eq!(counts(compared(equal)), (1, 1, 0));
        assert_eq!(counts(compared(&ROW.replace("5.760", "5.761"))), (1, 0, 1));
        assert_eq!(counts(compared("{")), (1, 0, 1));
    }

    #[test]
    fn the_first_difference_is_shown() {
        let agreement = compared(&ROW.replace(r#""A":"x""#, r#""A":"y""#));
        let first = agreement.first.unwrap();
        assert_eq!((first.row, first.byte, first.is_equal), (2, 6, false));
        assert!(first.to_string().contains("+ {\"A\":\"y\","), "{first}");
    }

    #[test]
    fn a_missing_row_is_an_error() {
        assert!(Agreement::default().add(b"{}\n{}\n", b"{}\n").is_err());
    }
}
