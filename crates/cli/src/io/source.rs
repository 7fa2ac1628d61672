//! Hands out work: whole files, small ones several together, pieces of big ones, pieces of the
//! standard input.

use super::inputs::{Found, Inputs};
use super::piece::{Piece, next_cut};
use super::stream::{Next, Stream};
use crate::engine::control::Control;
use crate::failure::cannot_read;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How much of an input is looked at to tell whether it may be cut.
pub(crate) const HEAD_BYTES: usize = 64 << 10;

/// Pieces of streams stay smaller than this, since they are kept in memory.
const STREAM_PIECE_BYTES_MAX: usize = 1 << 20;

/// Files below this size are handed out together,
const SMALL_BYTES: u64 = 64 << 10;
/// until they have so many bytes, most often compressed ones,
const TOGETHER_BYTES: u64 = 256 << 10;
/// or are so many.
const TOGETHER_FILES: usize = 64;

/// A piece of work, and its place in the order of the output.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) sequence: u64,
    /// The file, as the user named it.
    pub(crate) name: Arc<str>,
    /// Where in the file it begins.
    pub(crate) offset: u64,
    /// Whether the file ends with it.
    pub(crate) last: bool,
    pub(crate) body: Body,
    /// Whole files that come next, each with its name, if all of these are small: to hand over one
    /// by one what is made of them would cost as much as the work.
    pub(crate) further: Vec<(Arc<str>, PathBuf)>,
}

/// What there is to read.
#[derive(Debug)]
pub(crate) enum Body {
    /// A whole file, not opened yet.
    Whole(PathBuf),
    /// A part of a file.
    Piece(Piece),
    /// Lines of a stream, whose memory goes back to it.
    Lines(Vec<u8>, Stream),
    /// A stream from here on.
    Stream(Stream),
    /// Nothing, and the message why.
    Unreadable(String),
}

/// Whether an input that begins so may be cut.
pub(crate) type MaySplit<'p> = &'p (dyn Fn(&[u8]) -> bool + Sync);

/// Gives one item after the other; shared by all workers behind a lock.
pub(crate) struct Source<'p> {
    inputs: Inputs,
    may_split: MaySplit<'p>,
    piece_bytes: u64,
    sequence: u64,
    split: Option<Split>,
    /// An input that was looked at and comes next.
    held: Option<Result<Found, String>>,
}

/// The input that is being cut up.
enum Split {
    File(Arc<str>, Piece),
    Lines(Arc<str>, Stream, u64),
}

/// How a file is to be read.
enum Opened {
    /// In pieces.
    Split(Piece),
    /// Once only, since it is a pipe or the like.
    Stream(Stream),
    /// As a whole, by the worker; it has so many bytes.
    Later(u64),
}

impl<'p> Source<'p> {
    pub(crate) fn new(inputs: Inputs, may_split: MaySplit<'p>, piece_bytes: u64) -> Self {
        Source { inputs, may_split, piece_bytes, sequence: 0, split: None, held: None }
    }

    /// The next item; none at the end of all inputs, or when the run is to stop.
    pub(crate) fn next(&mut self, control: &Control) -> Option<Item> {
        if !control.window.admit(self.sequence) {
            return None;
        }
        let item = match self.split.take() {
            Some(Split::File(name, rest)) => self.cut(name, rest),
            Some(Split::Lines(name, rest, offset)) => self.lines(name, rest, offset, control)?,
            None => match self.held.take().or_else(|| self.inputs.next())? {
                Ok(Found::Stdin) => {
                    let stream = self.stream_of(io::stdin());
                    self.stream(Arc::from("stdin"), stream, control)?
                }
                Ok(Found::File(path)) => self.file(path, control)?,
                Err(message) => self.item(Arc::from(""), 0, true, Body::Unreadable(message)),
            },
        };
        (!control.is_stopped()).then_some(item)
    }

    fn item(&mut self, name: Arc<str>, offset: u64, last: bool, body: Body) -> Item {
        let sequence = self.sequence;
        self.sequence += 1;
        Item { sequence, name, offset, last, body, further: Vec::new() }
    }

    fn file(&mut self, path: PathBuf, control: &Control) -> Option<Item> {
        let name: Arc<str> = Arc::from(path.to_string_lossy());
        match self.open(&path) {
            Ok(Opened::Split(whole)) => Some(self.cut(name, whole)),
            Ok(Opened::Stream(stream)) => self.stream(name, stream, control),
            Ok(Opened::Later(bytes)) => {
                let mut item = self.item(name, 0, true, Body::Whole(path));
                // Where events are remembered in the order of the input, each file is an item, so
                // that few have to wait for their turn.
                if bytes < SMALL_BYTES && control.recall.is_none() {
                    item.further = self.small_files(bytes);
                }
                Some(item)
            }
            Err(error) => Some(self.unreadable(name, &error)),
        }
    }

    /// The files that come next as long as they are small, behind one of so many bytes.
    fn small_files(&mut self, mut bytes: u64) -> Vec<(Arc<str>, PathBuf)> {
        let mut files = Vec::new();
        while bytes < TOGETHER_BYTES && files.len() < TOGETHER_FILES {
            let found = self.inputs.next();
            let small = match &found {
                Some(Ok(Found::File(path))) => small_bytes(path).map(|bytes| (path.clone(), bytes)),
                _ => None,
            };
            let Some((path, more)) = small else {
                self.held = found;
                break;
            };
            bytes += more;
            files.push((Arc::from(path.to_string_lossy()), path));
        }
        files
    }

    /// Tells how a file is to be read; most are left to the worker to be opened.
    fn open(&self, path: &PathBuf) -> io::Result<Opened> {
        let metadata = path.metadata()?;
        if !metadata.is_file() {
            return Ok(Opened::Stream(self.stream_of(File::open(path)?)));
        }
        if metadata.len() < 2 * self.piece_bytes {
            return Ok(Opened::Later(metadata.len()));
        }
        let whole = Piece { file: Arc::new(File::open(path)?), start: 0, end: u64::MAX };
        let mut head = Vec::new();
        whole.clone().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
        Ok(match (self.may_split)(&head) {
            true => Opened::Split(whole),
            false => Opened::Later(metadata.len()),
        })
    }

    fn stream_of(&self, reader: impl io::Read + Send + 'static) -> Stream {
        Stream::new(reader, STREAM_PIECE_BYTES_MAX.min(self.piece_bytes as usize))
    }

    /// Takes the next piece off what is left of a file.
    fn cut(&mut self, name: Arc<str>, mut rest: Piece) -> Item {
        let offset = rest.start;
        match next_cut(&rest.file, rest.start + self.piece_bytes) {
            Ok(Some(cut)) => {
                let mut piece = rest.clone();
                piece.end = cut;
                rest.start = cut;
                self.split = Some(Split::File(name.clone(), rest));
                self.item(name, offset, false, Body::Piece(piece))
            }
            Ok(None) => self.item(name, offset, true, Body::Piece(rest)),
            Err(error) => self.unreadable(name, &error),
        }
    }

    fn stream(&mut self, name: Arc<str>, stream: Stream, control: &Control) -> Option<Item> {
        let may_split = stream.peek(HEAD_BYTES, control, self.may_split)?;
        match may_split {
            true => self.lines(name, stream, 0, control),
            false => Some(self.item(name, 0, true, Body::Stream(stream))),
        }
    }

    fn lines(
        &mut self,
        name: Arc<str>,
        stream: Stream,
        offset: u64,
        control: &Control,
    ) -> Option<Item> {
        Some(match stream.lines(control)? {
            Next::Lines(lines) => {
                let rest = Split::Lines(name.clone(), stream.clone(), offset + lines.len() as u64);
                self.split = Some(rest);
                self.item(name, offset, false, Body::Lines(lines, stream))
            }
            Next::Last(lines) => self.item(name, offset, true, Body::Lines(lines, stream)),
            Next::TooLong => self.item(name, offset, true, Body::Stream(stream)),
            Next::Failed(error) => self.unreadable(name, &error),
        })
    }

    fn unreadable(&mut self, name: Arc<str>, error: &io::Error) -> Item {
        let message = cannot_read(&name, error);
        self.item(name, 0, true, Body::Unreadable(message))
    }
}

/// How many bytes a file has, if it is a small one.
fn small_bytes(path: &Path) -> Option<u64> {
    let metadata = path.metadata().ok()?;
    (metadata.is_file() && metadata.len() < SMALL_BYTES).then_some(metadata.len())
}

#[cfg(test)]
mod tests;
