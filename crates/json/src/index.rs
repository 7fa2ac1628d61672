//! The index: tokens of a text, and for each opening bracket the token that closes it.

use crate::build::Draft;
use crate::error::{Error, ErrorKind};
use crate::isa::Isa;
use crate::scan::{self, SLACK, Tokens};
use crate::value::{Document, Value};
use crate::walk::DEPTH_MAX;

/// The structural index of a text, in buffers that are kept from one text to the next.
///
/// Use [`parse`](Index::parse) for one document. For a text that holds many (JSON lines, a window
/// of a larger file), [`scan`](Index::scan) it once, then [`validate`](Index::validate) value after
/// value: each answers for itself, so a bad one costs its neighbors nothing.
///
/// Memory: nine bytes a token, about one token in eleven bytes of CloudTrail.
#[derive(Clone, Debug)]
pub struct Index {
    isa: Isa,
    pub(crate) tokens: Tokens,
    /// For the token of an opening bracket, once validated: the token of its closing one.
    pub(crate) links: Vec<u32>,
    /// Memory for the walk: the brackets that are open.
    pub(crate) open: [u32; DEPTH_MAX],
    /// How many brackets may be open at once.
    pub(crate) depth_max: usize,
    /// Whether a number was met that may be too large for a double.
    pub(crate) extremes: bool,
    /// How many bytes of text are indexed.
    text_len: usize,
    stop: Option<Error>,
    blanks: Blanks,
}

/// The white space outside strings that a scan has met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Blanks {
    /// Spaces, tabs or carriage returns were there.
    pub spaces: bool,
    /// How many line feeds there were.
    pub newlines: u64,
}

impl Default for Index {
    fn default() -> Self {
        Index::new()
    }
}

impl Index {
    /// An empty index that uses the fastest instructions of this machine.
    pub fn new() -> Self {
        Index::with_isa(Isa::best())
    }

    /// An empty index that uses the instructions named, or none where the machine lacks them.
    pub fn with_isa(isa: Isa) -> Self {
        Index {
            isa: if isa.is_usable() { isa } else { Isa::Scalar },
            tokens: Tokens::default(),
            links: Vec::new(),
            open: [0; DEPTH_MAX],
            depth_max: DEPTH_MAX,
            extremes: false,
            text_len: 0,
            stop: None,
            blanks: Blanks::default(),
        }
    }

    /// Allows fewer brackets to be open at once than [`DEPTH_MAX`].
    #[must_use]
    pub fn with_depth_max(self, brackets: usize) -> Self {
        Index { depth_max: brackets.min(DEPTH_MAX), ..self }
    }

    /// Changes how many brackets may be open at once, at most [`DEPTH_MAX`].
    pub fn set_depth_max(&mut self, brackets: usize) {
        self.depth_max = brackets.min(DEPTH_MAX);
    }

    /// Whether a number was validated, since this was last asked, that may have a magnitude of
    /// 1e308 or more: such a number is good JSON, and there are readers that fail on it.
    pub fn take_extremes(&mut self) -> bool {
        std::mem::take(&mut self.extremes)
    }

    /// The instructions in use.
    pub fn isa(&self) -> Isa {
        self.isa
    }

    /// Forgets the text, keeps the memory.
    pub fn clear(&mut self) {
        self.tokens.count = 0;
        self.text_len = 0;
        self.stop = None;
        self.blanks = Blanks::default();
    }

    /// Indexes and validates a text that holds one document, and gives its root.
    ///
    /// # Errors
    /// The first place where the text stops being JSON.
    pub fn parse<'a>(&'a mut self, text: &'a [u8]) -> Result<Value<'a>, Error> {
        self.clear();
        self.scan(text);
        let end = self.validate(text, 0)?;
        if end != self.len() {
            return Err(Error::new(ErrorKind::Trailing, self.position(end)));
        }
        match self.stop {
            // A string that goes bad, or does not end, has begun behind the document.
            Some(stop) if self.tokens.end() < stop.offset => {
                Err(Error::new(ErrorKind::Trailing, self.tokens.end()))
            }
            Some(stop) => Err(stop),
            None => Ok(self.document(text).value(0)),
        }
    }

    /// Finds the tokens of a text, in place of whatever was indexed before.
    ///
    /// Tokens end at the first byte that no grammar could save; [`stop`](Index::stop) tells which.
    pub fn scan(&mut self, text: &[u8]) {
        self.clear();
        self.extend(text, 0);
    }

    /// Finds the tokens of `text[from..]` and adds them, behind a token of kind 0 that ends those
    /// of `text[..from]`, which must be the text indexed before. Gives the first new token.
    ///
    /// This is how a buffer that only grows is indexed piece by piece. No token reaches from one
    /// piece into the next; [`stop`](Index::stop) and [`blanks`](Index::blanks) speak of the last.
    ///
    /// # Panics
    /// If `from` is not the length of the text indexed before.
    pub fn append(&mut self, text: &[u8], from: usize) -> usize {
        assert_eq!(from, self.text_len, "another text than the one indexed");
        if self.tokens.count > 0 {
            // The scan before left `SLACK` sealed entries; one of them becomes a token.
            self.tokens.count += 1;
        }
        let first = self.tokens.count;
        self.extend(text, from);
        first
    }

    /// Appends the text of a draft to that indexed before, and its tokens to the others, as
    /// [`append`](Index::append) and [`validate`](Index::validate) would. Gives the first of them.
    ///
    /// # Panics
    /// If `text` is not as long as the text that was indexed.
    pub fn adopt(&mut self, draft: &Draft, text: &mut Vec<u8>) -> usize {
        assert_eq!(text.len(), self.text_len, "another text than the one indexed");
        if self.tokens.count > 0 {
            self.tokens.count += 1;
        }
        let (first, from) = (self.tokens.count, text.len() as u32);
        text.extend_from_slice(&draft.text);
        self.text_len = text.len();
        (self.stop, self.blanks) = (None, Blanks::default());
        if u32::try_from(text.len()).is_err() {
            self.stop = Some(Error::new(ErrorKind::TooLong, from as usize));
            return first;
        }
        self.tokens.extend(&draft.positions, &draft.kinds, from);
        self.tokens.seal(text.len());
        if self.links.len() < self.tokens.count + SLACK {
            self.links.resize(self.tokens.kinds.len(), 0);
        }
        for &(open, close) in &draft.links {
            self.links[first + open as usize] = first as u32 + close;
        }
        first
    }

    fn extend(&mut self, text: &[u8], from: usize) {
        self.text_len = text.len();
        if u32::try_from(text.len()).is_ok() {
            let outcome = scan::scan(self.isa, text, from, &mut self.tokens);
            self.stop = outcome.stop;
            self.blanks = Blanks { spaces: outcome.state.blanks, newlines: outcome.state.newlines };
        } else {
            self.tokens.seal(from);
            self.stop = Some(Error::new(ErrorKind::TooLong, from));
            self.blanks = Blanks::default();
        }
        if self.links.len() < self.tokens.count + SLACK {
            self.links.resize(self.tokens.kinds.len(), 0);
        }
    }

    /// How many tokens there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.tokens.count
    }

    /// Whether there are no tokens.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.tokens.count == 0
    }

    /// Why the last scan ended before its text did: [`ErrorKind::Incomplete`] if a string did not
    /// end. What precedes the place can be used.
    pub fn stop(&self) -> Option<Error> {
        self.stop
    }

    /// The white space outside strings that the last scan met; after a [`stop`](Index::stop), all
    /// that precedes it and perhaps some behind.
    pub fn blanks(&self) -> Blanks {
        self.blanks
    }

    /// The byte offset of a token; the length of the text for the one behind the last.
    #[inline]
    pub fn position(&self, token: usize) -> usize {
        match self.tokens.positions[..self.tokens.count].get(token) {
            Some(&position) => position as usize,
            None => self.text_len,
        }
    }

    /// The first byte of a token (`"` for a string); 0 for the one behind the last.
    #[inline]
    pub fn kind(&self, token: usize) -> u8 {
        self.tokens.kinds[..self.tokens.count].get(token).copied().unwrap_or(0)
    }

    /// The first token at or behind a byte offset.
    pub fn token_at(&self, offset: usize) -> usize {
        let positions = &self.tokens.positions[..self.tokens.count];
        positions.partition_point(|&position| (position as usize) < offset)
    }

    /// Checks the value that begins at `token`, and gives the token behind it.
    ///
    /// # Errors
    /// The first place where it stops being JSON; [`ErrorKind::Incomplete`] if the text ends first.
    ///
    /// # Panics
    /// If `text` is not as long as the text that was indexed.
    pub fn validate(&mut self, text: &[u8], token: usize) -> Result<usize, Error> {
        assert_eq!(text.len(), self.text_len, "another text than the one indexed");
        crate::walk::validate(self, text, token)
    }

    /// The text and its index together.
    ///
    /// # Panics
    /// If `text` is not as long as the text that was indexed.
    #[inline]
    pub fn document<'a>(&'a self, text: &'a [u8]) -> Document<'a> {
        assert_eq!(text.len(), self.text_len, "another text than the one indexed");
        Document::new(text, self)
    }
}
