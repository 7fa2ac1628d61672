//! Tables as CSV: a line of column names, then a line for each account (RFC 4180).

use super::TableError;
use super::rows::{Rows, no_id, told};
use crate::account_id::AccountId;
use crate::fields::{Fields, Role};
use csv::{ErrorKind, ReaderBuilder, StringRecord};
use trailmill_stage::event::json::quote_into;

/// Reads the accounts of a table.
///
/// # Errors
/// The first thing that is wrong with it.
pub(super) fn read<'f>(text: &str, fields: &'f Fields) -> Result<Rows<'f>, TableError> {
    let mut reader = ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let (mut rows, mut roles) = (Rows::new(fields), Vec::new());
    let mut last = 0;
    for record in reader.records() {
        let record = record.map_err(|error| malformed(text, &error))?;
        last = start(text, &record);
        match roles.is_empty() {
            true => roles = heads(&record, last, &mut rows)?,
            false => add(&record, last, &roles, &mut rows)?,
        }
    }
    // Quotes stand in pairs; the reader takes what is left to be one field.
    match text.bytes().filter(|&byte| byte == b'"').count() % 2 {
        0 => Ok(rows),
        _ => Err(TableError::new(last, "a quote is opened and not closed")),
    }
}

/// Where a record begins: behind the empty lines that may stand before it.
fn start(text: &str, record: &StringRecord) -> usize {
    let from = record.position().map_or(0, |position| position.byte() as usize);
    let rest = text.get(from..).unwrap_or_default();
    from + rest.len() - rest.trim_start_matches(['\r', '\n']).len()
}

fn malformed(text: &str, error: &csv::Error) -> TableError {
    match error.kind() {
        ErrorKind::UnequalLengths { pos, expected_len, len } => {
            let from = pos.as_ref().map_or(0, |position| position.byte() as usize);
            let blank = |byte: &&u8| [b'\r', b'\n'].contains(*byte);
            let from = from + text.as_bytes().iter().skip(from).take_while(blank).count();
            let message = format!(
                "{len} columns where the first line has {expected_len}; a comma or a quote inside \
                 a value asks for quotes around it"
            );
            TableError::new(from, message)
        }
        _ => TableError::new(0, "not CSV"),
    }
}

/// What each column is, by the first line.
fn heads(
    record: &StringRecord,
    offset: usize,
    rows: &mut Rows<'_>,
) -> Result<Vec<Role>, TableError> {
    let roles: Vec<Role> = record.iter().map(|name| rows.column(name.trim())).collect();
    for (at, role) in roles.iter().enumerate().filter(|(_, role)| **role != Role::Unused) {
        if let Some(first) = roles[..at].iter().position(|other| other == role) {
            let (first, second) = (record[first].trim(), record[at].trim());
            let message = format!("the columns `{first}` and `{second}` mean the same; rename one");
            return Err(TableError::new(offset, message));
        }
    }
    if !roles.contains(&Role::Id) {
        let told = told(&rows.columns);
        let message = format!(
            "no column `id` (or `accountId`, `account`), only {told}; the first line names the \
             columns, with commas between them"
        );
        return Err(TableError::new(offset, message));
    }
    Ok(roles)
}

fn add(
    record: &StringRecord,
    offset: usize,
    roles: &[Role],
    rows: &mut Rows<'_>,
) -> Result<(), TableError> {
    let (mut id, mut values) = ("", rows.blank());
    for (role, cell) in roles.iter().zip(record.iter().map(str::trim)) {
        match *role {
            Role::Id => id = cell,
            Role::Field(at) if !cell.is_empty() => {
                let mut value = Vec::new();
                quote_into(cell, &mut value);
                values[at] = Some(value);
            }
            _ => {}
        }
    }
    match AccountId::read(id.as_bytes()) {
        Some(id) => rows.add(id, offset, &values),
        None => return Err(TableError::new(offset, no_id(id))),
    }
    Ok(())
}
