//! Reads tables of accounts, whatever their format.

mod csv;
mod json;
mod rows;

use crate::account_id::AccountId;
use crate::fields::Fields;
use rows::Rows;
pub(crate) use rows::told;

/// What is wrong with a table, and where.
#[derive(Debug, PartialEq, Eq)]
struct TableError {
    /// The byte at which it is.
    offset: usize,
    message: String,
}

impl TableError {
    fn new(offset: usize, message: impl Into<String>) -> Self {
        TableError { offset, message: message.into() }
    }
}

/// An account with the text that is written for it.
pub(crate) type Account = (AccountId, Vec<u8>);

/// What a table holds.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// At least one, in the order of their ids, none twice.
    pub(crate) accounts: Vec<Account>,
    /// The names of all columns.
    pub(crate) columns: Vec<String>,
}

/// What some editors begin a file with (RFC 8259, section 8.1: a reader may ignore it).
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads the table in a file: CSV, or JSON if it begins like that.
///
/// # Errors
/// What is wrong, with file and line, and what would be right.
pub(crate) fn of_file(path: &str, bytes: &[u8], fields: &Fields) -> Result<Table, String> {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let at = |error: TableError| format!("{path}:{}: {}", line(bytes, error.offset), error.message);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        at(TableError::new(error.valid_up_to(), "not UTF-8 text; save the table as UTF-8"))
    })?;
    let rows = match text.trim_start().as_bytes().first() {
        None => Err(TableError::new(0, "the file is empty; write a line for each account")),
        Some(b'{' | b'[') => json::read(bytes, fields),
        Some(_) => csv::read(text, fields),
    };
    rows.and_then(|rows| table(rows, bytes)).map_err(at)
}

/// Reads accounts that stand in the pipeline file, an object by id.
///
/// # Errors
/// What is wrong, and what would be right.
pub(crate) fn of_settings(text: &[u8], fields: &Fields) -> Result<Table, String> {
    let rows = json::read_by_id(text, fields);
    rows.and_then(|rows| table(rows, text)).map_err(|error| error.message)
}

/// The table that the rows of a text are.
fn table(rows: Rows<'_>, text: &[u8]) -> Result<Table, TableError> {
    let (mut list, columns) = (rows.list, rows.columns);
    if list.is_empty() {
        return Err(TableError::new(0, "there are no accounts in the table"));
    }
    list.sort_by_key(|row| (row.id, row.offset));
    if let Some(pair) = list.windows(2).find(|pair| pair[0].id == pair[1].id) {
        let (id, first) = (pair[0].id, line(text, pair[0].offset));
        let message = format!("account {id} stands in line {first} already; keep one of the two");
        return Err(TableError::new(pair[1].offset, message));
    }
    let accounts = list.into_iter().map(|row| (row.id, row.text)).collect();
    Ok(Table { accounts, columns })
}

/// The number of the line of a byte.
fn line(text: &[u8], offset: usize) -> usize {
    1 + text.iter().take(offset).filter(|&&byte| byte == b'\n').count()
}
