//! TOML settings: the tables of the `toml` crate, with byte spans turned into places.

use super::place::{Place, Places};
use super::{Entry, NESTING_MAX, Node, TreeError, Value, duplicate, map_of, number};
use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue, Error};

pub(super) fn parse(text: &str) -> Result<Node, TreeError> {
    let table = DeTable::parse(text).map_err(|error| explain(text, &error))?;
    let mut walk = Walk { places: Places::new(text), depth: 0 };
    let value = walk.map(table.into_inner())?;
    Ok(Node { value, at: Place::START })
}

struct Walk<'t> {
    places: Places<'t>,
    depth: usize,
}

impl Walk<'_> {
    fn node(&mut self, spanned: Spanned<DeValue<'_>>) -> Result<Node, TreeError> {
        let at = self.places.at(spanned.span().start);
        self.depth += 1;
        let value = match spanned.into_inner() {
            DeValue::Array(_) | DeValue::Table(_) if self.depth == NESTING_MAX => {
                return Err(TreeError::too_deep(at));
            }
            DeValue::Array(items) => Ok(Value::List(
                items.into_iter().map(|item| self.node(item)).collect::<Result<_, _>>()?,
            )),
            DeValue::Table(table) => Ok(self.map(table)?),
            DeValue::String(text) => Ok(Value::String(text.into_owned())),
            DeValue::Boolean(flag) => Ok(Value::Bool(flag)),
            DeValue::Datetime(time) => Ok(Value::String(time.to_string())),
            DeValue::Integer(digits) => number::integer(digits.as_str(), digits.radix()),
            DeValue::Float(text) => number::float(text.as_str()),
        };
        self.depth -= 1;
        let value = value.map_err(|message| TreeError::new(at, message))?;
        Ok(Node { value, at })
    }

    /// `DeTable` is sorted by key; a tree keeps the order of the file.
    fn map(&mut self, table: DeTable<'_>) -> Result<Value, TreeError> {
        let mut pairs: Vec<_> = table.into_iter().collect();
        pairs.sort_by_key(|(key, _)| key.span().start);
        let entries = pairs.into_iter().map(|(key, value)| {
            let key_at = self.places.at(key.span().start);
            let key = key.into_inner().into_owned();
            Ok(Entry { key, key_at, value: self.node(value)? })
        });
        map_of(entries.collect::<Result<_, _>>()?)
    }
}

fn explain(text: &str, error: &Error) -> TreeError {
    let span = error.span().unwrap_or_default();
    let mut places = Places::new(text);
    let place = places.at(span.start);
    match error.message() {
        "duplicate key" => {
            if let Some((key, first)) = first_use(text, span) {
                return duplicate(&key, places.at(first), place);
            }
        }
        message if message.contains("recurs") => return TreeError::too_deep(place),
        _ => {}
    }
    TreeError::new(place, format!("not valid TOML: {}", error.message()))
}

/// The key written at `second` and the offset of its first use in the same table.
///
/// The parser tells where the second one stands and not of which table it speaks. So the second
/// key is given a name that is nowhere in the text, which then marks the table.
fn first_use(text: &str, second: std::ops::Range<usize>) -> Option<(String, usize)> {
    let longest = text.split(|c| c != '_').map(str::len).max().unwrap_or(0);
    let fresh = "_".repeat(longest + 1);
    let (before, after) = (text.get(..second.start)?, text.get(second.end..)?);
    let renamed = format!("{before}{fresh}{after}");
    let (table, _) = DeTable::parse_recoverable(&renamed);

    let alone = format!("{} = 0", text.get(second)?);
    let (key, _) = DeTable::parse(&alone).ok()?.into_inner().into_iter().next()?;
    let key = key.into_inner();
    let table = table_with(table.get_ref(), &fresh)?;
    let (first, _) = table.get_key_value(key.as_ref())?;
    Some((key.into_owned(), first.span().start))
}

fn table_with<'t, 'i>(table: &'t DeTable<'i>, key: &str) -> Option<&'t DeTable<'i>> {
    if table.contains_key(key) {
        return Some(table);
    }
    table.values().find_map(|value| table_within(value.get_ref(), key))
}

fn table_within<'t, 'i>(value: &'t DeValue<'i>, key: &str) -> Option<&'t DeTable<'i>> {
    match value {
        DeValue::Table(table) => table_with(table, key),
        DeValue::Array(items) => items.iter().find_map(|item| table_within(item.get_ref(), key)),
        _ => None,
    }
}
