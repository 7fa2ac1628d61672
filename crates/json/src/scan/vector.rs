//! The pass over 64 bytes at a time: what all vector paths share.
//!
//! The method is the one that simdjson made known (Langdale and Lemire, "Parsing gigabytes of JSON
//! per second", 2019): bytes become bit masks, and strings, escapes and words are told apart by
//! arithmetic on those masks.

#[cfg(all(target_arch = "x86_64", not(miri)))]
mod avx2;
#[cfg(all(target_arch = "x86_64", not(miri)))]
mod avx512;
mod sixteen;
#[cfg(test)]
mod tests;

use super::scalar::hex_digits;
use super::{State, Stop, Tokens};
use crate::error::{Error, ErrorKind};
use crate::sixteen::Native;

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
    /// Above 0x7f; not zero if any is, wherever.
    non_ascii: u64,
}

/// What a set of vector instructions has to offer.
trait Block {
    /// The 64 bytes at `block`, classified.
    ///
    /// # Safety
    /// 64 bytes are readable at `block`, and the machine has the instructions.
    unsafe fn masks(block: *const u8) -> Masks;

    /// The bytes that make an escape with a backslash before them, but for `u`.
    ///
    /// # Safety
    /// As for `masks`.
    unsafe fn simple_escapes(block: *const u8) -> u64;

    /// Bit `i` of the result is the parity of the bits 0 to `i` of `bits`.
    ///
    /// # Safety
    /// The machine has the instructions.
    unsafe fn prefix_xor(bits: u64) -> u64;

    /// Writes a position and a kind for each bit set, at `to`.
    ///
    /// # Safety
    /// As for `masks`; 64 entries are writable there.
    unsafe fn emit(block: *const u8, bits: u64, base: u32, to: (*mut u32, *mut u8));
}

/// # Safety
/// `tokens` has room for one token a byte and [`SLACK`](super::SLACK) more.
pub(super) unsafe fn sixteen(
    text: &[u8],
    from: usize,
    to: usize,
    tokens: &mut Tokens,
    state: &mut State,
) -> Option<Stop> {
    #[inline(never)]
    unsafe fn run(pass: &mut Pass, blocks: &[[u8; 64]], valid: u64) -> Option<Found> {
        // SAFETY: the caller's promises; `Native` needs nothing that the target does not have.
        unsafe { pass.run::<sixteen::Registers<Native>>(blocks, valid) }
    }
    // SAFETY: the caller's promise.
    unsafe { stride(text, from, to, tokens, state, run) }
}

/// # Safety
/// The machine has the instructions of [`Isa::Avx512`](crate::Isa), and `tokens` has room for one
/// token a byte and [`SLACK`](super::SLACK) more.
#[cfg(all(target_arch = "x86_64", not(miri)))]
pub(super) unsafe fn avx512(
    text: &[u8],
    from: usize,
    to: usize,
    tokens: &mut Tokens,
    state: &mut State,
) -> Option<Stop> {
    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2")]
    #[target_feature(enable = "avx2,pclmulqdq,bmi1,bmi2,lzcnt,popcnt")]
    unsafe fn run(pass: &mut Pass, blocks: &[[u8; 64]], valid: u64) -> Option<Found> {
        // SAFETY: the caller's promises.
        unsafe { pass.run::<avx512::Avx512>(blocks, valid) }
    }
    // SAFETY: the caller's promises.
    unsafe { stride(text, from, to, tokens, state, run) }
}

/// # Safety
/// The machine has the instructions of [`Isa::Avx2`](crate::Isa), and `tokens` has room for one
/// token a byte and [`SLACK`](super::SLACK) more.
#[cfg(all(target_arch = "x86_64", not(miri)))]
pub(super) unsafe fn avx2(
    text: &[u8],
    from: usize,
    to: usize,
    tokens: &mut Tokens,
    state: &mut State,
) -> Option<Stop> {
    #[target_feature(enable = "avx2,pclmulqdq,bmi1,bmi2,lzcnt,popcnt")]
    unsafe fn run(pass: &mut Pass, blocks: &[[u8; 64]], valid: u64) -> Option<Found> {
        // SAFETY: the caller's promises.
        unsafe { pass.run::<avx2::Avx2>(blocks, valid) }
    }
    // SAFETY: the caller's promises.
    unsafe { stride(text, from, to, tokens, state, run) }
}

/// [`Pass::run`] with a set of instructions.
type Run = unsafe fn(&mut Pass, &[[u8; 64]], u64) -> Option<Found>;

/// # Safety
/// The machine has the instructions that `run` is made for, and `tokens` has room for one token a
/// byte and `SLACK` more.
#[inline(always)]
unsafe fn stride(
    text: &[u8],
    from: usize,
    to: usize,
    tokens: &mut Tokens,
    state: &mut State,
    run: Run,
) -> Option<Stop> {
    debug_assert!(tokens.count + to - from + 64 <= tokens.kinds.len().min(tokens.positions.len()));
    let (positions, kinds) = (tokens.positions.as_mut_ptr(), tokens.kinds.as_mut_ptr());
    let count = tokens.count;
    let mut pass =
        Pass { state: *state, at: from, positions, kinds, count, spaces: 0, non_ascii: 0 };
    let (whole, rest) = text[from..to].as_chunks::<64>();
    // SAFETY: the caller promises the instructions, and room for every token of the stride.
    let mut stop = unsafe { pass.blocks(text, whole, !0, run) };
    if !rest.is_empty() && stop.is_none() {
        let mut block = [b' '; 64];
        block[..rest.len()].copy_from_slice(rest);
        let valid = (1u64 << rest.len()) - 1;
        // SAFETY: as above.
        stop = unsafe { pass.blocks(text, &[block], valid, run) };
    }
    tokens.count = pass.count;
    *state = pass.state;
    state.blanks |= pass.spaces != 0;
    if pass.non_ascii != 0 && state.non_ascii.is_none() {
        state.non_ascii = Some(from);
    }
    stop
}

/// A stride in the making.
#[derive(Clone, Copy)]
struct Pass {
    state: State,
    /// Where in the text the next block begins.
    at: usize,
    /// Where the first token of all goes.
    positions: *mut u32,
    kinds: *mut u8,
    /// How many tokens have been written.
    count: usize,
    /// Blanks outside strings that are no line feeds.
    spaces: u64,
    /// Bytes above 0x7f.
    non_ascii: u64,
}

/// What is known of a block that has to be looked at more closely.
type Found = (Masks, Step);

impl Pass {
    /// Takes in blocks, of which the `valid` bytes count, up to the first error.
    ///
    /// # Safety
    /// The machine has the instructions that `run` is made for, and 64 entries behind those for
    /// every token of the blocks are writable.
    #[inline(always)]
    unsafe fn blocks(
        &mut self,
        text: &[u8],
        blocks: &[[u8; 64]],
        valid: u64,
        run: Run,
    ) -> Option<Stop> {
        let from = self.at;
        let mut left = blocks;
        // SAFETY: the caller's promises.
        while let Some((masks, step)) = unsafe { run(self, left, valid) } {
            let (block, behind) = blocks[(self.at - from) / 64..].split_first()?;
            left = behind;
            let stop = judge(text, self.at, &masks, &step);
            let valid = stop.map_or(valid, |(error, _)| valid & below(error.offset, self.at));
            let bits = self.note(&masks, &step, valid);
            // SAFETY: the caller promises room for 64 entries.
            unsafe { emit_by_eight(block.as_ptr(), bits, self.at as u32, self.next()) };
            self.step_over(bits);
            if stop.is_some() {
                return stop;
            }
        }
        None
    }

    /// Takes in blocks, of which the `valid` bytes count, up to one that has to be looked at more
    /// closely. Nothing is called here, so that all that it needs can stay in registers.
    ///
    /// # Safety
    /// As for `blocks`, with the instructions of `B`.
    #[inline(always)]
    unsafe fn run<B: Block>(&mut self, blocks: &[[u8; 64]], valid: u64) -> Option<Found> {
        let mut own = *self;
        for block in blocks {
            let block = block.as_ptr();
            // SAFETY: the block has 64 bytes; the rest is what the caller promises.
            unsafe {
                let masks = B::masks(block);
                let step = own.state.step::<B>(block, &masks);
                if step.trouble != 0 {
                    *self = own;
                    return Some((masks, step));
                }
                let bits = own.note(&masks, &step, valid);
                B::emit(block, bits, own.at as u32, own.next());
                own.step_over(bits);
            }
        }
        *self = own;
        None
    }

    /// Notes what a block has beside tokens; gives these.
    #[inline(always)]
    fn note(&mut self, masks: &Masks, step: &Step, valid: u64) -> u64 {
        let outside = !step.in_string & valid;
        self.spaces |= masks.blank & !masks.newline & outside;
        self.state.newlines += u64::from((masks.newline & outside).count_ones());
        self.non_ascii |= masks.non_ascii;
        step.tokens & valid
    }

    /// Where the next token goes.
    ///
    /// # Safety
    /// There is room for the tokens so far.
    #[inline(always)]
    unsafe fn next(&self) -> (*mut u32, *mut u8) {
        // SAFETY: the caller's promise.
        unsafe { (self.positions.add(self.count), self.kinds.add(self.count)) }
    }

    /// Counts the tokens of a block that is done.
    #[inline(always)]
    fn step_over(&mut self, bits: u64) {
        self.count += bits.count_ones() as usize;
        self.at += 64;
    }
}

/// Writes a position and a kind for each bit set, one after the other.
///
/// # Safety
/// 64 bytes are readable at `block`; 64 entries are writable where they go.
#[inline(always)]
unsafe fn emit_by_eight(
    block: *const u8,
    bits: u64,
    base: u32,
    (positions, kinds): (*mut u32, *mut u8),
) {
    let count = bits.count_ones() as usize;
    let mut left = bits;
    let mut at = 0;
    // Eight at a time, without asking which of the eight exist: what is written too much lies
    // in the slack or is written over by the next block.
    while at < count {
        for slot in at..at + 8 {
            let bit = left.trailing_zeros();
            left &= left.wrapping_sub(1);
            // SAFETY: `slot` < 64; with no bit left, `bit` is 64 and is masked to byte 0.
            unsafe {
                *positions.add(slot) = base.wrapping_add(bit);
                *kinds.add(slot) = *block.add((bit & 63) as usize);
            }
        }
        at += 8;
    }
}

/// A mask of the bytes of the block at `at` that lie before `offset`.
fn below(offset: usize, at: usize) -> u64 {
    match offset.saturating_sub(at) {
        n if n < 64 => (1 << n) - 1,
        _ => !0,
    }
}

/// What one block has told.
#[derive(Clone, Copy)]
struct Step {
    /// The first bytes of tokens.
    tokens: u64,
    /// The bytes in strings, with the opening quotes and without the closing ones.
    in_string: u64,
    /// The bytes that a backslash before them escapes.
    escaped: u64,
    /// Bytes to be looked at more closely: some of them may be errors.
    trouble: u64,
}

impl State {
    /// Takes in one block.
    ///
    /// # Safety
    /// As for [`Block::masks`].
    #[inline(always)]
    unsafe fn step<B: Block>(&mut self, block: *const u8, masks: &Masks) -> Step {
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
        let tokens = (masks.operator | ((word | quote) & !word_goes_on)) & !inside;

        let mut trouble = masks.control & (in_string | !masks.blank);
        trouble |= masks.backslash & !in_string;
        if escaped != 0 {
            // SAFETY: the caller's promise.
            trouble |= escaped & !unsafe { B::simple_escapes(block) };
        }
        Step { tokens, in_string, escaped, trouble }
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

/// Looks closely at the block at `at`, and gives its first error, if it has one.
#[cold]
#[inline(never)]
fn judge(text: &[u8], at: usize, masks: &Masks, step: &Step) -> Option<Stop> {
    let place = |bits: u64| (bits != 0).then(|| bits.trailing_zeros());
    let control = place(masks.control & (step.in_string | !masks.blank)).map(|bit| {
        let error = Error::new(ErrorKind::Control, at + bit as usize);
        (error, step.in_string >> bit & 1 != 0)
    });
    let stray = place(masks.backslash & !step.in_string)
        .map(|bit| (Error::new(ErrorKind::Escape, at + bit as usize), false));
    let escape = bad_escape(text, at, step.escaped).map(|error| (error, true));
    let errors = [control, stray, escape].into_iter().flatten();
    // Of a stray backslash and what it seems to escape, the backslash comes first in the list.
    errors.min_by_key(|(error, _)| error.offset)
}

/// The first escape of the block at `at` that JSON does not know.
fn bad_escape(text: &[u8], at: usize, mut escaped: u64) -> Option<Error> {
    while escaped != 0 {
        let bit = escaped.trailing_zeros() as usize;
        escaped &= escaped - 1;
        let good = match text.get(at + bit) {
            None | Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => true,
            Some(b'u') => hex_digits(text, at + bit + 1),
            Some(_) => false,
        };
        if !good {
            return Some(Error::new(ErrorKind::Escape, at + bit - 1));
        }
    }
    None
}
