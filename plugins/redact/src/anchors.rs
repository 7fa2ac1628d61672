//! Finds the strings of a record that deserve a closer look, at the speed of memory.
//!
//! What is found here need not be anything; but nothing that a rule is about is in a string that
//! is not found here.

use crate::detect::{DETECTORS, Detector, Needle};
use aho_corasick::packed::{self, Searcher};
use aho_corasick::{AhoCorasick, Input};
use smallvec::SmallVec;
use trailmill_stage::event::json::Tokens;

/// What has to be met before anyone looks closer.
#[derive(Debug)]
pub(crate) struct Anchors {
    needles: Needles,
    /// The detectors without needles, a bit for each.
    always: u32,
    has_email: bool,
    has_url: bool,
    has_ipv4: bool,
    has_ipv6: bool,
    has_phone: bool,
    has_account: bool,
}

/// Several texts, looked for at once.
#[derive(Debug)]
struct Needles {
    searcher: Search,
    needles: Vec<(Needle, u32)>,
}

#[derive(Debug)]
enum Search {
    /// With vector instructions.
    Packed(Box<Searcher>),
    /// Where there are none.
    Automaton(Box<AhoCorasick>),
}

/// The strings to look at, by their tokens.
pub(crate) type Suspects = SmallVec<[u32; 16]>;

impl Anchors {
    /// What the detectors need.
    pub(crate) fn new(detectors: &[Detector]) -> Self {
        let bit = |detector: Detector| 1 << detector as u32;
        let own = DETECTORS.iter().map(|(_, detector)| *detector);
        let own = own.filter(|detector| detectors.contains(detector));
        let pairs = own.clone().flat_map(|detector| {
            detector.needles().iter().map(move |needle| (*needle, bit(detector)))
        });
        let mut needles: Vec<(Needle, u32)> = Vec::new();
        for (needle, bit) in pairs {
            match needles.iter_mut().find(|(known, _)| known.0 == needle.0) {
                Some((_, bits)) => *bits |= bit,
                None => needles.push((needle, bit)),
            }
        }
        let is_unaided = |detector: &Detector| {
            detector.needles().is_empty() || *detector == Detector::ConnectionString
        };
        let always = own.filter(is_unaided);
        Anchors {
            needles: Needles::new(needles),
            always: always.fold(0, |all, detector| all | bit(detector)),
            has_email: detectors.contains(&Detector::Email),
            has_url: detectors.contains(&Detector::ConnectionString),
            has_ipv4: detectors.contains(&Detector::Ipv4),
            has_ipv6: detectors.contains(&Detector::Ipv6),
            has_phone: detectors.contains(&Detector::Phone),
            has_account: detectors.contains(&Detector::AccountId),
        }
    }

    /// Which of the detectors may find something in a text, one bit for each in its order.
    pub(crate) fn detectors(&self, text: &str) -> u32 {
        let mut found = self.always;
        let mut from = 0;
        while let Some((at, detectors)) = self.needles.find(text.as_bytes(), from) {
            found |= detectors;
            from = at + 1;
        }
        found
    }

    /// Adds the strings that have something in them.
    #[inline]
    pub(crate) fn collect(&self, tokens: Tokens<'_>, suspects: &mut Suspects) {
        let span = tokens.span();
        let text = &tokens.text()[..span.end];
        let mut look = Look { tokens, suspects };
        look.at_escapes(text, span.start, self.has_email, self.has_url);
        let mut from = span.start;
        while let Some((at, _)) = self.needles.find(text, from) {
            from = look.note(at);
        }
        if self.has_ipv4 {
            look.at_each(text, b'.', span.start, is_in_ipv4);
        }
        if self.has_ipv6 {
            look.at_each(text, b':', span.start, is_in_ipv6);
        }
        if self.has_phone {
            look.at_each(text, b'+', span.start, is_before_digit);
        }
        if self.has_account {
            look.at_digits(text, span.start);
        }
        suspects.sort_unstable();
        suspects.dedup();
    }
}

impl Needles {
    fn new(needles: Vec<(Needle, u32)>) -> Self {
        let texts = || needles.iter().map(|((text, _), _)| text);
        let searcher = match packed::Config::new().builder().extend(texts()).build() {
            Some(searcher) => Search::Packed(Box::new(searcher)),
            None => {
                let automaton = AhoCorasick::new(texts());
                Search::Automaton(Box::new(automaton.expect("a few short texts")))
            }
        };
        Needles { searcher, needles }
    }

    /// Where the first needle from a byte on begins that is worth a closer look, and the detectors
    /// that look for it.
    #[inline]
    fn find(&self, text: &[u8], mut from: usize) -> Option<(usize, u32)> {
        loop {
            let span = from.min(text.len())..text.len();
            let found = match &self.searcher {
                Search::Packed(searcher) => searcher.find_in(text, span.into()),
                Search::Automaton(automaton) => automaton.find(Input::new(text).span(span)),
            }?;
            let ((_, is_worth_it), detectors) = self.needles[found.pattern().as_usize()];
            if is_worth_it(&text[found.end()..]) {
                return Some((found.start(), detectors));
            }
            from = found.start() + 1;
        }
    }
}

struct Look<'s, 'a> {
    tokens: Tokens<'a>,
    suspects: &'s mut Suspects,
}

impl Look<'_, '_> {
    /// Adds the string around a byte; gives the byte at which the next token begins.
    #[inline]
    fn note(&mut self, at: usize) -> usize {
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

    /// Strings in which characters are escaped that need not be, as a needle may be among them,
    /// those that look like documents, and those with `@` in them.
    #[inline]
    fn at_escapes(&mut self, text: &[u8], start: usize, has_email: bool, has_url: bool) {
        let mut from = start;
        while let Some(at) = memchr::memchr3(b'\\', b'%', b'@', &text[from..]) {
            let at = from + at;
            let token = self.tokens.at(at);
            let raw = self.tokens.string(token).raw();
            from = self.behind(token, at).min(text.len());
            let is_suspect = needs_care(raw)
                || has_email && raw.contains(&b'@')
                || has_url && memchr::memmem::find(raw, b"://").is_some();
            if is_suspect {
                self.suspects.push(token as u32);
            }
        }
    }

    fn at_each(
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
    fn at_digits(&mut self, text: &[u8], start: usize) {
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

/// Whether a string with escapes has to be looked at.
fn needs_care(raw: &[u8]) -> bool {
    let mut rest = raw;
    while let [b' ', tail @ ..] | [b'\\', b'n' | b't' | b'r', tail @ ..] = rest {
        rest = tail;
    }
    // Percent-encoded ones begin with `%7B` or `%5B`.
    let is_document =
        matches!(rest, [b'{' | b'[', ..] | [b'\\', b'"', ..] | [b'%', b'5' | b'7', ..]);
    is_document
        || memchr::memmem::find(raw, b"\\u").is_some()
        || memchr::memmem::find(raw, b"\\/").is_some()
}

/// Whether a point is inside four numbers.
fn is_in_ipv4(text: &[u8], at: usize) -> bool {
    let is_digit = |at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
    if !is_digit(at + 1) || at == 0 || !is_digit(at - 1) {
        return false;
    }
    let rest = text[at..].iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.');
    rest.take(16).filter(|byte| **byte == b'.').count() == 3
}

/// Whether a colon is the first in an address: behind a digit, or before another colon.
fn is_in_ipv6(text: &[u8], at: usize) -> bool {
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

fn is_before_digit(text: &[u8], at: usize) -> bool {
    text.get(at + 1).is_some_and(u8::is_ascii_digit)
        && (at == 0 || !text[at - 1].is_ascii_alphanumeric())
}
