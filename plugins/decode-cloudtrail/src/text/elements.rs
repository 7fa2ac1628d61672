//! The elements of an array, which may be far larger than memory, and what follows them.

use super::{Bracket, End, Next, State, Step, Text};
use crate::fault::{CUT_SHORT, TOO_MANY_RECORDS};
use crate::run::Stop;
use trailmill_stage::Fault;

impl Text<'_, '_> {
    /// One step at `token`, inside an array.
    pub(super) fn element(
        &mut self,
        bracket: Bracket,
        next: Next,
        token: usize,
    ) -> Result<Step, Stop> {
        let (next, token) = self.plain_elements(bracket, next, token);
        self.state = State::Elements(bracket, next);
        let index = self.batch.index();
        let kind = index.kind(token);
        match (next, kind) {
            _ if token >= index.len() => Ok(Step::End(self.out_of_elements(next))),
            (Next::First | Next::Comma, b']') => Ok(self.leave(bracket, token)),
            (Next::Comma, b',') => {
                self.over(token);
                self.state = State::Elements(bracket, Next::Element);
                Ok(Step::To(token + 1))
            }
            (Next::Comma, _) | (_, b']' | b'}' | b',' | b':') => {
                Ok(Step::End(self.misplaced(token, End::Dead)))
            }
            _ => self.whole_element(bracket, token),
        }
    }

    fn whole_element(&mut self, bracket: Bracket, token: usize) -> Result<Step, Stop> {
        if self.is_full() {
            return Ok(Step::End(End::Dead(self.gaps.edge(), self.too_many(token))));
        }
        let step = self.value(token)?;
        if let Step::To(_) = step {
            self.count += 1;
            self.state = State::Elements(bracket, Next::Comma);
        }
        Ok(step)
    }

    /// Pushes elements from `token` on as long as they look as CloudTrail writes them; gives what
    /// comes next, and the token at which it does.
    fn plain_elements(
        &mut self,
        bracket: Bracket,
        mut next: Next,
        mut token: usize,
    ) -> (Next, usize) {
        if self.container != self.elements_path(bracket) {
            return (next, token);
        }
        while !self.is_full() {
            if next == Next::Comma {
                if self.batch.index().kind(token) != b',' {
                    break;
                }
                self.over(token);
                (next, token) = (Next::Element, token + 1);
            }
            let Some(behind) = self.plain_record(token) else { break };
            self.count += 1;
            (next, token) = (Next::Comma, behind);
        }
        (next, token)
    }

    /// What records that are elements travel in.
    pub(super) fn elements_path(&self, bracket: Bracket) -> &'static str {
        match bracket {
            Bracket::Array => self.level.paths.array,
            Bracket::LogFile => self.level.paths.log_file,
        }
    }

    /// Whether the open container may hold no more.
    fn is_full(&self) -> bool {
        let max = self.run.options.records_max;
        max != 0 && self.count >= max
    }

    fn too_many(&self, token: usize) -> Fault {
        let place = self.batch.offset() + self.batch.index().position(token) as u64;
        let max = self.run.options.records_max;
        Fault::new(&TOO_MANY_RECORDS).limited_by("records_max", max).at(place)
    }

    /// Counts a bracket or comma as read.
    fn over(&mut self, token: usize) {
        let at = self.batch.index().position(token);
        self.gaps.over(at, at + 1);
    }

    /// Closes the array at its bracket.
    fn leave(&mut self, bracket: Bracket, token: usize) -> Step {
        self.over(token);
        self.state = match bracket {
            Bracket::Array => State::Documents,
            Bracket::LogFile => State::Wrapper,
        };
        Step::To(token + 1)
    }

    fn out_of_elements(&self, next: Next) -> End {
        match self.out_of_tokens() {
            // Where no element can begin there is nothing to make good for the neighbors.
            End::Bad(at, fault) if next == Next::Comma => End::Dead(at, fault),
            end => end,
        }
    }

    /// One step at `token`, behind the array of a log file: the rest of its object.
    pub(super) fn wrapper(&mut self, token: usize) -> Step {
        let index = self.batch.index();
        match index.kind(token) {
            b'}' => {
                self.over(token);
                self.state = State::Documents;
                Step::To(token + 1)
            }
            b',' => self.wrapper_member(token),
            _ if token >= index.len() => Step::End(dead_unless_cut(self.out_of_tokens())),
            _ => Step::End(self.misplaced(token, End::Dead)),
        }
    }

    /// The member behind the comma at `token`. It is of no interest, unless it holds more records.
    fn wrapper_member(&mut self, token: usize) -> Step {
        let (key, colon, value) = (token + 1, token + 2, token + 3);
        let index = self.batch.index();
        let at = index.position(token);
        for (token, kind) in [(key, b'"'), (colon, b':')] {
            if token < index.len() && index.kind(token) != kind {
                return Step::End(match self.misplaced(token, End::Dead) {
                    End::Torn(_) => End::Torn(at),
                    end => end,
                });
            }
        }
        if index.kind(value) == b'[' && self.is_records(key) {
            return self.enter(Bracket::LogFile, token, value + 1);
        }
        match self.batch.validate(value) {
            // A number at the end of the window may go on behind it.
            Ok(next) if next >= self.batch.index().len() && !self.last => Step::End(End::Torn(at)),
            Ok(next) => {
                self.gaps.jump_to(self.batch.index().position(next));
                Step::To(next)
            }
            Err(error) => Step::End(dead_unless_cut(self.failed(token, error))),
        }
    }
}

/// Behind the array of a log file there is nothing to make good for any neighbors.
fn dead_unless_cut(end: End) -> End {
    match end {
        End::Bad(at, fault) if *fault.kind != CUT_SHORT => End::Dead(at, fault),
        end => end,
    }
}
