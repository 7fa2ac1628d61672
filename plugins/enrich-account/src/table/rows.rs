//! The accounts of a table as they are read, and the columns met on the way.

use crate::account_id::AccountId;
use crate::accounts::text;
use crate::fields::{Fields, Role};

/// Of how many columns the names are told when one is missing.
const TOLD_MAX: usize = 20;

/// One account.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) id: AccountId,
    /// Where it begins in the table.
    pub(super) offset: usize,
    /// What is written for it.
    pub(super) text: Vec<u8>,
}

/// The accounts read so far.
#[derive(Debug)]
pub(super) struct Rows<'f> {
    fields: &'f Fields,
    pub(super) list: Vec<Row>,
    /// The names of all columns.
    pub(super) columns: Vec<String>,
}

impl<'f> Rows<'f> {
    pub(super) fn new(fields: &'f Fields) -> Self {
        Rows { fields, list: Vec::new(), columns: Vec::new() }
    }

    /// Notes that there is a column of that name, and says what it is.
    pub(super) fn column(&mut self, name: &str) -> Role {
        if !self.columns.iter().any(|known| known == name) {
            self.columns.push(name.to_owned());
        }
        self.fields.role(name)
    }

    /// Values for a row, none yet.
    pub(super) fn blank(&self) -> Vec<Option<Vec<u8>>> {
        vec![None; self.fields.names().len()]
    }

    /// Adds an account with its values as JSON, one for each field.
    pub(super) fn add(&mut self, id: AccountId, offset: usize, values: &[Option<Vec<u8>>]) {
        let names = self.fields.names().iter().map(String::as_str);
        let members = names.zip(values.iter().map(Option::as_deref));
        self.list.push(Row { id, offset, text: text(id, members) });
    }
}

/// The names of columns, for a message.
pub(crate) fn told(columns: &[String]) -> String {
    let shown = columns.iter().take(TOLD_MAX).map(|name| format!("`{name}`"));
    let mut told = shown.collect::<Vec<_>>().join(", ");
    if columns.len() > TOLD_MAX {
        told.push_str(" ...");
    }
    told
}

/// Why a text is no account id, with the remedy.
pub(super) fn no_id(text: &str) -> String {
    let shown: String = text.chars().take(40).collect();
    let digits = !text.is_empty() && text.len() < 12 && text.bytes().all(|b| b.is_ascii_digit());
    let remedy = if digits { "; write the zeros that it begins with" } else { "" };
    format!("`{shown}` is no account id, which has 12 digits{remedy}")
}
