//! Whether two programs have made the same rows, as JSON.

use crate::way::Unmeasured;
use serde_json::Value;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

/// Columns that hold JSON text, which may be written in more than one way.
const TEXTS: [&str; 2] = ["REQUESTPARAMETERS", "RESPONSEELEMENTS"];

/// What only trailmill knows: when it collected.
const COLLECTED: &str = "COLLECTIONDATETIME";

/// Compares two files of rows; gives how many there are.
///
/// Numbers are the same if their doubles are: that is what most programs hold them in. The order of
/// rows and of members does not count, and JSON text in cells is compared as JSON. All columns must
/// be there.
///
/// # Errors
/// The first difference, by the number of the row when they are sorted by id, and by column,
/// without a value.
pub(super) fn compare(expected: &Path, found: &Path) -> Result<u64, Unmeasured> {
    let (ours, theirs) = (rows(expected)?, rows(found)?);
    for (number, (ours, theirs)) in (1..).zip(ours.iter().zip(&theirs)) {
        if ours != theirs {
            return Err(Unmeasured(format!("row {number} differs: {}", first(ours, theirs))));
        }
    }
    match ours.len() == theirs.len() {
        true => Ok(ours.len() as u64),
        false => Err(Unmeasured(format!("{} rows and not {}", theirs.len(), ours.len()))),
    }
}

/// The rows of a file, sorted by their ids.
fn rows(path: &Path) -> Result<Vec<Value>, Unmeasured> {
    let file = File::open(path);
    let file = file.map_err(|error| Unmeasured(format!("{}: {error}", path.display())))?;
    let lines = (1..).zip(BufReader::new(file).lines());
    let rows: Result<Vec<Value>, _> = lines.map(|(number, line)| read(line, number)).collect();
    let mut rows = rows?;
    rows.sort_by(|one, other| id(one).cmp(&id(other)));
    Ok(rows)
}

fn id(row: &Value) -> Option<&str> {
    row.get("EVENTID")?.as_str()
}

fn read(line: io::Result<String>, row: u64) -> Result<Value, Unmeasured> {
    let line = line.map_err(|error| Unmeasured(format!("row {row}: {error}")))?;
    let value: Result<Value, _> = serde_json::from_str(&line);
    let mut value = value.map_err(|_| Unmeasured(format!("row {row} is no JSON")))?;
    if let Some(cell) = value.get_mut(COLLECTED) {
        *cell = Value::Null;
    }
    for name in TEXTS {
        let Some(cell) = value.get_mut(name) else { continue };
        let inner = cell.as_str().and_then(|text| serde_json::from_str(text).ok());
        *cell = inner.unwrap_or_else(|| cell.take());
    }
    doubled(&mut value);
    Ok(value)
}

/// Every number as the double that it is nearest to.
fn doubled(value: &mut Value) {
    match value {
        Value::Number(number) => *value = number.as_f64().into(),
        Value::Array(elements) => elements.iter_mut().for_each(doubled),
        Value::Object(members) => members.values_mut().for_each(doubled),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// The first column that differs.
fn first(ours: &Value, theirs: &Value) -> String {
    let (Some(ours), Some(theirs)) = (ours.as_object(), theirs.as_object()) else {
        return "it is no object".to_owned();
    };
    let columns = ours.keys().chain(theirs.keys());
    let mut different = columns.filter(|column| ours.get(*column) != theirs.get(*column));
    different.next().cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process;

    fn compared(name: &str, ours: &str, theirs: &str) -> Result<u64, String> {
        let folder = std::env::temp_dir().join(format!("trailmill-rows-{}-{name}", process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let paths = [("ours", ours), ("theirs", theirs)].map(|(name, text)| {
            std::fs::write(folder.join(name), text).unwrap();
            folder.join(name)
        });
        let compared = compare(&paths[0], &paths[1]).map_err(|error| error.to_string());
        std::fs::remove_dir_all(folder).unwrap();
        compared
    }

    #[test]
    fn what_says_the_same_is_the_same() {
        let ours = r#"{"COLLECTIONDATETIME":"now","REQUESTPARAMETERS":"{\"a\":5.760e2,\"b\":1}"}"#;
        let theirs = r#"{"REQUESTPARAMETERS":"{\"b\":1.0,\"a\":576}","COLLECTIONDATETIME":null}"#;
        assert_eq!(compared("same", ours, theirs), Ok(1));
        let rows = [r#"{"EVENTID":"a"}"#, r#"{"EVENTID":"b"}"#];
        let [first, last] = [rows.join("\n"), [rows[1], rows[0]].join("\n")];
        assert_eq!(compared("order", &first, &last), Ok(2));
    }

    #[test]
    fn what_differs_is_named() {
        let row = "{\"A\":1,\"B\":null}\n";
        let differ = |name, theirs: &str| compared(name, row, theirs).unwrap_err();
        assert_eq!(differ("value", "{\"A\":2,\"B\":null}\n"), "row 1 differs: A");
        assert_eq!(differ("column", "{\"A\":1}\n"), "row 1 differs: B");
        assert_eq!(differ("less", ""), "0 rows and not 1");
        assert_eq!(differ("more", &row.repeat(2)), "2 rows and not 1");
        assert_eq!(differ("bad", "{"), "row 1 is no JSON");
    }
}
