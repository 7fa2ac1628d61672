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

use super::scalar::{self, is_escape};
use super::{State, Stop, Tokens};
use crate::sixteen::Native;

/// One bit a byte of a block of 64, lowest first.
#[derive(Clone, Copy)]
struct Masks {
    backslash: u64,
    quote: u64,
    /// `{ } [ ] : ,`
    operator: u64,
    /// Up to 0x20: blanks, and what may stand nowhere.
    low: u64,
    /// Below 0x20.
    control: u64,
    /// Above 0x7f; not zero if any is, wherever.
    non_ascii: u64,
}

/// The blanks of a block.
#[derive(Clone, Copy)]
struct Blanks {
    /// Space, tab, line feed, carriage return.
    all: u64,
    newline: u64,
}

/// What a set of vector instructions has to offer.
trait Block {
    /// The 64 bytes at `block`, classified.
    ///
    /// # Safety
    /// 64 bytes are readable at `block`, and the machine has the instructions.
    unsafe fn masks(block: *const u8) -> Masks;

    /// The blanks among the 64 bytes at `block`: for blocks that have something low outside
    /// strings, which are few where nobody has indented the text.
    ///
    /// # Safety
    /// As for `masks`.
    unsafe fn blanks(block: *const u8) -> Blanks;

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
    /// As for `masks`; one more byte is readable, and 64 entries are writable there.
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
    unsafe fn run(pass: &mut Pass, text: &[u8], blocks: Blocks, valid: u64) {
        // SAFETY: the caller's promises; `Native` needs nothing that the target does not have.
        unsafe { pass.run::<sixteen::Registers<Native>>(text, blocks, valid) }
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
    unsafe fn run(pass: &mut Pass, text: &[u8], blocks: Blocks, valid: u64) {
        // SAFETY: the caller's promises.
        unsafe { pass.run::<avx512::Avx512>(text, blocks, valid) }
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
    unsafe fn run(pass: &mut Pass, text: &[u8], blocks: Blocks, valid: u64) {
        // SAFETY: the caller's promises.
        unsafe { pass.run::<avx2::Avx2>(text, blocks, valid) }
    }
    // SAFETY: the caller's promises.
    unsafe { stride(text, from, to, tokens, state, run) }
}

/// [`Pass::run`] with a set of instructions.
type Run = unsafe fn(&mut Pass, &[u8], Blocks, u64);

/// Blocks one behind the other. A byte behind the last is readable.
#[derive(Clone, Copy)]
struct Blocks {
    first: *const u8,
    count: usize,
}

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
    let (count, at) = (tokens.count, from);
    let mut pass = Pass {
        state: *state,
        at,
        positions,
        kinds,
        count,
        non_ascii: 0,
        trouble: 0,
        rare: Rare::default(),
    };
    // A byte behind the last block has to be there, so the end of the text is moved elsewhere.
    let whole = (to - from).saturating_sub(usize::from(to == text.len())) / 64;
    let blocks = Blocks { first: text[from..].as_ptr(), count: whole };
    // SAFETY: the caller promises the instructions, and room for every token of the stride; the
    // text goes on behind the blocks.
    unsafe { run(&mut pass, text, blocks, !0) };
    let rest = &text[from + whole * 64..to];
    if !rest.is_empty() {
        let mut last = [b' '; 65];
        last[..rest.len()].copy_from_slice(rest);
        let valid = !0 >> (64 - rest.len());
        let blocks = Blocks { first: last.as_ptr(), count: 1 };
        // SAFETY: as above; there is a byte behind the block.
        unsafe { run(&mut pass, text, blocks, valid) };
    }
    if pass.trouble != 0 {
        // Few strides have an error. The reference tells which comes first.
        return scalar::stride(text, from, to, tokens, state);
    }
    tokens.count = pass.count;
    *state = pass.state;
    // Bytes in strings look like words here; other paths, which may take over, know better.
    state.in_word &= !state.in_string;
    state.blanks |= pass.rare.spaces != 0;
    state.newlines += pass.rare.newlines;
    if pass.non_ascii != 0 && state.non_ascii.is_none() {
        state.non_ascii = Some(from);
    }
    None
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
    /// Bytes above 0x7f.
    non_ascii: u64,
    /// Not zero if there was an error somewhere.
    trouble: u64,
    rare: Rare,
}

/// What few blocks have: it stays in memory, and takes no registers from the others.
#[derive(Clone, Copy, Default)]
struct Rare {
    /// Blanks outside strings that are no line feeds.
    spaces: u64,
    /// How many line feeds there were outside strings.
    newlines: u64,
}

impl Pass {
    /// Takes in blocks, of which the `valid` bytes count, errors and all: these are only noted.
    /// Nothing is called here, so that all that it needs can stay in registers.
    ///
    /// # Safety
    /// The machine has the instructions of `B`, and 64 entries behind those for every token of the
    /// blocks are writable.
    #[inline(always)]
    unsafe fn run<B: Block>(&mut self, text: &[u8], blocks: Blocks, valid: u64) {
        let mut own = *self;
        for number in 0..blocks.count {
            // SAFETY: the caller's promises.
            unsafe {
                let block = blocks.first.add(number * 64);
                let masks = B::masks(block);
                let bits = own.step::<B>(text, block, &masks, valid, &mut self.rare);
                own.non_ascii |= masks.non_ascii;
                let to = (own.positions.add(own.count), own.kinds.add(own.count));
                B::emit(block, bits, own.at as u32, to);
                own.count += bits.count_ones() as usize;
            }
            own.at += 64;
        }
        *self = Pass { rare: self.rare, ..own };
    }

    /// Takes in one block; gives the first bytes of its tokens.
    ///
    /// # Safety
    /// As for [`Block::masks`].
    #[inline(always)]
    unsafe fn step<B: Block>(
        &mut self,
        text: &[u8],
        block: *const u8,
        masks: &Masks,
        valid: u64,
        rare: &mut Rare,
    ) -> u64 {
        let state = &mut self.state;
        let escaped = state.escaped_bytes(masks.backslash);
        let quote = masks.quote & !escaped;
        // SAFETY: the caller's promise.
        let in_string = unsafe { B::prefix_xor(quote) } ^ state.in_string;
        state.in_string = ((in_string as i64) >> 63) as u64;

        // What is low outside strings is a blank, or an error.
        let word = !(masks.operator | masks.low | quote);
        let word_goes_on = word << 1 | state.in_word;
        state.in_word = word >> 63;
        // An opening quote is the first byte of a string and lies in `in_string`; the closing one
        // lies outside, where it must not be taken for a token.
        let inside = in_string ^ quote;
        let tokens = (masks.operator | ((word | quote) & !word_goes_on)) & !inside;

        self.trouble |= (masks.control & in_string) | (masks.backslash & !in_string);
        let low = masks.low & !in_string & valid;
        if low != 0 {
            // SAFETY: the caller's promise.
            let blanks = unsafe { B::blanks(block) };
            self.trouble |= low & !blanks.all;
            rare.spaces |= low & !blanks.newline;
            rare.newlines += u64::from((low & blanks.newline).count_ones());
        }
        if escaped != 0 {
            // SAFETY: the caller's promise.
            let mut odd = escaped & !unsafe { B::simple_escapes(block) };
            while odd != 0 {
                let bit = odd.trailing_zeros() as usize;
                odd &= odd - 1;
                // Nobody is to count this place along from block to block.
                let at = std::hint::black_box(self.at) + bit;
                // What the end of the text has cut off is no error.
                self.trouble |= u64::from(at < text.len() && !is_escape(text, at));
            }
        }
        tokens & valid
    }
}

/// Writes a position and a kind for each bit set, one after the other.
///
/// # Safety
/// 65 bytes are readable at `block`; 64 entries are writable where they go.
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
            // SAFETY: `slot` < 64; with no bit left, `bit` is 64.
            unsafe {
                *positions.add(slot) = base.wrapping_add(bit);
                *kinds.add(slot) = *block.add(bit as usize);
            }
        }
        at += 8;
    }
}

impl State {
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
