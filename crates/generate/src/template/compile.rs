//! Reads the text of a template into its pieces.

use super::fill::Fill;
use super::{Piece, Template};
use crate::rng::{hash, mix};
use crate::tables::aliases::ALIASES;

/// Reads `text`; panics on a mistake in it.
pub(super) fn compile(text: &'static str) -> Template {
    let mut reader = Reader { text, at: 0, salt: 0, kind: 0 };
    let template = reader.sequence();
    assert!(reader.at == text.len(), "unopened bracket in the template: {text}");
    template
}

/// A position in a template that is being read.
struct Reader {
    text: &'static str,
    at: usize,
    /// Sets the holes inside one alias apart from those of another.
    salt: u64,
    /// Which alias is being read, without its slot: all of its slots share one population.
    kind: u64,
}

impl Reader {
    /// Reads up to `$|`, `$)`, `$]` or the end, and stops before it.
    fn sequence(&mut self) -> Template {
        let mut pieces = Vec::new();
        let bytes = self.text.as_bytes();
        let mut start = self.at;
        while self.at < bytes.len() {
            let next = bytes.get(self.at + 1).copied().unwrap_or(0);
            match (bytes[self.at], next) {
                (b'$', b'|' | b')' | b']') => break,
                (b'$', b'{' | b'(' | b'[') => {
                    self.keep(start, &mut pieces);
                    self.construct(next, &mut pieces);
                    start = self.at;
                }
                (b'$', b'_') => {
                    self.keep(start, &mut pieces);
                    pieces.push(Piece::Text(" "));
                    self.at += 2;
                    start = self.at;
                }
                (b'\n', _) => {
                    self.keep(start, &mut pieces);
                    self.at += 1;
                    self.at += bytes[self.at..].iter().take_while(|&&byte| byte == b' ').count();
                    start = self.at;
                }
                _ => self.at += 1,
            }
        }
        self.keep(start, &mut pieces);
        Template(pieces)
    }

    /// Keeps the plain text since `start`.
    fn keep(&self, start: usize, pieces: &mut Vec<Piece>) {
        if start < self.at {
            pieces.push(Piece::Text(&self.text[start..self.at]));
        }
    }

    /// Reads what `$` and `bracket` open.
    fn construct(&mut self, bracket: u8, pieces: &mut Vec<Piece>) {
        self.at += 2;
        match bracket {
            b'{' => self.hole(pieces),
            b'(' => self.choice(pieces),
            _ => self.repeat(pieces),
        }
    }

    fn hole(&mut self, pieces: &mut Vec<Piece>) {
        let inside = self.up_to('}');
        let (head, argument) = inside.split_once(':').unwrap_or((inside, ""));
        let name = head.split_once('#').map_or(head, |(name, _slot)| name);
        let key = mix(self.salt, hash(inside.as_bytes()));
        if let Some((_, text)) = ALIASES.iter().find(|(alias, _)| *alias == name) {
            let kind = hash(name.as_bytes());
            let Template(inner) = Reader { text, at: 0, salt: key, kind }.sequence();
            pieces.extend(inner);
        } else {
            let fill = Fill::named(name, bounds(argument), self.kind);
            let fill = fill.unwrap_or_else(|| panic!("no hole is called {name}"));
            pieces.push(Piece::Hole { fill, key });
        }
    }

    fn choice(&mut self, pieces: &mut Vec<Piece>) {
        let start = self.at;
        let mut options = vec![self.sequence()];
        while self.eat("$|") {
            options.push(self.sequence());
        }
        let key = mix(self.salt, hash(&self.text.as_bytes()[start..self.at]));
        assert!(self.eat("$)"), "unclosed choice in the template: {}", self.text);
        pieces.push(Piece::Choice { key, options });
    }

    fn repeat(&mut self, pieces: &mut Vec<Piece>) {
        let head = self.up_to(':');
        // The key is made of the bounds alone, so that a list in the response is as long as the
        // list in the request that has the same bounds.
        let key = mix(self.salt, hash(head.as_bytes()));
        let (least, most) = bounds(head);
        assert!(least <= most, "bounds the wrong way round: {head}");
        let body = self.sequence();
        assert!(self.eat("$]"), "unclosed repetition in the template: {}", self.text);
        pieces.push(Piece::Repeat { key, least, most, body });
    }

    /// The text up to `end`, which is passed over.
    fn up_to(&mut self, end: char) -> &'static str {
        let rest = &self.text[self.at..];
        let length = rest.find(end).unwrap_or_else(|| panic!("missing {end} after: {rest}"));
        self.at += length + 1;
        &rest[..length]
    }

    fn eat(&mut self, mark: &str) -> bool {
        let found = self.text[self.at..].starts_with(mark);
        self.at += if found { mark.len() } else { 0 };
        found
    }
}

/// `3-40`, or `7` for the same number twice; nothing at all for 0.
fn bounds(text: &str) -> (u32, u32) {
    let number = |text: &str| {
        let digits = text.split('#').next().unwrap_or(text);
        digits.parse().unwrap_or_else(|_| panic!("not a number in a template: {text}"))
    };
    match text.split_once('-') {
        Some((least, most)) => (number(least), number(most)),
        None if text.is_empty() => (0, 0),
        None => (number(text), number(text)),
    }
}
