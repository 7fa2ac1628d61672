//! JSON text in the making, with its tokens: valid by the way it is made, so that nobody has to
//! scan and check it.

use crate::output::{Literal, Output};
use crate::string::Str;
use crate::{escape, words};

/// The name of a member, ready to be written: `"name":"`.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    literal: Literal,
    /// The length of the name with its quotes.
    length: u32,
}

impl Key {
    /// The longest name that fits.
    pub const LENGTH_MAX: usize = Literal::LENGTH_MAX - 4;

    /// A name of ASCII letters, digits and the like, to be made as a constant.
    ///
    /// # Panics
    /// If it is longer than [`LENGTH_MAX`](Key::LENGTH_MAX), or needs to be escaped.
    pub const fn new(name: &str) -> Self {
        let name = name.as_bytes();
        assert!(name.len() <= Key::LENGTH_MAX, "a name that is too long for a key");
        let mut text = [0; Literal::LENGTH_MAX];
        text[0] = b'"';
        let mut at = 0;
        while at < name.len() {
            let byte = name[at];
            assert!(byte >= b' ' && byte < 0x7f && byte != b'"' && byte != b'\\', "plain ASCII");
            text[at + 1] = byte;
            at += 1;
        }
        (text[at + 1], text[at + 2], text[at + 3]) = (b'"', b':', b'"');
        let Some(literal) = Literal::new(text.split_at(at + 4).0) else { panic!("a short text") };
        Key { literal, length: at as u32 + 2 }
    }
}

/// An object in the making: its text and its tokens, in memory that is used again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub(crate) text: Vec<u8>,
    pub(crate) positions: Vec<u32>,
    pub(crate) kinds: Vec<u8>,
    /// Opening brackets with those that close them, by token.
    pub(crate) links: Vec<(u32, u32)>,
}

/// A state of a draft to come back to.
#[derive(Clone, Copy)]
struct Mark {
    text: usize,
    tokens: usize,
    links: usize,
}

impl Draft {
    /// Whether nothing is made.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// How many bytes of text it has.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Becomes equal to `other`, in the memory at hand.
    pub fn copy_from(&mut self, other: &Draft) {
        self.text.clone_from(&other.text);
        self.positions.clone_from(&other.positions);
        self.kinds.clone_from(&other.kinds);
        self.links.clone_from(&other.links);
    }

    /// Forgets what is made.
    fn clear(&mut self) {
        self.reset(Mark { text: 0, tokens: 0, links: 0 });
    }

    /// Makes one object: inside an object of one member for each of `names`, an object with the
    /// members that `write` adds. If there is none, nothing is made.
    pub fn object<'n>(
        &mut self,
        names: impl Iterator<Item = &'n str> + Clone,
        write: impl FnOnce(&mut Object<'_>),
    ) {
        self.clear();
        for name in names.clone() {
            self.token(b'{');
            let at = self.text.len() as u32;
            escape::quote_into(name, &mut self.text);
            self.tokens([at, self.text.len() as u32], *b"\":");
            self.text.push(b':');
        }
        let open = self.open(b'{');
        write(&mut Object { draft: self });
        if self.kinds.last() == Some(&b'{') {
            return self.clear();
        }
        self.close(open, b'}');
        for _ in names {
            let open = self.links.last().map_or(0, |&(open, _)| open.saturating_sub(3));
            let close = self.kinds.len() as u32;
            self.links.push((open, close));
            self.token(b'}');
        }
    }

    #[inline(always)]
    fn tokens<const N: usize>(&mut self, positions: [u32; N], kinds: [u8; N]) {
        self.positions.extend_from_slice(&positions);
        self.kinds.extend_from_slice(&kinds);
    }

    /// Appends a token of one byte.
    #[inline(always)]
    fn token(&mut self, byte: u8) {
        self.tokens([self.text.len() as u32], [byte]);
        self.text.push(byte);
    }

    /// Opens a bracket, and gives its token.
    fn open(&mut self, bracket: u8) -> u32 {
        let open = self.kinds.len() as u32;
        self.token(bracket);
        open
    }

    /// Closes a bracket, in place of the comma behind the last value.
    fn close(&mut self, open: u32, bracket: u8) {
        if self.kinds.last() == Some(&b',') {
            self.text.pop();
            self.positions.pop();
            self.kinds.pop();
        }
        self.links.push((open, self.kinds.len() as u32));
        self.token(bracket);
    }

    /// Appends a name and its colon.
    #[inline(always)]
    fn key(&mut self, key: &Key) {
        let at = self.text.len() as u32;
        let mut out = Output::new(&mut self.text);
        out.literal(&key.literal);
        // No string follows, so its quote is taken back.
        out.take_back(1);
        drop(out);
        self.tokens([at, at + key.length], *b"\":");
    }

    /// Appends a word or number, and a comma.
    #[inline(always)]
    fn word(&mut self, word: &[u8]) {
        let at = self.text.len() as u32;
        let mut out = Output::new(&mut self.text);
        out.short(word);
        out.byte(b',');
        drop(out);
        let first = word.first().copied().unwrap_or_default();
        self.tokens([at, at + word.len() as u32], [first, b',']);
    }

    /// Appends a bracket, what `write` adds, the other bracket and a comma; nothing if it adds
    /// nothing, and then says so.
    #[inline]
    fn group(&mut self, brackets: [u8; 2], write: impl FnOnce(&mut Self)) -> bool {
        let open = self.open(brackets[0]);
        write(self);
        let any = self.kinds.len() as u32 > open + 1;
        self.close(open, brackets[1]);
        self.token(b',');
        any
    }

    #[inline(always)]
    fn mark(&self) -> Mark {
        Mark { text: self.text.len(), tokens: self.kinds.len(), links: self.links.len() }
    }

    fn reset(&mut self, mark: Mark) {
        self.text.truncate(mark.text);
        self.positions.truncate(mark.tokens);
        self.kinds.truncate(mark.tokens);
        self.links.truncate(mark.links);
    }
}

/// Appends the text of a string and its closing quote and a comma.
#[inline(always)]
fn body(text: &str, out: &mut Output<'_>) {
    let bytes = text.as_bytes();
    let escaped = words::any(bytes, |word| {
        words::below(word, b' ') | words::equal(word, b'"') | words::equal(word, b'\\')
    });
    match escaped {
        false => out.short(bytes),
        true => out.with(|out| escape::body_into(bytes, out)),
    }
    out.array(b"\",");
}

/// Adds members to an object.
#[derive(Debug)]
pub struct Object<'d> {
    draft: &'d mut Draft,
}

impl Object<'_> {
    /// A string, escaped as it has to be.
    #[inline(never)]
    pub fn text(&mut self, key: &Key, text: &str) {
        self.string(key, |out| body(text, out));
    }

    /// A string that needs no escape, as its source vouches for: a word of the program, or a piece
    /// of the text of a string that has none. Any other makes the object one that is not JSON.
    #[inline(never)]
    pub fn plain(&mut self, key: &Key, text: &str) {
        debug_assert!(!text.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\'));
        self.string(key, |out| {
            out.short(text.as_bytes());
            out.array(b"\",");
        });
    }

    /// A string as it stands in a text, escapes and all.
    #[inline]
    pub fn raw(&mut self, key: &Key, text: Str<'_>) {
        self.string(key, |out| {
            out.short(text.raw());
            out.array(b"\",");
        });
    }

    #[inline(always)]
    fn string(&mut self, key: &Key, write: impl FnOnce(&mut Output<'_>)) {
        let draft = &mut *self.draft;
        let at = draft.text.len() as u32;
        let mut out = Output::new(&mut draft.text);
        out.literal(&key.literal);
        write(&mut out);
        drop(out);
        let comma = draft.text.len() as u32 - 1;
        let colon = at + key.length;
        draft.tokens([at, colon, colon + 1, comma], *b"\":\",");
    }

    /// `true` or `false`.
    #[inline(never)]
    pub fn flag(&mut self, key: &Key, flag: bool) {
        let draft = &mut *self.draft;
        let at = draft.text.len() as u32;
        let mut out = Output::new(&mut draft.text);
        out.literal(&key.literal);
        // No string follows, so its quote is taken back.
        out.take_back(1);
        match flag {
            true => out.array(b"true,"),
            false => out.array(b"false,"),
        }
        drop(out);
        let (colon, comma) = (at + key.length, draft.text.len() as u32 - 1);
        draft.tokens(
            [at, colon, colon + 1, comma],
            [b'"', b':', if flag { b't' } else { b'f' }, b','],
        );
    }

    /// An integer.
    #[inline]
    pub fn integer(&mut self, key: &Key, number: i64) {
        self.draft.key(key);
        self.draft.word(number.to_string().as_bytes());
    }

    /// An object, left out if no member is added to it.
    #[inline]
    pub fn object(&mut self, key: &Key, write: impl FnOnce(&mut Object<'_>)) {
        self.group(key, *b"{}", |draft| write(&mut Object { draft }));
    }

    /// A list, left out if no element is added to it.
    #[inline]
    pub fn list(&mut self, key: &Key, write: impl FnOnce(&mut List<'_>)) {
        self.group(key, *b"[]", |draft| write(&mut List { draft }));
    }

    #[inline]
    fn group(&mut self, key: &Key, brackets: [u8; 2], write: impl FnOnce(&mut Draft)) {
        let mark = self.draft.mark();
        self.draft.key(key);
        if !self.draft.group(brackets, write) {
            self.draft.reset(mark);
        }
    }
}

/// Adds elements to a list.
#[derive(Debug)]
pub struct List<'d> {
    draft: &'d mut Draft,
}

impl List<'_> {
    /// A string, escaped as it has to be.
    pub fn text(&mut self, text: &str) {
        let draft = &mut *self.draft;
        let at = draft.text.len() as u32;
        let mut out = Output::new(&mut draft.text);
        out.byte(b'"');
        body(text, &mut out);
        drop(out);
        draft.tokens([at, draft.text.len() as u32 - 1], *b"\",");
    }

    /// An object, left out if no member is added to it.
    pub fn object(&mut self, write: impl FnOnce(&mut Object<'_>)) {
        let mark = self.draft.mark();
        if !self.draft.group(*b"{}", |draft| write(&mut Object { draft })) {
            self.draft.reset(mark);
        }
    }
}
