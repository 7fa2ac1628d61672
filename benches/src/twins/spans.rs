//! A row put together from spans of the record, for twins whose parser gives raw text.

use super::cell;
use super::columns::{self, COLUMNS, COUNT, Column, IDENTITY, TABLE};
use std::borrow::Cow;

/// A record as the spans that columns take, and those that are left.
///
/// All values are JSON text as it stands in the record; keys have no quotes.
#[derive(Debug, Default)]
pub struct Spans<'a> {
    cells: [Option<&'a str>; COUNT],
    rest: Members<'a>,
    identity: Option<Identity<'a>>,
}

/// How a row is written.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// Keys were given without their escapes, so that they are escaped again.
    pub quotes_keys: bool,
    /// Appends a text as a JSON string: what the library at hand has for that.
    pub quote: fn(&str, &mut Vec<u8>),
}

type Members<'a> = Vec<(Cow<'a, str>, &'a str)>;

/// What is left of `userIdentity`.
#[derive(Debug)]
struct Identity<'a> {
    /// How many members of the rest come before it.
    position: usize,
    rest: Members<'a>,
}

impl<'a> Spans<'a> {
    /// Takes a member of the record, but for a `userIdentity` that is an object.
    pub fn member(&mut self, key: Cow<'a, str>, value: &'a str) {
        if self.is_left(columns::of_record(&key), value) {
            self.rest.push((key, value));
        }
    }

    /// Takes the object `userIdentity`, whose members follow.
    pub fn identity(&mut self) {
        let position = self.rest.len();
        self.identity = Some(Identity { position, rest: Vec::new() });
    }

    /// Takes a member of `userIdentity`.
    pub fn identity_member(&mut self, key: Cow<'a, str>, value: &'a str) {
        let is_left = self.is_left(columns::of_identity(&key), value);
        if let Some(identity) = self.identity.as_mut().filter(|_| is_left) {
            identity.rest.push((key, value));
        }
    }

    /// Gives a value to the column that claims it; says whether it is left for the rest as well.
    fn is_left(&mut self, column: Option<Column>, value: &'a str) -> bool {
        let Some(column) = column else { return true };
        if value == "null" {
            return false;
        }
        if !column.is_json() && !value.starts_with('"') {
            return true;
        }
        self.cells[column as usize] = Some(value);
        is_cut(column, value)
    }

    /// Appends the row, without a line feed.
    pub fn write(&self, manner: Manner, out: &mut Vec<u8>) {
        let time = self.cells[Column::DateTime as usize].map(unquoted);
        let (date, clock) = time.and_then(cell::utc).unzip();
        let mut lead = b"{\"";
        for ((column, name), cell) in COLUMNS.into_iter().zip(self.cells) {
            out.extend_from_slice(lead);
            out.extend_from_slice(name.as_bytes());
            out.extend_from_slice(b"\":");
            match (column, cell) {
                (Column::Date, _) => plain(date.as_deref(), out),
                (Column::Time, _) => plain(clock.as_deref(), out),
                (Column::Table, _) => plain(Some(TABLE), out),
                (Column::SnareDataMap, _) => self.write_rest(manner, out),
                (_, None) => out.extend_from_slice(b"null"),
                (_, Some(value)) => write_cell(column, value, manner.quote, out),
            }
            lead = b",\"";
        }
        out.push(b'}');
    }

    fn write_rest(&self, manner: Manner, out: &mut Vec<u8>) {
        // One that gave all to the columns comes back by way of them.
        let gave = self.cells[columns::OF_IDENTITY].iter().any(Option::is_some);
        let identity = self.identity.as_ref().filter(|it| !gave || !it.rest.is_empty());
        let (before, behind) = self.rest.split_at(identity.map_or(0, |it| it.position));
        let mut object = Object::new(manner, out);
        before.iter().for_each(|(key, value)| object.member(key, value));
        if let Some(identity) = identity {
            object.key(IDENTITY);
            let mut inner = Object::new(manner, object.out);
            identity.rest.iter().for_each(|(key, value)| inner.member(key, value));
            inner.end();
        }
        behind.iter().for_each(|(key, value)| object.member(key, value));
        object.end();
    }
}

/// An object in the making.
struct Object<'o> {
    manner: Manner,
    out: &'o mut Vec<u8>,
    comma: bool,
}

impl<'o> Object<'o> {
    fn new(manner: Manner, out: &'o mut Vec<u8>) -> Self {
        out.push(b'{');
        Object { manner, out, comma: false }
    }

    fn key(&mut self, key: &str) {
        if std::mem::replace(&mut self.comma, true) {
            self.out.push(b',');
        }
        match self.manner {
            Manner { quotes_keys: true, quote } => quote(key, self.out),
            Manner { quotes_keys: false, .. } => plain(Some(key), self.out),
        }
        self.out.push(b':');
    }

    fn member(&mut self, key: &str, value: &str) {
        self.key(key);
        self.out.extend_from_slice(value.as_bytes());
    }

    fn end(self) {
        self.out.push(b'}');
    }
}

/// The text between the quotes of a string.
pub fn unquoted(string: &str) -> &str {
    string.get(1..string.len() - 1).unwrap_or_default()
}

/// What a string says; a string that is none says nothing.
fn decoded(string: &str) -> String {
    serde_json::from_str(string).unwrap_or_default()
}

/// Whether a cell is longer than its column allows.
fn is_cut(column: Column, value: &str) -> bool {
    let most = column.bytes_max();
    value.len() > most && (column.is_json() || decoded(value).len() > most)
}

fn write_cell(column: Column, value: &str, quote: fn(&str, &mut Vec<u8>), out: &mut Vec<u8>) {
    let most = column.bytes_max();
    let is_text = value.starts_with('"');
    if is_cut(column, value) {
        let text = if column.is_json() { value.to_owned() } else { decoded(value) };
        quote(&cell::cut(&text, most), out);
    } else if !column.is_json() || is_text && !cell::is_json(&decoded(value)) {
        out.extend_from_slice(value.as_bytes());
    } else {
        quote(value, out);
    }
}

/// Appends a text that needs no escapes as a JSON string, or null.
fn plain(text: Option<&str>, out: &mut Vec<u8>) {
    let Some(text) = text else {
        return out.extend_from_slice(b"null");
    };
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
}
