//! The stage: one pass over the members finds what the columns claim, one writes the row.

use crate::cell::{Cells, Findings, ends_cut};
use crate::claims::{Claim, Claims};
use crate::found::{EMPTY, Found, Last, Piece, Slot};
use crate::learned::{Claimed, Name};
use crate::schema::{Rule, Schema};
use smallvec::SmallVec;
use std::convert::Infallible;
use trailmill_stage::event::json::{DenseMember, Kind, Literal, Output, Str, quote_into};
use trailmill_stage::event::{Event, Node, NodeId, NoteKind, Seen};
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
    /// Up to how many bytes it takes any value of this kind, so that nothing is left to the rest.
    fn takes_any(self, kind: Kind) -> Option<usize> {
        match (self, kind) {
            (Take::Text(usize::MAX), Kind::String) => Some(usize::MAX),
            // A string may end like one that was cut.
            (Take::Json(most), _) if kind != Kind::String => Some(most),
            (_, Kind::Null) => Some("null".len()),
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
        if found.has_duplicates {
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
        let mut members = Members { stage: self, object, claims, last, found, claimed: false };
        if object.is_dense() && object.is_in_record() && last.is_none() {
            members.go();
        } else {
            object.each_member::<false>(|member| members.give(claims.get(member.key()), &member));
        }
        members.claimed
    }

    /// Finds the place of one member; says whether some column got something.
    #[inline(always)]
    fn at_claim<'e>(
        &self,
        claim: Option<&Claim>,
        object: Node<'e>,
        member: &Seen<'e>,
        last: Last<'_>,
        found: &mut Found<'e, '_>,
    ) -> bool {
        match claim {
            Some(&Claim::Value(slot)) if is_last(slot, member, last) => {
                self.claim(slot, object, member, found)
            }
            Some(&Claim::Inside(slot, ref inner)) if is_last(slot, member, last) => {
                self.look_inside(slot, object, member, inner, last, found)
            }
            _ => {
                found.leave(member);
                false
            }
        }
    }

    /// Gives a value to its column; says whether that shows something.
    fn claim<'e>(
        &self,
        slot: usize,
        object: Node<'e>,
        member: &Seen<'e>,
        found: &mut Found<'e, '_>,
    ) -> bool {
        found.fill(slot, member);
        if member.kind == Kind::Null {
            if found.has_duplicates {
                // It outdoes those before it, which belong to the rest.
                found.leave(member);
            }
            return false;
        }
        let value = || object.event().node(member.id);
        let whole = match self.takes[slot] {
            Take::Nothing => false,
            Take::Text(usize::MAX) => member.kind == Kind::String,
            Take::Text(most) => {
                value().as_string().is_some_and(|text| fits(text, most) && !ends_cut(text))
            }
            Take::Json(most) => {
                value().text_length_is_at_most(most) && !value().as_string().is_some_and(ends_cut)
            }
        };
        if !whole {
            found.leave(member);
        }
        self.takes[slot] != Take::Nothing
    }

    /// Goes over the members of an object of which columns claim some.
    fn look_inside<'e>(
        &self,
        slot: usize,
        object: Node<'e>,
        member: &Seen<'e>,
        claims: &Claims,
        last: Last<'_>,
        found: &mut Found<'e, '_>,
    ) -> bool {
        found.fill(slot, member);
        if member.kind != Kind::Object {
            found.leave(member);
            return false;
        }
        found.end_span();
        let from = found.rest.len();
        found.rest.push(Piece::Open(slot as u32));
        let claimed = self.object(object.event().node(member.id), claims, last, found);
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
                    event.write_span_to(lead, start as usize..end as usize, out);
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

/// The members of an object on their way to their places.
struct Members<'f, 'e, 's> {
    stage: &'f Flatten,
    object: Node<'e>,
    claims: &'f Claims,
    last: Last<'f>,
    found: &'f mut Found<'e, 's>,
    /// Whether some column got something.
    claimed: bool,
}

impl<'f, 'e> Members<'f, 'e, '_> {
    /// The hot loop, over an object much as AWS writes it: no blanks, members in an order that was
    /// met before, of which columns want most as they stand.
    #[inline(always)]
    fn go(&mut self) {
        let (object, claims) = (self.object, self.claims);
        let (order, text, first_change) =
            (claims.order(), object.written().text(), object.first_change());
        let mut before = order.start();
        for member in object.written().dense_members() {
            if member.last_token >= first_change as usize {
                return self.go_from(member.last_token as u32);
            }
            let DenseMember { token, kind, key_start, start, end, .. } = member;
            let id = object.written_at(token);
            let Some(name) = order.follower(before, text, key_start) else {
                before = self.unforeseen(before, id);
                continue;
            };
            before = name;
            let learned = name.known();
            let value = Slot { id, kind, start, end };
            if self.found.take(learned.taker(kind, end.wrapping_sub(start)), value) {
                self.claimed |= kind != Kind::Null;
            } else if learned.claim() == Claimed::NOTHING.number {
                self.found.leave_span(key_start, end);
            } else {
                self.give_claimed(learned.claim(), id);
            }
        }
        object.each_added(|member| self.give(claims.get(member.key()), &member));
    }

    /// Takes in a member in which nothing was changed, of a name that was not to be expected behind
    /// the name `before`; gives what is known of its name now.
    #[cold]
    #[inline(never)]
    fn unforeseen(&mut self, before: &'f Name, value: NodeId) -> &'f Name {
        let (claims, member) = (self.claims, self.object.seen_at(value));
        let (claim, claimed) = claims.look_up(member.key());
        self.give(claim, &member);
        let quoted = member.text.get(member.key_start as usize..member.key_end as usize);
        claims.learn(before, quoted.unwrap_or_default(), &claimed)
    }

    /// Gives a member in which nothing was changed to the claim of this number.
    #[inline(never)]
    fn give_claimed(&mut self, claim: u32, value: NodeId) {
        self.give(self.claims.numbered(claim), &self.object.seen_at(value));
    }

    /// Goes over all members that end at or behind a token, in any state.
    #[inline(never)]
    fn go_from(&mut self, token: u32) {
        let (object, claims) = (self.object, self.claims);
        object.each_member_from(token, |member| self.give(claims.get(member.key()), &member));
    }

    /// Gives a member to what claims it, or else to the rest.
    #[inline(never)]
    fn give(&mut self, claim: Option<&Claim>, member: &Seen<'e>) {
        let Members { stage, object, last, .. } = *self;
        self.claimed |= stage.at_claim(claim, object, member, last, self.found);
    }
}

/// Whether a value is the last one of its name, where that was found out.
fn is_last(slot: usize, member: &Seen<'_>, last: Last<'_>) -> bool {
    last.is_none_or(|last| last[slot].id == member.id)
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
