//! The stage: one pass over the members finds what the columns claim, one writes the row.

use crate::cell::{Cells, Findings, cut_bytes_min, seems_cut};
use crate::claims::{Claim, Claims};
use crate::found::{EMPTY, Found, Last, Piece, Slot};
use crate::members::Members;
use crate::schema::{Rule, Schema};
use smallvec::SmallVec;
use std::convert::Infallible;
use trailmill_stage::event::json::{Kind, Literal, Output, Str, quote_into};
use trailmill_stage::event::{Event, Node, NodeId, NoteKind, Written};
use trailmill_stage::{Fault, Provenance, Stage, Verdict};

/// Counted when the time of an event does not parse and its columns stay empty.
pub static TIME_NOT_PARSED: NoteKind = NoteKind {
    name: "time-not-parsed",
    help: "The time of the event is not RFC 3339: its text was kept, DATE and TIME are null.",
};

/// Counted when a cell was cut to the length that its column allows.
pub static CUT: NoteKind = NoteKind {
    name: "cut",
    help: "A cell was cut to the length of its column; the rest column holds the whole value.",
};

/// The stage `flatten`: rewrites an event to the row of a schema.
#[derive(Debug)]
pub struct Flatten {
    schema: Schema,
    claims: Claims,
    /// For each slot, how the column that claims it wants the value.
    takes: Vec<Take>,
    cells: Cells,
    /// For each slot nothing, to begin with.
    empty: Vec<Slot>,
    /// For each slot that is an object, the text that opens it in the rest.
    opens: Vec<Vec<u8>>,
}

/// No comma, and one.
static COMMA: [Literal; 2] = match (Literal::new(b""), Literal::new(b",")) {
    (Some(none), Some(comma)) => [none, comma],
    _ => unreachable!(),
};

/// Which values a slot takes out of the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Take {
    /// None: the column only looks at it, or this is an object that others look into.
    Nothing,
    /// Strings up to so many bytes.
    Text(usize),
    /// Anything whose JSON text has up to so many bytes.
    Json(usize),
}

impl Take {
    /// Up to how many bytes it takes any value of this kind, so that nothing is left to the rest;
    /// `usize::MAX` for any number. What is less is the same for all kinds.
    fn takes_any(self, kind: Kind) -> Option<usize> {
        match (self, kind) {
            (_, Kind::Null) => Some(usize::MAX),
            (Take::Text(usize::MAX), Kind::String) => Some(usize::MAX),
            // With its quotes, and shorter than a string that was cut.
            (Take::Text(most), Kind::String) => Some(cut_bytes_min(most) + 1),
            (Take::Json(most), _) if kind != Kind::String => Some(most),
            _ => None,
        }
    }
}

impl Flatten {
    /// The stage for a schema.
    pub fn new(schema: Schema) -> Self {
        let (slots, mut claims, count) = Claims::of(&schema);
        let mut takes = vec![Take::Nothing; count];
        for (column, slot) in schema.columns.iter().zip(&slots) {
            let Some(slot) = *slot else { continue };
            match column.rule {
                Rule::Time(_) => takes[slot] = Take::Text(usize::MAX),
                Rule::Text(_, most) => takes[slot] = Take::Text(most.unwrap_or(usize::MAX)),
                Rule::Json(_, most) => takes[slot] = Take::Json(most.unwrap_or(usize::MAX)),
                _ => {}
            }
        }
        claims.note_takers(&|slot, kind| takes[slot].takes_any(kind));
        let cells = Cells::new(&schema, &slots);
        let mut opens = vec![Vec::new(); count];
        claims.openings(&mut opens);
        let empty = vec![EMPTY; count];
        Flatten { schema, claims, takes, cells, empty, opens }
    }

    /// Finds what the columns claim, and the rest.
    fn find<'e>(&self, event: &'e Event<'_>, found: &mut Found<'e, '_>) {
        self.pass(event, None, found);
        if found.has_duplicates() {
            // The last of several members of one name counts, so the others belong to the rest.
            // Now that the last ones are known, go again.
            let last = found.slots.to_vec();
            found.slots.copy_from_slice(&self.empty);
            found.rest.clear();
            self.pass(event, Some(&last), found);
        }
    }

    fn pass<'e>(&self, event: &'e Event<'_>, last: Last<'_>, found: &mut Found<'e, '_>) {
        self.object(event.root(), &self.claims, last, found);
        found.end_span();
    }

    /// Goes over the members of an object; says whether some column got something.
    fn object<'e>(
        &self,
        object: Node<'e>,
        claims: &Claims,
        last: Last<'_>,
        found: &mut Found<'e, '_>,
    ) -> bool {
        let members = Members::of(self, object, claims, last, found);
        if object.is_dense() && object.is_in_record() && last.is_none() {
            members.go()
        } else {
            members.go_any()
        }
    }

    /// Finds the place of one member's value; says whether some column got something. `leave` adds
    /// the member to the rest.
    #[inline(always)]
    pub(crate) fn at_claim<'e, 's>(
        &self,
        claim: Option<&Claim>,
        value: Valued<'e>,
        last: Last<'_>,
        found: &mut Found<'e, 's>,
        leave: impl FnOnce(&mut Found<'e, 's>),
    ) -> bool {
        match claim {
            Some(&Claim::Value(slot)) if is_last(slot, value.slot.id, last) => {
                self.claim(slot, value, found, leave)
            }
            Some(&Claim::Inside(slot, ref inner)) if is_last(slot, value.slot.id, last) => {
                found.fill(slot, value.slot);
                if value.slot.kind == Kind::Object {
                    return self.look_inside(slot, value.node(), inner, last, found);
                }
                leave(found);
                false
            }
            _ => {
                leave(found);
                false
            }
        }
    }

    /// Gives a value to its column; says whether that shows something.
    #[inline(always)]
    fn claim<'e, 's>(
        &self,
        slot: usize,
        value: Valued<'e>,
        found: &mut Found<'e, 's>,
        leave: impl FnOnce(&mut Found<'e, 's>),
    ) -> bool {
        let kind = value.slot.kind;
        found.fill(slot, value.slot);
        if kind == Kind::Null {
            if found.has_duplicates() {
                // It outdoes those before it, which belong to the rest.
                leave(found);
            }
            return false;
        }
        let whole = match self.takes[slot] {
            Take::Nothing => false,
            Take::Text(usize::MAX) => kind == Kind::String,
            Take::Text(most) => {
                let text = value.node().as_string();
                text.is_some_and(|text| fits(text, most) && !seems_cut(text, most))
            }
            Take::Json(most) => {
                let text = value.node().as_string();
                value.node().text_length_is_at_most(most)
                    && !text.is_some_and(|text| seems_cut(text, most))
            }
        };
        if !whole {
            leave(found);
        }
        self.takes[slot] != Take::Nothing
    }

    /// Goes over the members of an object of which columns claim some.
    fn look_inside<'e>(
        &self,
        slot: usize,
        object: Node<'e>,
        claims: &Claims,
        last: Last<'_>,
        found: &mut Found<'e, '_>,
    ) -> bool {
        found.end_span();
        let from = found.rest.len();
        found.rest.push(Piece::Open(slot as u32));
        let claimed = self.object(object, claims, last, found);
        found.end_span();
        // An object of which all was claimed comes back by way of the columns, but one that was
        // empty, or is the last of several, must be seen to have been there.
        if claimed && found.rest.len() == from + 1 && last.is_none() {
            found.rest.truncate(from);
        } else {
            found.rest.push(Piece::Close);
        }
        claimed
    }

    /// Appends the rest as an object.
    #[inline(always)]
    pub(crate) fn write_rest(
        &self,
        event: &Event<'_>,
        written: Written<'_>,
        found: &Found<'_, '_>,
        out: &mut Output<'_>,
    ) {
        out.byte(b'{');
        let mut comma = false;
        for &piece in &found.rest {
            let lead = &COMMA[usize::from(comma)];
            comma = !matches!(piece, Piece::Open(_));
            match piece {
                Piece::Span(start, end) => {
                    written.write_span_to(lead, start as usize..end as usize, out);
                }
                Piece::Changed(key, id) => {
                    out.literal(lead);
                    out.byte(b'"');
                    out.bytes(key.raw());
                    out.bytes(b"\":");
                    event.node(id).write_to(out);
                }
                Piece::Open(slot) => {
                    out.literal(lead);
                    out.short(&self.opens[slot as usize]);
                }
                Piece::Close => out.byte(b'}'),
            }
        }
        out.byte(b'}');
    }
}

/// A value on its way to a slot.
#[derive(Clone, Copy)]
pub(crate) struct Valued<'e> {
    pub(crate) event: &'e Event<'e>,
    pub(crate) slot: Slot,
}

impl<'e> Valued<'e> {
    #[inline(always)]
    fn node(self) -> Node<'e> {
        self.event.node(self.slot.id)
    }
}

/// Whether a value is the last one of its name, where that was found out.
fn is_last(slot: usize, value: NodeId, last: Last<'_>) -> bool {
    last.is_none_or(|last| last[slot].id == value)
}

impl Claims {
    /// For each slot of an object, the text that opens it.
    fn openings(&self, opens: &mut [Vec<u8>]) {
        for (name, claim) in self.iter() {
            if let Claim::Inside(slot, inner) = claim {
                quote_into(name, &mut opens[*slot]);
                opens[*slot].extend_from_slice(b":{");
                inner.openings(opens);
            }
        }
    }
}

impl Stage for Flatten {
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        let mut findings = Findings::default();
        let written: Result<(), Infallible> = event.rewrite(|event, out| {
            let mut slots: SmallVec<[Slot; 32]> = SmallVec::from_slice(&self.empty);
            let mut found = Found::new(&mut slots);
            self.find(event, &mut found);
            self.cells.write(self, event, &found, &mut findings, out);
            Ok(())
        });
        let Ok(()) = written;
        if findings.time_not_parsed {
            event.note(&TIME_NOT_PARSED);
        }
        for _ in 0..findings.cut {
            event.note(&CUT);
        }
        Ok(Verdict::Keep)
    }

    fn columns(&self) -> Option<Vec<Provenance>> {
        let provenance = self.schema.columns.iter().map(|column| Provenance {
            column: column.name.clone(),
            from: column.rule.from().map(ToString::to_string).unwrap_or_default(),
            rule: column.rule.explain(),
        });
        Some(provenance.collect())
    }
}

/// Whether the decoded text has no more than `most` bytes; decoding makes nothing longer.
#[inline]
pub(crate) fn fits(text: Str<'_>, most: usize) -> bool {
    text.raw().len() <= most || text.decode().len() <= most
}
