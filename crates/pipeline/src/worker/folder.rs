//! The buffers of an output whose path has fields: one for each file, within bounds.

use super::FLUSH_BYTES;
use super::sheets::{Hand, write_line};
use crate::template::PathTemplate;
use std::collections::HashMap;
use std::ops::ControlFlow;
use trailmill_event::Event;

/// How many bytes the buffers of one output may hold together.
const BYTES_MAX: usize = 8 * FLUSH_BYTES;

/// How many files may have a buffer at once.
const FILES_MAX: usize = 256;

/// Lines by the file that they belong to.
#[derive(Debug)]
pub(super) struct Folder {
    template: PathTemplate,
    /// The files and their lines, in the order in which they were first met.
    files: Vec<(String, Vec<u8>)>,
    numbers: HashMap<String, usize>,
    /// The file written last.
    last: usize,
    /// The bytes in all buffers.
    bytes: usize,
    /// For paths, one at a time.
    path: String,
}

impl Folder {
    pub(super) fn new(template: PathTemplate) -> Self {
        Folder {
            template,
            files: Vec::new(),
            numbers: HashMap::new(),
            last: 0,
            bytes: 0,
            path: String::new(),
        }
    }

    /// Writes an event as a line of the file that its values name.
    pub(super) fn write(&mut self, event: &Event<'_>) {
        self.template.render(event, &mut self.path);
        // Neighbors mostly share their file.
        if self.files.get(self.last).is_none_or(|(path, _)| *path != self.path) {
            self.last = self.file();
        }
        let rows = &mut self.files[self.last].1;
        let before = rows.len();
        write_line(event, rows);
        self.bytes += rows.len() - before;
    }

    /// The number of the file at the path at hand, old or new.
    fn file(&mut self) -> usize {
        if let Some(&number) = self.numbers.get(&self.path) {
            return number;
        }
        let number = self.files.len();
        self.files.push((self.path.clone(), Vec::new()));
        self.numbers.insert(self.path.clone(), number);
        number
    }

    /// Hands over the file written last if it is full, and all of them if they are too much.
    pub(super) fn hand_over_full(&mut self, hand: &mut Hand<'_>) -> ControlFlow<()> {
        if self.bytes >= BYTES_MAX || self.files.len() > FILES_MAX {
            return self.hand_over(hand);
        }
        let Some((path, rows)) = self.files.get_mut(self.last) else {
            return ControlFlow::Continue(());
        };
        if rows.len() < FLUSH_BYTES {
            return ControlFlow::Continue(());
        }
        self.bytes -= rows.len();
        hand.rows(Some(path), rows)?;
        // Memory to use again counts too.
        let memory: usize = self.files.iter().map(|(_, rows)| rows.capacity()).sum();
        if memory > 2 * BYTES_MAX { self.hand_over(hand) } else { ControlFlow::Continue(()) }
    }

    /// Hands over all files, in the order in which they were first met, and forgets them.
    pub(super) fn hand_over(&mut self, hand: &mut Hand<'_>) -> ControlFlow<()> {
        let handed = self.files.iter_mut().try_for_each(|(path, rows)| hand.rows(Some(path), rows));
        self.forget();
        handed
    }

    /// Empties all buffers and gives their memory back.
    pub(super) fn forget(&mut self) {
        self.files.clear();
        self.numbers.clear();
        self.bytes = 0;
        self.last = 0;
    }
}
