//! Finds the strings of a record that deserve a closer look, at the speed of memory.
//!
//! What is found here need not be anything; but nothing that a rule is about is in a string that
//! is not found here.

use crate::detect::{DETECTORS, Detector, Needle};
use crate::look::{Look, is_before_digit, is_in_ipv4, is_in_ipv6};
use smallvec::SmallVec;
use trailmill_stage::event::json::{Grams, Isa, Tokens};

/// What has to be met before anyone looks closer.
#[derive(Debug)]
pub(crate) struct Anchors {
    grams: Grams,
    /// What the grams of each group may be.
    marks: [Vec<Mark>; 8],
    /// The detectors without needles, a bit for each.
    always: u32,
    /// Whether every string is looked at for whether it is a document, as its beginning is too
    /// short to be found fast without vectors.
    has_documents: bool,
    has_email: bool,
    has_ipv4: bool,
    has_ipv6: bool,
    has_phone: bool,
    has_account: bool,
}

/// What begins at a place.
#[derive(Clone, Copy, Debug)]
enum Mark {
    /// The needle of detectors, a bit for each.
    Needle(Needle, u32),
    /// An escape behind which a needle or name can hide.
    Escape,
    /// A string that may be a document.
    Document,
    /// A URL, perhaps with a password.
    Url,
}

/// The strings to look at, by their tokens.
pub(crate) type Suspects = SmallVec<[u32; 16]>;

/// Escapes of characters that could as well stand for themselves (RFC 8259, section 7).
const ESCAPES: &[&[u8]] = &[b"\\u", b"\\/"];

/// How documents in strings begin; behind white space there may be one, too, and what begins with
/// an escape begins with a quote or white space.
const DOCUMENTS: &[&[u8]] = &[
    b"\"{",
    b"\"[",
    b"\"\\",
    b"\"%5",
    b"\"%7",
    b"\" ",
    // White space of more than one byte: U+0085, U+00A0, U+1680, U+2000 to U+205F, U+3000.
    b"\"\xc2\x85",
    b"\"\xc2\xa0",
    b"\"\xe1\x9a",
    b"\"\xe2\x80",
    b"\"\xe2\x81",
    b"\"\xe3\x80",
];

impl Anchors {
    /// What the detectors need; `has_odd_names` says that there are rules for names that are
    /// written with escapes.
    pub(crate) fn new(isa: Isa, detectors: &[Detector], has_odd_names: bool) -> Self {
        let has = |detector| detectors.contains(&detector);
        let mut marks = found_by(detectors);
        if isa.is_vector() {
            marks.extend(DOCUMENTS.iter().map(|text| (text.to_vec(), Mark::Document)));
        }
        if has_odd_names {
            marks.push((b"\\".to_vec(), Mark::Escape));
        }
        let grams =
            Grams::with_isa(isa, [0, 1, 2, 3], marks.iter().map(|(text, _)| text.as_slice()));
        let mut by_group: [Vec<Mark>; 8] = Default::default();
        for (number, (_, mark)) in marks.into_iter().enumerate() {
            by_group[grams.group(number) % 8].push(mark);
        }
        let own = DETECTORS.iter().map(|(_, detector)| *detector).filter(|it| has(*it));
        let always = own.filter(|detector| detector.needles().is_empty());
        Anchors {
            grams,
            marks: by_group,
            always: always.fold(0, |all, detector| all | 1 << detector as u32),
            has_documents: !isa.is_vector(),
            has_email: has(Detector::Email),
            has_ipv4: has(Detector::Ipv4),
            has_ipv6: has(Detector::Ipv6),
            has_phone: has(Detector::Phone),
            has_account: has(Detector::AccountId),
        }
    }

    /// Which of the detectors may find something in a text, one bit for each in its order.
    pub(crate) fn detectors(&self, text: &str) -> u32 {
        let (mut found, text) = (self.always, text.as_bytes());
        self.grams.each(text, |at, groups| {
            found |= self.met(text, at, groups).0;
        });
        found
    }

    /// Whether somebody has to look at each string with [`may_be_document`], and hand those that
    /// may be documents to [`find`](Anchors::find).
    pub(crate) fn wants_strings(&self) -> bool {
        self.has_documents
    }

    /// Finds the strings that have something in them, in the order of the text, and adds them to
    /// those that are suspects already.
    #[inline]
    pub(crate) fn find(&self, tokens: Tokens<'_>, mut suspects: Suspects) -> Suspects {
        let span = tokens.span();
        let text = &tokens.text()[span.clone()];
        self.grams.each(text, |at, groups| {
            if self.met(text, at, groups).1 {
                Look { tokens, suspects: &mut suspects }.note(span.start + at);
            }
        });
        if self.has_email | self.has_ipv4 | self.has_ipv6 | self.has_phone | self.has_account {
            self.find_addresses(tokens, &mut suspects);
        }
        if suspects.len() > 1 {
            suspects.sort_unstable();
            suspects.dedup();
        }
        suspects
    }

    /// The detectors of a needle or URL that is at a byte, and whether something is there that is
    /// worth a closer look.
    #[inline]
    fn met(&self, text: &[u8], at: usize, mut groups: u8) -> (u32, bool) {
        let rest = &text[at..];
        let (mut detectors, mut is_met) = (0, false);
        while groups != 0 {
            for mark in &self.marks[groups.trailing_zeros() as usize % 8] {
                let found = match mark {
                    Mark::Needle(needle, _) => is_there(needle, rest),
                    Mark::Escape => rest[0] == b'\\',
                    Mark::Document => is_document(rest),
                    Mark::Url => is_url(rest),
                };
                is_met |= found;
                detectors |= match mark {
                    Mark::Needle(_, bits) if found => *bits,
                    Mark::Url if found => 1 << Detector::ConnectionString as u32,
                    _ => 0,
                };
            }
            groups &= groups - 1;
        }
        (detectors, is_met)
    }

    #[inline(never)]
    fn find_addresses(&self, tokens: Tokens<'_>, suspects: &mut Suspects) {
        let span = tokens.span();
        let text = &tokens.text()[..span.end];
        let mut look = Look { tokens, suspects };
        if self.has_email {
            look.at_each(text, b'@', span.start, |_, _| true);
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
    }
}

/// By which texts is found what detectors look for, or what has to be looked into.
fn found_by(detectors: &[Detector]) -> Vec<(Vec<u8>, Mark)> {
    let needles = detectors.iter().flat_map(|detector| {
        let bit = 1 << *detector as u32;
        let mark = move |needle: &Needle| (needle.0.into(), Mark::Needle(*needle, bit));
        detector.needles().iter().map(mark)
    });
    let escapes = ESCAPES.iter().map(|text| (text.to_vec(), Mark::Escape));
    let is_url = detectors.contains(&Detector::ConnectionString);
    let urls = is_url.then(|| (b"://".to_vec(), Mark::Url));
    needles.chain(escapes).chain(urls).collect()
}

/// Whether a text begins with a needle, and what follows can be something.
#[inline]
fn is_there((needle, is_worth_it): &Needle, text: &[u8]) -> bool {
    // Mostly it is another needle of the group, and the first byte tells.
    let is_first = |byte: &u8| needle.as_bytes()[0].eq_ignore_ascii_case(byte);
    text.first().is_some_and(is_first)
        && text.split_at_checked(needle.len()).is_some_and(|(own, behind)| {
            own.eq_ignore_ascii_case(needle.as_bytes()) && is_worth_it(behind)
        })
}

/// Whether a string, which begins with its quote, may be a document; told by a glance mostly.
#[inline(always)]
pub(crate) fn may_be_document(text: &[u8]) -> bool {
    text.get(1).is_some_and(|first| OPENS[usize::from(*first)]) && is_document(text)
}

/// Whether a document may begin with a byte.
const fn opens(byte: u8) -> bool {
    matches!(byte, b'{' | b'[' | b'\\' | b'%' | 0x80..)
}

/// The bytes with which a document may begin, or the blanks before one.
static OPENS: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = opens(byte as u8) || byte as u8 == b' ';
        byte += 1;
    }
    table
};

/// Whether a string, which begins with its quote, may be a document.
#[inline(never)]
fn is_document(text: &[u8]) -> bool {
    let [b'"', text @ ..] = text else { return false };
    let blanks = text.iter().take_while(|byte| **byte == b' ').count();
    text.get(blanks).is_some_and(|byte| opens(*byte))
}

/// Whether there is `@` behind the beginning of a URL, in the same string.
fn is_url(text: &[u8]) -> bool {
    let Some(rest) = text.strip_prefix(b"://") else { return false };
    memchr::memchr2(b'@', b'"', rest).is_some_and(|at| rest[at] == b'@')
}
