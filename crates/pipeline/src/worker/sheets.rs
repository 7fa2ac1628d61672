//! The buffers of finished lines, one kind for each kind of output.

use super::folder::Folder;
use super::{FLUSH_BYTES, Outlet};
use crate::books::Books;
use crate::pipeline::{Output, Pipeline};
use crate::target::Target;
use std::ops::ControlFlow;
use trailmill_event::{Batch, Event};

/// The buffers of all outputs.
#[derive(Debug)]
pub(super) struct Sheets {
    list: Vec<Sheet>,
}

#[derive(Debug)]
enum Sheet {
    /// For the only output: the rows of the batch at hand, in which a stage has written the line
    /// already, so that finishing it costs a line feed. They are kept here between batches, as a
    /// decoder may hand over now this batch and now that.
    Rows(Vec<u8>),
    /// For one of several outputs.
    Own(Vec<u8>),
    /// For an output whose path has fields.
    Folder(Folder),
}

impl Sheets {
    pub(super) fn new(pipeline: &Pipeline) -> Self {
        let only = pipeline.outputs().len() == 1;
        let sheet = |output: &Output| match output.to() {
            Target::File { path, .. } if path.has_fields() => {
                Sheet::Folder(Folder::new(path.clone()))
            }
            _ if only => Sheet::Rows(Vec::new()),
            _ => Sheet::Own(Vec::new()),
        };
        Sheets { list: pipeline.outputs().iter().map(sheet).collect() }
    }

    /// Writes a finished event as a line of an output.
    #[inline]
    pub(super) fn write(&mut self, output: usize, event: &mut Event<'_>) {
        match &mut self.list[output] {
            Sheet::Rows(_) => event.finish(),
            Sheet::Own(rows) => write_line(event, rows),
            Sheet::Folder(folder) => folder.write(event),
        }
    }

    /// Puts the rows so far into a batch; to be called before and after its events.
    pub(super) fn exchange(&mut self, batch: &mut Batch) {
        if let [Sheet::Rows(rows)] = &mut self.list[..] {
            std::mem::swap(rows, batch.rows_mut());
        }
    }

    /// Hands over the buffers that are full. To be called between the events of `batch`.
    #[inline]
    pub(super) fn hand_over_full(
        &mut self,
        batch: &mut Batch,
        outlet: &mut dyn Outlet,
        books: &mut Books,
    ) -> ControlFlow<()> {
        for (output, sheet) in self.list.iter_mut().enumerate() {
            let mut hand = Hand { outlet: &mut *outlet, books: &mut *books, output };
            match sheet {
                Sheet::Rows(_) if batch.rows_mut().len() < FLUSH_BYTES => {}
                Sheet::Rows(_) => hand.rows(None, batch.rows_mut())?,
                Sheet::Own(rows) if rows.len() < FLUSH_BYTES => {}
                Sheet::Own(rows) => hand.rows(None, rows)?,
                Sheet::Folder(folder) => folder.hand_over_full(&mut hand)?,
            }
        }
        ControlFlow::Continue(())
    }

    /// Hands over everything. To be called between batches.
    pub(super) fn hand_over(
        &mut self,
        outlet: &mut dyn Outlet,
        books: &mut Books,
    ) -> ControlFlow<()> {
        for (output, sheet) in self.list.iter_mut().enumerate() {
            let mut hand = Hand { outlet: &mut *outlet, books: &mut *books, output };
            match sheet {
                Sheet::Rows(rows) | Sheet::Own(rows) => hand.rows(None, rows)?,
                Sheet::Folder(folder) => folder.hand_over(&mut hand)?,
            }
        }
        ControlFlow::Continue(())
    }

    /// Empties all buffers. To be called between batches.
    pub(super) fn forget(&mut self) {
        for sheet in &mut self.list {
            match sheet {
                Sheet::Rows(rows) | Sheet::Own(rows) => rows.clear(),
                Sheet::Folder(folder) => folder.forget(),
            }
        }
    }
}

/// Appends an event as a line.
pub(super) fn write_line(event: &Event<'_>, rows: &mut Vec<u8>) {
    event.write_into(rows);
    rows.push(b'\n');
}

/// Hands buffers of one output over, and counts their bytes.
pub(super) struct Hand<'a> {
    outlet: &'a mut dyn Outlet,
    books: &'a mut Books,
    output: usize,
}

impl Hand<'_> {
    /// Hands over lines, if there are any; `rows` is empty afterwards.
    pub(super) fn rows(&mut self, path: Option<&str>, rows: &mut Vec<u8>) -> ControlFlow<()> {
        if rows.is_empty() {
            return ControlFlow::Continue(());
        }
        self.books.outputs[self.output].bytes += rows.len() as u64;
        let flow = self.outlet.rows(self.output, path, rows);
        rows.clear();
        flow
    }
}
