//! Passes over the text of a document that look at every place of one byte.

use crate::anchors::Suspects;
use trailmill_stage::event::json::Tokens;

/// Notes the strings of a document in which there is something.
pub(crate) struct Look<'s, 'a> {
    pub(crate) tokens: Tokens<'a>,
    pub(crate) suspects: &'s mut Suspects,
}

impl Look<'_, '_> {
    /// Adds the string around a byte; gives the byte at which the next token begins.
    #[inline]
    pub(crate) fn note(&mut self, at: usize) -> usize {
        let token = self.tokens.at(at);
        if self.tokens.kinds().get(token) == Some(&b'"') {
            self.suspects.push(token as u32);
        }
        self.behind(token, at)
    }

    #[inline]
    fn behind(&self, token: usize, at: usize) -> usize {
        let next = self.tokens.positions().get(token + 1).map_or(0, |&next| next as usize);
        next.max(at + 1)
    }

    /// Looks at every place of a byte, and notes the strings of those that are hits.
    pub(crate) fn at_each(
        &mut self,
        text: &[u8],
        byte: u8,
        start: usize,
        is_hit: impl Fn(&[u8], usize) -> bool,
    ) {
        // Once for each string: the rest of it is passed over.
        let mut from = start;
        for at in memchr::memchr_iter(byte, &text[start..]) {
            let at = start + at;
            if at >= from && is_hit(text, at) {
                from = self.note(at);
            }
        }
    }

    /// Twelve digits in a row reach over one of every twelve bytes.
    pub(crate) fn at_digits(&mut self, text: &[u8], start: usize) {
        let is_digit = |at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
        let mut from = start;
        for at in (start..text.len()).step_by(12) {
            if at < from || !is_digit(at) {
                continue;
            }
            let before = (1..12).take_while(|back| at >= *back && is_digit(at - back)).count();
            let behind = (1..12).take_while(|next| is_digit(at + next)).count();
            if before + behind >= 11 {
                from = self.note(at);
            }
        }
    }
}

/// Whether a point is inside four numbers.
pub(crate) fn is_in_ipv4(text: &[u8], at: usize) -> bool {
    let is_digit = |at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
    if !is_digit(at + 1) || at == 0 || !is_digit(at - 1) {
        return false;
    }
    let rest = text[at..].iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.');
    rest.take(16).filter(|byte| **byte == b'.').count() == 3
}

/// Whether a colon is the first in an address: behind a digit, or before another colon.
pub(crate) fn is_in_ipv6(text: &[u8], at: usize) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_hexdigit() || *byte == b':';
    let before = at.checked_sub(1).map_or(b' ', |before| text[before]);
    let next = text.get(at + 1).copied().unwrap_or(b' ');
    let is_start = !before.is_ascii_alphanumeric() && before != b':' && next == b':';
    let is_inside = before.is_ascii_hexdigit() && is_part(&next);
    if !is_start && !is_inside {
        return false;
    }
    let length = text[at..].iter().take(40).take_while(|byte| is_part(byte)).count();
    let run = &text[at..at + length];
    run.iter().filter(|byte| **byte == b':').count() >= 3 || run.windows(2).any(|two| two == b"::")
}

/// Whether a plus sign is that of a telephone number.
pub(crate) fn is_before_digit(text: &[u8], at: usize) -> bool {
    text.get(at + 1).is_some_and(u8::is_ascii_digit)
        && (at == 0 || !text[at - 1].is_ascii_alphanumeric())
}
