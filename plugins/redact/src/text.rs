//! Texts: detectors, and documents inside strings.

use crate::change::splice;
use crate::encoded::{from_base64, from_percent, to_base64, to_percent};
use crate::marks::{MARK, is_mark};
use crate::pass::Pass;
use crate::place::Inside;
use crate::rule::{Action, Rule};
use trailmill_stage::event::json::Index;

/// What became of a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Scrubbed {
    /// There was nothing to hide.
    Same,
    /// This, because of the rule of that number.
    To(String, usize),
}

/// How many strings a document may be inside of; what is deeper is masked.
const DEPTH_MAX: usize = 4;

/// How often a text is looked at; one that still changes then is masked.
pub(crate) const ROUNDS_MAX: usize = 4;

impl Pass<'_, '_> {
    /// Hides what there is to hide in the string at a token, whose text is given.
    ///
    /// Where a rule takes something out of a text, what is left may look like something else, so
    /// that it is looked at again until nothing changes any more.
    pub(crate) fn scrub(&self, token: usize, text: &str) -> Scrubbed {
        let Scrubbed::To(mut now, rule) = self.scrub_once(token, text) else {
            return Scrubbed::Same;
        };
        if !self.plan.cuts_texts {
            return Scrubbed::To(now, rule);
        }
        for _ in 0..ROUNDS_MAX {
            match self.scrub_once(token, &now) {
                Scrubbed::To(next, _) => now = next,
                Scrubbed::Same => return Scrubbed::To(now, rule),
            }
        }
        Scrubbed::To(MARK.to_owned(), rule)
    }

    fn scrub_once(&self, token: usize, text: &str) -> Scrubbed {
        if is_mark(text) {
            return Scrubbed::Same;
        }
        match text.trim_start().as_bytes() {
            [b'{' | b'[' | b'"', ..] => self.document(token, text),
            [b'%', b'5' | b'7', b'B' | b'b', ..] => match from_percent(text) {
                Some(plain) => match self.document(token, &plain) {
                    Scrubbed::To(new, rule) => Scrubbed::To(to_percent(&new), rule),
                    Scrubbed::Same => Scrubbed::Same,
                },
                None => self.detect(token, text),
            },
            _ => self.detect(token, text),
        }
    }

    /// The same for a text that may be base64 of another.
    pub(crate) fn scrub_encoded(&self, token: usize, text: &str) -> Scrubbed {
        let Some(bytes) = from_base64(text) else { return self.scrub(token, text) };
        // What can not be looked into, such as a compressed script, is not shown.
        let Ok(plain) = String::from_utf8(bytes) else {
            return Scrubbed::To(MARK.to_owned(), self.first_rule());
        };
        match self.scrub(token, &plain) {
            Scrubbed::To(new, rule) => Scrubbed::To(to_base64(&new), rule),
            Scrubbed::Same => Scrubbed::Same,
        }
    }

    fn first_rule(&self) -> usize {
        self.plan.rules.iter().position(|rule| rule.action == Action::Inside).unwrap_or(0)
    }

    /// A text that looks like a document.
    fn document(&self, token: usize, text: &str) -> Scrubbed {
        let inside = Inside { tokens: self.tokens, token, outer: self.outer };
        let mut index = Index::new();
        let root = match index.parse(text.as_bytes()) {
            Ok(root) if inside.depth() <= DEPTH_MAX => root,
            Ok(_) => return Scrubbed::To(MARK.to_owned(), 0),
            Err(_) => return self.broken(token, text),
        };
        let tokens = root.tokens();
        let changes = Pass::new(self.plan, tokens, self.call, Some(&inside)).run::<false>();
        let Some(first) = changes.first() else { return Scrubbed::Same };
        let mut out = Vec::with_capacity(text.len());
        splice(tokens, 0..text.len(), &changes, &mut out);
        match String::from_utf8(out) {
            Ok(new) => Scrubbed::To(new, first.rule),
            Err(_) => Scrubbed::To(MARK.to_owned(), first.rule),
        }
    }

    /// A document that is cut, or none at all: masked if a name in it is one to be hidden.
    fn broken(&self, token: usize, text: &str) -> Scrubbed {
        let is_strict = |rule: &usize| {
            let rule = &self.plan.rules[*rule];
            !matches!(rule.action, Action::Keep | Action::Inside) && rule.calls.hold(self.call)
        };
        let names = text.split('"').skip(1).map(|name| name.trim_end_matches('\\'));
        let rules = names.flat_map(|name| self.rules_of(name.as_bytes()));
        match rules.filter(is_strict).min() {
            Some(rule) => Scrubbed::To(MARK.to_owned(), rule),
            None => self.detect(token, text),
        }
    }

    /// Hides what detectors find in a text.
    fn detect(&self, token: usize, text: &str) -> Scrubbed {
        let mut found: Option<(String, usize)> = None;
        let mut detectors = self.plan.anchors.detectors(text);
        if detectors == 0 {
            return Scrubbed::Same;
        }
        for rule in self.detecting(token) {
            let bit = self.plan.rules[rule].detector.map_or(0, |detector| 1 << detector as u32);
            if detectors & bit == 0 {
                continue;
            }
            let now = found.as_ref().map_or(text, |(text, _)| text);
            if let Some(new) = self.replace(now, &self.plan.rules[rule]) {
                let first = found.as_ref().map_or(rule, |(_, first)| *first);
                detectors |= self.plan.anchors.detectors(&new);
                found = Some((new, first));
            }
        }
        found.map_or(Scrubbed::Same, |(new, rule)| Scrubbed::To(new, rule))
    }

    /// The text with what the detector of a rule finds replaced; `None` if that is nothing.
    fn replace(&self, text: &str, rule: &Rule) -> Option<String> {
        let detector = rule.detector?;
        let (mut out, mut from, mut copied) = (String::new(), 0, 0);
        while let Some(range) = detector.find(text, from) {
            from = range.end;
            let found = &text[range.clone()];
            if is_mark(found) || rule.action == Action::Keep {
                continue;
            }
            let pseudonyms = self.plan.pseudonyms.as_ref();
            let new = match (rule.action, pseudonyms) {
                (Action::Pseudonym, Some(pseudonyms)) => pseudonyms.of_detected(detector, found),
                (Action::Hash, Some(pseudonyms)) => pseudonyms.hash(found),
                (Action::Remove, _) => String::new(),
                (Action::Truncate(most), _) => crate::hide::truncated(found, most),
                (Action::Partial(kept), _) => crate::hide::partial(found, kept),
                _ => MARK.to_owned(),
            };
            if new != found {
                out += &text[copied..range.start];
                out += &new;
                copied = range.end;
            }
        }
        (copied > 0).then(|| out + &text[copied..])
    }
}
