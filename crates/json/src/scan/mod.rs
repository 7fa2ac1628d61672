//! The first pass: text in, the place and first byte of every token out.
//!
//! A token is one of `{ } [ ] : ,` outside strings, the opening quote of a string, or the first
//! byte of anything else that is neither blank nor inside a string. The pass knows nothing of the
//! grammar; it stops at the first byte that no grammar could save (a control character that is no
//! blank, any control character or bad escape inside a string, a backslash outside, bytes that are
//! not UTF-8), so that what precedes that byte can still be used. No token has kind zero, then,
//! but for those that end the tokens.

mod scalar;
mod swar;
mod vector;

use crate::error::{Error, ErrorKind};
use crate::isa::Isa;
use crate::sixteen::IS_NATIVE;

/// How many entries beyond the tokens a pass may overwrite, and how many zeros end an index: a
/// block of the vector paths, where there are any.
pub(crate) const SLACK: usize = if cfg!(target_arch = "x86_64") || IS_NATIVE { 64 } else { 8 };

/// The text is scanned in strides of this many bytes, so that the buffers grow with the number of
/// tokens and not with the worst case of one token a byte.
const STRIDE: usize = 16 * 1024;

/// From how many tokens on their buffers grow slowly.
const LARGE: usize = 1 << 18;

/// Where tokens go: grow-only buffers of which the first `count` entries are tokens.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tokens {
    /// Byte offset of each token.
    pub(crate) positions: Vec<u32>,
    /// First byte of each token; zero after the last.
    pub(crate) kinds: Vec<u8>,
    /// How many tokens there are.
    pub(crate) count: usize,
}

impl Tokens {
    /// Makes room for `more` tokens and the slack behind them.
    fn reserve(&mut self, more: usize) {
        let need = self.count + more + SLACK;
        if self.kinds.len() < need {
            // Large ones grow by less, as all of it is written to; their memory is moved page by
            // page, which costs next to nothing.
            let grown = match self.kinds.len() {
                size @ ..LARGE => size * 2,
                size => size + size / 8,
            };
            let size = need.max(grown);
            self.positions.resize(size, 0);
            self.kinds.resize(size, 0);
        }
    }

    /// Adds tokens of a text that begins at `from`.
    pub(crate) fn extend(&mut self, positions: &[u32], kinds: &[u8], from: u32) {
        let more = positions.len().min(kinds.len());
        self.reserve(more);
        let here = self.count..self.count + more;
        self.kinds[here.clone()].copy_from_slice(&kinds[..more]);
        for (to, position) in self.positions[here].iter_mut().zip(positions) {
            *to = from.wrapping_add(*position);
        }
        self.count += more;
    }

    /// Ends the tokens with zeros, at `end` bytes.
    pub(crate) fn seal(&mut self, end: usize) {
        self.reserve(0);
        self.kinds[self.count..self.count + SLACK].fill(0);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        self.positions[self.count..self.count + SLACK].fill(end);
    }

    /// Where the tokens end, once they are sealed: before the stop, or with the text.
    pub(crate) fn end(&self) -> usize {
        self.positions[self.count] as usize
    }
}

/// What the pass carries from one stride to the next, and what it has seen so far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct State {
    /// All ones inside a string, else zero.
    in_string: u64,
    /// One if the next byte is escaped.
    escaped: u64,
    /// One if the last byte was part of a bare word.
    in_word: u64,
    /// Outside strings, blanks that are no line feeds were seen.
    pub(crate) blanks: bool,
    /// Line feeds outside strings.
    pub(crate) newlines: u64,
    /// From where on the text is still to be checked for UTF-8: the offset of a block that holds
    /// a byte above 0x7f, or of a character that the stride before cut.
    non_ascii: Option<usize>,
}

/// Why and where a pass stops, and whether that place is inside a string.
type Stop = (Error, bool);

/// What a pass found out beside the tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outcome {
    /// The final state.
    pub(crate) state: State,
    /// Why and where the pass stopped before the end of the text.
    pub(crate) stop: Option<Error>,
}

/// Scans `text[from..]` and appends its tokens.
pub(crate) fn scan(isa: Isa, text: &[u8], from: usize, tokens: &mut Tokens) -> Outcome {
    let first = tokens.count;
    let mut state = State::default();
    let mut stop = None;
    let mut at = from;
    while at < text.len() && stop.is_none() {
        let end = text.len().min(at + STRIDE);
        tokens.reserve(end - at);
        stop = stride(isa, text, at, end, tokens, &mut state);
        if let Some(offset) = invalid_utf8(&text[..end], end < text.len(), &mut state)
            && stop.is_none_or(|(error, _)| offset < error.offset)
        {
            stop = Some(cut_at(text, first, offset, tokens));
        }
        at = end;
    }
    if stop.is_none() && state.in_string != 0 {
        stop = Some((Error::new(ErrorKind::Incomplete, text.len()), true));
    }
    let end = stop.map_or(text.len(), |stop| settle(text, first, stop, tokens));
    tokens.seal(end);
    Outcome { state, stop: stop.map(|(error, _)| error) }
}

/// Scans one stride.
fn stride(
    isa: Isa,
    text: &[u8],
    from: usize,
    to: usize,
    tokens: &mut Tokens,
    state: &mut State,
) -> Option<Stop> {
    match isa {
        #[cfg(all(target_arch = "x86_64", not(miri)))]
        // SAFETY: `Index` takes no path that `Isa::is_usable` refuses, and `scan` has made room.
        Isa::Avx512 => unsafe { vector::avx512(text, from, to, tokens, state) },
        #[cfg(all(target_arch = "x86_64", not(miri)))]
        // SAFETY: as above.
        Isa::Avx2 => unsafe { vector::avx2(text, from, to, tokens, state) },
        // SAFETY: `scan` has made room.
        Isa::Neon | Isa::Simd128 if IS_NATIVE => unsafe {
            vector::sixteen(text, from, to, tokens, state)
        },
        Isa::Swar => swar::stride(text, from, to, tokens, state),
        _ => scalar::stride(text, from, to, tokens, state),
    }
}

/// The offset of the first byte that no UTF-8 text could hold, among those still to be checked.
///
/// A character that the end of `text` cuts is left for the next time if there is `more`, and else
/// not counted: the string around it is open, and the document incomplete.
fn invalid_utf8(text: &[u8], more: bool, state: &mut State) -> Option<usize> {
    // A block that begins inside a character has one before it that is noted already.
    let from = state.non_ascii.take()?;
    let error = simdutf8::compat::from_utf8(&text[from..]).err()?;
    let offset = from + error.valid_up_to();
    if error.error_len().is_some() {
        return Some(offset);
    }
    state.non_ascii = more.then_some(offset);
    None
}

/// Takes back the tokens from `offset` on, where the text is not UTF-8.
fn cut_at(text: &[u8], first: usize, offset: usize, tokens: &mut Tokens) -> Stop {
    let kept = &tokens.positions[first..tokens.count];
    tokens.count = first + kept.partition_point(|&p| (p as usize) < offset);
    let open = tokens.count > first
        && tokens.kinds[tokens.count - 1] == b'"'
        && is_open(&text[tokens.positions[tokens.count - 1] as usize + 1..offset]);
    (Error::new(ErrorKind::Utf8, offset), open)
}

/// Whether a string whose opening quote precedes `text` goes on behind it.
fn is_open(text: &[u8]) -> bool {
    let mut escaped = false;
    for &byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return false,
            _ => {}
        }
    }
    true
}

/// Drops the token of a string that the stop has torn; gives the place where the tokens end.
///
/// That place, not the end of the text, is what the last token reaches to, so that a value before
/// the stop is what it was.
fn settle(text: &[u8], first: usize, (error, open): Stop, tokens: &mut Tokens) -> usize {
    let end = error.offset;
    if tokens.count == first {
        return end;
    }
    let last = tokens.count - 1;
    match tokens.kinds[last] {
        b'"' if open => {
            tokens.count = last;
            tokens.positions[last] as usize
        }
        b'"' | b'{' | b'}' | b'[' | b']' | b':' | b',' => end,
        _ if matches!(text[end - 1], b' ' | b'\t' | b'\n' | b'\r') => end,
        // The stop is part of a bare word, which the walk is to see, and to refuse.
        _ => text.len().min(end + 1),
    }
}
