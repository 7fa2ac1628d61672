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
    /// Where it stands in the text of the record; 1 if it was changed, 0 only if there is none.
    pub(crate) start: u32,
    /// Where it ends; 0 if it was changed.
    pub(crate) end: u32,
}

impl Slot {
    /// The value of a member.
    pub(crate) fn of(member: &Seen<'_>) -> Self {
        let (start, end) = match member.is_changed {
            true => (1, 0),
            false => (member.value_start, member.end),
        };
        Slot { id: member.id, kind: member.kind, start, end }
    }

    /// How many bytes it takes up in the text of the record; the highest number if it was changed.
    #[inline(always)]
    pub(crate) fn length(self) -> u32 {
        self.end.wrapping_sub(self.start)
    }
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
    /// Not 0 if a slot was filled more than once: the places of what stood there before.
    outdone: u32,
}

/// No piece: nothing can begin behind its end.
const NO_SPAN: Range<u32> = 0..u32::MAX - 1;

impl<'e, 's> Found<'e, 's> {
    /// Nothing yet, with room for the values.
    pub(crate) fn new(slots: &'s mut [Slot]) -> Self {
        Found { slots, rest: SmallVec::new(), span: NO_SPAN, outdone: 0 }
    }

    /// Whether a slot was filled more than once.
    pub(crate) fn has_duplicates(&self) -> bool {
        self.outdone != 0
    }

    /// Fills a slot; says whether there is such a slot.
    #[inline(always)]
    pub(crate) fn take(&mut self, slot: u32, value: Slot) -> bool {
        let Some(slot) = self.slots.get_mut(slot as usize) else { return false };
        self.outdone |= slot.start;
        // Field by field, from registers: as one it would be put together in memory first.
        let Slot { id, kind, start, end } = value;
        (slot.id, slot.kind, slot.start, slot.end) = (id, kind, start, end);
        true
    }

    /// Fills a slot that there is.
    #[inline(always)]
    pub(crate) fn fill(&mut self, slot: usize, value: Slot) {
        let slot = &mut self.slots[slot];
        self.outdone |= slot.start;
        *slot = value;
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
