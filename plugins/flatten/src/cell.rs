//! Cells: how the value of a slot becomes the text behind a column's name.

use crate::found::{Found, Slot};
use crate::row::{Flatten, fits};
use crate::schema::{Column, Rule, Schema};
use crate::time::{self, Utc};
use trailmill_stage::event::json::{Kind, Literal, Output, Str, Work, quote_into};
use trailmill_stage::event::{Event, Node, Written};

/// What ends a cell that was cut.
pub(crate) const CUT_MARK: &str = "...[cut]";

/// Whether a text could be one that was cut to `most` bytes: it ends with the mark, and is as long.
/// One that is like that of its own stays in the rest, as a text that was cut does.
pub(crate) fn seems_cut(text: Str<'_>, most: usize) -> bool {
    let is_long = |length| length >= cut_bytes_min(most);
    let raw = text.raw();
    raw.ends_with(CUT_MARK.as_bytes()) && is_long(raw.len()) && is_long(text.decode().len())
}

/// How many bytes a text has at least that was cut to `most`: it ends between two characters, of
/// which the next one had no room.
pub(crate) fn cut_bytes_min(most: usize) -> usize {
    most.saturating_sub(char::MAX_LEN_UTF8 - 1)
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
    /// The slot of its value, if it has one.
    slot: usize,
    /// How many bytes it may have.
    most: u32,
    /// Whether it is made as a text. Most are, so that is known before anything else.
    is_text: bool,
    make: Make,
}

/// A cell may have any number of bytes: more than any record, fewer than a changed value seems to
/// have ([`Slot::length`]).
const ANY_LENGTH: u32 = u32::MAX - 1;

/// How many bytes a cell may have.
fn bytes_of(most: Option<usize>) -> u32 {
    most.and_then(|most| u32::try_from(most).ok()).map_or(ANY_LENGTH, |most| most.min(ANY_LENGTH))
}

/// How a cell is made.
#[derive(Debug)]
// Told apart by a byte that is just loaded.
#[repr(u8)]
enum Make {
    Date,
    TimeOfDay,
    Time,
    Text,
    Json,
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
        let (null, mut named, mut limit) = (literal(b"null")?, literal(b"")?, None);
        let make = match &column.rule {
            Rule::Date(_) => Make::Date,
            Rule::TimeOfDay(_) => Make::TimeOfDay,
            Rule::Time(_) => Make::Time,
            Rule::Text(_, most) => {
                limit = *most;
                Make::Text
            }
            Rule::Json(_, most) => {
                limit = *most;
                Make::Json
            }
            Rule::Constant(text) => {
                let mut quoted = Vec::new();
                quote_into(text, &mut quoted);
                match literal(&quoted) {
                    Some(whole) => {
                        named = whole;
                        Make::Named
                    }
                    None => Make::Constant(quoted),
                }
            }
            Rule::CollectedAt => Make::CollectedAt,
            Rule::LogsTime => Make::LogsTime,
            Rule::Rest => Make::Rest,
        };
        let is_text = matches!(make, Make::Text);
        Some(Cell { names: [null, named], slot, most: bytes_of(limit), is_text, make })
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
        let (slots, written) = (&*found.slots, event.written());
        let mut row = Row { event, slots, written, findings, clock: Clock::default() };
        let mut out = Output::new(out);
        for cell in &cells.cells {
            if cell.is_text {
                row.text(cell, &mut out);
                continue;
            }
            match cell.make {
                // That is what the question before was for.
                Make::Text => {}
                Make::Json => row.json(cell, &mut out),
                Make::Time => {
                    row.note_time(cell.slot);
                    row.text(cell, &mut out);
                }
                Make::Date => row.utc::<10>(cell, 0, &mut out),
                Make::TimeOfDay => row.utc::<8>(cell, 11, &mut out),
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
                    stage.write_rest(event, written, found, &mut out);
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
    time: Time,
}

/// What a slot holds that columns want a time from.
#[derive(Default)]
enum Time {
    #[default]
    None,
    /// A time in UTC, whose text begins here in that of the record.
    Written(usize),
    /// A time from any other text.
    Parsed(Utc),
}

/// Where the text of a slot begins in that of the record, if it is a time as AWS writes it.
#[inline(never)]
fn usual_time(record: &[u8], found: Slot) -> Option<usize> {
    let start = found.start as usize + 1;
    let is_as_long = found.kind == Kind::String && found.length() as usize == time::USUAL_BYTES + 2;
    let text = record.get(start..).and_then(<[u8]>::first_chunk).filter(|_| is_as_long)?;
    time::is_usual(text).then_some(start)
}

/// The time that the value of a slot is.
#[cold]
fn any_time(event: &Event<'_>, found: Slot) -> Time {
    let Some(text) = event.node(found.id).as_string().filter(|_| found.kind == Kind::String) else {
        return Time::None;
    };
    let utc = match time::parse(text.raw()) {
        // Some writers of JSON escape the plus sign and the hyphen.
        None if text.raw().contains(&b'\\') => time::parse(text.decode().as_bytes()),
        time => time,
    };
    utc.map_or(Time::None, Time::Parsed)
}

/// A row in the making.
struct Row<'r> {
    event: &'r Event<'r>,
    slots: &'r [Slot],
    written: Written<'r>,
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
    fn utc<const N: usize>(&mut self, cell: &Cell, from: usize, out: &mut Output<'_>) {
        self.read_time(cell.slot);
        let utc = match &self.clock.time {
            Time::None => None,
            Time::Written(start) => self.written.text().get(start + from..),
            Time::Parsed(utc) => utc.get(from..),
        };
        match utc.and_then(<[u8]>::first_chunk::<N>) {
            Some(part) => {
                out.literal(cell.name());
                out.quoted(part);
            }
            None => out.literal(cell.null()),
        }
    }

    /// Notes whether the text of a slot is a time.
    #[inline(always)]
    fn note_time(&mut self, slot: usize) {
        if self.slots[slot].kind == Kind::String {
            self.read_time(slot);
            self.findings.time_not_parsed |= matches!(self.clock.time, Time::None);
        }
    }

    /// Has the clock show the time of a slot.
    #[inline(always)]
    fn read_time(&mut self, slot: usize) {
        if self.clock.slot != Some(slot) {
            self.clock.slot = Some(slot);
            let found = self.slots[slot];
            self.clock.time = match usual_time(self.written.text(), found) {
                Some(start) => Time::Written(start),
                None => any_time(self.event, found),
            };
        }
    }

    /// A text as it stands, or null: without a jump, since which of them it is can not be
    /// foretold. Null is a text of no bytes behind another name.
    #[inline(always)]
    fn text(&mut self, cell: &Cell, out: &mut Output<'_>) {
        let found = self.slots[cell.slot];
        let is_text = found.kind == Kind::String;
        let length = found.length() & u32::from(is_text).wrapping_neg();
        if length > cell.most {
            out.literal(cell.name());
            return out.with(|out| self.odd_text(cell.slot, cell.most as usize, out));
        }
        let (start, length) = (found.start as usize, length as usize);
        let name = &cell.names[usize::from(is_text)];
        out.literal_and_span(name, self.written.spans(), (start, start + length));
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
    fn json(&mut self, cell: &Cell, out: &mut Output<'_>) {
        let Some(value) = self.value(cell.slot) else { return out.literal(cell.null()) };
        out.literal(cell.name());
        let found = self.slots[cell.slot];
        if matches!(found.kind, Kind::Object | Kind::Array) && found.length() <= cell.most {
            let span = found.start as usize..found.end as usize;
            return out.with(|out| self.written.write_as_text_into(span, out));
        }
        out.with(|out| self.json_text(value, cell.most as usize, out));
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
