//! Cells: how the value of a slot becomes the text behind a column's name.

use crate::found::{Found, Slot};
use crate::row::{Flatten, fits};
use crate::schema::{Column, Rule, Schema};
use crate::time::{self, Utc};
use trailmill_stage::event::json::{Kind, Literal, Output, Str, Work, quote_into};
use trailmill_stage::event::{Event, Node};

/// What ends a cell that was cut.
pub(crate) const CUT_MARK: &str = "...[cut]";

/// Whether a text ends like a cell that was cut. One that does of its own stays in the rest, as a
/// cell that was cut does.
pub(crate) fn ends_cut(text: Str<'_>) -> bool {
    text.raw().ends_with(CUT_MARK.as_bytes())
}

/// All cells of a schema, ready to be written.
#[derive(Debug)]
pub(crate) struct Cells {
    cells: Vec<Cell>,
}

#[derive(Debug)]
struct Cell {
    /// The comma or brace and the name of the column with `null` behind it, and the same without:
    /// which of them is wanted is a number, so that nobody has to jump.
    names: [Literal; 2],
    make: Make,
}

/// How a cell is made, with its slot.
#[derive(Debug)]
// Told apart by a byte that is just loaded, for every cell of every row.
#[repr(u8)]
enum Make {
    Date(usize),
    TimeOfDay(usize),
    Time(usize),
    Text(usize, usize),
    Json(usize, usize),
    /// A constant that stands behind the name already.
    Named,
    Constant(Vec<u8>),
    CollectedAt,
    LogsTime,
    Rest,
}

impl Cell {
    fn new(position: usize, column: &Column, slot: usize) -> Option<Self> {
        let lead = if position == 0 { '{' } else { ',' };
        let name = format!("{lead}\"{}\":", column.name);
        let literal = |text: &[u8]| Literal::new(&[name.as_bytes(), text].concat());
        let null = literal(b"null")?;
        let make = match &column.rule {
            Rule::Date(_) => Make::Date(slot),
            Rule::TimeOfDay(_) => Make::TimeOfDay(slot),
            Rule::Time(_) => Make::Time(slot),
            Rule::Text(_, most) => Make::Text(slot, most.unwrap_or(usize::MAX)),
            Rule::Json(_, most) => Make::Json(slot, most.unwrap_or(usize::MAX)),
            Rule::Constant(text) => {
                let mut quoted = Vec::new();
                quote_into(text, &mut quoted);
                if let Some(whole) = literal(&quoted) {
                    return Some(Cell { names: [null, whole], make: Make::Named });
                }
                Make::Constant(quoted)
            }
            Rule::CollectedAt => Make::CollectedAt,
            Rule::LogsTime => Make::LogsTime,
            Rule::Rest => Make::Rest,
        };
        Some(Cell { names: [null, literal(b"")?], make })
    }

    #[inline(always)]
    fn null(&self) -> &Literal {
        &self.names[0]
    }

    #[inline(always)]
    fn name(&self) -> &Literal {
        &self.names[1]
    }
}

/// What there is to tell about a row.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Findings {
    pub(crate) time_not_parsed: bool,
    pub(crate) cut: usize,
}

impl Cells {
    /// The cells of a schema; `slots` tells the slot of each column.
    pub(crate) fn new(schema: &Schema, slots: &[Option<usize>]) -> Self {
        let columns = schema.columns.iter().zip(slots).enumerate();
        let cells = columns.filter_map(|(position, (column, slot))| {
            Cell::new(position, column, slot.unwrap_or(usize::MAX))
        });
        Cells { cells: cells.collect() }
    }

    /// Appends the row of what was found in an event.
    #[inline]
    pub(crate) fn write(
        &self,
        stage: &Flatten,
        event: &Event<'_>,
        found: &Found<'_, '_>,
        findings: &mut Findings,
        out: &mut Vec<u8>,
    ) {
        event.dispatch(Writing { cells: self, stage, event, found, findings, out });
    }
}

/// A row about to be written: copies of short texts, most of all, for which every machine has
/// instructions of its own.
struct Writing<'w, 'b, 'e, 's> {
    cells: &'w Cells,
    stage: &'w Flatten,
    event: &'w Event<'b>,
    found: &'w Found<'e, 's>,
    findings: &'w mut Findings,
    out: &'w mut Vec<u8>,
}

impl Work for Writing<'_, '_, '_, '_> {
    type Output = ();

    /// `out` is a local variable here, of which nothing out of line gets to know: see [`Output`].
    #[inline(always)]
    fn run(self) {
        let Writing { cells, stage, event, found, findings, out } = self;
        let mut row = Row { event, slots: found.slots, findings, clock: Clock::default() };
        let record = event.text();
        let mut out = Output::new(out);
        for cell in &cells.cells {
            match cell.make {
                Make::Text(slot, most) => row.text(cell, (slot, most), record, &mut out),
                Make::Json(slot, most) => row.json(cell, (slot, most), &mut out),
                Make::Time(slot) => {
                    row.note_time(slot);
                    row.text(cell, (slot, usize::MAX), record, &mut out);
                }
                Make::Date(slot) => row.utc::<10>(cell, slot, 0, &mut out),
                Make::TimeOfDay(slot) => row.utc::<8>(cell, slot, 11, &mut out),
                Make::Named => out.literal(cell.name()),
                Make::Constant(ref text) => {
                    out.literal(cell.name());
                    out.bytes(text);
                }
                Make::CollectedAt => quoted(cell, &event.origin().source.collected_at, &mut out),
                Make::LogsTime => {
                    let text = event.origin().logs_time_ms.and_then(time::from_millis);
                    quoted(cell, text.as_deref().unwrap_or_default(), &mut out);
                }
                Make::Rest => {
                    out.literal(cell.name());
                    stage.write_rest(event, found, &mut out);
                }
            }
        }
        out.byte(b'}');
    }
}

/// A text that needs no escapes; null for an empty one.
#[inline(always)]
fn quoted(cell: &Cell, text: &str, out: &mut Output<'_>) {
    if text.is_empty() {
        return out.literal(cell.null());
    }
    out.literal(cell.name());
    out.byte(b'"');
    out.short(text.as_bytes());
    out.byte(b'"');
}

/// The last time that was parsed, as two or three columns ask for the same.
#[derive(Default)]
struct Clock {
    slot: Option<usize>,
    time: Option<Utc>,
}

impl Clock {
    #[inline(always)]
    fn read(&mut self, slot: usize, value: Node<'_>) -> Option<&Utc> {
        if self.slot != Some(slot) {
            self.slot = Some(slot);
            self.time = parse(value);
        }
        self.time.as_ref()
    }
}

/// The time that a value is, in UTC.
#[inline(never)]
fn parse(value: Node<'_>) -> Option<Utc> {
    let text = value.as_string()?;
    match time::parse(text.raw()) {
        // Some writers of JSON escape the plus sign and the hyphen.
        None if text.raw().contains(&b'\\') => time::parse(text.decode().as_bytes()),
        time => time,
    }
}

/// A row in the making.
struct Row<'r> {
    event: &'r Event<'r>,
    slots: &'r [Slot],
    findings: &'r mut Findings,
    clock: Clock,
}

impl<'r> Row<'r> {
    /// The value of a slot, unless it is null.
    #[inline(always)]
    fn value(&self, slot: usize) -> Option<Node<'r>> {
        let Slot { id, kind, .. } = self.slots[slot];
        (kind != Kind::Null).then(|| self.event.node(id))
    }

    /// `N` characters of the time in a slot, from `from` on.
    #[inline(always)]
    fn utc<const N: usize>(&mut self, cell: &Cell, slot: usize, from: usize, out: &mut Output<'_>) {
        let utc = self.value(slot).and_then(|value| self.clock.read(slot, value));
        match utc.and_then(|utc| utc[from..].first_chunk::<N>()) {
            Some(part) => {
                out.literal(cell.name());
                out.byte(b'"');
                out.array(part);
                out.byte(b'"');
            }
            None => out.literal(cell.null()),
        }
    }

    /// Notes whether the text of a slot is a time.
    #[inline(always)]
    fn note_time(&mut self, slot: usize) {
        if self.slots[slot].kind == Kind::String
            && let Some(value) = self.value(slot)
        {
            self.findings.time_not_parsed |= self.clock.read(slot, value).is_none();
        }
    }

    /// A text as it stands, or null: without a jump, since which of them it is can not be
    /// foretold. Null is a text of no bytes behind another name.
    #[inline(always)]
    fn text(
        &mut self,
        cell: &Cell,
        (slot, most): (usize, usize),
        record: &[u8],
        out: &mut Output<'_>,
    ) {
        let found = self.slots[slot];
        let is_text = found.kind == Kind::String;
        let (start, end) = (found.start as usize, found.end as usize);
        if is_text && (end == 0 || end - start > most) {
            out.literal(cell.name());
            return out.with(|out| self.odd_text(slot, most, out));
        }
        let length = end.wrapping_sub(start) & usize::from(is_text).wrapping_neg();
        out.literal_and_span(&cell.names[usize::from(is_text)], record, (start, start + length));
    }

    /// A text that was changed, or may have to be cut.
    #[cold]
    #[inline(never)]
    fn odd_text(&mut self, slot: usize, most: usize, out: &mut Vec<u8>) {
        let Some(value) = self.value(slot) else { return };
        match value.as_string() {
            Some(text) if !fits(text, most) => self.cut(&text.decode(), most, out),
            _ => value.write_into(out),
        }
    }

    #[inline(always)]
    fn json(&mut self, cell: &Cell, (slot, most): (usize, usize), out: &mut Output<'_>) {
        let Some(value) = self.value(slot) else { return out.literal(cell.null()) };
        out.literal(cell.name());
        out.with(|out| self.json_text(value, most, out));
    }

    #[inline(never)]
    fn json_text(&mut self, value: Node<'_>, most: usize, out: &mut Vec<u8>) {
        if !value.text_length_is_at_most(most) {
            let mut text = Vec::new();
            value.write_into(&mut text);
            self.cut(&String::from_utf8_lossy(&text), most, out);
        } else if value.as_string().is_some_and(|text| !looks_like_json(&text.decode())) {
            value.write_into(out);
        } else {
            value.write_as_text_into(out);
        }
    }

    /// Writes a text cut to `most` bytes, mark and all, between two characters.
    #[cold]
    fn cut(&mut self, text: &str, most: usize, out: &mut Vec<u8>) {
        self.findings.cut += 1;
        let room = most.saturating_sub(CUT_MARK.len());
        let end = (0..=room).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
        quote_into(&format!("{}{CUT_MARK}", &text[..end]), out);
    }
}

/// Whether a text could be taken for JSON text, so that it would not come back as a string.
pub(crate) fn looks_like_json(text: &str) -> bool {
    let first = text.trim_start_matches([' ', '\t', '\n', '\r']).as_bytes().first();
    matches!(first, Some(b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n'))
        && trailmill_stage::event::json::Index::new().parse(text.as_bytes()).is_ok()
}
