//! Values as small things to keep: a token, and what is known of it.

use crate::edit::{Doc, Place};

/// A value of an event, as something small to keep; good until the event is changed.
///
/// The token of the value, whether that is one of the arena, and whether nothing inside the value
/// is known to be changed.
#[derive(Clone, Copy, Debug)]
pub struct NodeId(u32);

impl PartialEq for NodeId {
    /// Whether both are of the same value, whatever each of them knows of its state.
    #[inline(always)]
    fn eq(&self, other: &Self) -> bool {
        (self.0 ^ other.0) & !Self::CLEAN == 0
    }
}

impl Eq for NodeId {}

impl NodeId {
    /// No value at all.
    pub const NONE: NodeId = NodeId(u32::MAX);
    /// The value is in the arena.
    const ARENA: u32 = 1 << 31;
    /// Nothing inside the value is changed; while this is not set, the edits have to be asked.
    const CLEAN: u32 = 1 << 30;

    #[inline(always)]
    pub(crate) fn new(place: Place, clean: bool) -> Self {
        let arena = if place.doc == Doc::Arena { Self::ARENA } else { 0 };
        let clean = if clean { Self::CLEAN } else { 0 };
        debug_assert!(place.token < Self::CLEAN, "texts of 1 GiB have no more tokens");
        NodeId(place.token | arena | clean)
    }

    /// A value behind this one in the same text and state.
    #[inline(always)]
    pub(crate) fn sibling(self, token: usize) -> Self {
        NodeId(token as u32 | self.0 & (Self::ARENA | Self::CLEAN))
    }

    #[inline(always)]
    pub(crate) fn token(self) -> u32 {
        self.0 & !(Self::ARENA | Self::CLEAN)
    }

    #[inline(always)]
    pub(crate) fn doc(self) -> Doc {
        if self.0 & Self::ARENA == 0 { Doc::Base } else { Doc::Arena }
    }

    #[inline(always)]
    pub(crate) fn is_clean(self) -> bool {
        self.0 & Self::CLEAN != 0
    }

    #[inline(always)]
    pub(crate) fn place(self) -> Place {
        Place { doc: self.doc(), token: self.token() }
    }
}
