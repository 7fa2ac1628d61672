//! The pass over 64 bytes at a time: what all vector paths share.
//!
//! The method is the one that simdjson made known (Langdale and Lemire, "Parsing gigabytes of JSON
//! per second", 2019): bytes become bit masks, and strings, escapes and words are told apart by
//! arithmetic on those masks.

mod avx2;
mod avx512;

use super::scalar::hex_digits;
use super::{State, Tokens};
use crate::error::{Error, ErrorKind};

/// One bit a byte of a block of 64, lowest first.
#[derive(Clone, Copy)]
struct Masks {
    backslash: u64,
    quote: u64,
    /// `{ } [ ] : ,`
    operator: u64,
    /// Space, tab, line feed, carriage return.
    blank: u64,
    newline: u64,
    /// Below 0x20.
    control: u64,
    /// Above 0x7f.
    non_ascii: u64,
}

/// What a set of vector instructions has to offer.
trait Block {
    /// The 64 bytes at `block`, classified.
    ///
    /// # Safety
    /// 64 bytes are readable at `block`, and the machine has the instructions.
    unsafe fn masks(block: *const u8) -> Masks;

    /// Bit `i` of the result is the parity of the bits 0 to `i` of `bits`.
    ///
    /// # Safety
    /// The machine has the instructions.
    unsafe fn prefix_xor(bits: u64) -> u64;

    /// Writes a position and a kind for each bit set.
    ///
    /// # Safety
    /// As for `masks`; 64 entries are writable at `positions` and at `kinds`.
    unsafe fn emit(block: *const u8, bits: u64, base: u32, positions: *mut u32, kinds: *mut u8);
}

/// # Safety
/// The machine has the instructions of [`Isa::Avx512`](crate::Isa), and `tokens` has room for one
/// token a byte and [`SLACK`](super::SLACK) more.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2")]
#[target_feature(enable = "avx2,pclmulqdq,bmi1,bmi2,lzcnt,popcnt")]
pub(super) unsafe fn avx512(
    text: &[u8],
    from: usize,
    to: usize,
    tokens: &mut Tokens,
    state: &mut State,
) -> Option<(Error, bool)> {
    // SAFETY: the caller's promises are those of `stride`.
    unsafe { stride::<avx512::Avx512>(text, from, to, tokens, state) }
}

/// # Safety
/// The machine has the instructions of [`Isa::Avx2`](crate::Isa), and `tokens` has room for one
/// token a byte and [`SLACK`](super::SLACK) more.
#[target_feature(enable = "avx2,pclmulqdq,bmi1,bmi2,lzcnt,popcnt")]
pub(super) unsafe fn avx2(
    text: &[u8],
    from: usize,
    to: usize,
    tokens: &mut Tokens,
    state: &mut State,
) -> Option<(Error, bool)> {
    // SAFETY: the caller's promises are those of `stride`.
    unsafe { stride::<avx2::Avx2>(text, from, to, tokens, state) }
}

/// # Safety
/// The machine has the instructions of `B`, and `tokens` has room for one token a byte and
/// `SLACK` more.
#[inline(always)]
unsafe fn stride<B: Block>(
    text: &[u8],
    from: usize,
    to: usize,
    tokens: &mut Tokens,
    state: &mut State,
) -> Option<(Error, bool)> {
    let mut pass = *state;
    let mut count = tokens.count;
    let mut stop = None;
    let mut at = from;
    while at < to {
        let mut tail = [b' '; 64];
        let (block, valid) = if to - at >= 64 {
            (text[at..].as_ptr(), !0)
        } else {
            tail[..to - at].copy_from_slice(&text[at..to]);
            (tail.as_ptr(), (1u64 << (to - at)) - 1)
        };
        // SAFETY: 64 bytes are readable at `block`: of the text, or of `tail`.
        let masks = unsafe { B::masks(block) };
        // SAFETY: the machine has the instructions.
        let (mut bits, bad) = unsafe { pass.step::<B>(text, at, &masks, valid) };
        if let Some(error) = bad {
            bits &= below(error.0.offset, at);
            stop = bad;
        }
        debug_assert!(count + 64 <= tokens.kinds.len() && count + 64 <= tokens.positions.len());
        // SAFETY: there is room for every token of the stride and 64 more.
        unsafe {
            let positions = tokens.positions.as_mut_ptr().add(count);
            let kinds = tokens.kinds.as_mut_ptr().add(count);
            B::emit(block, bits, at as u32, positions, kinds);
        }
        count += bits.count_ones() as usize;
        if stop.is_some() {
            break;
        }
        at += 64;
    }
    tokens.count = count;
    *state = pass;
    stop
}

/// A mask of the bytes of the block at `at` that lie before `offset`.
fn below(offset: usize, at: usize) -> u64 {
    match offset.saturating_sub(at) {
        n if n < 64 => (1 << n) - 1,
        _ => !0,
    }
}

impl State {
    /// Takes in one block; gives the bits of its tokens, and what is wrong with it.
    ///
    /// # Safety
    /// The machine has the instructions of `B`.
    #[inline(always)]
    unsafe fn step<B: Block>(
        &mut self,
        text: &[u8],
        at: usize,
        masks: &Masks,
        valid: u64,
    ) -> (u64, Option<(Error, bool)>) {
        let escaped = self.escaped_bytes(masks.backslash);
        let quote = masks.quote & !escaped;
        // SAFETY: the caller's promise.
        let in_string = unsafe { B::prefix_xor(quote) } ^ self.in_string;
        self.in_string = ((in_string as i64) >> 63) as u64;

        let word = !(masks.operator | masks.blank | quote);
        let word_goes_on = word << 1 | self.in_word;
        self.in_word = word >> 63;
        // An opening quote is the first byte of a string and lies in `in_string`; the closing one
        // lies outside, where it must not be taken for a token.
        let inside = in_string ^ quote;
        let bits = (masks.operator | ((word | quote) & !word_goes_on)) & !inside;

        let outside = !in_string & valid;
        self.blanks |= masks.blank & !masks.newline & outside != 0;
        self.newlines += u64::from((masks.newline & outside).count_ones());
        if masks.non_ascii != 0 && self.non_ascii.is_none() {
            self.non_ascii = Some(at);
        }

        let mut bad = None;
        if masks.control & in_string != 0 {
            let offset = at + (masks.control & in_string).trailing_zeros() as usize;
            bad = Some((Error::new(ErrorKind::Control, offset), true));
        }
        if masks.backslash | escaped != 0 {
            let found = bad_escape(text, at, masks.backslash, escaped, in_string);
            bad = earliest(bad, found);
        }
        (bits, bad)
    }

    /// The bytes that a backslash before them escapes.
    #[inline(always)]
    fn escaped_bytes(&mut self, backslash: u64) -> u64 {
        if backslash == 0 {
            return std::mem::take(&mut self.escaped);
        }
        // A run of backslashes that begins at an even bit escapes the odd bits behind its start,
        // and the other way round: subtract the starts from the runs and look at the parity.
        const ODD: u64 = 0xaaaa_aaaa_aaaa_aaaa;
        let starts = backslash & !self.escaped;
        let carried = ((starts << 1) | ODD).wrapping_sub(starts);
        let parity = carried ^ ODD;
        let escaped = parity ^ (backslash | self.escaped);
        self.escaped = (parity & backslash) >> 63;
        escaped
    }
}

/// The first bad escape or stray backslash that the block at `at` shows.
#[inline(never)]
fn bad_escape(
    text: &[u8],
    at: usize,
    backslash: u64,
    escaped: u64,
    in_string: u64,
) -> Option<(Error, bool)> {
    let stray = backslash & !in_string;
    let stray = (stray != 0).then(|| at + stray.trailing_zeros() as usize);
    let mut left = escaped;
    while left != 0 {
        let bit = left.trailing_zeros() as usize;
        left &= left - 1;
        let good = match text.get(at + bit) {
            None | Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => true,
            Some(b'u') => hex_digits(text, at + bit + 1),
            Some(_) => false,
        };
        if !good {
            let offset = at + bit - 1;
            if stray.is_some_and(|stray| stray <= offset) {
                break;
            }
            return Some((Error::new(ErrorKind::Escape, offset), true));
        }
    }
    stray.map(|offset| (Error::new(ErrorKind::Escape, offset), false))
}

fn earliest(a: Option<(Error, bool)>, b: Option<(Error, bool)>) -> Option<(Error, bool)> {
    match (a, b) {
        (Some(x), Some(y)) => Some(if y.0.offset < x.0.offset { y } else { x }),
        (x, y) => x.or(y),
    }
}
