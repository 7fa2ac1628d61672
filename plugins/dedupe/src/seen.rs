//! The last traces that came, in a ring, with a table to find them by.

use std::hash::{BuildHasher, RandomState};
use trailmill_stage::{Memory, Trace, Verdict};

/// The last different traces, up to a number of them: 16 bytes each, and two to four places of the
/// table with 4 bytes each.
#[derive(Debug)]
pub(crate) struct Seen {
    /// The traces; once they are as many as may be, the oldest is at `next`.
    ring: Vec<Trace>,
    next: usize,
    ring_max: usize,
    /// Where in the ring a trace is, plus one; zero for a free place. A trace stands at the place
    /// that its hash names or in an unbroken row behind that.
    table: Box<[u32]>,
    /// Keyed at random, so that nobody can choose ids that all go to one place. What is answered
    /// does not depend on it.
    hasher: RandomState,
}

impl Seen {
    /// An empty memory of so many traces, at least one.
    pub(crate) fn new(traces_max: u32) -> Self {
        let ring_max = traces_max as usize;
        // At most half of the table is in use. It costs memory only where it is written to.
        let table = vec![0; (2 * ring_max).next_power_of_two()].into_boxed_slice();
        Seen { ring: Vec::new(), next: 0, ring_max, table, hasher: RandomState::new() }
    }

    fn home(&self, trace: Trace) -> usize {
        self.hasher.hash_one(trace) as usize & (self.table.len() - 1)
    }

    fn after(&self, place: usize) -> usize {
        (place + 1) & (self.table.len() - 1)
    }

    /// The trace at a place of the table.
    fn at(&self, place: usize) -> Option<Trace> {
        let number = (self.table[place] as usize).checked_sub(1)?;
        self.ring.get(number).copied()
    }

    /// The place of a trace, or the free one where it would stand.
    fn find(&self, trace: Trace) -> usize {
        let mut place = self.home(trace);
        while self.at(place).is_some_and(|other| other != trace) {
            place = self.after(place);
        }
        place
    }

    /// Frees a place, and moves up what would not be found behind a gap.
    fn free(&mut self, mut gap: usize) {
        let mask = self.table.len() - 1;
        let mut place = self.after(gap);
        while let Some(trace) = self.at(place) {
            // How far it stands from its home, and how far the gap is from here.
            let (from_home, from_gap) =
                (place.wrapping_sub(self.home(trace)) & mask, place.wrapping_sub(gap) & mask);
            if from_home >= from_gap {
                self.table[gap] = self.table[place];
                gap = place;
            }
            place = self.after(place);
        }
        self.table[gap] = 0;
    }

    /// Remembers a trace that is not there yet, in the place of the oldest if there is no room.
    fn remember(&mut self, trace: Trace) {
        if self.ring.len() < self.ring_max {
            self.ring.push(trace);
        } else {
            let oldest = self.find(self.ring[self.next]);
            self.free(oldest);
            self.ring[self.next] = trace;
        }
        let place = self.find(trace);
        self.table[place] = self.next as u32 + 1;
        self.next = (self.next + 1) % self.ring_max;
    }
}

impl Memory for Seen {
    fn see(&mut self, trace: Trace) -> Verdict {
        let verdict = self.guess(trace);
        if verdict == Verdict::Keep {
            self.remember(trace);
        }
        verdict
    }

    fn guess(&self, trace: Trace) -> Verdict {
        match self.at(self.find(trace)) {
            Some(_) => Verdict::Filter,
            None => Verdict::Keep,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use std::collections::VecDeque;

    proptest! {
        /// The same as a list that is searched from end to end.
        #[test]
        fn remembers_the_last_ones(
            traces_max in 1u32..40,
            traces in vec(prop_oneof![0u128..60, any::<u128>()], 0..600),
        ) {
            let mut seen = Seen::new(traces_max);
            let mut model = VecDeque::new();
            for trace in traces {
                let expected = match model.contains(&trace) {
                    true => Verdict::Filter,
                    false => Verdict::Keep,
                };
                prop_assert_eq!(seen.guess(trace), expected);
                prop_assert_eq!(seen.see(trace), expected);
                if expected == Verdict::Keep {
                    model.push_back(trace);
                    if model.len() > traces_max as usize {
                        model.pop_front();
                    }
                }
                let used = seen.table.iter().filter(|&&place| place != 0).count();
                prop_assert_eq!(used, model.len());
            }
        }
    }

    #[test]
    fn a_million_take_what_is_promised() {
        let mut seen = Seen::new(1_000_000);
        for trace in 0..1_500_000 {
            assert_eq!(seen.see(trace), Verdict::Keep);
        }
        assert_eq!((seen.guess(499_999), seen.guess(500_000)), (Verdict::Keep, Verdict::Filter));
        // The ring grows by doubling.
        let bytes = 16 * seen.ring.capacity() + 4 * seen.table.len();
        assert!(bytes <= 25_200_000, "{bytes}");
    }
}
