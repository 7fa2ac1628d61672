//! What is known of an entry beside what it matches.

/// The list that an entry is in, and its label there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Tag {
    /// The number of the list.
    pub(crate) list: u16,
    /// The number of the label, or [`Tag::NO_LABEL`].
    pub(crate) label: u32,
}

impl Tag {
    /// The list says no more of the entry.
    pub(crate) const NO_LABEL: u32 = u32::MAX;
}
