//! Lines and columns, and how byte offsets become them.

use std::fmt;

/// A position in a text, as editors count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters; a tab is one.
    pub column: u32,
}

impl Place {
    /// The first character of a text.
    pub const START: Self = Self { line: 1, column: 1 };

    /// From a line and a column that are counted from 1.
    pub(super) fn new(line: usize, column: usize) -> Self {
        let cap = |n| u32::try_from(n).unwrap_or(u32::MAX);
        Self { line: cap(line), column: cap(column) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Turns byte offsets into places.
#[derive(Debug)]
pub(super) struct Places<'t> {
    text: &'t str,
    line_starts: Vec<usize>,
    /// The offset asked for last and its column. Counting goes on from there within a line, so
    /// that a walk through a file that is a single long line stays linear.
    last: (usize, usize),
}

impl<'t> Places<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let breaks = text.match_indices('\n').map(|(offset, _)| offset + 1);
        Self { text, line_starts: [0].into_iter().chain(breaks).collect(), last: (0, 1) }
    }

    /// The place of the character at `offset`; of the end of the text when it lies behind.
    pub(super) fn at(&mut self, offset: usize) -> Place {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self.line_starts[line - 1];
        let (from, column) = match self.last {
            (last, column) if (start..=offset).contains(&last) => (last, column),
            _ => (start, 1),
        };
        let column = column + self.text[from..offset].chars().count();
        self.last = (offset, column);
        Place::new(line, column)
    }
}
