//! Whether there is white space inside the records of a window, found without looking at it.

use trailmill_stage::event::json::Blanks;

/// Counts the bytes between the values of a window.
///
/// The scan of a window has counted its line feeds, and noticed any other white space outside
/// strings. Where there is none but line feeds, and as many of them as there are bytes between the
/// values, there is none inside the values.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gaps {
    /// The end of the last value or bracket.
    edge: usize,
    between: u64,
}

impl Gaps {
    /// Goes over a value, a bracket or a comma that takes up these bytes.
    #[inline]
    pub(super) fn over(&mut self, start: usize, end: usize) {
        self.skip_to(start);
        self.edge = end;
    }

    /// Counts what lies before `start`.
    #[inline]
    pub(super) fn skip_to(&mut self, start: usize) {
        self.between += (start - self.edge) as u64;
        self.edge = start;
    }

    /// Goes over bytes that may hold anything: their line feeds then look as if they were in a
    /// record, which costs time and nothing else.
    pub(super) fn jump_to(&mut self, end: usize) {
        self.edge = end;
    }

    /// The end of the last value or bracket.
    pub(super) fn edge(&self) -> usize {
        self.edge
    }

    /// Whether all the white space of the window lies between values.
    pub(super) fn hold_all(&self, blanks: Blanks) -> bool {
        !blanks.spaces && blanks.newlines == self.between
    }
}

#[cfg(test)]
mod tests {
    use super::Gaps;
    use trailmill_stage::event::json::Blanks;

    #[test]
    fn line_feeds_between_values_are_told_from_those_inside() {
        // `{}\n\n{"a":1}\n`: values at 0..2 and 4..11, of a window of 12 bytes.
        let mut gaps = Gaps::default();
        gaps.over(0, 2);
        gaps.over(4, 11);
        gaps.skip_to(12);
        assert!(gaps.hold_all(Blanks { spaces: false, newlines: 3 }));
        assert!(!gaps.hold_all(Blanks { spaces: false, newlines: 4 }), "one is inside");
        assert!(!gaps.hold_all(Blanks { spaces: true, newlines: 3 }), "a space may be inside");
    }
}
