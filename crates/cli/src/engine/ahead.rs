//! What a worker makes of an item before it is the item's turn to be remembered.

use super::outbound::Outbound;
use super::recall::Recall;
use std::collections::HashSet;
use std::ops::ControlFlow;
use trailmill_pipeline::Outlet;
use trailmill_stage::{Trace, Verdict};

/// A worker that is ahead keeps so many bytes of output to itself before it waits for its turn.
const HELD_BYTES_MAX: usize = 4 << 20;
/// The same for guesses.
const GUESSES_MAX: usize = 64 << 10;

/// Takes what a worker finishes of one item in a pipeline that remembers.
///
/// As long as it is not the item's turn, verdicts are guesses, and output is held. When its turn
/// comes, the memory says what is true of each. If all guesses were right, the output goes out, and
/// the rest of the item asks the memory itself. If not, the item is run again with the true
/// verdicts: copies of events that are under way at the same time are rare, and what is asked of
/// the memory does not depend on what it answers.
pub(crate) struct Ahead<'a, 'c> {
    outbound: &'a mut Outbound<'c>,
    recall: &'a Recall,
    sequence: u64,
    state: State,
    held: Vec<Held>,
    held_bytes: usize,
    traces: Vec<Trace>,
    guesses: Vec<Verdict>,
    own: HashSet<Trace>,
}

enum State {
    /// It is not the turn of the item.
    Guessing,
    /// It is, and these are the verdicts on its first traces; the memory has those that follow.
    Told(std::vec::IntoIter<Verdict>),
    /// A guess was wrong, and these would have been right.
    Wrong(Vec<Verdict>),
    /// The run is over.
    Over,
}

enum Held {
    Rows(usize, Option<Box<str>>, Vec<u8>),
    Line(Vec<u8>),
}

impl<'a, 'c> Ahead<'a, 'c> {
    /// Guesses, unless it is the turn of the item.
    pub(crate) fn new(outbound: &'a mut Outbound<'c>, recall: &'a Recall, sequence: u64) -> Self {
        let ahead = Self::told(outbound, recall, sequence, Vec::new());
        match recall.is_turn(sequence) {
            true => ahead,
            false => Ahead { state: State::Guessing, ..ahead },
        }
    }

    /// Goes by these verdicts first. It must be the turn of the item.
    pub(crate) fn told(
        outbound: &'a mut Outbound<'c>,
        recall: &'a Recall,
        sequence: u64,
        verdicts: Vec<Verdict>,
    ) -> Self {
        Ahead {
            outbound,
            recall,
            sequence,
            state: State::Told(verdicts.into_iter()),
            held: Vec::new(),
            held_bytes: 0,
            traces: Vec::new(),
            guesses: Vec::new(),
            own: HashSet::new(),
        }
    }

    /// Ends the item. If it has to be run again, gives the verdicts to go by.
    pub(crate) fn end(mut self) -> Option<Vec<Verdict>> {
        // There is nothing left that a break could stop.
        let _ = self.settle();
        match self.state {
            State::Wrong(verdicts) => Some(verdicts),
            State::Guessing | State::Told(_) | State::Over => None,
        }
    }

    /// Waits for the turn of the item, and checks the guesses.
    fn settle(&mut self) -> ControlFlow<()> {
        match self.state {
            State::Guessing => {}
            State::Told(_) => return ControlFlow::Continue(()),
            State::Wrong(_) | State::Over => return ControlFlow::Break(()),
        }
        if !self.recall.wait_for_turn(self.sequence) {
            self.state = State::Over;
            return ControlFlow::Break(());
        }
        let verdicts = self.recall.see_all(&self.traces);
        self.own = HashSet::new();
        if verdicts != self.guesses {
            self.state = State::Wrong(verdicts);
            return ControlFlow::Break(());
        }
        self.state = State::Told(Vec::new().into_iter());
        for held in std::mem::take(&mut self.held) {
            let flow = match held {
                Held::Rows(output, path, mut bytes) => {
                    self.outbound.rows(output, path.as_deref(), &mut bytes)
                }
                Held::Line(line) => self.outbound.quarantine(&line),
            };
            if flow.is_break() {
                self.state = State::Over;
                return flow;
            }
        }
        ControlFlow::Continue(())
    }

    fn hold(&mut self, held: Held, bytes: usize) -> ControlFlow<()> {
        self.held.push(held);
        self.held_bytes += bytes;
        match self.held_bytes < HELD_BYTES_MAX {
            true => ControlFlow::Continue(()),
            false => self.settle(),
        }
    }
}

impl Outlet for Ahead<'_, '_> {
    fn rows(&mut self, output: usize, path: Option<&str>, bytes: &mut Vec<u8>) -> ControlFlow<()> {
        match self.state {
            State::Guessing => {
                let rows = std::mem::take(bytes);
                let count = rows.len();
                self.hold(Held::Rows(output, path.map(Box::from), rows), count)
            }
            State::Told(_) => self.outbound.rows(output, path, bytes),
            State::Wrong(_) | State::Over => ControlFlow::Break(()),
        }
    }

    fn quarantine(&mut self, line: &[u8]) -> ControlFlow<()> {
        match self.state {
            State::Guessing => self.hold(Held::Line(line.to_vec()), line.len()),
            State::Told(_) => self.outbound.quarantine(line),
            State::Wrong(_) | State::Over => ControlFlow::Break(()),
        }
    }

    fn see(&mut self, trace: Trace) -> Option<Verdict> {
        if let State::Guessing = self.state
            && self.guesses.len() >= GUESSES_MAX
        {
            // If this ends the item, the next thing that it hands over says so.
            let _ = self.settle();
        }
        Some(match &mut self.state {
            State::Guessing => {
                let guess = match self.own.insert(trace) {
                    true => self.recall.guess(trace),
                    false => Verdict::Filter,
                };
                self.traces.push(trace);
                self.guesses.push(guess);
                guess
            }
            State::Told(verdicts) => verdicts.next().unwrap_or_else(|| self.recall.see(trace)),
            State::Wrong(_) | State::Over => Verdict::Filter,
        })
    }
}

#[cfg(test)]
mod tests;
