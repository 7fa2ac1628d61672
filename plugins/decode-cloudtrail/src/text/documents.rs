//! A sequence of documents: JSON lines, documents in a row, or just one.

use super::blob::{may_start_blob, starts_blob};
use super::{Bracket, End, Next, State, Step, Text};
use crate::run::Stop;
use crate::shape;

impl Text<'_, '_> {
    /// One step at `token`, between documents.
    pub(super) fn document(&mut self, token: usize) -> Result<Step, Stop> {
        let token = self.plain_documents(token);
        let index = self.batch.index();
        match index.kind(token) {
            b'{' => match self.log_file_at(token) {
                Some(first) => Ok(self.enter(Bracket::LogFile, token, first)),
                None => self.value(token),
            },
            // Only an array of objects is taken for one of records. Log lines begin with `[`, too.
            b'[' if matches!(index.kind(token + 1), b'{' | b']') => {
                Ok(self.enter(Bracket::Array, token, token + 1))
            }
            b'[' => self.value(token),
            _ if token >= index.len() => Ok(Step::End(self.out_of_tokens())),
            _ => Ok(Step::End(self.neither_object_nor_array(token))),
        }
    }

    /// Pushes records from `token` on as long as they look as CloudTrail writes them; gives the
    /// first token that needs a closer look. This is the loop in which the time goes.
    fn plain_documents(&mut self, mut token: usize) -> usize {
        if self.container != self.level.paths.bare {
            return token;
        }
        while let Some(next) = self.plain_record(token) {
            token = next;
        }
        token
    }

    /// Pushes the record at `token` if there is one that looks as CloudTrail writes them; gives
    /// the token behind it.
    #[inline(always)]
    pub(super) fn plain_record(&mut self, token: usize) -> Option<usize> {
        if !shape::is_plain_record(self.batch, token) {
            return None;
        }
        let next = self.batch.validate(token).ok()?;
        let index = self.batch.index();
        let (start, end) = (index.position(token), index.position(next - 1) + 1);
        if end - start > self.run.options.record_bytes_max {
            return None;
        }
        self.gaps.over(start, end);
        self.batch.push(token, self.level.logs_time_ms);
        Some(next)
    }

    /// The token behind `{"Records": [`, if that stands at `token`.
    fn log_file_at(&self, token: usize) -> Option<usize> {
        let index = self.batch.index();
        let kinds = (index.kind(token + 1), index.kind(token + 2), index.kind(token + 3));
        let opens = kinds == (b'"', b':', b'[') && self.is_records(token + 1);
        opens.then_some(token + 4)
    }

    /// Whether the key at `token` is `Records`.
    pub(super) fn is_records(&self, token: usize) -> bool {
        self.batch.index().document(self.batch.text()).string_at(token).is("Records")
    }

    /// Opens an array; `first` is the token behind its bracket.
    pub(super) fn enter(&mut self, bracket: Bracket, token: usize, first: usize) -> Step {
        self.state = State::Elements(bracket, Next::First);
        self.count = 0;
        let index = self.batch.index();
        let (start, end) = (index.position(token), index.position(first - 1) + 1);
        self.gaps.skip_to(start);
        self.gaps.jump_to(end);
        Step::To(first)
    }

    fn neither_object_nor_array(&self, token: usize) -> End {
        let at = self.batch.index().position(token);
        let text = &self.batch.text()[at..];
        if starts_blob(text) {
            End::Blob(at)
        } else if may_start_blob(text) && !self.last {
            End::Torn(at)
        } else {
            self.misplaced(token, End::Bad)
        }
    }
}
