//! Changes to a record, noted beside its text and found again by token.

use std::cmp::Ordering;
use std::fmt;

/// Which text a token belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Doc {
    /// The text of the record.
    Base,
    /// What stages have added.
    Arena,
}

/// A token of one of the two texts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) doc: Doc,
    pub(crate) token: u32,
}

impl Place {
    /// The place as one number, so that two are compared at once.
    #[inline(always)]
    fn number(self) -> u64 {
        (self.doc as u64) << 32 | u64::from(self.token)
    }
}

impl PartialEq for Place {
    #[inline(always)]
    fn eq(&self, other: &Self) -> bool {
        self.number() == other.number()
    }
}

impl Eq for Place {}

impl PartialOrd for Place {
    #[inline(always)]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Place {
    #[inline(always)]
    fn cmp(&self, other: &Self) -> Ordering {
        self.number().cmp(&other.number())
    }
}

/// What happened to the value, the member (by the token of its key) or the element at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// The value is now the one at this token of the arena.
    Replace(u32),
    /// The member or element is gone.
    Remove,
    /// The member's key is now the one at this token of the arena.
    Rename(u32),
    /// The object has one more member: the token of its key in the arena, two before its value.
    Append(u32),
}

/// The changes to one event, in the order of their places.
#[derive(Clone, Debug, Default)]
pub(crate) struct Edits {
    list: Vec<(Place, Change)>,
    /// Whether there may be other changes than members that were added.
    have_others: bool,
}

impl Edits {
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(crate) fn clear(&mut self) {
        self.list.clear();
        self.have_others = false;
    }

    /// Whether every value that there was before is there still, if perhaps with more members.
    pub(crate) fn only_add(&self) -> bool {
        !self.have_others
    }

    /// Whether the name of any member is changed.
    pub(crate) fn have_renames(&self) -> bool {
        self.have_others && self.list.iter().any(|(_, change)| matches!(change, Change::Rename(_)))
    }

    /// Becomes equal to `other`, in the memory at hand.
    pub(crate) fn copy_from(&mut self, other: &Edits) {
        self.list.clone_from(&other.list);
        self.have_others = other.have_others;
    }

    /// How many changes are at places before this one.
    #[inline]
    fn before(&self, place: Place) -> usize {
        // A few stages make a few changes, and a loop over them is soon done.
        match self.list.len() {
            0..=8 => self.list.iter().take_while(|(at, _)| *at < place).count(),
            _ => self.list.partition_point(|(at, _)| *at < place),
        }
    }

    /// The changes at a place, in the order in which they were made.
    #[inline]
    pub(crate) fn at(&self, place: Place) -> impl Iterator<Item = Change> + '_ {
        let from = self.before(place);
        let here = self.list[from..].iter().take_while(move |(at, _)| *at == place);
        here.map(|&(_, change)| change)
    }

    /// The changes at places of a text from `token` on.
    pub(crate) fn from(&self, doc: Doc, token: u32) -> &[(Place, Change)] {
        let from = self.list.partition_point(|(at, _)| *at < Place { doc, token });
        let behind = match doc {
            Doc::Base => self.list.partition_point(|(at, _)| at.doc == doc),
            Doc::Arena => self.list.len(),
        };
        self.list.get(from..behind).unwrap_or_default()
    }

    /// Whether anything from the first to the last of two tokens of a text is changed.
    pub(crate) fn touch(&self, doc: Doc, first: u32, last: u32) -> bool {
        if self.list.is_empty() {
            return false;
        }
        let from = self.before(Place { doc, token: first });
        self.list.get(from).is_some_and(|(at, _)| at.doc == doc && at.token <= last)
    }

    /// Notes a change; it takes the place of an earlier one that it makes void.
    pub(crate) fn note(&mut self, place: Place, change: Change) {
        let void = |old: Change| match change {
            Change::Append(..) => false,
            Change::Replace(_) => !matches!(old, Change::Rename(_)),
            Change::Rename(_) => matches!(old, Change::Rename(_)),
            Change::Remove => true,
        };
        self.have_others |= !matches!(change, Change::Append(..));
        let from = self.list.partition_point(|(at, _)| *at < place);
        let mut behind = self.list.partition_point(|(at, _)| *at <= place);
        for number in (from..behind).rev() {
            if void(self.list[number].1) {
                self.list.remove(number);
                behind -= 1;
            }
        }
        self.list.insert(behind, (place, change));
    }
}

/// A new value for [`Event::set`](crate::Event::set).
#[derive(Clone, Copy, Debug)]
pub enum Put<'a> {
    /// A string, to be quoted and escaped.
    Text(&'a str),
    /// An integer.
    Integer(i64),
    /// `true` or `false`.
    Bool(bool),
    /// `null`.
    Null,
    /// JSON text of any kind; blanks between its tokens are dropped.
    Json(&'a [u8]),
}

impl Put<'_> {
    /// Appends the value as JSON.
    pub(crate) fn write(self, out: &mut Vec<u8>) {
        match self {
            Put::Text(text) => trailmill_json::quote_into(text, out),
            Put::Integer(number) => out.extend_from_slice(number.to_string().as_bytes()),
            Put::Bool(truth) => out.extend_from_slice(if truth { b"true" } else { b"false" }),
            Put::Null => out.extend_from_slice(b"null"),
            Put::Json(text) => out.extend_from_slice(text),
        }
    }
}

/// Why a change could not be made; the event is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EditError {
    /// A step of the path leads into something that is neither missing nor an object or array.
    NotThere,
    /// There is a member of the new name already.
    Exists,
    /// The new value is not JSON.
    NotJson,
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            EditError::NotThere => "the path leads into a value that has no members",
            EditError::Exists => "there is a member of the new name already",
            EditError::NotJson => "the new value is not JSON",
        })
    }
}

impl std::error::Error for EditError {}
