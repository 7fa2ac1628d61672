//! Cells: how the value of a slot becomes the text behind a column's name.

use crate::found::{Found, Slot};
use crate::row::{Flatten, fits};
use crate::schema::{Rule, Schema};
use crate::time::{self, Utc};
use std::borrow::Cow;
use trailmill_stage::event::json::{Kind, Literal, Output, Str, quote_into};
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
    /// The comma or brace, and the name of the column.
    name: Literal,
    /// The same with `null` behind it.
    null: Literal,
    make: Make,
}

/// How a cell is made, with its slot.
#[derive(Debug)]
enum Make {
    Date(usize),
    TimeOfDay(usize),
    Time(usize),
    Text(usize, usize),
    Json(usize, usize),
    Constant(Vec<u8>),
    CollectedAt,
    LogsTime,
    Rest,
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
            let lead = if position == 0 { '{' } else { ',' };
            let name = format!("{lead}\"{}\":", column.name);
            Some(Cell {
                null: Literal::new(format!("{name}null").as_bytes())?,
                name: Literal::new(name.as_bytes())?,
                make: make(&column.rule, slot.unwrap_or(usize::MAX)),
            })
        });
        Cells { cells: cells.collect() }
    }

    /// Appends the row.
    pub(crate) fn write(
        &self,
        stage: &Flatten,
        event: &Event<'_>,
        found: &Found<'_>,
        findings: &mut Findings,
        out: &mut Vec<u8>,
    ) {
        let mut row = Row {
            stage,
            event,
            record: event.text(),
            found,
            findings,
            out: Output::new(out),
            clock: Clock::default(),
        };
        for cell in &self.cells {
            row.write(cell);
        }
        row.out.byte(b'}');
    }
}

fn make(rule: &Rule, slot: usize) -> Make {
    match rule {
        Rule::Date(_) => Make::Date(slot),
        Rule::TimeOfDay(_) => Make::TimeOfDay(slot),
        Rule::Time(_) => Make::Time(slot),
        Rule::Text(_, most) => Make::Text(slot, most.unwrap_or(usize::MAX)),
        Rule::Json(_, most) => Make::Json(slot, most.unwrap_or(usize::MAX)),
        Rule::Constant(text) => {
            let mut quoted = Vec::new();
            quote_into(text, &mut quoted);
            Make::Constant(quoted)
        }
        Rule::CollectedAt => Make::CollectedAt,
        Rule::LogsTime => Make::LogsTime,
        Rule::Rest => Make::Rest,
    }
}

/// The last time that was parsed, as two or three columns ask for the same.
#[derive(Default)]
struct Clock<'r> {
    slot: Option<usize>,
    /// The time if it stands in the record as it is wanted.
    as_it_stands: Option<&'r Utc>,
    /// The time if it had to be brought to UTC, or was escaped.
    shifted: Option<Box<Utc>>,
}

impl<'r> Clock<'r> {
    #[inline(always)]
    fn read(&mut self, slot: usize, value: Node<'r>) -> Option<&Utc> {
        if self.slot != Some(slot) {
            self.parse(slot, value);
        }
        self.as_it_stands.or(self.shifted.as_deref())
    }

    fn parse(&mut self, slot: usize, value: Node<'r>) {
        self.slot = Some(slot);
        (self.as_it_stands, self.shifted) = (None, None);
        let Some(text) = value.as_string() else { return };
        match time::parse(text.raw()) {
            Some(Cow::Borrowed(utc)) => self.as_it_stands = Some(utc),
            Some(Cow::Owned(utc)) => self.shifted = Some(Box::new(utc)),
            // Some writers of JSON escape the plus sign and the hyphen.
            None if text.raw().contains(&b'\\') => {
                let utc = time::parse(text.decode().as_bytes()).map(Cow::into_owned);
                self.shifted = utc.map(Box::new);
            }
            None => {}
        }
    }
}

/// A row in the making.
struct Row<'r, 'e> {
    stage: &'r Flatten,
    event: &'r Event<'r>,
    /// The text that spans of untouched values are of.
    record: &'r [u8],
    found: &'r Found<'e>,
    findings: &'r mut Findings,
    out: Output<'r>,
    clock: Clock<'r>,
}

impl<'r> Row<'r, '_> {
    #[inline]
    fn write(&mut self, cell: &Cell) {
        match cell.make {
            Make::Text(slot, most) => self.text(cell, slot, most),
            Make::Json(slot, most) => self.json(cell, slot, most),
            Make::Time(slot) => self.time(cell, slot),
            Make::Date(slot) => self.utc::<10>(cell, slot, 0),
            Make::TimeOfDay(slot) => self.utc::<8>(cell, slot, 11),
            Make::Constant(ref text) => {
                self.out.literal(&cell.name);
                self.out.bytes(text);
            }
            Make::CollectedAt => {
                let text = self.event.origin().source.collected_at.as_bytes();
                self.quoted(cell, Some(text).filter(|text| !text.is_empty()));
            }
            Make::LogsTime => {
                let text = self.event.origin().logs_time_ms.and_then(time::from_millis);
                self.quoted(cell, text.as_deref().map(str::as_bytes));
            }
            Make::Rest => {
                self.out.literal(&cell.name);
                self.stage.write_rest(self.event, self.found, &mut self.out);
            }
        }
    }

    /// The value of a slot, unless it is null.
    #[inline(always)]
    fn value(&self, slot: usize) -> Option<Node<'r>> {
        let Slot { id, kind, .. } = self.found.slot(slot);
        (kind != Kind::Null).then(|| self.event.node(id))
    }

    /// `N` characters of the time in a slot, from `from` on.
    #[inline(always)]
    fn utc<const N: usize>(&mut self, cell: &Cell, slot: usize, from: usize) {
        let utc = self.value(slot).and_then(|value| self.clock.read(slot, value));
        match utc.and_then(|utc| utc[from..].first_chunk::<N>()) {
            Some(part) => {
                self.out.literal(&cell.name);
                self.out.byte(b'"');
                self.out.array(part);
                self.out.byte(b'"');
            }
            None => self.out.literal(&cell.null),
        }
    }

    /// Text that needs no escapes, or null.
    #[inline]
    fn quoted(&mut self, cell: &Cell, text: Option<&[u8]>) {
        let Some(text) = text else {
            return self.out.literal(&cell.null);
        };
        self.out.literal(&cell.name);
        self.out.byte(b'"');
        self.out.bytes(text);
        self.out.byte(b'"');
    }

    #[inline(always)]
    fn text(&mut self, cell: &Cell, slot: usize, most: usize) {
        let found = self.found.slot(slot);
        if found.kind != Kind::String {
            return self.out.literal(&cell.null);
        }
        let (start, end) = (found.start as usize, found.end as usize);
        if end != 0 && end - start <= most {
            self.out.literal_and_span(&cell.name, self.record, (start, end));
        } else {
            self.out.literal(&cell.name);
            self.odd_text(slot, most);
        }
    }

    /// A text that was changed, or may have to be cut.
    #[cold]
    fn odd_text(&mut self, slot: usize, most: usize) {
        let Some(value) = self.value(slot) else { return };
        match value.as_string() {
            Some(text) if !fits(text, most) => self.cut(&text.decode(), most),
            _ => value.write_to(&mut self.out),
        }
    }

    fn time(&mut self, cell: &Cell, slot: usize) {
        if self.found.slot(slot).kind == Kind::String
            && let Some(value) = self.value(slot)
        {
            self.findings.time_not_parsed |= self.clock.read(slot, value).is_none();
        }
        self.text(cell, slot, usize::MAX);
    }

    #[inline(always)]
    fn json(&mut self, cell: &Cell, slot: usize, most: usize) {
        let Some(value) = self.value(slot) else { return self.out.literal(&cell.null) };
        self.out.literal(&cell.name);
        if !value.text_length_is_at_most(most) {
            let mut text = Vec::new();
            value.write_into(&mut text);
            self.cut(&String::from_utf8_lossy(&text), most);
        } else if value.as_string().is_some_and(|text| !looks_like_json(&text.decode())) {
            value.write_to(&mut self.out);
        } else {
            self.out.with(|out| value.write_as_text_into(out));
        }
    }

    /// Writes a text cut to `most` bytes, mark and all, between two characters.
    #[cold]
    fn cut(&mut self, text: &str, most: usize) {
        self.findings.cut += 1;
        let room = most.saturating_sub(CUT_MARK.len());
        let end = (0..=room).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
        self.out.with(|out| quote_into(&format!("{}{CUT_MARK}", &text[..end]), out));
    }
}

/// Whether a text could be taken for JSON text, so that it would not come back as a string.
pub(crate) fn looks_like_json(text: &str) -> bool {
    let first = text.trim_start_matches([' ', '\t', '\n', '\r']).as_bytes().first();
    matches!(first, Some(b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n'))
        && trailmill_stage::event::json::Index::new().parse(text.as_bytes()).is_ok()
}
