//! Rules: what is hidden where, and how.

use crate::detect::Detector;
use crate::pattern::Pattern;
use crate::place::Step;

/// What becomes of a value that is to be hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// A mark stands in its place, whatever its length and kind.
    Mask,
    /// The member or element is gone.
    Remove,
    /// A keyed hash of it.
    Hash,
    /// A keyed pseudonym in its shape.
    Pseudonym,
    /// The network of an address; of other texts the first characters.
    Truncate(usize),
    /// The mark and the last characters.
    Partial(usize),
    /// What is inside the text is looked at: a document, or base64 of one.
    Inside,
    /// It stays, whatever later rules say.
    Keep,
}

impl Action {
    /// Whether it can not be done without a key.
    pub(crate) fn needs_key(self) -> bool {
        matches!(self, Action::Hash | Action::Pseudonym)
    }
}

/// The calls that a rule is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Calls {
    /// The `eventName`, perhaps with a star at its end; empty for any.
    pub(crate) event: String,
    /// The `eventSource` up to its first dot; empty for any.
    pub(crate) service: String,
}

impl Calls {
    /// Whether a call is one of them.
    pub(crate) fn hold(&self, call: Call<'_>) -> bool {
        let is_event = match self.event.strip_suffix('*') {
            Some(start) => {
                let head = call.name.get(..start.len());
                head.is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
            }
            None => self.event.is_empty() || call.name.eq_ignore_ascii_case(self.event.as_bytes()),
        };
        let is_service =
            self.service.is_empty() || call.service().eq_ignore_ascii_case(self.service.as_bytes());
        is_event && is_service
    }
}

/// The call that a record is about.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Call<'a> {
    /// Its `eventName` without a version at its end.
    pub(crate) name: &'a [u8],
    /// Its `eventSource`.
    pub(crate) source: &'a [u8],
}

impl<'a> Call<'a> {
    /// Takes what a record says; Lambda and CloudFront put a version behind the names of calls:
    /// `CreateFunction20150331`, `CreateDistribution2020_05_31`.
    pub(crate) fn new(name: &'a [u8], source: &'a [u8]) -> Self {
        let is_version = |at: usize| {
            let rest = &name[at..];
            rest.starts_with(b"20") && rest.len() >= 8 && rest[2..4].iter().all(u8::is_ascii_digit)
        };
        let ends_with_digit = name.last().is_some_and(u8::is_ascii_digit);
        let end = match ends_with_digit {
            true => (1..name.len()).find(|&at| is_version(at)).unwrap_or(name.len()),
            false => name.len(),
        };
        Call { name: &name[..end], source }
    }

    /// The service: its `eventSource` up to the first dot.
    pub(crate) fn service(self) -> &'a [u8] {
        let dot = memchr::memchr(b'.', self.source).unwrap_or(self.source.len());
        &self.source[..dot]
    }
}

/// A rule, ready to be used.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    /// Its name in reports.
    pub(crate) name: String,
    pub(crate) action: Action,
    pub(crate) calls: Calls,
    /// Where a value has to be, if that matters.
    pub(crate) pattern: Option<Pattern>,
    /// How many names further in the values are that it means.
    pub(crate) inside: usize,
    /// Only what is found in the text is hidden.
    pub(crate) detector: Option<Detector>,
    /// ARNs are kept, and texts with the ARN of a secret in them.
    pub(crate) spares_arns: bool,
}

impl Rule {
    /// A rule for all calls.
    pub(crate) fn new(name: impl Into<String>, action: Action) -> Self {
        Rule {
            name: name.into(),
            action,
            calls: Calls::default(),
            pattern: None,
            inside: 0,
            detector: None,
            spares_arns: false,
        }
    }

    /// Whether it is for a value of a call; `way` is asked only if that matters.
    pub(crate) fn holds<'a>(
        &self,
        call: Call<'_>,
        way: impl FnOnce() -> crate::place::Steps<'a>,
    ) -> bool {
        self.calls.hold(call) && self.pattern.as_ref().is_none_or(|wanted| wanted.is_like(&way()))
    }

    /// Whether it is for a value that can be anywhere inside what its pattern stands for.
    pub(crate) fn covers(&self, call: Call<'_>, way: &[Step<'_>]) -> bool {
        let Some(pattern) = &self.pattern else { return self.calls.hold(call) };
        let mut starts = (0..=way.len()).rev().map(|end| &way[..end]);
        self.calls.hold(call) && starts.any(|start| pattern.is_like(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_no_part_of_the_name() {
        for (name, plain) in [
            ("CreateFunction20150331", "CreateFunction"),
            ("AddPermission20150331v2", "AddPermission"),
            ("CreateDistribution2020_05_31", "CreateDistribution"),
            ("ListObjectsV2", "ListObjectsV2"),
            ("20150331", "20150331"),
            ("", ""),
        ] {
            assert_eq!(Call::new(name.as_bytes(), b"").name, plain.as_bytes());
        }
    }

    #[test]
    fn calls_are_told_by_name_and_service() {
        let call = Call::new(b"CreateUser", b"iam.amazonaws.com");
        for (event, service, holds) in [
            ("", "", true),
            ("createuser", "IAM", true),
            ("Create*", "", true),
            ("*", "iam", true),
            ("CreateUserX*", "", false),
            ("CreateUser", "sts", false),
            ("Create", "", false),
        ] {
            let calls = Calls { event: event.to_owned(), service: service.to_owned() };
            assert_eq!(calls.hold(call), holds, "{event} {service}");
        }
    }
}
