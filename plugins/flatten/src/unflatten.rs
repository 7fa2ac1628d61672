//! Rows back to records.

use crate::cell::seems_cut;
use crate::claims::{Claim, Claims};
use crate::error::{UnflattenError, UnflattenErrorKind};
use crate::schema::{Rule, Schema};
use trailmill_stage::event::json::{Index, Kind, Member, Value, compact_into, quote_into};

/// Turns rows of one schema back into records.
#[derive(Debug)]
pub struct Unflatten {
    schema: Schema,
    names: Claims,
    slots: Vec<Option<usize>>,
    slot_count: usize,
    row: Index,
    cell: Index,
}

/// Appends the record that a row of schema `snare` was made from, as compact JSON.
///
/// The record is the same but for white space, the order of its members, and members that were
/// null, which are gone.
///
/// # Errors
/// If `row` is no row of that schema.
pub fn unflatten(row: &[u8], out: &mut Vec<u8>) -> Result<(), UnflattenError> {
    Unflatten::new(crate::snare()).record(row, out)
}

/// What the columns of a row give back, by slot.
type Cells<'a> = Vec<Option<Given<'a>>>;

/// The value that a column gives back.
#[derive(Clone, Copy)]
struct Given<'a> {
    cell: Value<'a>,
    is_json: bool,
    /// How many bytes its column allows, if it was cut where it had more.
    most: Option<usize>,
}

impl Unflatten {
    /// For rows of a schema.
    pub fn new(schema: Schema) -> Self {
        let (slots, names, slot_count) = Claims::of(&schema);
        Unflatten { schema, names, slots, slot_count, row: Index::new(), cell: Index::new() }
    }

    /// Appends the record that `row` was made from, as compact JSON without a line feed.
    ///
    /// # Errors
    /// If `row` is no row of the schema; `out` is then as it was.
    pub fn record(&mut self, row: &[u8], out: &mut Vec<u8>) -> Result<(), UnflattenError> {
        let not_json = |error: trailmill_stage::event::json::Error| UnflattenError {
            kind: UnflattenErrorKind::NotJson(error.kind),
            offset: error.offset,
        };
        let root = self.row.parse(row).map_err(not_json)?;
        let fail = |kind, value: Value<'_>| UnflattenError { kind, offset: value.span().start };
        if root.kind() != Kind::Object {
            return Err(fail(UnflattenErrorKind::NotAnObject, root));
        }
        let mut cells: Cells<'_> = vec![None; self.slot_count];
        let (mut rest, mut known) = (None, false);
        for (column, slot) in self.schema.columns.iter().zip(&self.slots) {
            let Some(cell) = root.get(&column.name) else {
                continue;
            };
            known = true;
            match (&column.rule, slot) {
                _ if cell.kind() == Kind::Null => {}
                (Rule::Rest, _) if cell.kind() == Kind::Object => rest = Some(cell),
                (Rule::Rest, _) => return Err(fail(UnflattenErrorKind::RestNotAnObject, cell)),
                (rule, Some(slot)) if rule.claims() => {
                    let is_json = matches!(rule, Rule::Json(..));
                    let most = match rule {
                        Rule::Text(_, most) | Rule::Json(_, most) => *most,
                        _ => None,
                    };
                    cells[*slot] = Some(Given { cell, is_json, most });
                }
                _ => {}
            }
        }
        if !known {
            return Err(fail(UnflattenErrorKind::OtherSchema, root));
        }
        let mut writer = Writer { index: &mut self.cell, out };
        writer.object(&self.names, rest, &mut cells);
        Ok(())
    }
}

struct Writer<'w> {
    /// For looking into cells.
    index: &'w mut Index,
    out: &'w mut Vec<u8>,
}

impl Writer<'_> {
    /// Writes an object: what the rest has of it, then what the columns give back.
    ///
    /// Of several members of one name the last one counts, and those in the rest came first.
    fn object(&mut self, names: &Claims, rest: Option<Value<'_>>, cells: &mut Cells<'_>) {
        self.out.push(b'{');
        let mut comma = false;
        let mut done: Vec<&str> = Vec::new();
        let last = last_tokens(names, rest);
        for member in rest.into_iter().flat_map(Value::members) {
            let key = member.key().decode();
            self.comma(&mut comma);
            self.key(member);
            let claim = names.iter().find(|(name, _)| *name == key);
            match claim {
                Some((name, Claim::Inside(_, inner)))
                    if member.value().kind() == Kind::Object
                        && last.contains(&member.value().token()) =>
                {
                    self.object(inner, Some(member.value()), cells);
                    done.push(name);
                }
                Some((_, Claim::Value(slot))) => {
                    // A cell that was cut left the whole value in the rest.
                    if cells[*slot].is_some_and(Given::is_cut) {
                        cells[*slot] = None;
                    }
                    compact_into(member.value().raw(), self.out);
                }
                _ => compact_into(member.value().raw(), self.out),
            }
        }
        for (name, claim) in names.iter() {
            match claim {
                Claim::Value(slot) => {
                    let Some(given) = cells[*slot] else { continue };
                    self.comma(&mut comma);
                    quote_into(name, self.out);
                    self.out.push(b':');
                    self.cell(given);
                }
                Claim::Inside(_, inner) if !done.contains(&name) && any(inner, cells) => {
                    self.comma(&mut comma);
                    quote_into(name, self.out);
                    self.out.push(b':');
                    self.object(inner, None, cells);
                }
                Claim::Inside(..) => {}
            }
        }
        self.out.push(b'}');
    }

    fn comma(&mut self, comma: &mut bool) {
        if std::mem::replace(comma, true) {
            self.out.push(b',');
        }
    }

    /// Writes a key as it stands, and a colon.
    fn key(&mut self, member: Member<'_>) {
        self.out.push(b'"');
        self.out.extend_from_slice(member.key().raw());
        self.out.extend_from_slice(b"\":");
    }

    fn cell(&mut self, given: Given<'_>) {
        if let Some(text) = given.cell.as_string().filter(|_| given.is_json) {
            let text = text.decode();
            if self.index.parse(text.as_bytes()).is_ok() {
                return compact_into(text.as_bytes(), self.out);
            }
        }
        compact_into(given.cell.raw(), self.out);
    }
}

impl Given<'_> {
    fn is_cut(self) -> bool {
        let text = self.cell.as_string();
        text.zip(self.most).is_some_and(|(text, most)| seems_cut(text, most))
    }
}

/// The tokens of the values of the rest that columns give something back to.
fn last_tokens(names: &Claims, rest: Option<Value<'_>>) -> Vec<usize> {
    let inside = names.iter().filter(|(_, claim)| matches!(claim, Claim::Inside(..)));
    inside.filter_map(|(name, _)| Some(rest?.get(name)?.token())).collect()
}

/// Whether some column gives back something inside an object.
fn any(names: &Claims, cells: &Cells<'_>) -> bool {
    names.iter().any(|(_, claim)| match claim {
        Claim::Value(slot) => cells[*slot].is_some(),
        Claim::Inside(_, inner) => any(inner, cells),
    })
}
