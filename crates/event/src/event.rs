//! One record on its way through the pipeline, with its origin.

use crate::arena::Arena;
use crate::edit::{Doc, Edits, Place};
use crate::id::NodeId;
use crate::memo::Memos;
use crate::node::Node;
use crate::note::{NoteKind, Notes};
use crate::origin::Origin;
use crate::path::Path;
use crate::roots::{LookUp, Roots};
use std::ops::Range;
use trailmill_json::{self as json, Index};

/// One record on its way through the pipeline.
///
/// What a stage reads here is the record as the stages before have left it. What it changes is
/// noted beside the text; [`mark`](Event::mark) and [`reset`](Event::reset) take changes back.
#[derive(Debug)]
pub struct Event<'b> {
    pub(crate) base: json::Document<'b>,
    pub(crate) root: u32,
    pub(crate) dense: bool,
    pub(crate) origin: Origin<'b>,
    pub(crate) scratch: &'b mut Scratch,
}

/// Memory for the changes to one event, kept from event to event.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub(crate) edits: Edits,
    pub(crate) arena: Arena,
    /// The value that is being set.
    pub(crate) draft: Vec<u8>,
    /// The object that is being set.
    pub(crate) object: json::Draft,
    /// Rows that events were rewritten to, one after the other; emptied by the runner.
    pub(crate) rows: Vec<u8>,
    /// Where the row of this event is, if it was rewritten.
    row: Option<Range<usize>>,
    /// Rows as records of their own, once a later stage wants to look into them: the last one is
    /// the event now, those before are what a mark may lead back to.
    settled: Vec<Settled>,
    spare: Vec<Settled>,
    pub(crate) roots: Roots,
    pub(crate) memos: Memos,
    pub(crate) notes: Notes,
}

#[derive(Debug, Default)]
struct Settled {
    text: Vec<u8>,
    index: Index,
}

impl Scratch {
    /// Makes ready for the next event; a row that was not kept with [`Event::finish`] is gone.
    pub(crate) fn start(&mut self) {
        self.edits.clear();
        self.arena.clear();
        self.roots.clear();
        if let Some(row) = self.row.take() {
            self.rows.truncate(row.start);
        }
        self.spare.append(&mut self.settled);
    }
}

/// A state of an event to come back to.
#[derive(Debug)]
pub struct Mark {
    edits: Option<Edits>,
    row: Option<Vec<u8>>,
    settled: usize,
}

impl<'b> Event<'b> {
    /// The record itself, an object.
    #[inline]
    pub fn root(&self) -> Node<'_> {
        let (doc, token) = (Doc::Base, if self.scratch.settled.is_empty() { self.root } else { 0 });
        let place = Place { doc, token };
        // The root can be replaced, but not removed.
        self.resolve(place).unwrap_or_else(|| Node::new(self, self.id(place)))
    }

    /// The value at a path, if there is one.
    pub fn get(&self, path: &Path) -> Option<Node<'_>> {
        path.segments().iter().try_fold(self.root(), |node, segment| node.step(segment))
    }

    /// The text that the spans of untouched values are of.
    pub fn text(&self) -> &[u8] {
        self.document(Doc::Base).text()
    }

    /// The value that an id was taken from.
    #[inline]
    pub fn node(&self, id: NodeId) -> Node<'_> {
        Node::new(self, id)
    }

    /// Does work that is compiled for the instructions that the record was indexed with.
    #[inline(always)]
    pub fn dispatch<W: json::Work>(&self, work: W) -> W::Output {
        self.base.dispatch(work)
    }

    /// Where the record came from.
    pub fn origin(&self) -> Origin<'_> {
        self.origin
    }

    /// Counts something worth telling the user that is no fault.
    pub fn note(&mut self, kind: &'static NoteKind) {
        self.scratch.notes.add(kind, 1);
    }

    /// Puts the text that `write` appends, one compact JSON object, in the place of the record.
    ///
    /// This is how a record becomes a row. If `write` fails, the event is as it was.
    ///
    /// # Errors
    /// Those of `write`.
    pub fn rewrite<E>(
        &mut self,
        write: impl FnOnce(&Event<'_>, &mut Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut rows = std::mem::take(&mut self.scratch.rows);
        let from = rows.len();
        let outcome = write(self, &mut rows);
        if outcome.is_err() {
            rows.truncate(from);
        } else {
            // The row takes the place of one that nobody has looked into.
            let start = self.scratch.row.take().map_or(from, |row| row.start);
            if start < from {
                rows.drain(start..from);
            }
            self.scratch.row = Some(start..rows.len());
        }
        self.scratch.rows = rows;
        outcome
    }

    /// Whether the event was rewritten since anyone could last look into it.
    pub fn is_rewritten(&self) -> bool {
        self.scratch.row.is_some()
    }

    /// Makes a rewritten event one that can be looked into; the runner calls it between stages.
    ///
    /// # Errors
    /// If what was written is not JSON.
    pub fn settle(&mut self) -> Result<(), json::Error> {
        let Some(row) = self.scratch.row.take() else {
            return Ok(());
        };
        let mut settled = self.scratch.spare.pop().unwrap_or_default();
        settled.text.clear();
        settled.text.extend_from_slice(&self.scratch.rows[row.clone()]);
        self.scratch.rows.truncate(row.start);
        settled.index.parse(&settled.text)?;
        self.scratch.edits.clear();
        self.scratch.settled.push(settled);
        Ok(())
    }

    /// Appends the event to the rows of its batch, as one line of compact JSON.
    ///
    /// A rewritten event stands there already and gets no more than its line feed. The event is
    /// then as it was before it was rewritten last.
    pub fn finish(&mut self) {
        if self.scratch.row.take().is_none() {
            let mut rows = std::mem::take(&mut self.scratch.rows);
            self.root().write_into(&mut rows);
            self.scratch.rows = rows;
        }
        self.scratch.rows.push(b'\n');
    }

    /// Appends the event as compact JSON.
    pub fn write_into(&self, out: &mut Vec<u8>) {
        match &self.scratch.row {
            Some(row) => out.extend_from_slice(&self.scratch.rows[row.clone()]),
            None => self.root().write_into(out),
        }
    }

    /// The state of the event, to come back to.
    pub fn mark(&self) -> Mark {
        Mark {
            edits: (!self.scratch.edits.is_empty()).then(|| self.scratch.edits.clone()),
            row: self.scratch.row.clone().map(|row| self.scratch.rows[row].to_vec()),
            settled: self.scratch.settled.len(),
        }
    }

    /// Takes back every change.
    pub fn start_over(&mut self) {
        self.reset(&Mark { edits: None, row: None, settled: 0 });
    }

    /// Takes back every change made since `mark`, which must be of this event. Marks that were
    /// taken since are of no more use.
    pub fn reset(&mut self, mark: &Mark) {
        match &mark.edits {
            Some(edits) => self.scratch.edits.copy_from(edits),
            None => self.scratch.edits.clear(),
        }
        if let Some(row) = self.scratch.row.take() {
            self.scratch.rows.truncate(row.start);
        }
        if let Some(row) = &mark.row {
            let from = self.scratch.rows.len();
            self.scratch.rows.extend_from_slice(row);
            self.scratch.row = Some(from..self.scratch.rows.len());
        }
        let used = mark.settled.min(self.scratch.settled.len())..;
        self.scratch.spare.extend(self.scratch.settled.drain(used));
    }

    #[inline]
    pub(crate) fn document(&self, doc: Doc) -> json::Document<'_> {
        match doc {
            Doc::Base => match self.scratch.settled.last() {
                None => self.base,
                Some(settled) => settled.index.document(&settled.text),
            },
            Doc::Arena => self.scratch.arena.document(),
        }
    }

    /// A look-up of the members that the text of the record has, if `place` is that of the record
    /// and no stage has renamed any.
    #[inline]
    pub(crate) fn look_up(&self, place: Place) -> Option<LookUp<'_>> {
        let is_record = place == Place { doc: Doc::Base, token: self.root };
        match is_record && self.scratch.settled.is_empty() && !self.scratch.edits.have_renames() {
            true => self.scratch.roots.of(self.base, self.root),
            false => None,
        }
    }

    /// Whether there are no blanks between the tokens of a text.
    #[inline]
    pub(crate) fn is_dense(&self, doc: Doc) -> bool {
        doc == Doc::Arena || self.dense || !self.scratch.settled.is_empty()
    }
}
