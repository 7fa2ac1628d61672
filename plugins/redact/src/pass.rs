//! One pass over a document: which of its spans have to be changed.

use crate::anchors::{Suspects, may_be_document};
use crate::change::{Change, With, settle};
use crate::hide::Hidden;
use crate::place::{Inside, Steps, steps};
use crate::plan::Plan;
use crate::rule::Call;
use crate::text::Scrubbed;
use smallvec::SmallVec;
use trailmill_stage::event::json::{Kind, Tokens};

/// A document on its way through a plan.
#[derive(Debug)]
pub(crate) struct Pass<'p, 'a> {
    pub(crate) plan: &'p Plan,
    pub(crate) tokens: Tokens<'a>,
    pub(crate) call: Call<'a>,
    /// The string that the document is in.
    pub(crate) outer: Option<&'a Inside<'a>>,
    pub(crate) changes: Vec<Change>,
}

/// The rules of a name, by their numbers.
pub(crate) type Rules = SmallVec<[u16; 2]>;

/// Rules for names of members, for the calls of one name.
pub(crate) type Local = Vec<(Box<str>, u16)>;

/// The bit of a length in a set of lengths; long ones share the last.
fn length_bit(length: usize) -> u64 {
    1 << length.min(63)
}

impl<'p, 'a> Pass<'p, 'a> {
    pub(crate) fn new(
        plan: &'p Plan,
        tokens: Tokens<'a>,
        call: Call<'a>,
        outer: Option<&'a Inside<'a>>,
    ) -> Self {
        Pass { plan, tokens, call, outer, changes: Vec::new() }
    }

    /// The changes that the rules want, in the order of the text; `DENSE` says that there are no
    /// blanks between the tokens.
    #[inline]
    pub(crate) fn run<const DENSE: bool>(mut self) -> Vec<Change> {
        for &rule in &self.plan.roots {
            self.root(usize::from(rule));
        }
        let mut suspects = Suspects::new();
        let of_call = self.plan.calls.get(self.call.name);
        let of_service = self.plan.services.get(self.call.service());
        match &self.plan.tails {
            _ if of_call.is_some() || of_service.is_some() => {
                self.keys::<true, DENSE>([of_call, of_service], &mut suspects);
            }
            Some(tails) => self.found_keys(&tails.find::<DENSE>(self.tokens)),
            None => self.keys::<false, DENSE>([None, None], &mut suspects),
        }
        let suspects = self.plan.anchors.find(self.tokens, suspects);
        if !suspects.is_empty() {
            self.suspects(&suspects);
        }
        if !self.changes.is_empty() {
            settle(&mut self.changes);
        }
        self.changes
    }

    /// Looks at the keys whose names end like some for which there are rules.
    #[inline]
    fn found_keys(&mut self, keys: &[(u32, u32)]) {
        for &(start, end) in keys {
            let name = &self.tokens.text()[start as usize..end as usize];
            if self.plan.names.get(name).is_some() {
                self.named(self.tokens.at(start as usize), name);
            }
        }
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn suspects(&mut self, suspects: &[u32]) {
        for &token in suspects {
            let start = self.tokens.positions()[token as usize] as usize;
            let mut whole = self.changes.iter().filter(|change| !change.is_part);
            // Nothing is left of a value that is hidden as a whole.
            if !whole.any(|change| change.span.contains(&start)) {
                self.suspect(token as usize);
            }
        }
    }

    /// Looks at every key, the strings before colons, and in the same go at every string, if they
    /// have to be looked at for whether they are documents.
    #[inline]
    fn keys<const LOCAL: bool, const DENSE: bool>(
        &mut self,
        local: [Option<&Local>; 2],
        suspects: &mut Suspects,
    ) {
        let own = local.iter().copied().flatten().flatten();
        let lengths = own.fold(0, |lengths, (name, _)| lengths | length_bit(name.len()));
        if self.plan.anchors.wants_strings() {
            return self.tokens.each_string(|string| {
                if may_be_document(string.text) {
                    suspects.push(string.token as u32);
                }
                if string.is_key {
                    self.key::<LOCAL, DENSE>(string.token, string.text, local, lengths);
                }
            });
        }
        let (text, positions) = (self.tokens.text(), self.tokens.positions());
        self.tokens.each(b':', |colon| {
            let key = colon.wrapping_sub(1);
            if let Some([start, end]) = positions.get(key..).and_then(<[u32]>::first_chunk)
                && let Some(text) = text.get(*start as usize..*end as usize)
            {
                self.key::<LOCAL, DENSE>(key, text, local, lengths);
            }
        });
    }

    /// Looks at a key, its text with the quotes and perhaps blanks behind.
    #[inline(always)]
    fn key<const LOCAL: bool, const DENSE: bool>(
        &mut self,
        key: usize,
        mut text: &[u8],
        local: [Option<&Local>; 2],
        lengths: u64,
    ) {
        while !DENSE && let [rest @ .., ..=b' '] = text {
            text = rest;
        }
        let [_, name @ .., _] = text else { return };
        let rules = self.plan.names.get(name);
        let is_own = LOCAL && lengths & length_bit(name.len()) != 0 && {
            let mut own = local.into_iter().flatten().flatten();
            own.any(|(known, _)| known.as_bytes().eq_ignore_ascii_case(name))
        };
        if rules.is_some() || is_own {
            self.named(key, name);
        }
    }

    /// Does what the first rule wants that is for a member.
    #[cold]
    #[inline(never)]
    pub(crate) fn named(&mut self, key: usize, name: &[u8]) {
        for number in self.rules_of(name) {
            let holds = self.plan.rules[number].holds(self.call, || self.way(key));
            if holds && self.hide_inside(key + 2, number, self.plan.rules[number].inside) {
                return;
            }
        }
    }

    /// The numbers of the rules for members of a name, in their order.
    pub(crate) fn rules_of(&self, name: &[u8]) -> SmallVec<[usize; 4]> {
        let general = self.plan.names.get(name).into_iter().flatten().copied();
        let of_call = self.plan.calls.get(self.call.name).into_iter();
        let of_service = self.plan.services.get(self.call.service()).into_iter();
        let local = of_call.chain(of_service).flatten();
        let own = local.filter(|(known, _)| known.as_bytes().eq_ignore_ascii_case(name));
        let rules = own.map(|(_, rule)| *rule).chain(general);
        let mut rules: SmallVec<[usize; 4]> = rules.map(usize::from).collect();
        rules.sort_unstable();
        rules
    }

    /// The way to a token.
    fn way(&self, token: usize) -> Steps<'a> {
        steps(self.tokens, token, self.outer)
    }

    /// A rule for everything that there is.
    pub(crate) fn root(&mut self, rule: usize) {
        let is_meant = self.outer.is_none() && self.plan.rules[rule].calls.hold(self.call);
        if is_meant {
            self.hide_inside(0, rule, self.plan.rules[rule].inside);
        }
    }

    /// Hides the values so many names further in; says whether there is anything to hide.
    fn hide_inside(&mut self, value: usize, rule: usize, inside: usize) -> bool {
        let kind = self.tokens.value(value).kind();
        if inside == 0 || !matches!(kind, Kind::Object | Kind::Array) {
            return self.hide(value, rule);
        }
        let (close, is_object) = (self.tokens.behind(value) - 1, kind == Kind::Object);
        let mut at = value + 1;
        while at < close {
            let child = if is_object { at + 2 } else { at };
            self.hide_inside(child, rule, if is_object { inside - 1 } else { inside });
            at = self.tokens.behind(child) + 1;
        }
        true
    }

    /// Hides one value; says whether the rule had anything to do with it.
    fn hide(&mut self, value: usize, rule: usize) -> bool {
        let (span, with) = match self.hidden(value, &self.plan.rules[rule]) {
            Hidden::As(with) => (self.tokens.value(value).span(), with),
            Hidden::Removed => (self.member_span(value), With::Nothing),
            Hidden::Kept => return false,
        };
        self.changes.push(Change { token: value, span, with, rule, is_part: false });
        true
    }

    /// The span of the member or element that a value is of.
    fn member_span(&self, value: usize) -> std::ops::Range<usize> {
        let span = self.tokens.value(value).span();
        let is_member = value >= 2 && self.tokens.kinds()[value - 1] == b':';
        match is_member {
            true => self.tokens.positions()[value - 2] as usize..span.end,
            false => span,
        }
    }

    /// Looks closer at a string.
    #[cold]
    #[inline(never)]
    fn suspect(&mut self, token: usize) {
        let string = self.tokens.string(token);
        let text = string.decode();
        let is_key = self.tokens.kinds().get(token + 1) == Some(&b':');
        if is_key && string.raw().contains(&b'\\') {
            self.named(token, text.as_bytes());
        }
        if let Scrubbed::To(new, rule) = self.scrub(token, &text) {
            let mut quoted = Vec::with_capacity(new.len() + 2);
            trailmill_stage::event::json::quote_into(&new, &mut quoted);
            let span = self.tokens.value(token).span();
            let with = With::Text(quoted);
            self.changes.push(Change { token, span, with, rule, is_part: true });
        }
    }

    /// The numbers of the rules with detectors that are for the string at a token.
    pub(crate) fn detecting(&self, token: usize) -> SmallVec<[usize; 16]> {
        let mut way = None;
        let rules = self.plan.detectors.iter().map(|rule| usize::from(*rule));
        let holds = |rule: &usize| {
            let rule = &self.plan.rules[*rule];
            match rule.pattern {
                None => rule.calls.hold(self.call),
                Some(_) => rule.covers(self.call, way.get_or_insert_with(|| self.way(token))),
            }
        };
        rules.filter(holds).collect()
    }
}
