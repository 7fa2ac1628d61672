//! What becomes of a value that is to be hidden.

use crate::change::With;
use crate::marks::{MARK, is_mark};
use crate::pass::Pass;
use crate::rule::{Action, Rule};
use crate::text::{ROUNDS_MAX, Scrubbed};
use std::net::IpAddr;
use trailmill_stage::event::json::{Tokens, quote_into};

/// What becomes of a value.
#[derive(Debug)]
pub(crate) enum Hidden {
    /// It becomes something else.
    As(With),
    /// It goes, with its key.
    Removed,
    /// It stays as it is: there is nothing in it, or a mark.
    Kept,
}

impl Pass<'_, '_> {
    /// What a rule makes of the value at a token.
    pub(crate) fn hidden(&self, value: usize, rule: &Rule) -> Hidden {
        if rule.action == Action::Keep {
            return Hidden::As(With::Itself);
        }
        if is_empty(self.tokens, value) {
            return Hidden::Kept;
        }
        match rule.action {
            Action::Mask => Hidden::As(With::Text(quoted(MARK))),
            Action::Remove => Hidden::Removed,
            _ => self.hidden_leaves(value, rule),
        }
    }

    /// Every string inside a value by itself; of numbers and truth values nothing can be shown.
    fn hidden_leaves(&self, value: usize, rule: &Rule) -> Hidden {
        let (tokens, kinds) = (self.tokens, self.tokens.kinds());
        let span = tokens.value(value).span();
        let mut out = Vec::with_capacity(span.len() + 32);
        let (mut from, mut is_changed) = (span.start, false);
        for token in value..tokens.behind(value) {
            if b"{}[],:n".contains(&kinds[token]) {
                continue;
            }
            let leaf = tokens.value(token);
            let new = match kinds.get(token + 1) {
                Some(b':') => self.hidden_key(token),
                _ => self.hidden_leaf(token, rule),
            };
            let Some(new) = new else { continue };
            out.extend_from_slice(&tokens.text()[from..leaf.span().start]);
            quote_into(&new, &mut out);
            from = leaf.span().end;
            is_changed = true;
        }
        out.extend_from_slice(&tokens.text()[from..span.end]);
        // Even if it stays, this rule has seen to it, and no other has to.
        Hidden::As(if is_changed { With::Text(out) } else { With::Itself })
    }

    /// A key that has something in it for detectors; `None` if it stays.
    fn hidden_key(&self, token: usize) -> Option<String> {
        match self.scrub(token, &self.tokens.string(token).decode()) {
            Scrubbed::To(new, _) => Some(new),
            Scrubbed::Same => None,
        }
    }

    /// The text of one leaf; `None` if it stays.
    fn hidden_leaf(&self, token: usize, rule: &Rule) -> Option<String> {
        let leaf = self.tokens.value(token);
        let Some(string) = leaf.as_string() else {
            let text = String::from_utf8_lossy(leaf.raw());
            return match rule.action {
                Action::Hash | Action::Pseudonym => self.hidden_text(token, &text, rule.action),
                Action::Partial(_) => Some(MARK.to_owned()),
                _ => None,
            };
        };
        let text = string.decode();
        let is_arn = text.starts_with("arn:") || text.contains(":secret:");
        let is_spared = rule.spares_arns && is_arn;
        if text.is_empty() || is_mark(&text) || is_spared {
            return None;
        }
        self.hidden_text(token, &text, rule.action).filter(|new| *new != text)
    }

    fn hidden_text(&self, token: usize, text: &str, action: Action) -> Option<String> {
        let masked = || MARK.to_owned();
        let pseudonyms = self.plan.pseudonyms.as_ref();
        Some(match action {
            Action::Hash => pseudonyms.map_or_else(masked, |it| it.hash(text)),
            Action::Pseudonym => pseudonyms.map_or_else(masked, |it| it.of(text)),
            Action::Truncate(most) => self.shortened(token, text, |text| truncated(text, most)),
            Action::Partial(kept) => self.shortened(token, text, |text| partial(text, kept)),
            Action::Inside => match self.scrub_encoded(token, text) {
                Scrubbed::To(new, _) => new,
                Scrubbed::Same => return None,
            },
            Action::Mask | Action::Remove => masked(),
            Action::Keep => return None,
        })
    }

    /// What is left of a text, in which there are no secrets either.
    fn shortened(&self, token: usize, text: &str, cut: impl Fn(&str) -> String) -> String {
        let mut now = text.to_owned();
        for _ in 0..=ROUNDS_MAX {
            let next = match self.scrub(token, &now) {
                Scrubbed::To(new, _) => cut(&new),
                Scrubbed::Same => cut(&now),
            };
            if next == now {
                return now;
            }
            now = next;
        }
        MARK.to_owned()
    }
}

/// Whether there is nothing in a value that could be hidden: null, nothing, or marks.
fn is_empty(tokens: Tokens<'_>, value: usize) -> bool {
    let kinds = tokens.kinds();
    (value..tokens.behind(value)).all(|token| match kinds[token] {
        b'"' if kinds.get(token + 1) == Some(&b':') => true,
        b'"' => {
            let string = tokens.string(token);
            string.raw().is_empty() || is_mark(&string.decode())
        }
        kind => b"{}[],:n".contains(&kind),
    })
}

fn quoted(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + 2);
    quote_into(text, &mut out);
    out
}

/// An address becomes that of its network, /24 or /48; a text its first characters.
pub(crate) fn truncated(text: &str, most: usize) -> String {
    match text.parse() {
        Ok(IpAddr::V4(address)) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0")
        }
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, ..] = address.segments();
            std::net::Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0).to_string()
        }
        Err(_) => text.chars().take(most).collect(),
    }
}

/// The mark and the last characters, which are at most half of the text.
pub(crate) fn partial(text: &str, kept: usize) -> String {
    let is_done = text.strip_prefix(MARK).is_some_and(|rest| rest.chars().count() <= kept);
    if is_done {
        return text.to_owned();
    }
    let count = text.chars().count();
    let kept = if count >= kept * 2 { kept } else { 0 };
    MARK.chars().chain(text.chars().skip(count - kept)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_is_left() {
        assert_eq!(truncated("192.0.2.77", 4), "192.0.2.0");
        assert_eq!(truncated("2001:db8:1:2::3", 4), "2001:db8:1::");
        assert_eq!(truncated("größer", 4), "größ");
        assert_eq!(partial("4111111111111111", 4), "<redacted>1111");
        assert_eq!(partial("<redacted>1111", 4), "<redacted>1111");
        assert_eq!(partial("1234567", 4), "<redacted>");
    }
}
