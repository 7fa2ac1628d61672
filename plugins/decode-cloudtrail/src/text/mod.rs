//! JSON text to records: window after window, value after value.
//!
//! A window is a piece of the text that begins at a value. It is indexed once, its values are
//! validated one after the other and pushed if they are records, and the batch is handed on. The
//! next window begins at the first value that the window did not hold to its end.

mod blob;
mod documents;
mod elements;
mod gaps;
mod refuse;
mod search;
mod value;

use crate::fault::{DOCUMENT_TOO_LARGE, NOT_JSON, RECORD_TOO_LARGE, of_json};
use crate::feed::Feed;
use crate::paths::Paths;
use crate::run::{Run, Stop};
use crate::shape;
use gaps::Gaps;
use search::Search;
use trailmill_stage::Fault;
use trailmill_stage::event::Batch;
use trailmill_stage::event::json::{Error, ErrorKind};

/// What is known of a text from the texts around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Level {
    /// What it travels in.
    pub(crate) paths: Paths,
    /// When CloudWatch Logs took it.
    pub(crate) logs_time_ms: Option<i64>,
    /// How many texts it is inside of.
    pub(crate) depth: u8,
}

impl Level {
    /// The text of an input.
    pub(crate) const TOP: Level = Level { paths: Paths::TOP, logs_time_ms: None, depth: 0 };
}

/// A text on its way into records.
pub(crate) struct Text<'t, 'r> {
    run: &'t mut Run<'r>,
    feed: Feed<'t>,
    batch: &'t mut Batch,
    level: Level,
    state: State,
    /// What the records of the window travel in. It is a guess until the first is met.
    container: &'static str,
    /// The size of the next window, and how much text must be at hand for it.
    size: usize,
    need: usize,
    /// Whether the window is the last.
    last: bool,
    gaps: Gaps,
    /// How many elements of the open container were met.
    count: u64,
}

/// What the text is in the middle of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing: a document comes next.
    Documents,
    /// An array.
    Elements(Bracket, Next),
    /// `{"Records": [...]`, behind its array.
    Wrapper,
}

/// What kind of array is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bracket {
    /// A document of its own.
    Array,
    /// That of `{"Records": [...]}`.
    LogFile,
}

/// What comes next in an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// The first element, or the end.
    First,
    /// An element.
    Element,
    /// A comma, or the end.
    Comma,
}

/// What one step through a window has come to.
enum Step {
    /// This token is next.
    To(usize),
    /// The window is at its end.
    End(End),
}

/// Why a window is at its end, with the byte of the window up to which it was read.
#[derive(Clone, Copy, Debug)]
enum End {
    /// All was read.
    Done(usize),
    /// The value here goes on behind the window.
    Torn(usize),
    /// The value here can not be read.
    Bad(usize, Fault),
    /// Base64 of something compressed stands here.
    Blob(usize),
    /// The record here travels in something else than the records before.
    Turn(usize, &'static str),
    /// The text can not be read from here on.
    Dead(usize, Fault),
}

impl<'t, 'r> Text<'t, 'r> {
    /// A text at its start.
    pub(crate) fn new(
        run: &'t mut Run<'r>,
        feed: Feed<'t>,
        batch: &'t mut Batch,
        level: Level,
    ) -> Self {
        let size = run.tuning.window;
        let container = guess(feed.rest(), &level.paths);
        Text {
            run,
            feed,
            batch,
            level,
            state: State::Documents,
            container,
            size,
            need: 1,
            last: false,
            gaps: Gaps::default(),
            count: 0,
        }
    }

    /// Reads the text to its end.
    pub(crate) fn decode(mut self) -> Result<(), Stop> {
        while self.load()? {
            let end = self.values()?;
            self.settle(end)?;
        }
        self.close()
    }

    /// Takes in the next window; says whether there is one.
    fn load(&mut self) -> Result<bool, Stop> {
        while self.wants_more() && self.more()? {}
        let rest = self.feed.rest().len();
        if rest == 0 {
            return Ok(false);
        }
        let size = rest.min(self.size.max(self.need));
        self.last = size == rest && self.feed.is_ended();
        self.gaps = Gaps::default();
        let source = self.run.source(self.container);
        self.batch.load(self.feed.window(size), self.feed.offset(), source);
        Ok(true)
    }

    /// Whether the text at hand is too little for a window.
    fn wants_more(&self) -> bool {
        let rest = self.feed.rest().len();
        rest < self.need || rest < self.size / 2 && self.feed.is_flowing()
    }

    /// Gets more text, if there is more, and says so.
    fn more(&mut self) -> Result<bool, Stop> {
        // The window is let go first, so that its memory can be filled again.
        self.batch.clear();
        self.feed.more().map_err(Stop::Dead)
    }

    /// Goes through the window.
    fn values(&mut self) -> Result<End, Stop> {
        let mut token = 0;
        loop {
            let step = match self.state {
                State::Documents => self.document(token)?,
                State::Elements(bracket, next) => self.element(bracket, next, token)?,
                State::Wrapper => self.wrapper(token),
            };
            match step {
                Step::To(next) => token = next,
                Step::End(end) => return Ok(end),
            }
        }
    }

    /// Hands on what the window held, and goes on behind it.
    fn settle(&mut self, end: End) -> Result<(), Stop> {
        let (End::Done(at)
        | End::Torn(at)
        | End::Bad(at, _)
        | End::Blob(at)
        | End::Turn(at, _)
        | End::Dead(at, _)) = end;
        let length = self.batch.text().len();
        self.gaps.skip_to(at);
        self.hand_on()?;
        self.feed.advance(at);
        self.need = 1;
        match end {
            End::Done(_) => self.size = self.grown(),
            End::Torn(_) => return self.grow(length - at, at > 0),
            End::Bad(_, fault) => return self.refuse(fault),
            End::Blob(_) => return self.open_blob(),
            // The window is indexed once more, so it had better be small if this happens often.
            End::Turn(_, container) => {
                self.container = container;
                self.size = if at > 0 { self.run.tuning.window_min } else { self.size };
            }
            End::Dead(_, fault) => return Err(Stop::Dead(fault)),
        }
        Ok(())
    }

    /// The size of the next window after one that went well.
    fn grown(&self) -> usize {
        (self.size * 2).clamp(self.run.tuning.window_min, self.run.tuning.window)
    }

    /// Makes room for a value of which the window has held its last `held` bytes.
    fn grow(&mut self, held: usize, went_on: bool) -> Result<(), Stop> {
        let limit = self.limit(self.feed.rest());
        if held >= limit {
            return self.refuse(self.too_large(limit).at(self.feed.offset()));
        }
        if !went_on
            && self.state == State::Documents
            && self.batch.index().blanks().newlines == 0
            && let Some(line) = self.line(held, limit)?
        {
            (self.need, self.size) = (line, line);
            return Ok(());
        }
        self.need = held + 1;
        // A window is never larger than the largest value, so that the size of windows makes no
        // difference for what is too large.
        self.size = if went_on { self.grown() } else { (held * 2).min(limit) };
        Ok(())
    }

    /// How long the line is that the text begins with, beyond its first `known` bytes; `None` if
    /// it is longer than `limit`.
    ///
    /// A large value without line feeds is most likely a line. To look for its end is far cheaper
    /// than to index more and more of it, from its start each time.
    fn line(&mut self, known: usize, limit: usize) -> Result<Option<usize>, Stop> {
        let mut from = known;
        loop {
            let text = self.feed.rest();
            let text = &text[..text.len().min(limit)];
            let rest = text.get(from..).unwrap_or_default();
            if let Some(end) = memchr::memchr(b'\n', rest) {
                return Ok(Some(from + end + 1));
            }
            from = text.len();
            if from == limit {
                return Ok(None);
            }
            if !self.more()? {
                return Ok(Some(from));
            }
        }
    }

    /// The most bytes that the value at the start of `text` may have.
    fn limit(&self, text: &[u8]) -> usize {
        let options = self.run.options;
        match self.state {
            State::Documents if !shape::starts_plain_record(text) => options.document_bytes_max,
            _ => options.record_bytes_max,
        }
    }

    /// The fault for a value above that limit.
    fn too_large(&self, limit: usize) -> Fault {
        if limit == self.run.options.record_bytes_max {
            return Fault::new(&RECORD_TOO_LARGE).limited_by("record_bytes_max", limit as u64);
        }
        Fault::new(&DOCUMENT_TOO_LARGE).limited_by("document_bytes_max", limit as u64)
    }

    /// Hands on the records of the window so far.
    fn hand_on(&mut self) -> Result<(), Stop> {
        self.batch.set_dense(self.gaps.hold_all(self.batch.index().blanks()));
        self.run.hand_on(self.batch)
    }

    /// Why `validate` has refused the value at `token`, or that it needs more text.
    fn failed(&self, token: usize, error: Error) -> End {
        let at = self.batch.index().position(token);
        if !self.last && self.is_cut(error) {
            return End::Torn(at);
        }
        let limit = self.limit(&self.batch.text()[at..]);
        if error.offset - at >= limit {
            return End::Bad(at, self.too_large(limit).at(self.batch.offset() + at as u64));
        }
        End::Bad(at, of_json(error, self.batch.offset()))
    }

    /// Whether more text could make an error good.
    fn is_cut(&self, error: Error) -> bool {
        let index = self.batch.index();
        error.kind == ErrorKind::Incomplete
            || !index.is_empty()
                && error.offset >= index.position(index.len() - 1)
                && self.is_open()
    }

    /// Whether the last token may go on behind the window, as a word may, or a character.
    fn is_open(&self) -> bool {
        let stop = self.batch.index().stop();
        !self.last && stop.is_none_or(|stop| stop.kind == ErrorKind::Incomplete)
    }

    /// The end of the window where `token` may not stand, in a place where `end` follows.
    fn misplaced(&self, token: usize, end: impl FnOnce(usize, Fault) -> End) -> End {
        let index = self.batch.index();
        let at = index.position(token);
        if token + 1 == index.len() && !index.kind(token).is_ascii() && self.is_open() {
            return End::Torn(at);
        }
        let place = self.batch.offset() + at as u64;
        end(at, Fault::new(&NOT_JSON).found(ErrorKind::Syntax.message()).at(place))
    }

    /// The end of the window where there are no more tokens.
    fn out_of_tokens(&self) -> End {
        let text = self.batch.text();
        let blanks = text[self.gaps.edge()..].iter().take_while(|byte| is_blank(**byte));
        let at = self.gaps.edge() + blanks.count();
        match self.batch.index().stop() {
            Some(_) if self.is_open() => End::Torn(at),
            Some(stop) => End::Bad(at, of_json(stop, self.batch.offset())),
            None => End::Done(text.len()),
        }
    }
}

/// What records are likely to travel in that begin a text like this. A wrong guess costs that the
/// first window is indexed twice.
fn guess(text: &[u8], paths: &Paths) -> &'static str {
    let text = text.trim_ascii_start();
    let inside = text.strip_prefix(b"{").map(<[u8]>::trim_ascii_start);
    match inside {
        Some(inside) if inside.starts_with(b"\"Records\"") => paths.log_file,
        None if text.starts_with(b"[") => paths.array,
        _ => paths.bare,
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}
