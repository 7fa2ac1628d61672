//! What becomes of text that can not be read: to quarantine, up to where the next good value may
//! begin.

use super::{Next, Search, State, Text, is_blank};
use crate::fault::{CUT_SHORT, RECORD_TOO_LARGE};
use crate::run::Stop;
use trailmill_stage::Fault;

impl Text<'_, '_> {
    /// Gives the piece at the start of the unread text to quarantine and goes on behind it. A
    /// piece longer than the largest record goes in several, each with the fault.
    pub(super) fn refuse(&mut self, fault: Fault) -> Result<(), Stop> {
        let max = self.run.options.record_bytes_max;
        let mut search = match self.state {
            State::Documents => Search::for_line(),
            State::Elements(..) => Search::for_element(),
            State::Wrapper => Search::for_nothing(),
        };
        loop {
            let rest = self.feed.rest();
            let text = &rest[..rest.len().min(max)];
            if let Some(end) = search.end(text) {
                self.quarantine(fault, end)?;
                break;
            }
            if text.len() == max {
                if !self.ends_of_itself(fault) {
                    return Err(Stop::Dead(fault));
                }
                search.go_on_behind(text);
                self.quarantine(fault, max)?;
            } else if !self.more()? {
                self.quarantine(fault, self.feed.rest().len())?;
                self.state = State::Documents;
                break;
            }
        }
        self.go_on();
        Ok(())
    }

    /// Makes ready for what lies behind a bad piece.
    fn go_on(&mut self) {
        if let State::Elements(bracket, _) = self.state {
            self.state = State::Elements(bracket, Next::Comma);
        }
        // It has to be indexed again, so do not take much at once: the next bad piece may be near.
        self.size = self.run.tuning.window_min;
    }

    /// Whether the end of a long piece can be relied on to be found. For an element of an array
    /// that is so if nothing but its length is wrong.
    fn ends_of_itself(&self, fault: Fault) -> bool {
        self.state == State::Documents || *fault.kind == RECORD_TOO_LARGE
    }

    /// Gives the first bytes of the unread text to quarantine.
    fn quarantine(&mut self, fault: Fault, bytes: usize) -> Result<(), Stop> {
        let piece = &self.feed.rest()[..bytes];
        let end = piece.iter().rposition(|byte| !is_blank(*byte)).map_or(0, |last| last + 1);
        if end > 0 {
            let container = self.path_here();
            self.run.fault(fault, container, self.feed.offset(), &piece[..end])?;
        }
        self.feed.advance(bytes);
        Ok(())
    }

    /// Checks that the text may end where it does.
    pub(super) fn close(self) -> Result<(), Stop> {
        if self.state == State::Documents {
            return Ok(());
        }
        let fault = Fault::new(&CUT_SHORT).at(self.feed.offset());
        self.run.fault(fault, self.path_here(), self.feed.offset(), b"")
    }
}
