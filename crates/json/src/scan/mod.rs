//! The first pass: text in, the place and first byte of every token out.
//!
//! A token is one of `{ } [ ] : ,` outside strings, the opening quote of a string, or the first
//! byte of anything else that is neither blank nor inside a string. The pass knows nothing of the
//! grammar; it stops at the first byte that no grammar could save (a control character or a bad
//! escape inside a string, a backslash outside), so that what precedes that byte can still be used.

mod scalar;
#[cfg(all(target_arch = "x86_64", not(miri)))]
mod vector;

use crate::error::{Error, ErrorKind};
use crate::isa::Isa;

/// How many entries beyond the tokens a pass may overwrite, and how many zeros end an index.
pub(crate) const SLACK: usize = 64;

/// The text is scanned in strides of this many bytes, so that the buffers grow with the number of
/// tokens and not with the worst case of one token a byte.
const STRIDE: usize = 16 * 1024;

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
            let size = need.max(self.kinds.len() * 2);
            self.positions.resize(size, 0);
            self.kinds.resize(size, 0);
        }
    }

    /// Ends the tokens with zeros, at `end` bytes.
    fn seal(&mut self, end: usize) {
        self.reserve(0);
        self.kinds[self.count..self.count + SLACK].fill(0);
        self.positions[self.count..self.count + SLACK].fill(end as u32);
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
    /// The offset of a block that holds the first byte above 0x7f.
    pub(crate) non_ascii: Option<usize>,
}

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
        at = end;
    }
    // Vector paths look at whole blocks, so the line feeds and blanks counted may lie behind the
    // place where they stopped; whoever asks has an error by then.
    let open = stop.map_or(state.in_string != 0, |(_, open)| open);
    if open && tokens.count > first && tokens.kinds[tokens.count - 1] == b'"' {
        tokens.count -= 1;
    }
    let mut stop = stop.map(|(error, _)| error);
    let bad = state
        .non_ascii
        .and_then(|block| invalid_utf8(text, block.max(from)));
    if let Some(offset) = bad
        && stop.is_none_or(|error: Error| offset <= error.offset)
    {
        let kept = &tokens.positions[first..tokens.count];
        tokens.count = first + kept.partition_point(|&p| (p as usize) < offset);
        drop_torn_string(text, first, offset, tokens);
        stop = Some(Error::new(ErrorKind::Utf8, offset));
    }
    tokens.seal(text.len());
    Outcome { state, stop }
}

/// Scans one stride; on a stop, also says whether it lies inside a string.
fn stride(
    isa: Isa,
    text: &[u8],
    from: usize,
    to: usize,
    tokens: &mut Tokens,
    state: &mut State,
) -> Option<(Error, bool)> {
    match isa {
        #[cfg(all(target_arch = "x86_64", not(miri)))]
        // SAFETY: `Index` takes no path that `Isa::is_usable` refuses, and `scan` has made room.
        Isa::Avx512 => unsafe { vector::avx512(text, from, to, tokens, state) },
        #[cfg(all(target_arch = "x86_64", not(miri)))]
        // SAFETY: as above.
        Isa::Avx2 => unsafe { vector::avx2(text, from, to, tokens, state) },
        _ => scalar::stride(text, from, to, tokens, state),
    }
}

/// Drops the last token if it opens a string that `offset`, where the text went bad, lies in.
fn drop_torn_string(text: &[u8], first: usize, offset: usize, tokens: &mut Tokens) {
    if tokens.count == first || tokens.kinds[tokens.count - 1] != b'"' {
        return;
    }
    let start = tokens.positions[tokens.count - 1] as usize;
    let mut escaped = false;
    for &byte in &text[start + 1..offset] {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return,
            _ => {}
        }
    }
    tokens.count -= 1;
}

/// The offset of the first byte at or after `from` that no UTF-8 text could hold.
///
/// A character that the end of the text cuts is not counted: the string around it is open, and the
/// document incomplete.
fn invalid_utf8(text: &[u8], from: usize) -> Option<usize> {
    // The block may begin inside a character whose first byte was in the block before only if that
    // byte was above 0x7f, and then the block before would have been named.
    let error = simdutf8::compat::from_utf8(&text[from..]).err()?;
    error.error_len()?;
    Some(from + error.valid_up_to())
}
