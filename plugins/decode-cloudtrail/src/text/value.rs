//! One value that is complete: a record to push, or a package to open.

use super::{End, State, Step, Text};
use crate::package::Outer;
use crate::run::Stop;
use crate::shape::{self, Shape};
use std::ops::Range;
use trailmill_stage::Fault;
use trailmill_stage::event::json::Kind;

impl Text<'_, '_> {
    /// Takes the value at `token`, whatever it is.
    pub(super) fn value(&mut self, token: usize) -> Result<Step, Stop> {
        let next = match self.batch.validate(token) {
            Ok(next) => next,
            Err(error) => return Ok(Step::End(self.failed(token, error))),
        };
        let value = self.batch.value(token);
        let span = value.span();
        // A number at the end of the window may go on behind it.
        let is_word = !matches!(value.kind(), Kind::Object | Kind::Array | Kind::String);
        if is_word && span.end == self.batch.text().len() && !self.last {
            return Ok(Step::End(End::Torn(span.start)));
        }
        let shape = shape::of(self.batch.index().document(self.batch.text()), token);
        if let Some(fault) = self.above_limit(shape, value.raw()) {
            let fault = fault.at(self.batch.offset() + span.start as u64);
            return Ok(Step::End(End::Bad(span.start, fault)));
        }
        match shape {
            Shape::Record => {
                let path = self.path_here();
                Ok(self.push(token, path, span, next))
            }
            Shape::Envelope(detail) => {
                let path = self.level.paths.event_bridge;
                Ok(self.push(detail, path, span, next))
            }
            shape => {
                self.gaps.skip_to(span.start);
                self.gaps.jump_to(span.end);
                self.open(shape, token)?;
                Ok(Step::To(next))
            }
        }
    }

    /// The fault for a value of that shape and text, if it is too large.
    fn above_limit(&self, shape: Shape, text: &[u8]) -> Option<Fault> {
        let mut limit = self.limit(text);
        let is_record = matches!(shape, Shape::Record | Shape::Envelope(_));
        // Of a document it shows only now whether it is a record.
        if is_record && text.len() <= limit {
            limit = self.run.options.record_bytes_max;
        }
        (text.len() > limit).then(|| self.too_large(limit))
    }

    /// What a record that stands here by itself travels in.
    pub(super) fn path_here(&self) -> &'static str {
        match self.state {
            State::Documents => self.level.paths.bare,
            State::Elements(bracket, _) => self.elements_path(bracket),
            State::Wrapper => self.level.paths.log_file,
        }
    }

    /// Adds the record at `token`, which is or lies in the value at `span`.
    fn push(&mut self, token: usize, path: &'static str, span: Range<usize>, next: usize) -> Step {
        if self.container != path {
            return Step::End(End::Turn(span.start, path));
        }
        self.gaps.over(span.start, span.end);
        self.batch.push(token, self.level.logs_time_ms);
        Step::To(next)
    }

    /// Opens what is no record, after handing on the records before it.
    fn open(&mut self, shape: Shape, token: usize) -> Result<(), Stop> {
        self.hand_on()?;
        let container = self.path_here();
        self.run.exchange(self.batch);
        let outer = Outer { run: self.run, batch: self.batch, level: self.level, container };
        let outcome = outer.open(shape, token);
        self.run.exchange(self.batch);
        outcome
    }
}
