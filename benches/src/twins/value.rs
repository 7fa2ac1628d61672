//! The twin that builds trees: a `serde_json::Value` for the record, and another for the row.
//!
//! What does not come out byte for byte: numbers are written anew (`5.760e2` as `576.0`, and what
//! no 64 bits hold is rounded), and so are escapes (`\u003d` as `=`). Of several members of one
//! name only the last is there.

use super::cell;
use super::columns::{self, COLUMNS, COUNT, Column, IDENTITY, TABLE};
use serde_json::{Map, Value};

/// Appends the row of one record, without a line feed.
///
/// # Errors
/// If `line` is no JSON object.
pub fn row(line: &str, out: &mut Vec<u8>) -> serde_json::Result<()> {
    let record: Map<String, Value> = serde_json::from_str(line)?;
    let mut cells = [const { Value::Null }; COUNT];
    let mut rest = Map::new();
    for (name, value) in record {
        match value {
            Value::Object(identity) if name == IDENTITY => {
                let left = take_identity(identity, &mut cells);
                // One that gave all to the columns comes back by way of them.
                let gave = cells[columns::OF_IDENTITY].iter().any(|cell| !cell.is_null());
                if !gave || !left.is_empty() {
                    rest.insert(name, Value::Object(left));
                }
            }
            value => give(columns::of_record(&name), name, value, &mut cells, &mut rest),
        }
    }
    derive(&mut cells);
    cells[Column::SnareDataMap as usize] = Value::Object(rest);
    let names = COLUMNS.iter().map(|&(_, name)| name.to_owned());
    let row: Map<String, Value> = names.zip(cells).collect();
    serde_json::to_writer(out, &row)
}

/// Gives the members of `userIdentity` to their columns, and gives back what is left.
fn take_identity(identity: Map<String, Value>, cells: &mut [Value; COUNT]) -> Map<String, Value> {
    let mut left = Map::new();
    for (name, value) in identity {
        give(columns::of_identity(&name), name, value, cells, &mut left);
    }
    left
}

/// Gives a value to the column that claims it, or leaves it in the rest.
fn give(
    column: Option<Column>,
    name: String,
    value: Value,
    cells: &mut [Value; COUNT],
    rest: &mut Map<String, Value>,
) {
    let Some(column) = column else {
        rest.insert(name, value);
        return;
    };
    let text = match value {
        Value::Null => return,
        Value::String(text) if !column.is_json() || !cell::is_json(&text) => text,
        ref value if column.is_json() => value.to_string(),
        value => {
            rest.insert(name, value);
            return;
        }
    };
    if text.len() <= column.bytes_max() {
        cells[column as usize] = Value::String(text);
        return;
    }
    // The cell is cut, so the whole value stays in the rest.
    cells[column as usize] = Value::String(cell::cut(&text, column.bytes_max()));
    let whole = column.is_json().then(|| serde_json::from_str(&text).ok()).flatten();
    rest.insert(name, whole.unwrap_or(Value::String(text)));
}

/// Fills the cells that follow from others.
fn derive(cells: &mut [Value; COUNT]) {
    cells[Column::Table as usize] = Value::String(TABLE.to_owned());
    let times = cells[Column::DateTime as usize].as_str().and_then(cell::utc);
    let times = times.map(|(date, time)| (date.into_owned(), time.into_owned()));
    if let Some((date, time)) = times {
        cells[Column::Date as usize] = Value::String(date);
        cells[Column::Time as usize] = Value::String(time);
    }
}
