//! What one pass over a record finds: a value for each slot, and the pieces of the rest.

use smallvec::SmallVec;
use std::ops::Range;
use trailmill_stage::event::json::{Kind, Str};
use trailmill_stage::event::{NodeId, Seen};

/// A piece of the rest.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Piece<'e> {
    /// Members as they stand in the text of the record, with the commas between them.
    Span(u32, u32),
    /// A member that a stage has changed.
    Changed(Str<'e>, NodeId),
    /// The start of the object of this slot, of which some members are claimed.
    Open(u32),
    /// Its end.
    Close,
}

/// The value found for a column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    /// The value, or [`NodeId::NONE`].
    pub(crate) id: NodeId,
    /// What it is; null if none was found.
    pub(crate) kind: Kind,
    /// Where it stands in the text of the record.
    pub(crate) start: u32,
    /// Where it ends; 0 if it was changed.
    pub(crate) end: u32,
}

/// No value.
pub(crate) const EMPTY: Slot = Slot { id: NodeId::NONE, kind: Kind::Null, start: 0, end: 0 };

/// The last values of their names, where some name was met twice.
pub(crate) type Last<'a> = Option<&'a [Slot]>;

/// What one pass over a record has found.
#[derive(Debug)]
pub(crate) struct Found<'e, 's> {
    /// The values, by slot.
    pub(crate) slots: &'s mut [Slot],
    pub(crate) rest: SmallVec<[Piece<'e>; 32]>,
    /// The last piece of the rest, while it may still grow.
    pub(crate) span: Range<u32>,
    pub(crate) has_duplicates: bool,
}

/// No piece: nothing can begin behind its end.
const NO_SPAN: Range<u32> = 0..u32::MAX - 1;

impl<'e, 's> Found<'e, 's> {
    /// Nothing yet, with room for the values.
    pub(crate) fn new(slots: &'s mut [Slot]) -> Self {
        Found { slots, rest: SmallVec::new(), span: NO_SPAN, has_duplicates: false }
    }

    /// Fills a slot; says whether there is such a slot.
    #[inline(always)]
    pub(crate) fn take(&mut self, slot: u32, value: Slot) -> bool {
        let Some(slot) = self.slots.get_mut(slot as usize) else { return false };
        self.has_duplicates |= slot.id != NodeId::NONE;
        *slot = value;
        true
    }

    pub(crate) fn fill(&mut self, slot: usize, member: &Seen<'e>) {
        let slot = &mut self.slots[slot];
        self.has_duplicates |= slot.id != NodeId::NONE;
        let end = if member.is_changed { 0 } else { member.end };
        *slot = Slot { id: member.id, kind: member.kind, start: member.value_start, end };
    }

    /// Adds a member to the rest.
    pub(crate) fn leave(&mut self, member: &Seen<'e>) {
        match member.is_changed {
            true => self.leave_changed(member),
            false => self.leave_span(member.key_start, member.end),
        }
    }

    /// Adds a member to the rest as it stands in the text of the record.
    #[inline(always)]
    pub(crate) fn leave_span(&mut self, start: u32, end: u32) {
        // Over the comma, if that is all there is between it and the one before.
        if self.span.end + 1 != start {
            self.end_span();
            self.span.start = start;
        }
        self.span.end = end;
    }

    /// Puts the span that has been growing among the pieces.
    pub(crate) fn end_span(&mut self) {
        if self.span.end != NO_SPAN.end {
            self.rest.push(Piece::Span(self.span.start, self.span.end));
            self.span = NO_SPAN;
        }
    }

    #[cold]
    pub(crate) fn leave_changed(&mut self, member: &Seen<'e>) {
        self.end_span();
        self.rest.push(Piece::Changed(member.key(), member.id));
    }
}
