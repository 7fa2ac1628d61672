//! The pass over eight bytes at a time, as one number.
//!
//! It is for machines without vector instructions, and for interpreters of WebAssembly, where every
//! instruction counts. Strings are most of CloudTrail: their plain bytes are passed over eight at a
//! time, and what mostly lies between two strings, `":"` and `","`, is taken in at once.

use super::scalar::check_escape;
use super::{State, Stop, Tokens};
use crate::error::{Error, ErrorKind};
use crate::words::ONES;

/// What a byte is outside strings.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Class {
    /// Part of a bare word.
    Word,
    Blank,
    Operator,
    Quote,
    Backslash,
    Control,
}

/// The class of each byte.
static CLASS: [Class; 256] = {
    let mut class = [Class::Word; 256];
    let mut byte = 0;
    while byte < 0x20 {
        class[byte] = Class::Control;
        byte += 1;
    }
    class[b' ' as usize] = Class::Blank;
    class[b'\t' as usize] = Class::Blank;
    class[b'\n' as usize] = Class::Blank;
    class[b'\r' as usize] = Class::Blank;
    class[b'{' as usize] = Class::Operator;
    class[b'}' as usize] = Class::Operator;
    class[b'[' as usize] = Class::Operator;
    class[b']' as usize] = Class::Operator;
    class[b':' as usize] = Class::Operator;
    class[b',' as usize] = Class::Operator;
    class[b'"' as usize] = Class::Quote;
    class[b'\\' as usize] = Class::Backslash;
    class
};

/// A pass in the making.
struct Pass<'t> {
    text: &'t [u8],
    /// The end of the stride.
    to: usize,
    /// Where the next token goes.
    positions: *mut u32,
    kinds: *mut u8,
    state: State,
    /// The first byte above 0x7f.
    non_ascii: usize,
}

/// No byte.
const NOWHERE: usize = usize::MAX;

/// Scans `text[from..to]`; `tokens` has room for one token a byte.
// As the scalar one.
#[inline(never)]
pub(super) fn stride(
    text: &[u8],
    from: usize,
    to: usize,
    tokens: &mut Tokens,
    state: &mut State,
) -> Option<Stop> {
    let room = tokens.kinds.len().min(tokens.positions.len());
    assert!(
        from <= to && to <= text.len() && room >= tokens.count && room - tokens.count >= to - from
    );
    let count = tokens.count;
    // SAFETY: there are at least `count` entries in both.
    let (positions, kinds) =
        unsafe { (tokens.positions.as_mut_ptr().add(count), tokens.kinds.as_mut_ptr().add(count)) };
    let first = kinds;
    let mut pass = Pass { text, to, positions, kinds, state: *state, non_ascii: NOWHERE };
    // SAFETY: there is room for a token a byte, and the range is one of the text.
    let stop = unsafe { pass.run(from) };
    // SAFETY: both point into the kinds, or to their end.
    tokens.count += unsafe { pass.kinds.offset_from(first) } as usize;
    *state = pass.state;
    if pass.non_ascii != NOWHERE {
        state.non_ascii.get_or_insert(pass.non_ascii);
    }
    stop
}

/// Flags, by their highest bits, the bytes that are more than plain text of a string; perhaps also
/// bytes behind the first of them, but none before.
///
/// What is taken from a byte sets its highest bit if the byte is less than that: a control
/// character, or a quote, which is 0x20 if one bit is turned around; a backslash once it is made
/// zero. Bytes above 0x7f have that bit, and keep it in one of both. The borrow can flag a byte
/// above the first one in vain.
#[inline(always)]
fn odd(word: u64) -> u64 {
    let quote = (word ^ (0x02 * ONES)).wrapping_sub(0x21 * ONES);
    let backslash = (word ^ (b'\\' as u64 * ONES)).wrapping_sub(ONES);
    (quote | backslash) & (0x80 * ONES)
}

impl Pass<'_> {
    /// Scans the text from `at` to the end of the stride.
    ///
    /// # Safety
    /// `at` is at most `to`, which is at most the length of the text, and there is room for a token
    /// a byte.
    #[inline(always)]
    unsafe fn run(&mut self, mut at: usize) -> Option<Stop> {
        if self.state.in_string != 0 {
            // SAFETY: as here.
            match unsafe { self.strings(at) } {
                Ok(behind) => at = behind,
                Err(error) => return Some((error, true)),
            }
        }
        while at < self.to {
            // SAFETY: `at` is below `to`, and below 256 is every byte.
            let byte = unsafe { *self.text.get_unchecked(at) };
            match CLASS[usize::from(byte)] {
                Class::Quote => {
                    // A quote directly behind a bare word is part of that malformed word.
                    if self.state.in_word == 0 {
                        // SAFETY: there is room.
                        unsafe { self.token(at, byte) };
                    }
                    self.state.in_word = 0;
                    self.state.in_string = !0;
                    // SAFETY: as here.
                    match unsafe { self.strings(at + 1) } {
                        Ok(behind) => at = behind,
                        Err(error) => return Some((error, true)),
                    }
                    continue;
                }
                Class::Operator => {
                    // SAFETY: there is room.
                    unsafe { self.token(at, byte) };
                    self.state.in_word = 0;
                }
                Class::Word => {
                    // SAFETY: as here.
                    at = unsafe { self.word(at) };
                    continue;
                }
                Class::Blank => {
                    self.state.in_word = 0;
                    self.state.newlines += u64::from(byte == b'\n');
                    self.state.blanks |= byte != b'\n';
                }
                Class::Backslash => return Some((Error::new(ErrorKind::Escape, at), false)),
                Class::Control => return Some((Error::new(ErrorKind::Control, at), false)),
            }
            at += 1;
        }
        None
    }

    /// Appends a token.
    ///
    /// # Safety
    /// There is room for one.
    #[inline(always)]
    unsafe fn token(&mut self, at: usize, byte: u8) {
        // SAFETY: the caller's promise.
        unsafe {
            self.positions.write(at as u32);
            self.kinds.write(byte);
            self.positions = self.positions.add(1);
            self.kinds = self.kinds.add(1);
        }
    }

    /// Goes over a bare word, or what is left of one; gives the offset behind it.
    ///
    /// # Safety
    /// As for `run`; `at` is below `to`.
    #[inline(always)]
    unsafe fn word(&mut self, mut at: usize) -> usize {
        // SAFETY: `at` is below `to` wherever a byte is read, and there is room.
        unsafe {
            if self.state.in_word == 0 {
                self.token(at, *self.text.get_unchecked(at));
            }
            self.state.in_word = 1;
            loop {
                if *self.text.get_unchecked(at) >= 0x80 {
                    self.note_non_ascii(at);
                }
                at += 1;
                if at >= self.to || CLASS[usize::from(*self.text.get_unchecked(at))] != Class::Word
                {
                    return at;
                }
            }
        }
    }

    /// Goes through the inside of a string from `at`, and through those behind it with little
    /// before them; gives the offset behind what it has read.
    ///
    /// # Safety
    /// As for `run`.
    #[inline(always)]
    unsafe fn strings(&mut self, mut at: usize) -> Result<usize, Error> {
        if self.state.escaped != 0 && at < self.to {
            self.state.escaped = 0;
            check_escape(self.text, at)?;
            at += 1;
        }
        loop {
            // SAFETY: as here.
            at = unsafe { self.quick(at) };
            if at >= self.to {
                return Ok(self.to);
            }
            // SAFETY: `at` is below `to`.
            match unsafe { *self.text.get_unchecked(at) } {
                b'"' => {
                    self.state.in_string = 0;
                    return Ok(at + 1);
                }
                b'\\' if at + 1 < self.to => {
                    check_escape(self.text, at + 1)?;
                    at += 2;
                }
                b'\\' => {
                    self.state.escaped = 1;
                    return Ok(self.to);
                }
                byte if byte < b' ' => return Err(Error::new(ErrorKind::Control, at)),
                byte => {
                    if byte >= 0x80 {
                        self.note_non_ascii(at);
                    }
                    at += 1;
                }
            }
        }
    }

    /// Goes through strings with nothing in them and between them but what mostly is there, as long
    /// as the end of the stride is far; gives the offset of what else there is, or of one of the
    /// last bytes.
    ///
    /// # Safety
    /// As for `run`.
    #[inline(always)]
    unsafe fn quick(&mut self, at: usize) -> usize {
        /// With so many bytes left, four can be read behind any of the first sixteen.
        const FAR: usize = 20;
        const COLON: u32 = u32::from_le_bytes(*b"\":\"\0");
        const COMMA: u32 = u32::from_le_bytes(*b"\",\"\0");
        const OPEN: u32 = u32::from_le_bytes(*b"\":{\"");
        const CLOSE: u32 = u32::from_le_bytes(*b"\"},\"");
        // Escapes, of which JSON in strings is full.
        const QUOTE: u16 = u16::from_le_bytes(*b"\\\"");
        const BACKSLASH: u16 = u16::from_le_bytes(*b"\\\\");
        let start = self.text.as_ptr();
        let Some(last) = self.to.checked_sub(FAR) else {
            // SAFETY: as here.
            return unsafe { self.behind_plain(at) };
        };
        // SAFETY: what is read ends within the stride, and there is room for a token a byte.
        unsafe {
            let (mut here, last) = (start.add(at), start.add(last));
            while here <= last {
                let mut found = odd(here.cast::<u64>().read_unaligned().to_le());
                if found == 0 {
                    found = odd(here.add(8).cast::<u64>().read_unaligned().to_le());
                    here = here.add(8);
                    if found == 0 {
                        here = here.add(8);
                        continue;
                    }
                }
                here = here.add(found.trailing_zeros() as usize / 8);
                let four = here.cast::<u32>().read_unaligned().to_le();
                let three = four & 0xff_ffff;
                let at = here.offset_from(start) as usize as u32;
                self.positions.write(at + 1);
                self.positions.add(1).write(at + 2);
                self.kinds.cast::<u16>().write_unaligned(((four >> 8) as u16).to_le());
                if three == COLON || three == COMMA {
                    self.positions = self.positions.add(2);
                    self.kinds = self.kinds.add(2);
                    here = here.add(3);
                } else if four == OPEN || four == CLOSE {
                    self.positions.add(2).write(at + 3);
                    self.kinds.add(2).write(b'"');
                    self.positions = self.positions.add(3);
                    self.kinds = self.kinds.add(3);
                    here = here.add(4);
                } else if matches!(four as u16, QUOTE | BACKSLASH) {
                    here = here.add(2);
                } else {
                    return at as usize;
                }
            }
            self.behind_plain(here.offset_from(start) as usize)
        }
    }

    /// The offset of the first byte from `at` that is more than plain text of a string, or of one
    /// of the last seven of the stride.
    ///
    /// # Safety
    /// As for `run`.
    #[inline(always)]
    unsafe fn behind_plain(&self, at: usize) -> usize {
        let start = self.text.as_ptr();
        let Some(last) = self.to.checked_sub(8) else { return at };
        // SAFETY: eight bytes are readable from wherever is not behind `last` on, and the pointers
        // are of the text, or to its end.
        unsafe {
            let (mut here, last) = (start.add(at), start.add(last));
            while here <= last {
                let found = odd(here.cast::<u64>().read_unaligned().to_le());
                if found != 0 {
                    here = here.add(found.trailing_zeros() as usize / 8);
                    break;
                }
                here = here.add(8);
            }
            here.offset_from(start) as usize
        }
    }

    /// Notes a byte above 0x7f. Nothing that is called here is given the pass, which so can stay in
    /// registers.
    #[inline(always)]
    fn note_non_ascii(&mut self, at: usize) {
        if self.non_ascii == NOWHERE {
            self.non_ascii = at;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every pair of bytes, at every place: also where the borrow of one could hide the other.
    #[test]
    fn plain_bytes_and_no_others_are_passed_over() {
        let is_plain = |byte: u8| (0x20..0x80).contains(&byte) && byte != b'"' && byte != b'\\';
        for first in 0..=u8::MAX {
            for second in 0..=u8::MAX {
                let mut text = [b'a'; 19];
                let place = usize::from(first ^ second) % 18;
                (text[place], text[place + 1]) = (first, second);
                let expected = text.iter().position(|byte| !is_plain(*byte));
                // The last bytes that make no eight are left to the caller.
                let expected = expected.unwrap_or(16).min(16);
                for (to, expected) in [(19, expected), (7, 0), (8, expected.min(8))] {
                    let (positions, kinds) = (std::ptr::null_mut(), std::ptr::null_mut());
                    let (state, non_ascii) = (State::default(), NOWHERE);
                    let pass = Pass { text: &text, to, positions, kinds, state, non_ascii };
                    // SAFETY: the range is one of the text, and no token is written.
                    assert_eq!(unsafe { pass.behind_plain(0) }, expected, "{text:?}");
                }
            }
        }
    }
}
