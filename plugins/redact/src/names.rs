//! Finds the keys of a record for which there may be rules, without looking at the others.

use crate::folded::Folded;
use smallvec::SmallVec;
use trailmill_stage::event::json::{Grams, Isa, Tokens};

/// The names of members for which there are rules, found by how they end.
#[derive(Debug)]
pub(crate) struct Names {
    grams: Grams,
    /// How many bytes behind a gram the quote is that closes the key, for each group.
    quotes: [SmallVec<[usize; 2]>; 8],
    /// The most bytes that a name has.
    bytes_max: usize,
}

/// Keys by the bytes between their quotes.
pub(crate) type Keys = SmallVec<[(u32, u32); 8]>;

/// With more names than this most records have several.
const NAMES_MAX: usize = 200;

/// How many bytes of a name are looked at with its quote, and which of them: those in between
/// mostly follow from these.
const TAIL: usize = 6;
const POSITIONS: [usize; 4] = [0, 1, 4, 5];

impl Names {
    /// Takes names; `None` if there are too many, or no vectors to find them with: then it is
    /// faster to look at every key.
    pub(crate) fn new<T>(isa: Isa, names: &Folded<T>) -> Option<Self> {
        if !isa.is_vector() {
            return None;
        }
        let tail = |name: &str| {
            let quoted = format!("\"{name}\"").into_bytes();
            quoted[quoted.len().saturating_sub(TAIL)..].to_owned()
        };
        let tails: Vec<Vec<u8>> = names.names().map(tail).collect();
        let grams = Grams::with_isa(isa, POSITIONS, tails.iter().map(Vec::as_slice));
        let mut quotes: [SmallVec<[usize; 2]>; 8] = Default::default();
        for (number, tail) in tails.iter().enumerate() {
            let quotes = &mut quotes[grams.group(number) % 8];
            if !quotes.contains(&(tail.len() - 1)) {
                quotes.push(tail.len() - 1);
            }
        }
        let bytes_max = names.names().map(str::len).max().unwrap_or(0);
        (tails.len() <= NAMES_MAX).then_some(Names { grams, quotes, bytes_max })
    }

    /// The keys that end like one of the names, and perhaps others. `DENSE` says that there are no
    /// blanks between the tokens.
    #[inline]
    pub(crate) fn find<const DENSE: bool>(&self, tokens: Tokens<'_>) -> Keys {
        let mut keys = Keys::new();
        let span = tokens.span();
        let text = &tokens.text()[span.clone()];
        self.grams.each(text, |at, mut groups| {
            while groups != 0 {
                for quote in &self.quotes[groups.trailing_zeros() as usize % 8] {
                    if let Some(from) = self.key::<DENSE>(text, at + quote) {
                        let (from, to) = (span.start + from, span.start + at + quote);
                        keys.push((from as u32, to as u32));
                    }
                }
                groups &= groups - 1;
            }
        });
        keys
    }

    /// Where the key begins whose closing quote is at a byte; `None` if there is no such key or it
    /// is too long for all rules.
    #[inline]
    fn key<const DENSE: bool>(&self, text: &[u8], quote: usize) -> Option<usize> {
        let mut behind = quote + 1;
        while !DENSE && text.get(behind).is_some_and(|byte| *byte <= b' ') {
            behind += 1;
        }
        if text.get(behind) != Some(&b':') || text[quote] != b'"' {
            return None;
        }
        let from = quote.saturating_sub(self.bytes_max + 1);
        let open = from + memchr::memrchr(b'"', &text[from..quote])?;
        // A quote that is escaped is inside of a name; such names are found by their escapes.
        let is_escaped = open.checked_sub(1).is_some_and(|before| text[before] == b'\\');
        (!is_escaped).then_some(open + 1)
    }
}
